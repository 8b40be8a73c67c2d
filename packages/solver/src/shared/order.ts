/** The fixed order of answers that are equal in everything else: the sorted list of hosts. */
import type { Hosts } from '@camelc/problem';
import type { HostKind } from './kinds.js';
import type { Goal } from './model.js';
import type { Outcome } from './search.js';

/** Hosts by their candidates, which the problem lists by id, then by their components in source order, each as often as it stands there. */
export function compareHosts(a: Pick<HostKind, 'candidate' | 'instances'>, b: Pick<HostKind, 'candidate' | 'instances'>): number {
  if (a.candidate !== b.candidate) return a.candidate - b.candidate;
  const at = a.instances.findIndex((n, i) => n !== b.instances[i]);
  if (at < 0) return 0;
  // Where one names a component once more, the other names a later one, or ends.
  const fewer = a.instances[at]! < b.instances[at]! ? a : b;
  const ends = fewer.instances.every((n, i) => i <= at || n === 0);
  return (fewer === a) === ends ? -1 : 1;
}

/** Indexes of the components on a host, repeated for several instances. */
export const contentOf = (instances: readonly number[]): number[] => instances.flatMap((n, i) => Array.from({ length: n }, () => i));

/**
 * The first of all equal answers in the order of their sorted lists of hosts. As all have the same number of hosts, that is the one with most hosts of
 * the first kind, then of the second, and so on.
 * @param kinds in order
 * @param most the answer with most hosts of some kinds, of those with given numbers of others
 */
export async function firstHosts(
  kinds: readonly HostKind[],
  known: readonly Hosts[],
  most: (goal: Goal & { kind: 'use' }, numbers: ReadonlyMap<HostKind, number>) => Promise<Outcome>,
): Promise<{ hosts: Hosts[]; complete: boolean }> {
  const index = new Map(kinds.map((k, at) => [`${k.candidate}:${k.instances.join()}`, at]));
  const numbers = new Map<HostKind, number>();
  let complete = true;
  let current = counts(known);
  let done = 0;

  while (done < kinds.length) {
    const next = kinds.findIndex((_, at) => at >= done && current[at]! > 0);
    const before = await firstUsable(done, next < 0 ? kinds.length : next);
    if (before < 0 && next < 0) break;
    const at = before < 0 ? next : before;
    kinds.slice(done, at).forEach((k) => numbers.set(k, 0));
    const found = await use([at]);
    if (found) current = found;
    numbers.set(kinds[at]!, current[at]!);
    done = at + 1;
    if (current.every((n, k) => k < done || n === 0)) break;
  }
  const hosts = kinds.flatMap((k, at): Hosts[] => (current[at]! > 0 ? [{ candidate: k.candidate, number: current[at]!, instances: [...k.instances] }] : []));
  return { hosts, complete };

  /** The first kind between two positions of which an answer can have hosts; -1: none. */
  async function firstUsable(from: number, to: number): Promise<number> {
    if (from >= to) return -1;
    const found = await use(kinds.slice(from, to).map((_, k) => from + k));
    if (!found) return -1;
    const used = found.findIndex((n, at) => at >= from && at < to && n > 0);
    if (used < 0) return -1;
    current = found;
    const earlier = await firstUsable(from, used);
    return earlier < 0 ? used : earlier;
  }

  async function use(positions: number[]): Promise<number[] | undefined> {
    const { hosts, complete: closed } = await most({ kind: 'use', kinds: new Set(positions.map((p) => kinds[p]!)) }, numbers);
    complete &&= closed;
    return hosts && counts(hosts);
  }

  function counts(hosts: readonly Hosts[]): number[] {
    const result = kinds.map(() => 0);
    for (const h of hosts) result[index.get(`${h.candidate}:${h.instances.join()}`)!]! += h.number;
    return result;
  }
}
