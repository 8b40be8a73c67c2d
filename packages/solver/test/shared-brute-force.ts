/** The answer by comparing all ways to put instances on hosts, from the text of the semantics alone. */
import { assessShared, cardinalities, compareCodePoints, hasRoom, mostOnOneHost, type Hosts, type Problem } from '@camelc/problem';

export interface Best {
  hosts: Hosts[];
  merits: number[];
}

/** The best hosts; undefined: none are admissible; 'many': more than `cap` ways. Unbounded components get `most` instances at most. */
export function bruteForceShared(problem: Problem, cap: number, most = 3): Best | undefined | 'many' {
  const ordinary = problem.components.flatMap((c, i) => (c.everywhere ? [] : [i]));
  const high = problem.components.map((_, i) => Math.min(cardinalities(problem, i).high, most));
  const instancesLeft = ordinary.reduce((sum, i) => sum + high[i]!, 0);
  problem.components.forEach((c, i) => c.everywhere && (high[i] = Math.min(cardinalities(problem, i).high, instancesLeft)));

  const kinds: { candidate: number; instances: number[] }[] = [];
  problem.candidates.forEach((_, candidate) => {
    for (const instances of vectors(high.map((h, i) => (problem.components[i]!.candidates.includes(candidate) ? Math.min(h, mostOnOneHost(problem, i)) : 0))))
      if (ordinary.some((i) => instances[i]! > 0) && hasRoom(problem, candidate, instances)) kinds.push({ candidate, instances });
  });

  let left: Best[] = [];
  let ways = 0;
  const chosen: Hosts[] = [];
  const visit = (k: number, counts: number[]): boolean => {
    if (k === kinds.length) {
      if (++ways > cap) return false;
      const { breaches, merits } = assessShared(problem, chosen);
      if (breaches.length === 0) left.push({ hosts: [...chosen], merits });
      return true;
    }
    const { candidate, instances } = kinds[k]!;
    for (let number = 0; ; number++) {
      const next = counts.map((c, i) => c + number * instances[i]!);
      if (next.some((c, i) => c > high[i]!)) return true;
      if (number > 0) chosen.push({ candidate, instances, number });
      const right = visit(k + 1, next);
      if (number > 0) chosen.pop();
      if (!right) return false;
    }
  };
  if (
    !visit(
      0,
      problem.components.map(() => 0),
    )
  )
    return 'many';
  if (left.length === 0) return undefined;

  for (const k of left[0]!.merits.keys()) {
    const best = Math.max(...left.map((s) => s.merits[k]!));
    left = left.filter((s) => s.merits[k] === best || (Number.isFinite(best) && best - s.merits[k]! <= 1e-9 * Math.max(1, Math.abs(best))));
  }
  const counts = ({ hosts }: Best): number[] => problem.components.map((_, i) => hosts.reduce((sum, h) => sum + h.number * h.instances[i]!, 0));
  return left.sort((a, b) => difference(counts(a), counts(b), (x, y) => x - y) || difference(listOf(problem, a.hosts), listOf(problem, b.hosts), compareSingle))[0];
}

type Single = [candidate: string, components: number[]];

/** The sorted list of single hosts. */
export function listOf(problem: Problem, hosts: readonly Hosts[]): Single[] {
  const contents = (instances: number[]): number[] => instances.flatMap((c, i) => Array.from({ length: c }, () => i));
  return hosts.flatMap((h) => Array.from({ length: h.number }, (): Single => [problem.candidates[h.candidate]!.id, contents(h.instances)])).sort(compareSingle);
}

const compareSingle = (a: Single, b: Single): number => compareCodePoints(a[0], b[0]) || difference(a[1], b[1], (x, y) => x - y);

function difference<T>(a: T[], b: T[], compare: (x: T, y: T) => number): number {
  for (let k = 0; k < a.length && k < b.length; k++) {
    const d = compare(a[k]!, b[k]!);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

/** All vectors between 0 and some limits. */
const vectors = (limits: number[]): number[][] => limits.reduce<number[][]>((all, limit) => all.flatMap((v) => Array.from({ length: limit + 1 }, (_, k) => [...v, k])), [[]]);
