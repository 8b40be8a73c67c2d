/** All sets of hosts, where they are few: what formulas of no use to a bound cannot rule out is compared one by one. */
import type { Hosts, Problem } from '@camelc/problem';
import type { Box } from './formulas.js';
import type { HostKind } from './kinds.js';

/**
 * Every set of hosts of some kinds whose instances stay within a box.
 * @returns undefined where there are more than `most`, or no end of them
 */
export function allHosts({ components, candidates }: Problem, kinds: readonly HostKind[], { low, high }: Box, most: number): Hosts[][] | undefined {
  const found: Hosts[][] = [];
  const count = components.map(() => 0);
  const hosts: Hosts[] = [];
  return descend(0) ? found : undefined;

  /** False: too many. */
  function descend(at: number): boolean {
    if (found.length > most) return false;
    const kind = kinds[at];
    if (!kind) {
      if (count.every((n, i) => n >= low[i]! || low[i]! <= 0)) found.push([...hosts]);
      return true;
    }
    const { candidate, instances } = kind;
    const bounded = instances.some((n, i) => n > 0 && high[i]! < Infinity) || candidates[candidate]!.limit !== undefined;
    if (!bounded) return false;
    const taken = hosts.reduce((sum, h) => sum + (h.candidate === candidate ? h.number : 0), 0);
    const room = Math.min((candidates[candidate]!.limit ?? Infinity) - taken, ...instances.map((n, i) => (n > 0 ? Math.floor((high[i]! - count[i]!) / n) : Infinity)));
    for (let number = 0; number <= room; number++) {
      instances.forEach((n, i) => (count[i]! += n * number));
      if (number > 0) hosts.push({ candidate, number, instances: [...instances] });
      const few = descend(at + 1);
      if (number > 0) hosts.pop();
      instances.forEach((n, i) => (count[i]! -= n * number));
      if (!few) return false;
    }
    return true;
  }
}
