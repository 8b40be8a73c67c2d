/**
 * The bounded revised simplex method, primal and dual, over a dense inverse of the basis; it starts from the basis of the last solve.
 * Rows are A·x - r = 0 with r within the row's limits. What it says need only be nearly right: every claim is checked with `safeBound`.
 */
import type { Long } from '../pace.js';
import { DualSimplex } from './dual.js';
import type { Matrix } from './matrix.js';
import { PrimalSimplex } from './primal.js';
import { fits, HIGH, LOW, Tableau, type Basis } from './tableau.js';

/** `infeasible`: `duals` are a ray that shows it; `cutoff`: no better than asked for; `stalled`: no progress. */
export type LpStatus = 'optimal' | 'infeasible' | 'unbounded' | 'cutoff' | 'stalled';

export class Simplex {
  /** Prices of the rows; with `infeasible`: a ray. */
  duals = new Float64Array(0);
  /** Values of the columns. */
  x = new Float64Array(0);
  private readonly tableau: Tableau;
  private readonly dual: DualSimplex;
  private readonly primal: PrimalSimplex;

  constructor(private readonly matrix: Matrix) {
    this.tableau = new Tableau(matrix);
    this.dual = new DualSimplex(this.tableau);
    this.primal = new PrimalSimplex(this.tableau);
  }

  get iterations(): number {
    return this.tableau.iterations;
  }

  /** The basis as it stands. */
  basis(): Basis {
    return this.tableau.basis();
  }

  /** Goes back to a basis, also one from before columns and rows were added. */
  restore(basis: Basis): void {
    this.tableau.restore(basis);
  }

  /**
   * Finds the best x of the matrix as it stands now.
   * @param cutoff gives up when no x is better
   */
  *solve(cutoff = -Infinity): Long<LpStatus> {
    const { tableau } = this;
    tableau.prepare();
    this.select();
    const end = tableau.iterations + 2000 + 50 * this.matrix.rows;
    let status: LpStatus = 'stalled';
    let skipDual = false;
    for (let stalls = 0; stalls < 10 && tableau.iterations < end; ) {
      const infeasible = tableau.infeasibility() > 0;
      if (infeasible && !skipDual && tableau.becomeDualFeasible()) {
        status = yield* this.dual.run(cutoff, end);
        skipDual = status === 'stalled';
        if (tableau.perturbedCosts && status === 'optimal') {
          tableau.restoreCosts();
          if (!tableau.isDualFeasible()) status = 'stalled';
        }
      } else {
        status = yield* this.primal.run(end);
        skipDual = false;
        if (tableau.perturbedRows && status !== 'infeasible') {
          tableau.restoreRows();
          if (tableau.infeasibility() > 0) status = 'stalled';
        }
      }
      if (status === 'stalled') stalls++;
      else if (status === 'cutoff' || !this.widen(status === 'infeasible')) break;
    }
    if (status !== 'infeasible') tableau.priceRows(false);
    this.duals = tableau.y.slice();
    if (tableau.perturbedCosts) tableau.restoreCosts();
    if (tableau.perturbedRows) tableau.restoreRows();
    this.x = new Float64Array(this.matrix.columns);
    tableau.columnAt.forEach((_, j) => (this.x[j] = tableau.valueOf(j)));
    tableau.head.forEach((j, r) => {
      if (j >= 0) this.x[j] = Math.min(Math.max(tableau.basicValue[r]!, this.matrix.low[j]!), this.matrix.high[j]!);
    });
    return status;
  }

  /**
   * Chooses the columns that the steps look at: where there are many, those with the best reduced profits, or about to have one (sifting:
   * Bixby et al., "Very large-scale linear programming: a case study in combining interior point and simplex methods", 1992).
   */
  private select(): void {
    const { open, columnAt, reduced } = this.tableau;
    const { norm } = this.matrix;
    const wanted = 300 + 3 * this.matrix.rows;
    this.tableau.active = open;
    if (open.length <= 2 * wanted) return;
    this.tableau.priceRows(false);
    this.tableau.computeReduced();
    /** Negative: worth moving. */
    const score = (j: number): number => {
      const at = columnAt[j]!;
      const d = reduced[j]! / Math.sqrt(norm[j]!);
      return at === LOW ? -d : at === HIGH ? d : -Infinity;
    };
    const stride = Math.max(1, Math.floor(open.length / 1000));
    const sample = Float64Array.from({ length: Math.floor(open.length / stride) }, (_, k) => score(open[k * stride]!)).sort();
    const threshold = sample[Math.floor((wanted * sample.length) / open.length)]!;
    this.tableau.active = open.filter((j) => score(j) < threshold);
  }

  /**
   * Adds columns whose reduced profits, or entries in a ray, are against what the steps found.
   * @returns false where there are none
   */
  private widen(ray: boolean): boolean {
    const { open, columnAt, y, cost, reduced } = this.tableau;
    const { start, index, value, norm } = this.matrix;
    if (this.tableau.active.length === open.length) return false;
    if (!ray) this.tableau.priceRows(false);
    const looked = new Uint8Array(this.matrix.columns);
    for (const j of this.tableau.active) looked[j] = 1;
    const against: number[] = [];
    for (let q = 0; q < open.length; q++) {
      const j = open[q]!;
      if (looked[j] === 1) continue;
      let d = ray ? 0 : cost[j]!;
      for (let k = start[j]!, e = start[j + 1]!; k < e; k++) d -= y[index[k]!]! * value[k]!;
      reduced[j] = (d * d) / norm[j]!;
      if (!fits(columnAt[j]!, d)) against.push(j);
    }
    this.tableau.work += start[this.matrix.columns]!;
    if (against.length === 0) return false;
    against.sort((a, b) => reduced[b]! - reduced[a]! || a - b);
    this.tableau.active = Int32Array.from([...this.tableau.active, ...against.slice(0, 100 + this.matrix.rows)]);
    return true;
  }
}
