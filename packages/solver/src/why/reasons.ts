/** Why the solution is as it is, found by changing one decision at a time. */
import { assess, tolerance, type Assignment, type Breach, type Problem } from '@camelc/problem';
import { plain, type Conflicting, type Reasons } from '../solution.js';

/**
 * The reasons of a deployed component.
 * @param sign of the utility: -1 where the first level minimises
 */
export function reasonsOf(problem: Problem, assignment: readonly Assignment[], component: number, sign: number): Reasons {
  const chosen = assignment[component]!;
  const changed = (change: Partial<Assignment>): Assignment[] => assignment.map((a, i) => (i === component ? { ...a, ...change } : a));

  let next: { candidate: number; merits: number[] } | undefined;
  for (const candidate of problem.components[component]!.candidates) {
    if (candidate === chosen.candidate) continue;
    const { breaches, merits } = assess(problem, changed({ candidate }));
    if (breaches.length === 0 && (!next || isBetter(merits, next.merits))) next = { candidate, merits };
  }
  const price = (candidate: number): number => problem.candidates[candidate]!.price;
  const fewer = broken(assess(problem, changed(chosen.cardinality === 1 ? { candidate: null, cardinality: 0 } : { cardinality: chosen.cardinality - 1 })).breaches);
  const more = broken(assess(problem, changed({ cardinality: chosen.cardinality + 1 })).breaches);
  return {
    ...(next && {
      nextBest: {
        candidate: problem.candidates[next.candidate]!.id,
        extraCost: price(next.candidate) - price(chosen.candidate!),
        ...(problem.objectives.length > 0 && { utility: plain(sign * next.merits[0]!) }),
      },
    }),
    ...(fewer.length > 0 && { fewer }),
    ...(more.length > 0 && { more }),
  };
}

function isBetter(a: number[], b: number[]): boolean {
  for (const [k, merit] of a.entries()) if (Math.abs(merit - b[k]!) > tolerance(b[k]!)) return merit > b[k]!;
  return false;
}

/** What is broken, unless the range of the cardinality is. */
function broken(breaches: Breach[]): Conflicting[] {
  if (breaches.some((b) => b.kind === 'range')) return [];
  return breaches.map((b): Conflicting => {
    switch (b.kind) {
      case 'constraint':
      case 'alternative':
      case 'coupling':
      case 'separation':
        return { kind: b.kind, name: b.name, place: b.place };
      case 'limit':
        return { kind: 'limit', name: b.candidate };
      case 'need':
        return { kind: 'need', name: `${b.component}.${b.port}`, place: b.place };
      case 'range':
      case 'host':
      case 'undefined':
        return { kind: 'objective', name: b.kind === 'undefined' ? b.objective : b.component };
    }
  });
}
