/** The tables of a problem: what each row of a component, candidate × cardinality, contributes to every sum. */

/** A sum over the components: `constant` + the value of the chosen row of each. */
export interface Column {
  constant: number;
  /** By component, then by row. */
  parts: Float64Array[];
}

/** `low` ≤ column ≤ `high`. Rounding and the tolerance of constraints are part of the bounds; what they let through too much, the evaluator refuses. */
export interface Restriction {
  column: Column;
  low: number;
  high: number;
  /** Follows from the others: it shortens a search, and says nothing of its own. */
  implied?: true;
}

/** What one stage maximises. */
export interface Goal {
  column: Column;
  /** The merit at a value of the column. */
  merit(value: number): number;
  /** The least value of the column whose merit is at least this one. `reached`: a value whose merit is greater or equal. */
  columnFor(merit: number, reached: number): number;
  /** The merit is a function of the column: values that differ well may have merits that count as equal. */
  through?: true;
}

export interface Table {
  /** Rows whose values are all defined. */
  live: Live;
  restrictions: Restriction[];
  /** What is maximised, in order. */
  goals: Goal[];
}

/** Indexes of the rows of each component that are still considered, ascending. */
export type Live = number[][];

/** The least and greatest value of a part over some rows. */
export function extent(part: Float64Array, rows: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const r of rows) {
    const value = part[r]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Least and greatest value of a sum over some rows. */
export function extentOf({ constant, parts }: Column, live: Live): [number, number] {
  let [low, high] = [constant, constant];
  parts.forEach((part, i) => {
    const [least, greatest] = extent(part, live[i]!);
    low += least;
    high += greatest;
  });
  return [low, high];
}

/** What rounding may move a sum of these magnitudes by, generously. */
export const rounding = (...magnitudes: number[]): number => 1e-12 * magnitudes.reduce((sum, m) => sum + (Number.isFinite(m) ? Math.abs(m) : 0), 1e-3);
