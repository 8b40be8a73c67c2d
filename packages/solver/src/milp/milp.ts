/** The interface to mixed-integer solvers: binary variables, rows with bounds, an objective to maximise. */

export interface MilpModel {
  /** Objective coefficient of each binary variable. */
  objective: number[];
  rows: MilpRow[];
}

export interface MilpRow {
  variables: number[];
  coefficients: number[];
  /** ±Infinity: no bound. */
  low: number;
  high: number;
}

export interface MilpAnswer {
  /** `optimal` and `infeasible` are what the solver claims; `unknown` is no claim at all. */
  status: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
  /** 0 or 1 for each variable; with `optimal` and `feasible`. */
  values?: number[];
}

export interface Milp {
  /** @param seconds stop after so long; without: at the end */
  solve(model: MilpModel, seconds?: number): Promise<MilpAnswer>;
}

/** Solvers take NaN and answer "optimal". */
export const isSolvable = ({ objective, rows }: MilpModel): boolean =>
  objective.every(Number.isFinite) && rows.every((r) => r.coefficients.every(Number.isFinite) && !Number.isNaN(r.low) && !Number.isNaN(r.high));

/** Values near 0 and 1 made exact; undefined where one is neither. */
export function binaries(values: number[]): number[] | undefined {
  const rounded = values.map((v) => Math.round(v));
  return values.every((v, i) => Math.abs(v - rounded[i]!) <= 1e-5 && (rounded[i] === 0 || rounded[i] === 1)) ? rounded.map((v) => v + 0) : undefined;
}
