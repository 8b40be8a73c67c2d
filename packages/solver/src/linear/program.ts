/** Integer linear programs whose columns may be generated while they are solved: maximise Σ objective·x with every row and every x within its limits, x whole. */
import type { Milp } from '../milp/milp.js';
import type { Long, Pace } from '../pace.js';

/** What differs less from a whole number is one. */
export const integrality = 1e-6;

/**
 * A variable. Where a limit is infinite, the rows or the objective must bound it; otherwise the result says so with an infinite bound.
 * Coefficients are finite; ±Infinity as `low` or `high` is no limit.
 */
export interface Column<T = unknown> {
  objective: number;
  low: number;
  high: number;
  /** Need not be whole. */
  continuous?: true;
  /** The rows with a coefficient, each once, and the coefficients. */
  rows: readonly number[];
  coefficients: readonly number[];
  /** What the column stands for: the coefficients of quantities follow from it. */
  content: T;
}

/** A row's limits are kept to 1e-9·max(1, |limit|); whole or decimal coefficients of whole x are reckoned exactly. */
export interface Row {
  low: number;
  high: number;
}

export interface Program<T = unknown> {
  rows: readonly Row[];
  columns: readonly Column<T>[];
}

/** A sum Σ coefficient·x that is whole in every solution, such as the instances of a component on one kind of host. The search branches on it. */
export interface Quantity<T> {
  /** Quantities of the same key are the same. */
  key: string;
  coefficient(content: T): number;
}

/** A quantity that is at least so much in every solution. */
export interface Cut<T> {
  quantity: Quantity<T>;
  least: number;
}

/** Prices of the rows, from which the reduced profit of a column follows: see `reducedProfit`. */
export interface Duals<T> {
  /** 1; or 0 where columns are sought that make the program feasible: the objective does not count then. */
  objective: 1 | 0;
  rows: Float64Array;
  /** Of the quantities that the search or a cut has limited; only those other than 0. */
  quantities: readonly { quantity: Quantity<T>; dual: number }[];
}

export function reducedProfit<T>({ objective, rows, quantities }: Duals<T>, column: Column<T>): number {
  let profit = objective === 1 ? column.objective : 0;
  column.rows.forEach((row, k) => (profit -= rows[row]! * column.coefficients[k]!));
  for (const { quantity, dual } of quantities) profit -= dual * quantity.coefficient(column.content);
  return profit;
}

export interface Priced<T> {
  /** Columns worth adding, best first: of positive reduced profit and none that the program has. They have `low` 0. */
  columns: Column<T>[];
  /** What the reduced profit of no absent column exceeds; ≥ 0, Infinity where the search for columns was cut short. */
  best: number;
}

/** The columns that a program does not list. */
export interface Pricing<T> {
  /** @param briefly only what is found fast; `best` may be Infinity */
  price(duals: Duals<T>, known: readonly Column<T>[], briefly?: boolean): Long<Priced<T>>;
  /** How many of the absent columns a solution can use in total (Σ x): bounds are weaker by best·most. */
  most: number;
  /** Every objective coefficient, also of absent columns, is a whole multiple of it. Without: not known. */
  unit?: number;
}

/** What is left to do beside what is taken. */
export interface Remainder<T> {
  /** A column as it is of use there, cut to what is needed; undefined: of none. */
  cut(column: Column<T>): Column<T> | undefined;
  pricing: Pricing<T>;
}

/** A column that is taken some number of times, and the one that it was cut from. */
export interface Taken<T> {
  column: Column<T>;
  of: Column<T>;
  number: number;
}

export interface IntegerOptions<T> {
  /** A known x for the columns of the program. It is checked. */
  start?: readonly number[];
  pricing?: Pricing<T>;
  /** With `pricing`: what is left to do beside what is taken, to look for good points. */
  remainder?(taken: readonly Taken<T>[]): Remainder<T>;
  /**
   * Quantities to branch on, in order of preference: the first is taken that is fractional at x (x may also be a whole point that was refused: then the first that is
   * not yet fixed). Where none is, the search branches on single columns; with `pricing` it cannot, and what is left stays unproven.
   */
  quantities?(x: readonly number[], columns: readonly Column<T>[]): Iterable<Quantity<T>>;
  /** Cuts that x does not keep. */
  cuts?(x: ArrayLike<number>, columns: readonly Column<T>[]): Cut<T>[];
  /** Whether a whole x that keeps all rows is a solution indeed; asked for each that is better than all before. A refused one is cut off. */
  accept?(x: readonly number[], columns: readonly Column<T>[]): boolean;
  /** Asked for a proposal where the own search takes long. */
  milp?: () => Promise<Milp>;
  /** The search ends when no solution can be better by more than this times max(1, |value|). Without: 1e-9. */
  relativeGap?: number;
  /** Nodes to visit at most. */
  nodes?: number;
  pace: Pace;
}

export interface IntegerResult<T> {
  /** The best solution found, for `columns`. */
  x?: number[];
  /** The columns of the program and those that were added. */
  columns: readonly Column<T>[];
  /** Of x; -Infinity without. */
  value: number;
  /** What no solution exceeds, however the search ended; -Infinity: there is none. */
  bound: number;
  /** Proven: x is best, to the gap; without x there is no solution. */
  complete: boolean;
  nodes: number;
}
