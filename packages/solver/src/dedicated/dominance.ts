/** Rows that cannot be part of the answer, whatever the other components do, because another row is better in everything. */
import { tolerance } from '@camelc/problem';
import type { Long } from '../pace.js';
import { extentOf, type Column, type Live, type Table } from './table.js';

/** Comparisons of two rows of a component; rows left then are kept. */
const comparisons = 3_000_000;

/**
 * Keeps the rows that no other row of the component dominates. Exact: a dominated row is no better in any goal and harder on every restriction,
 * and loses against the other at some stage, at the latest in the order of rows.
 */
export function* undominated(table: Table): Long<Live> {
  const { live } = table;
  const margins = table.goals.map(({ column, through }) => (through ? Infinity : tolerance(Math.max(...extentOf(column, live).map(Math.abs)))));
  const kept: Live = [];
  for (const [i, rows] of live.entries()) {
    let compared = 0;
    const part = (column: Column): Float64Array => column.parts[i]!;
    const goals = table.goals.map(({ column }) => part(column));
    const upper = table.restrictions.filter((r) => r.high !== Infinity).map((r) => part(r.column));
    const lower = table.restrictions.filter((r) => r.low !== -Infinity).map((r) => part(r.column));

    const dominates = (s: number, r: number): boolean => {
      if (!goals.every((g) => g[s]! >= g[r]! && (Number.isFinite(g[s]!) || g[s] === g[r]))) return false;
      if (!upper.every((u) => u[s]! <= u[r]!) || !lower.every((l) => l[s]! >= l[r]!)) return false;
      return s < r || goals.some((g, k) => g[s]! - g[r]! > margins[k]!);
    };
    // The best rows first, so that most rows meet their better soon.
    const order = [...rows].sort((a, b) => {
      for (const g of goals) if (g[a] !== g[b]) return g[b]! - g[a]!;
      return a - b;
    });
    const front: number[] = [];
    for (const [k, r] of order.entries()) {
      if (compared > comparisons || !front.some((s) => (compared++, dominates(s, r)))) front.push(r);
      if (k % 256 === 0) yield;
    }
    kept.push(front.sort((a, b) => a - b));
    yield;
  }
  return kept;
}
