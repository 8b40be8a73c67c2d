/** The answer by comparing all assignments, from the text of the semantics alone. */
import { assess, type Assignment, type Problem } from '@camelc/problem';

/** The best assignment; undefined: none is admissible. Unbounded components get `most` instances at most. */
export function bruteForce(problem: Problem, most = 6): { assignment: Assignment[]; merits: number[] } | undefined {
  let left = assignments(problem, most).flatMap((assignment) => {
    const { breaches, merits } = assess(problem, assignment);
    return breaches.length === 0 ? [{ assignment, merits }] : [];
  });
  if (left.length === 0) return undefined;
  for (const k of left[0]!.merits.keys()) {
    const best = Math.max(...left.map((s) => s.merits[k]!));
    left = left.filter((s) => s.merits[k] === best || (Number.isFinite(best) && best - s.merits[k]! <= 1e-9 * Math.max(1, Math.abs(best))));
  }
  const key = ({ assignment }: (typeof left)[number]): number[] => assignment.flatMap((a) => [a.cardinality, a.candidate ?? -1]);
  return left.sort(
    (a, b) =>
      key(a)
        .map((v, i) => v - key(b)[i]!)
        .find((d) => d !== 0) ?? 0,
  )[0];
}

function assignments(problem: Problem, most: number): Assignment[][] {
  return problem.components
    .map((c): Assignment[] => {
      const rows: Assignment[] = [{ candidate: null, cardinality: 0 }];
      for (const candidate of c.candidates) for (let cardinality = 1; cardinality <= (c.maximum ?? most); cardinality++) rows.push({ candidate, cardinality });
      return rows;
    })
    .reduce<Assignment[][]>((all, rows) => all.flatMap((head) => rows.map((row) => [...head, row])), [[]]);
}
