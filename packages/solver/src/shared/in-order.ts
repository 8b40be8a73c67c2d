/** The first of equal answers, by trying lists of hosts in their order: depth first, without those that would cost too much. */
import type { Hosts } from '@camelc/problem';
import { Master as Relaxation } from '../linear/master.js';
import { run, type Pace } from '../pace.js';
import type { HostKind } from './kinds.js';
import type { Master } from './master.js';

/** Lists that are tried; beyond, programs find the answer sooner. */
const effort = 20_000;
/** What asking the evaluator counts as. */
const asking = 50;
/** Hosts of a list at most. */
const longest = 200;

/** Kinds of host that equal answers can have, in their order. */
export interface Usable {
  kinds: readonly HostKind[];
  /** By kind: what each such host costs beyond the least that its instances can cost. */
  excess: readonly number[];
  /** What the hosts of an answer may exceed together. */
  room: number;
}

/**
 * Those of some kinds that an answer as cheap as a known one can have: the reduced costs of a relaxation tell.
 * @param kinds in order
 * @param master maximises -cost
 */
export async function usable(kinds: readonly HostKind[], master: Master, known: readonly Hosts[], price: (candidate: number) => number, pace: Pace): Promise<Usable> {
  const allowed = kinds.filter(master.allows);
  const relaxation = new Relaxation({ rows: master.rows, columns: [...master.helpers, ...allowed.map(master.columnOf)] }, undefined, pace);
  const { safe } = await run(relaxation.relax(-Infinity), pace);
  const cost = known.reduce((sum, h) => sum + h.number * price(h.candidate), 0);
  const room = safe ? safe.bound + relaxation.scale * (cost + 2e-9 * Math.max(1, cost)) + 1e-9 : Infinity;
  if (!safe || !(room < Infinity)) return { kinds: allowed, excess: allowed.map(() => 0), room: Infinity };
  const excess = allowed.map((_, j) => Math.max(0, -safe.reduced[master.helpers.length + j]! - safe.error[master.helpers.length + j]!));
  const within = [...allowed.keys()].filter((j) => excess[j]! <= room);
  return { kinds: within.map((j) => allowed[j]!), excess: within.map((j) => excess[j]!), room };
}

/**
 * The first list of hosts that is admitted, of those with as many hosts and instances as a known one.
 * @returns undefined where that takes too long
 */
export function firstInOrder({ kinds, excess, room }: Usable, known: readonly Hosts[], admits: (hosts: readonly Hosts[]) => boolean): Hosts[] | undefined {
  const number = known.reduce((sum, h) => sum + h.number, 0);
  if (number > longest) return undefined;
  const left = known[0]?.instances.map((_, i) => known.reduce((sum, h) => sum + h.number * h.instances[i]!, 0)) ?? [];
  const carried = kinds.map(({ instances }) => instances.flatMap((n, i): [component: number, number: number][] => (n > 0 ? [[i, n]] : [])));
  /** By component: the last kind that holds it, and the most that a host does. */
  const last = left.map((_, i) => kinds.findLastIndex((k) => k.instances[i]! > 0));
  const most = left.map((_, i) => kinds.reduce((m, k) => Math.max(m, k.instances[i]!), 0));
  const byContent = new Map<string, number[]>();
  kinds.forEach((k, at) => byContent.set(k.instances.join(), [...(byContent.get(k.instances.join()) ?? []), at]));
  const chosen: number[] = [];
  let steps = 0;
  return descend(0, number, room) ? listed() : undefined;

  function descend(from: number, hosts: number, spare: number): boolean {
    if (hosts === 0) return left.every((n) => n === 0) && asked();
    // The last host holds all that is left.
    if (hosts === 1) return (byContent.get(left.join()) ?? []).some((at) => at >= from && tried(at, 1, spare));
    const end = left.reduce((least, n, i) => (n > 0 ? Math.min(least, last[i]!) : least), kinds.length - 1);
    for (let at = from; at <= end && steps <= effort; at++) if (tried(at, hosts, spare)) return true;
    return false;
  }

  function tried(at: number, hosts: number, spare: number): boolean {
    steps++;
    if (excess[at]! > spare || !carried[at]!.every(([i, n]) => n <= left[i]!)) return false;
    for (const [i, n] of carried[at]!) left[i]! -= n;
    chosen.push(at);
    if (left.every((n, i) => n <= (hosts - 1) * most[i]!) && descend(at, hosts - 1, spare - excess[at]!)) return true;
    chosen.pop();
    for (const [i, n] of carried[at]!) left[i]! += n;
    return false;
  }

  function asked(): boolean {
    steps += asking;
    return steps <= effort && admits(listed());
  }

  function listed(): Hosts[] {
    return [...new Set(chosen)].map((at): Hosts => ({ candidate: kinds[at]!.candidate, number: chosen.filter((c) => c === at).length, instances: [...kinds[at]!.instances] }));
  }
}
