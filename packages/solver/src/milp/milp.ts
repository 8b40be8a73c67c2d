/** The interface to mixed-integer solvers: whole variables from 0 to a limit, rows with bounds, an objective to maximise. */

export interface MilpModel {
  /** Objective coefficient of each variable. */
  objective: number[];
  /** Greatest value of each variable; Infinity: no limit. Without: 1 for all. */
  high?: number[];
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
  /** Whole, and within the limits of the variables; with `optimal` and `feasible`. Whether they keep the rows is for the caller to check. */
  values?: number[];
}

export interface Milp {
  /** @param seconds stop after so long; without: at the end */
  solve(model: MilpModel, seconds?: number): Promise<MilpAnswer>;
}

/** Solvers take NaN and answer "optimal". */
export const isSolvable = ({ objective, rows, high = [] }: MilpModel): boolean =>
  objective.every(Number.isFinite) && high.every((h) => h >= 0) && rows.every((r) => r.coefficients.every(Number.isFinite) && !Number.isNaN(r.low) && !Number.isNaN(r.high));

export const highOf = ({ high }: MilpModel, variable: number): number => high?.[variable] ?? 1;

/** Values near whole ones made exact; undefined where one is not whole, or outside its limits. */
export function wholeValues(model: MilpModel, values: number[]): number[] | undefined {
  const rounded = values.map((v) => Math.round(v) + 0);
  return values.every((v, j) => Math.abs(v - rounded[j]!) <= 1e-5 && rounded[j]! >= 0 && rounded[j]! <= highOf(model, j)) ? rounded : undefined;
}
