/** The primal simplex method. Source: Maros, "Computational techniques of the simplex method", 2003 (composite phase 1, partial pricing, Harris' ratio test). */
import type { Long } from '../pace.js';
import { BASIC, fits, HIGH, LOW, patience, pauseAfter, pivotTolerance, primalTolerance, refactorAfter, type Tableau } from './tableau.js';

export class PrimalSimplex {
  /** Where the next look for a column to enter starts. */
  private cursor = 0;

  constructor(private readonly tableau: Tableau) {}

  /**
   * Steps from any basis to the best point.
   * @param end the number of iterations at which to stop
   * @returns `infeasible`: the prices are a ray that shows it
   */
  *run(end: number): Long<'optimal' | 'infeasible' | 'unbounded' | 'stalled'> {
    const { tableau } = this;
    const { matrix, inverse, w } = tableau;
    const { rows: m } = matrix;
    let still = 0;
    let priced = false;
    for (; tableau.iterations < end; tableau.iterations++) {
      if (tableau.work > pauseAfter) yield void (tableau.work = 0);
      if (inverse.updates >= refactorAfter) {
        tableau.refactor();
        priced = false;
      }
      const phase1 = tableau.infeasibility() > 0;
      if (phase1 || !priced) tableau.priceRows(phase1);
      priced = !phase1;
      let chosen = this.entering(phase1);
      if (chosen === undefined && priced && inverse.updates > 0) {
        // Once more with prices that are not updated ones.
        tableau.priceRows(false);
        chosen = this.entering(false);
      }
      if (chosen === undefined) return phase1 ? 'infeasible' : 'optimal';
      const { variable, profit } = chosen;
      const up = profit > 0 ? 1 : -1;
      inverse.times(matrix, variable, w);
      const { r, step } = this.primalRatio(up);
      const range = tableau.highOf(variable) - tableau.lowOf(variable);
      if (r < 0 && range === Infinity) return phase1 ? 'stalled' : 'unbounded';
      tableau.work += m * m + m;
      if (range <= step) {
        tableau.flip([variable]);
        continue;
      }
      const rate = up * -w[r]!;
      if (!phase1) {
        const rho = inverse.row(r);
        const theta = profit / w[r]!;
        for (let i = 0; i < m; i++) tableau.y[i]! += theta * rho[i]!;
      }
      // A basic variable that is outside its limits leaves at the one that it reaches.
      const excess = tableau.excess(r);
      tableau.exchange(r, variable, up * step, rate > 0 ? (excess < 0 ? LOW : HIGH) : excess > 0 ? HIGH : LOW);
      still = step < 1e-10 ? still + 1 : 0;
      if (still > patience && !tableau.perturbedRows) {
        tableau.perturbRows();
        priced = false;
      }
    }
    return 'stalled';
  }

  /** The nonbasic variable of greatest scaled reduced profit in the first block of columns that has any worth moving. */
  private entering(phase1: boolean): { variable: number; profit: number } | undefined {
    const { start, index, value, norm } = this.tableau.matrix;
    const { y, cost, columnAt, rowAt, active } = this.tableau;
    let variable: number | undefined;
    let profit = 0;
    let most = 0;
    for (let i = 0; i < y.length; i++) {
      const d = y[i]!;
      if (rowAt[i] !== BASIC && this.tableau.rowLow[i]! < this.tableau.rowHigh[i]! && !fits(rowAt[i]!, d) && (d * d) / 2 > most) [variable, profit, most] = [~i, d, (d * d) / 2];
    }
    const block = Math.max(1000, Math.ceil(active.length / 8));
    for (let seen = 0; seen < active.length; ) {
      const until = Math.min(active.length, seen + block);
      for (; seen < until; seen++) {
        if (this.cursor >= active.length) this.cursor = 0;
        const j = active[this.cursor++]!;
        const at = columnAt[j]!;
        if (at === BASIC) continue;
        let d = phase1 ? 0 : cost[j]!;
        for (let k = start[j]!, e = start[j + 1]!; k < e; k++) d -= y[index[k]!]! * value[k]!;
        if (fits(at, d)) continue;
        const score = (d * d) / norm[j]!;
        if (score > most) [variable, profit, most] = [j, d, score];
      }
      this.tableau.work += block * 4;
      if (variable !== undefined) break;
    }
    return variable === undefined ? undefined : { variable, profit };
  }

  /** Which basic variable stops a move in the direction `up` by w, and when; Harris' two passes. */
  private primalRatio(up: number): { r: number; step: number } {
    const { w, basicValue } = this.tableau;
    /** The limit at which the variable at position i stops. */
    const stop = (i: number): number => {
      const rate = -up * w[i]!;
      const excess = this.tableau.excess(i);
      const j = this.tableau.head[i]!;
      if (rate > 0) return excess < 0 ? this.tableau.lowOf(j) : excess > 0 ? Infinity : this.tableau.highOf(j);
      return excess > 0 ? this.tableau.highOf(j) : excess < 0 ? -Infinity : this.tableau.lowOf(j);
    };
    let reach = Infinity;
    for (let i = 0; i < w.length; i++) {
      const size = Math.abs(w[i]!);
      if (size < pivotTolerance) continue;
      const limit = stop(i);
      if (Number.isFinite(limit)) reach = Math.min(reach, (Math.abs(limit - basicValue[i]!) + primalTolerance * Math.max(1, Math.abs(limit))) / size);
    }
    let r = -1;
    let step = Infinity;
    if (reach === Infinity) return { r, step };
    let most = 0;
    for (let i = 0; i < w.length; i++) {
      const size = Math.abs(w[i]!);
      if (size <= most || size < pivotTolerance) continue;
      const limit = stop(i);
      const t = (-up * w[i]! > 0 ? limit - basicValue[i]! : basicValue[i]! - limit) / size;
      if (t <= reach) [r, step, most] = [i, Math.max(0, t), size];
    }
    return { r, step };
  }
}
