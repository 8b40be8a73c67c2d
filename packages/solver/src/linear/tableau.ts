/** What the primal and the dual simplex method share: the point, its basis, prices and reduced profits. */
import { Inverse } from './inverse.js';
import type { Matrix } from './matrix.js';

/** Which variables are basic and which are at their upper limits, all others at the lower; logical ones as ~row. */
export interface Basis {
  basic: Int32Array;
  high: Int32Array;
}

/** Where a variable is; FREE: nonbasic without limits, at 0. */
export const [LOW, HIGH, BASIC, FREE] = [0, 1, 2, 3] as const;

export const primalTolerance = 1e-9;
export const dualTolerance = 1e-9;
/** Entries smaller than this are no pivots. */
export const pivotTolerance = 1e-8;
/** Changes of the basis until it is inverted anew. */
export const refactorAfter = 100;
/** Steps without progress until limits or costs are perturbed. */
export const patience = 30;
/** Elementary operations between pauses: a few milliseconds. */
export const pauseAfter = 3e6;

/** Whether a nonbasic variable is at its right limit for the reduced profit d. */
export const fits = (at: number, d: number): boolean => at === BASIC || (at === LOW ? d <= dualTolerance : at === HIGH ? d >= -dualTolerance : Math.abs(d) <= dualTolerance);

/** Variables are columns j and the logical ones ~i of rows. */
export class Tableau {
  readonly inverse = new Inverse();
  /** The variable at each position of the basis, and its value. */
  head = new Int32Array(0);
  basicValue = new Float64Array(0);
  columnAt = new Int8Array(0);
  rowAt = new Int8Array(0);
  /** Prices of the rows. */
  y = new Float64Array(0);
  reduced = new Float64Array(0);
  /** Costs and row limits that the search works with, which may be perturbed. */
  cost = new Float64Array(0);
  rowLow = new Float64Array(0);
  rowHigh = new Float64Array(0);
  perturbedCosts = false;
  perturbedRows = false;
  /** The entering column, times the inverse. */
  w = new Float64Array(0);
  /** Columns that are not fixed. */
  open = new Int32Array(0);
  /** Those of them that the steps look at. */
  active = new Int32Array(0);
  iterations = 0;
  /** Elementary operations since the last pause, about. */
  work = 0;
  /** The inverse belongs to the basis. */
  private fresh = false;

  constructor(readonly matrix: Matrix) {
    this.restore({ basic: Int32Array.from({ length: matrix.rows }, (_, i) => ~i), high: new Int32Array(0) });
  }

  /** The basis as it stands. */
  basis(): Basis {
    const high: number[] = [];
    this.columnAt.forEach((at, j) => at === HIGH && high.push(j));
    this.rowAt.forEach((at, i) => at === HIGH && high.push(~i));
    return { basic: this.head.slice(), high: Int32Array.from(high) };
  }

  /** Goes back to a basis, also one from before columns and rows were added. */
  restore({ basic, high }: Basis): void {
    const { rows, columns } = this.matrix;
    this.columnAt = new Int8Array(columns);
    this.rowAt = new Int8Array(rows);
    for (const j of high) this.set(j, HIGH);
    this.head = Int32Array.from({ length: rows }, (_, i) => basic[i] ?? ~i);
    for (const j of this.head) this.set(j, BASIC);
    this.fresh = false;
  }

  /** Takes over columns, rows and limits that have changed. */
  prepare(): void {
    const { matrix } = this;
    const { rows: m, columns: n, low, high } = matrix;
    if (this.rowAt.length < m || this.columnAt.length < n) this.restore(this.basis());
    this.cost = matrix.objective.slice(0, n);
    this.rowLow = matrix.rowLow.slice();
    this.rowHigh = matrix.rowHigh.slice();
    this.perturbedCosts = this.perturbedRows = false;
    const open: number[] = [];
    for (let j = 0; j < n; j++) {
      if (low[j]! < high[j]!) open.push(j);
      this.settle(j, this.columnAt[j]!);
    }
    for (let i = 0; i < m; i++) this.settle(~i, this.rowAt[i]!);
    this.open = Int32Array.from(open);
    if (this.reduced.length < n) this.reduced = new Float64Array(2 * n);
    if (this.y.length !== m) [this.y, this.w, this.basicValue] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
    if (this.fresh) this.computeValues();
    else this.refactor();
  }

