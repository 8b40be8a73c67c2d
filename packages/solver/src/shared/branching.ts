/**
 * What a search over generated kinds of host branches on: instances, hosts of a candidate, and hosts that hold at least some instances (Barnhart et al.,
 * "Branch-and-price", 1998; Vanderbeck, "Branching in branch-and-price: a generic scheme", 2011). The last always tell two fractional kinds apart.
 */
import type { Problem } from '@camelc/problem';
import type { Column } from '../linear/program.js';
import type { HostKind } from './kinds.js';
import type { Content } from './master.js';
import { hostQuantity, type HostQuantity } from './pricing.js';

export function* quantitiesOf(problem: Problem, x: readonly number[], columns: readonly Column<Content>[]): Iterable<HostQuantity> {
  const used = columns.flatMap(({ content }, j): HostKind[] => (content && Math.abs(x[j]! - Math.round(x[j]!)) > 1e-6 ? [content] : []));
  yield hostQuantity('hosts', { each: 1 });
  for (const i of problem.components.keys()) yield hostQuantity(`instances ${i}`, { weights: problem.components.map((_, j) => Number(i === j)) });
  const candidates = [...new Set(used.map((k) => k.candidate))];
  for (const c of candidates) yield hostQuantity(`candidate ${c}`, { each: 1, on: (k) => k === c });
  const pieces = (k: HostKind): [number, number][] => k.instances.flatMap((n, i) => Array.from({ length: n }, (_, m): [number, number] => [i, m + 1]));
  const holding = (least: [number, number][], candidate?: number): HostQuantity =>
    hostQuantity(`${candidate ?? 'any'} with ${least.map(([i, m]) => `${m}x${i}`).join(' ')}`, {
      each: 1,
      when: ({ instances }) => least.every(([i, m]) => instances[i]! >= m),
      ...(candidate !== undefined && { on: (k: number) => k === candidate }),
    });
  for (const k of used) for (const p of pieces(k)) yield holding([p]);
  for (const k of used) for (const p of pieces(k)) yield holding([p], k.candidate);
  for (const k of used) {
    const list = pieces(k);
    for (const [a, p] of list.entries()) for (const q of list.slice(a + 1)) if (p[0] !== q[0]) yield holding([p, q]);
  }
  // Of the kinds that are fractional, one that no other contains is the only one that holds all of its instances.
  const size = (k: HostKind): number => k.instances.reduce((a, b) => a + b, 0);
  for (const k of [...used].sort((a, b) => size(b) - size(a)))
    yield holding(
      k.instances.flatMap((n, i): [number, number][] => (n > 0 ? [[i, n]] : [])),
      k.candidate,
    );
}
