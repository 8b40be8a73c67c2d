/**
 * Where nodes are parted: quantities first, then how many columns fit into a row, then columns by what branching on them did before.
 * Source: Achterberg, "Constraint integer programming", 2007 (pseudo-costs).
 */
import type { Master } from './master.js';
import { integrality, type IntegerOptions, type Quantity } from './program.js';
import type { Node } from './tree.js';

/** Where a node goes on: the range of a column j or a row ~i is parted around a value. */
interface Split {
  variable: number;
  at: number;
}

export class Branching<T> {
  private readonly gain = { down: new Map<number, [sum: number, count: number]>(), up: new Map<number, [sum: number, count: number]>() };
  private averages: [number, number] | undefined;

  constructor(
    private readonly master: Master<T>,
    private readonly options: IntegerOptions<T>,
  ) {}

  /** Where to part a node; undefined where nothing can be parted. */
  split(solved: boolean): Split | undefined {
    const { master } = this;
    const { matrix, columns, whole } = master;
    const x = solved ? master.simplex.x : Float64Array.from(columns, (_, j) => clamp(0, matrix.low[j]!, matrix.high[j]!));
    const fractionOf = (v: number): number => Math.abs(v - Math.round(v));
    let settled: Split | undefined;
    const isWhole = x.every((v, j) => whole[j] === 0 || fractionOf(v) <= integrality);
    const values = Array.from(x, (v) => (fractionOf(v) <= integrality ? Math.round(v) : v));
    for (const quantity of this.options.quantities?.(values, columns) ?? []) {
      const at = this.sum(quantity, values);
      if (fractionOf(at) > integrality) return { variable: master.rowOfQuantity(quantity), at };
      if (!isWhole || settled) continue;
      const variable = master.rowOfQuantity(quantity);
      const [low, high] = master.range(variable);
      if (low < high && Math.round(at) >= low && Math.round(at) <= high) settled = { variable, at: Math.round(at) };
    }
    if (settled || this.options.pricing) return settled;
    if (!isWhole) {
      // How many columns fit into a row often tells more than any single one.
      const counts = Array.from({ length: master.rows }, (_, i) => master.rowOfCount(i));
      const sums = matrix.activities(values);
      for (const variable of counts) if (variable !== undefined && fractionOf(sums[~variable]!) > integrality) return { variable, at: sums[~variable]! };
    }
    let split: Split | undefined;
    let most = -1;
    for (let j = 0; j < values.length; j++) {
      if (whole[j] === 0 || !(matrix.low[j]! < matrix.high[j]!)) continue;
      const v = values[j]!;
      const fraction = v - Math.floor(v);
      // Where x is whole: first the columns that it uses.
      const score = isWhole ? v - matrix.low[j]! : fraction > 0 ? this.estimate(j, fraction) : -1;
      if (score > most) [split, most] = [{ variable: j, at: v }, score];
    }
    return split;
  }

  private sum(quantity: Quantity<T>, x: readonly number[]): number {
    let sum = 0;
    x.forEach((v, j) => v !== 0 && (sum += v * quantity.coefficient(this.master.columns[j]!.content)));
    return sum;
  }

  /** How much branching on a column is expected to lower the bounds of both children, from what it did before. */
  private estimate(j: number, fraction: number): number {
    const rate = ([sum, count]: [number, number]): number => sum / count;
    const average = (gains: Map<number, [number, number]>): number => (gains.size === 0 ? 1 : [...gains.values()].reduce((s, g) => s + rate(g), 0) / gains.size);
    const { down, up } = this.gain;
    this.averages ??= [average(down), average(up)];
    const lower = (down.has(j) ? rate(down.get(j)!) : this.averages[0]) * fraction;
    const upper = (up.has(j) ? rate(up.get(j)!) : this.averages[1]) * (1 - fraction);
    return Math.max(lower, 1e-6) * Math.max(upper, 1e-6);
  }

  /** Remembers how much a branch has lowered the bound. */
  learn({ branched, bound: before }: Node, after: number): void {
    if (!branched || !Number.isFinite(before) || !Number.isFinite(after)) return;
    const gains = branched.up ? this.gain.up : this.gain.down;
    const [sum, count] = gains.get(branched.column) ?? [0, 0];
    gains.set(branched.column, [sum + Math.max(0, before - after) / branched.distance, count + 1]);
    this.averages = undefined;
  }
}

const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);
