/**
 * Good points of programs whose columns are generated: columns are taken one after another, and for what is left to do others are sought (Sadykov, Vanderbeck and
 * others, "Primal heuristics for branch and price: the assets of diving methods", 2019); and points that are known are taken apart in places and put together anew
 * (Shaw, "Using constraint programming and local search methods to solve vehicle routing problems", 1998).
 */
import type { Long, Pace } from '../pace.js';
import { Master } from './master.js';
import { integrality, type Column, type Remainder, type Row, type Taken } from './program.js';

/** What is better by less, relatively, is not better. */
const margin = 1e-9;
/** Rounds in which columns are sought at each step of a dive, and steps at most. */
const [rounds, steps] = [3, 200];
/** Columns of a point that are taken off: at least, and at most. */
const [fewest, most] = [3, 12];
/** What even a column that loses nothing has of the chance to be taken off. */
const chance = 0.3;
/** Columns that are remembered. */
const memory = 1000;

export class Dives<T> {
  private found: Column<T>[] = [];
  private count = 0;
  private readonly random = sequence();

  constructor(
    private readonly rows: readonly Row[],
    private readonly remainder: (taken: readonly Taken<T>[]) => Remainder<T>,
    private readonly pace: Pace,
  ) {}

  /**
   * Looks for a better point: first from nothing, then beside parts of the best one.
   * @param columns of the program
   * @param value of the best point; -Infinity: none is known
   * @param profit of a column by the prices of the rows: what loses much is more likely to be taken off
   */
  *dive(columns: readonly Column<T>[], best: readonly Taken<T>[], value: number, profit: (column: Column<T>) => number): Long<Taken<T>[] | undefined> {
    if (this.found.length > memory) this.found = [];
    const found = [...columns, ...this.found];
    const listed = found.length;
    const least = Number.isFinite(value) ? value + margin * Math.max(1, Math.abs(value)) : value;
    const point = yield* this.complete(found, this.count++ === 0 ? [] : this.part(best, profit), least);
    this.found.push(...found.slice(listed));
    return point;
  }

  /** A point without some columns (weighted sampling: Efraimidis and Spirakis, 2006). */
  private part(point: readonly Taken<T>[], profit: (column: Column<T>) => number): Taken<T>[] {
    const units = point.flatMap((t) => (t.column.content === null ? [] : Array.from({ length: t.number }, () => ({ ...t, number: 1 }))));
    const away = fewest + Math.floor(this.random() ** 2 * (most - fewest + 1));
    const losses = units.map((u) => Math.max(0, -profit(u.column)));
    const greatest = Math.max(1e-12, ...losses);
    const ranked = units.map((unit, k) => ({ unit, rank: this.random() ** (1 / (losses[k]! / greatest + chance)) })).sort((a, b) => a.rank - b.rank);
    return ranked.slice(0, Math.max(0, units.length - away)).map(({ unit }) => unit);
  }

  /** Completes what is taken to a point whose value exceeds `least`. */
  private *complete(found: Column<T>[], taken: readonly Taken<T>[], least: number): Long<Taken<T>[] | undefined> {
    const all = [...taken];
    for (let step = 0; step < steps; step++) {
      const { cut, pricing } = this.remainder(all);
      const parts = found.flatMap((of) => {
        const column = cut(of);
        return column ? [{ column, of }] : [];
      });
      const master = new Master({ rows: rest(this.rows, all), columns: parts.map((p) => p.column) }, pricing, this.pace);
      const value = valueOf(all);
      const { status, bound } = yield* master.relax(-Infinity, rounds);
      found.push(...master.columns.slice(parts.length));
      if (status !== 'solved' || !(value + bound / master.scale > least)) return undefined;
      const { x } = master.simplex;
      const take = (j: number, number: number): void => void all.push({ ...(parts[j] ?? { column: master.columns[j]!, of: master.columns[j]! }), number });
      let [next, greatest, whole] = [-1, integrality, true];
      for (let j = 0; j < x.length; j++) {
        const floor = Math.floor(x[j]! + integrality);
        if (floor > 0) {
          take(j, floor);
          whole = false;
        }
        if (x[j]! - floor > greatest) [next, greatest] = [j, x[j]! - floor];
      }
      if (next < 0) return all;
      if (whole) take(next, 1);
    }
    return undefined;
  }
}

const valueOf = <T>(taken: readonly Taken<T>[]): number => taken.reduce((sum, { column, number }) => sum + column.objective * number, 0);

/** What the rows still ask for and allow. */
function rest<T>(rows: readonly Row[], taken: readonly Taken<T>[]): Row[] {
  const sums = new Float64Array(rows.length);
  for (const { column, number } of taken) column.rows.forEach((row, k) => (sums[row]! += number * column.coefficients[k]!));
  return rows.map(({ low, high }, i) => ({ low: low - sums[i]!, high: high - sums[i]! }));
}

/** Numbers from 0 to 1 that look random, and are the same each time. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
