/** The linear program of a node: its columns so far, rows for the quantities branched on, and the columns that pricing adds. */
import type { Long, Pace } from '../pace.js';
import { safeBound, type SafeBound } from './bound.js';
import type { Matrix } from './matrix.js';
import { reducedProfit, type Column, type Cut, type Duals, type Pricing, type Program, type Quantity } from './program.js';
import { relaxationOf, wholeLimits } from './relaxation.js';
import { Simplex, type LpStatus } from './simplex.js';

/** `solved`: to the end, or until the bound was at most the limit; `unclear`: the simplex method got lost, and nothing is claimed. */
export interface Relaxed {
  status: 'solved' | 'infeasible' | 'unbounded' | 'unclear' | 'stopped';
  bound: number;
  safe?: SafeBound;
}

/** Reduced profits below this are not worth a column. */
const worthwhile = 1e-9;

export class Master<T> {
  readonly columns: Column<T>[];
  readonly matrix: Matrix;
  readonly simplex: Simplex;
  readonly scale: number;
  readonly unit: number;
  whole: Uint8Array;
  /** Limits of the columns and rows of the program itself, without those of nodes. */
  baseLow: Float64Array;
  baseHigh: Float64Array;
  private readonly rowScale: Float64Array;
  readonly rows: number;
  private readonly quantities: Quantity<T>[] = [];
  private readonly rowOf = new Map<string, number>();
  /** Rows of cuts, with what they are at least. */
  private readonly cuts = new Map<number, number>();

  constructor(
    program: Program<T>,
    private readonly pricing: Pricing<T> | undefined,
    private readonly pace: Pace,
  ) {
    this.columns = [...program.columns];
    const { matrix, whole, rowScale, scale, unit } = relaxationOf(program, pricing);
    [this.matrix, this.whole, this.rowScale, this.scale, this.unit] = [matrix, whole, rowScale, scale, unit];
    this.rows = matrix.rows;
    program.columns.forEach((column, j) => ([matrix.low[j], matrix.high[j]] = wholeLimits(column)));
    this.baseLow = matrix.low.slice(0, matrix.columns);
    this.baseHigh = matrix.high.slice(0, matrix.columns);
    this.simplex = new Simplex(matrix);
  }

  get hasContinuous(): boolean {
    return this.whole.includes(0);
  }

  /** The row ~i of a quantity; a new one limits nothing yet. */
  rowOfQuantity(quantity: Quantity<T>): number {
    let row = this.rowOf.get(quantity.key);
    if (row === undefined) {
      row = this.matrix.rows;
      this.matrix.addRow(
        -Infinity,
        Infinity,
        Float64Array.from(this.columns, (c) => quantity.coefficient(c.content)),
      );
      this.quantities.push(quantity);
      this.rowOf.set(quantity.key, row);
    }
    return ~row;
  }

  /** Adds what holds in every solution: a quantity is at least so much. */
  cut({ quantity, least }: Cut<T>): void {
    const row = ~this.rowOfQuantity(quantity);
    this.cuts.set(row, least);
    this.matrix.rowLow[row] = least;
  }

  /** The row ~i that counts how much of the columns of a row is used; undefined where that says nothing more than the row itself. Without pricing only. */
  rowOfCount(of: number): number | undefined {
    const key = `count ${of}`;
    let row = this.rowOf.get(key);
    if (row === undefined) {
      const { start, index, value, columns } = this.matrix;
      const ones = new Float64Array(columns);
      const sizes = new Set<number>();
      let whole = true;
      for (let j = 0; j < columns; j++) {
        for (let k = start[j]!; k < start[j + 1]!; k++) {
          if (index[k] !== of) continue;
          ones[j] = 1;
          sizes.add(value[k]!);
          whole &&= this.whole[j] === 1;
        }
      }
      row = -1;
      if (whole && sizes.size > 1) {
        row = this.matrix.rows;
        this.matrix.addRow(-Infinity, Infinity, ones);
      }
      this.rowOf.set(key, row);
    }
    return row < 0 ? undefined : ~row;
  }

  /** The limits of a column j or a row ~i. */
  range(variable: number): [number, number] {
    const { matrix } = this;
    return variable < 0 ? [matrix.rowLow[~variable]!, matrix.rowHigh[~variable]!] : [matrix.low[variable]!, matrix.high[variable]!];
  }

  /** Takes the limits of all quantities away but those of cuts. */
  freeQuantities(): void {
    this.matrix.rowLow.fill(-Infinity, this.rows);
    this.matrix.rowHigh.fill(Infinity, this.rows);
    for (const [row, least] of this.cuts) this.matrix.rowLow[row] = least;
  }