  /** Puts a nonbasic variable at a limit that it has. */
  settle(j: number, at: number): void {
    if (at === BASIC) return;
    const low = this.lowOf(j) > -Infinity;
    const high = this.highOf(j) < Infinity;
    this.set(j, at === HIGH && high ? HIGH : low ? LOW : high ? HIGH : FREE);
  }

  set(j: number, at: number): void {
    if (j < 0) this.rowAt[~j] = at;
    else this.columnAt[j] = at;
  }

  at(j: number): number {
    return j < 0 ? this.rowAt[~j]! : this.columnAt[j]!;
  }

  lowOf(j: number): number {
    return j < 0 ? this.rowLow[~j]! : this.matrix.low[j]!;
  }

  highOf(j: number): number {
    return j < 0 ? this.rowHigh[~j]! : this.matrix.high[j]!;
  }

  /** Of a nonbasic variable; 0 for a basic one. */
  valueOf(j: number): number {
    const at = this.at(j);
    return at === LOW ? this.lowOf(j) : at === HIGH ? this.highOf(j) : 0;
  }

  refactor(): void {
    for (const j of this.inverse.factorise(this.matrix, this.head)) this.settle(j, LOW);
    for (const j of this.head) this.set(j, BASIC);
    this.work += this.matrix.rows ** 3 / 4;
    this.fresh = true;
    this.computeValues();
  }

  /** Values of the basic variables. */
  computeValues(): void {
    const { rows: m, columns: n, start, index, value } = this.matrix;
    const rest = new Float64Array(m);
    for (let j = 0; j < n; j++) {
      const x = this.valueOf(j);
      if (x !== 0) for (let k = start[j]!; k < start[j + 1]!; k++) rest[index[k]!]! -= value[k]! * x;
    }
    for (let i = 0; i < m; i++) rest[i]! += this.valueOf(~i);
    this.inverse.timesVector(rest, this.basicValue);
    this.work += start[n]! + m * m;
  }

  /** How far the basic variable at a position is below (negative) or above its limits; 0 within the tolerance. */
  excess(r: number): number {
    const j = this.head[r]!;
    const v = this.basicValue[r]!;
    const low = this.lowOf(j);
    if (v < low - primalTolerance * Math.max(1, Math.abs(low))) return v - low;
    const high = this.highOf(j);
    return v > high + primalTolerance * Math.max(1, Math.abs(high)) ? v - high : 0;
  }

  infeasibility(): number {
    let sum = 0;
    for (let r = 0; r < this.head.length; r++) sum += Math.abs(this.excess(r));
    return sum;
  }

  /** Prices of the rows at the present basis: of the costs, or in phase 1 of what reduces the infeasibilities. */
  priceRows(phase1: boolean): void {
    const weights = Float64Array.from(this.head, (j, r) => (phase1 ? -Math.sign(this.excess(r)) : j < 0 ? 0 : this.cost[j]!));
    this.inverse.combine(weights, this.y);
    this.work += this.matrix.rows ** 2;
  }

  computeReduced(): void {
    const { start, index, value } = this.matrix;
    const { y, cost, reduced, columnAt } = this;
    for (const j of this.active) {
      let d = 0;
      if (columnAt[j] !== BASIC) {
        d = cost[j]!;
        for (let k = start[j]!, e = start[j + 1]!; k < e; k++) d -= y[index[k]!]! * value[k]!;
      }
      reduced[j] = d;
    }
    this.work += start[this.matrix.columns]!;
  }

  isDualFeasible(): boolean {
    this.priceRows(false);
    this.computeReduced();
    return this.active.every((j) => fits(this.columnAt[j]!, this.reduced[j]!)) && this.rowAt.every((at, i) => this.rowLow[i] === this.rowHigh[i] || fits(at, this.y[i]!));
  }

