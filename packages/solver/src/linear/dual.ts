/** The dual simplex method. Source: Koberstein, "The dual simplex method, techniques for a fast and stable implementation", 2005. */
import type { Long } from '../pace.js';
import { BASIC, dualTolerance, FREE, HIGH, LOW, patience, pauseAfter, pivotTolerance, primalTolerance, refactorAfter, type Tableau } from './tableau.js';

export class DualSimplex {
  /** Entries of the columns in the pivot row. */
  private alpha = new Float64Array(0);
  /** Variables that may enter: which, the size of the entry in the pivot row, the reduced profit without sign, and how far apart the limits are. */
  private candidates = new Int32Array(0);
  private size = new Float64Array(0);
  private profit = new Float64Array(0);
  private range = new Float64Array(0);
  private rest = new Int32Array(0);

  constructor(private readonly tableau: Tableau) {}

  /**
   * Steps from a dual feasible basis to the best point.
   * @param cutoff gives up when no point is better
   * @param end the number of iterations at which to stop
   * @returns `infeasible`: the prices are a ray that shows it
   */
  *run(cutoff: number, end: number): Long<'optimal' | 'infeasible' | 'cutoff' | 'stalled'> {
    const { tableau } = this;
    this.reserve();
    const { matrix, inverse, w, reduced } = tableau;
    const { alpha } = this;
    const { rows: m, start } = matrix;
    let still = 0;
    for (; tableau.iterations < end; tableau.iterations++) {
      if (tableau.work > pauseAfter) yield void (tableau.work = 0);
      if (inverse.updates >= refactorAfter) {
        tableau.refactor();
        if (!tableau.becomeDualFeasible()) return 'stalled';
      }
      let r = -1;
      let most = 0;
      for (let i = 0; i < m; i++) {
        const e = tableau.excess(i);
        if (e !== 0 && (e * e) / inverse.norms[i]! > most) [r, most] = [i, (e * e) / inverse.norms[i]!];
      }
      if (r < 0) return 'optimal';
      if (cutoff > -Infinity && tableau.iterations % 8 === 7 && tableau.value() < cutoff) return 'cutoff';
      const leaving = tableau.head[r]!;
      const side = tableau.excess(r) < 0 ? 1 : -1;
      const rho = inverse.row(r);

      this.pivotRow(rho);
      const count = this.candidatesFor(side, rho);
      tableau.work += start[matrix.columns]! + 2 * m * m;

      const { entering, flips } = this.dualRatio(count, Math.abs(tableau.excess(r)));
      if (entering === undefined) {
        for (let i = 0; i < m; i++) tableau.y[i] = side * rho[i]!;
        return 'infeasible';
      }
      inverse.times(matrix, entering, w);
      const a = entering < 0 ? -rho[~entering]! : alpha[entering]!;
      if (Math.abs(w[r]! - a) > 1e-7 * (1 + Math.abs(a)) && inverse.updates > 0) {
        inverse.updates = refactorAfter;
        continue;
      }
      tableau.flip(flips);
      const low = tableau.lowOf(leaving);
      const delta = tableau.basicValue[r]! - (side > 0 ? low : tableau.highOf(leaving));

      let theta = (entering < 0 ? tableau.y[~entering]! : reduced[entering]!) / a;
      if (side * theta < 0) theta = 0;
      this.updateReduced(theta);
      for (let i = 0; i < m; i++) tableau.y[i]! += theta * rho[i]!;
      if (entering >= 0) reduced[entering] = 0;
      tableau.exchange(r, entering, delta / w[r]!, side > 0 ? LOW : HIGH);
      if (leaving >= 0) reduced[leaving] = -theta;
      still = Math.abs(theta) < 1e-12 ? still + 1 : 0;
      if (still > patience && !tableau.perturbedCosts) tableau.perturbCosts();
    }
    return 'stalled';
  }

  private reserve(): void {
    const length = this.tableau.matrix.columns + this.tableau.matrix.rows;
    if (this.rest.length >= length) return;
    for (const array of ['alpha', 'size', 'profit', 'range'] as const) this[array] = new Float64Array(2 * length);
    this.candidates = new Int32Array(2 * length);
    this.rest = new Int32Array(2 * length);
  }