  /**
   * Solves the linear program with the limits as they are, until no point exceeds `limit`.
   * @param rounds with `pricing`: columns are only sought briefly, and so many times once the rows can be kept; the bound is that of the columns there are then
   */
  *relax(limit: number, rounds = Infinity): Long<Relaxed> {
    let cutoff = this.pricing ? -Infinity : limit;
    let bound = Infinity;
    for (let unclear = 0; unclear < 2; ) {
      const status = yield* this.solve(cutoff);
      if (!status) return { status: 'stopped', bound };
      const weight = status === 'infeasible' ? 0 : 1;
      const safe = safeBound(this.matrix, this.simplex.duals, weight);
      const duals = this.dualsFor(weight);
      const briefly = rounds < Infinity;
      const priced = this.pricing && (weight === 0 || rounds-- > 0) ? yield* this.pricing.price(duals, this.columns, briefly) : { columns: [], best: 0 };
      if (briefly) priced.best = 0;
      const factor = weight === 1 ? this.scale : 1;
      const total = safe.bound + (priced.best > 0 ? priced.best * factor * this.pricing!.most : 0);
      const worth = priced.columns.filter((c) => reducedProfit(duals, c) * factor > worthwhile);
      if (status === 'infeasible') {
        if (total < 0 && !(briefly && worth.length > 0)) return { status, bound: -Infinity };
        if (worth.length === 0) {
          unclear++;
          this.simplex.restore(this.simplex.basis());
        }
      } else {
        bound = Math.min(bound, total);
        if (bound <= limit) return { status: 'solved', bound, safe };
        if (status === 'cutoff') cutoff = -Infinity;
        else if (worth.length === 0) return { status: status === 'unbounded' ? status : 'solved', bound, safe };
      }
      if (worth.length > 0) this.add(worth);
    }
    return { status: 'unclear', bound };
  }

  private *solve(cutoff: number): Long<LpStatus | undefined> {
    const work = this.simplex.solve(cutoff);
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      yield;
      if (this.pace.over()) return undefined;
    }
  }

  dualsFor(objective: 0 | 1): Duals<T> {
    const factor = objective === 1 ? 1 / this.scale : 1;
    const { duals } = this.simplex;
    return {
      objective,
      rows: this.rowScale.map((scale, i) => duals[i]! * scale * factor),
      quantities: this.quantities.flatMap((quantity, k) => {
        const dual = duals[this.rows + k]! * factor;
        return dual === 0 ? [] : [{ quantity, dual }];
      }),
    };
  }

  add(columns: readonly Column<T>[]): void {
    for (const column of columns) this.addColumn(column);
    this.whole = Uint8Array.from(this.columns, (c) => (c.continuous ? 0 : 1));
    const limits = this.columns.map(wholeLimits);
    this.baseLow = Float64Array.from(limits, ([low]) => low);
    this.baseHigh = Float64Array.from(limits, ([, high]) => high);
  }

  private addColumn(column: Column<T>): void {
    const rows = [...column.rows];
    const coefficients = column.coefficients.map((a, k) => a * this.rowScale[column.rows[k]!]!);
    this.quantities.forEach((quantity, k) => {
      const a = quantity.coefficient(column.content);
      if (a === 0) return;
      rows.push(this.rows + k);
      coefficients.push(a);
    });
    const [low, high] = wholeLimits(column);
    this.matrix.addColumn(column.objective * this.scale, low, high, rows, coefficients);
    this.columns.push(column);
  }

  /** The value, in the scale of the matrix, of an x that keeps the program's own rows and limits; undefined otherwise. */
  check(x: ArrayLike<number>): number | undefined {
    const { matrix } = this;
    if (x.length !== matrix.columns) return undefined;
    let value = 0;
    for (let j = 0; j < matrix.columns; j++) {
      const v = x[j]!;
      if (!(v >= this.baseLow[j]! && v <= this.baseHigh[j]!) || (this.whole[j] === 1 && !Number.isInteger(v))) return undefined;
      value += matrix.objective[j]! * v;
    }
    const sums = matrix.activities(x);
    const slack = this.hasContinuous ? 1e-9 : 1e-13;
    for (let i = 0; i < this.rows; i++) {
      const limits = [matrix.rowLow[i]!, matrix.rowHigh[i]!] as const;
      const off = slack * Math.max(1, Math.abs(sums[i]!));
      if (!(sums[i]! >= limits[0] - off && sums[i]! <= limits[1] + off)) return undefined;
    }
    return value;
  }
}