  /** Moves nonbasic variables to the limits where their reduced profits want them; false where one has no such limit. */
  becomeDualFeasible(): boolean {
    this.priceRows(false);
    this.computeReduced();
    const flips: number[] = [];
    const wants = (j: number, d: number): boolean => {
      const at = this.at(j);
      if (fits(at, d) || this.lowOf(j) === this.highOf(j)) return true;
      flips.push(j);
      return Number.isFinite(d > 0 ? this.highOf(j) : this.lowOf(j));
    };
    if (!this.active.every((j) => wants(j, this.reduced[j]!)) || !this.y.every((d, i) => wants(~i, d))) return false;
    for (const j of flips) this.set(j, (j < 0 ? this.y[~j]! : this.reduced[j]!) > 0 ? HIGH : LOW);
    if (flips.length > 0) this.computeValues();
    return true;
  }

  /** The value of the working costs at the present point. */
  value(): number {
    let sum = 0;
    for (let j = 0; j < this.matrix.columns; j++) sum += this.matrix.objective[j]! * this.valueOf(j);
    this.head.forEach((j, r) => j >= 0 && (sum += this.matrix.objective[j]! * this.basicValue[r]!));
    return sum;
  }

  /** Moves nonbasic variables to their other limits. */
  flip(variables: number[]): void {
    if (variables.length === 0) return;
    const { rows: m, start, index, value } = this.matrix;
    const change = new Float64Array(m);
    for (const j of variables) {
      const before = this.valueOf(j);
      this.set(j, this.at(j) === LOW ? HIGH : LOW);
      const by = this.valueOf(j) - before;
      if (j < 0) change[~j]! -= by;
      else for (let k = start[j]!; k < start[j + 1]!; k++) change[index[k]!]! += value[k]! * by;
    }
    const moved = new Float64Array(m);
    this.inverse.timesVector(change, moved);
    for (let i = 0; i < m; i++) this.basicValue[i]! -= moved[i]!;
  }

  /** Moves `entering` by `step` and into the basis, and what is at position r out of it, to a limit. */
  exchange(r: number, entering: number, step: number, leavesAt: number): void {
    const { w, basicValue } = this;
    const entered = this.valueOf(entering) + step;
    for (let i = 0; i < basicValue.length; i++) basicValue[i]! -= step * w[i]!;
    this.set(this.head[r]!, leavesAt);
    this.set(entering, BASIC);
    this.head[r] = entering;
    basicValue[r] = entered;
    this.inverse.replace(r, w);
  }

  /** Small costs that differ break ties; signs are such that the basis stays dual feasible. */
  perturbCosts(): void {
    this.perturbedCosts = true;
    for (const j of this.active) {
      const at = this.columnAt[j]!;
      if (at !== LOW && at !== HIGH) continue;
      const by = (at === LOW ? -1 : 1) * scatter(j) * 1e-6 * (1 + Math.abs(this.cost[j]!));
      this.cost[j]! += by;
      this.reduced[j]! += by;
    }
  }

  restoreCosts(): void {
    this.perturbedCosts = false;
    this.cost = this.matrix.objective.slice(0, this.matrix.columns);
    this.priceRows(false);
  }

  /** Rows get a little wider, each by another amount. */
  perturbRows(): void {
    this.perturbedRows = true;
    for (let i = 0; i < this.rowLow.length; i++) {
      this.rowLow[i]! -= scatter(2 * i) * 1e-6 * Math.max(1, Math.abs(this.rowLow[i]!));
      this.rowHigh[i]! += scatter(2 * i + 1) * 1e-6 * Math.max(1, Math.abs(this.rowHigh[i]!));
    }
    this.computeValues();
  }

  restoreRows(): void {
    this.perturbedRows = false;
    this.rowLow = this.matrix.rowLow.slice();
    this.rowHigh = this.matrix.rowHigh.slice();
    this.computeValues();
  }
}

/** A number between 0.5 and 1.5 for each index, without pattern. */
function scatter(index: number): number {
  let h = Math.imul(index + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return 0.5 + ((h ^ (h >>> 13)) >>> 0) / 2 ** 32;
}