  /** Entries of the nonbasic columns in the pivot row. */
  private pivotRow(rho: Float64Array): void {
    const { start, index, value } = this.tableau.matrix;
    const { active, columnAt } = this.tableau;
    const { alpha } = this;
    for (let q = 0; q < active.length; q++) {
      const j = active[q]!;
      let a = 0;
      if (columnAt[j] !== BASIC) for (let k = start[j]!, e = start[j + 1]!; k < e; k++) a += rho[index[k]!]! * value[k]!;
      alpha[j] = a;
    }
  }

  private updateReduced(theta: number): void {
    const { active, reduced } = this.tableau;
    const { alpha } = this;
    for (let q = 0; q < active.length; q++) reduced[active[q]!]! -= theta * alpha[active[q]!]!;
  }

  /** Collects the variables that may enter when a basic one goes up (side 1) or down (-1) to its limit; returns how many. */
  private candidatesFor(side: number, rho: Float64Array): number {
    const { active, columnAt, rowAt, reduced, y } = this.tableau;
    const { alpha, candidates, size, profit, range } = this;
    const { low, high } = this.tableau.matrix;
    let count = 0;
    for (let q = 0; q < active.length; q++) {
      const j = active[q]!;
      const a = side * alpha[j]!;
      const at = columnAt[j]!;
      if ((a < pivotTolerance && a > -pivotTolerance) || (at === LOW && a > 0) || (at === HIGH && a < 0)) continue;
      const d = reduced[j]!;
      candidates[count] = j;
      size[count] = Math.abs(a);
      profit[count] = at === FREE || d < 0 === (at === HIGH) ? 0 : Math.abs(d);
      range[count++] = high[j]! - low[j]!;
    }
    for (let i = 0; i < rho.length; i++) {
      const a = -side * rho[i]!;
      const at = rowAt[i]!;
      const span = this.tableau.rowHigh[i]! - this.tableau.rowLow[i]!;
      if (at === BASIC || span === 0 || Math.abs(a) < pivotTolerance || (at === LOW && a > 0) || (at === HIGH && a < 0)) continue;
      candidates[count] = ~i;
      size[count] = Math.abs(a);
      profit[count] = at === FREE || y[i]! < 0 === (at === HIGH) ? 0 : Math.abs(y[i]!);
      range[count++] = span;
    }
    return count;
  }

  /**
   * The bound flipping ratio test: passes candidates that their other limits can absorb, and takes the largest entry among those about equal.
   * @returns no variable where all can be passed: the row cannot be kept
   */
  private dualRatio(count: number, excess: number): { entering?: number; flips: number[] } {
    const { candidates, size, profit, range, rest } = this;
    for (let k = 0; k < count; k++) rest[k] = k;
    const flips: number[] = [];
    let slope = excess;
    let stride = 0;
    while (count > 0) {
      let reach = Infinity;
      for (let q = 0; q < count; q++) reach = Math.min(reach, (profit[rest[q]!]! + dualTolerance) / size[rest[q]!]!);
      // Far groups are passed in strides that grow. The group goes to the front.
      reach = Math.max(reach, stride);
      let sum = 0;
      let near = 0;
      for (let q = 0; q < count; q++) {
        const k = rest[q]!;
        if (profit[k]! > reach * size[k]!) continue;
        sum += size[k]! * range[k]!;
        rest[q] = rest[near]!;
        rest[near++] = k;
      }
      if (slope - sum <= primalTolerance || !(sum < Infinity)) {
        if (stride === 0) {
          let best = rest[0]!;
          for (let q = 1; q < near; q++) if (size[rest[q]!]! > size[best]! || (size[rest[q]!] === size[best] && rest[q]! < best)) best = rest[q]!;
          return { entering: candidates[best]!, flips };
        }
        // The stride was too long: within it, go group by group.
        count = near;
        stride = 0;
        continue;
      }
      for (let q = 0; q < near; q++) flips.push(candidates[rest[q]!]!);
      slope -= sum;
      count -= near;
      rest.copyWithin(0, near, near + count);
      stride = count > 30 ? 2 * reach : 0;
    }
    return { flips: [] };
  }
}
