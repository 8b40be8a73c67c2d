/** A program brought into the form that the search works on: whole coefficients where the data are decimal, sizes near 1, limits widened by the tolerance. */
import { Matrix } from './matrix.js';
import type { Column, Program } from './program.js';

/** Limits are kept to this times max(1, |limit|). */
const tolerance = 1e-9;

export interface Relaxation {
  /** Rows are scaled, and the objective is. */
  matrix: Matrix;
  whole: Uint8Array;
  /** The factor on each row, and on the objective. With pricing these are powers of two. */
  rowScale: Float64Array;
  scale: number;
  /** Every value of whole x is a multiple of it, in the scale of the matrix; 0: not known. */
  unit: number;
}

/** @param open columns will be added, so that nothing can be said of all coefficients of a row; `unit` is what is known of the objective's */
export function relaxationOf<T>({ rows, columns }: Program<T>, open?: { unit?: number }): Relaxation {
  const values: number[][] = rows.map(() => []);
  const continuous = rows.map(() => false);
  for (const column of columns) {
    column.rows.forEach((row, k) => {
      values[row]!.push(column.coefficients[k]!);
      if (column.continuous) continuous[row] = true;
    });
  }
  const scales = rows.map((_, i) => (open || continuous[i] ? undefined : wholeFactor(values[i]!)));
  const sizes = rows.map((_, i) => size(values[i]!.map((a) => (scales[i] ? Math.round(a * scales[i]!) : a))));
  const limit = (i: number, limit: number, side: 1 | -1): number => {
    const widened = limit + side * tolerance * Math.max(1, Math.abs(limit));
    const factor = scales[i];
    if (factor) return (side * Math.floor(side * widened * factor)) / sizes[i]!;
    return (open && Number.isInteger(limit) ? limit : widened) / sizes[i]!;
  };
  const matrix = new Matrix(rows.map(({ low, high }, i) => ({ low: limit(i, low, -1), high: limit(i, high, 1) })));

  const objective = columns.map((c) => c.objective);
  const counted = columns.every((c) => !c.continuous || c.objective === 0);
  const factor = open || !counted ? undefined : wholeFactor(objective);
  const objectiveSize = size(objective.map((c) => (factor ? Math.round(c * factor) : c)));
  for (const column of columns) {
    const coefficients = column.coefficients.map((a, k) => (scales[column.rows[k]!] ? Math.round(a * scales[column.rows[k]!]!) : a) / sizes[column.rows[k]!]!);
    matrix.addColumn((factor ? Math.round(column.objective * factor) : column.objective) / objectiveSize, column.low, column.high, column.rows, coefficients);
  }
  const scale = (factor ?? 1) / objectiveSize;
  return {
    matrix,
    whole: Uint8Array.from(columns, (c) => (c.continuous ? 0 : 1)),
    rowScale: Float64Array.from(rows, (_, i) => (scales[i] ?? 1) / sizes[i]!),
    scale,
    unit: factor ? 1 / objectiveSize : (open?.unit ?? 0) * scale,
  };
}

/** Rounds the limits of whole columns. */
export const wholeLimits = <T>({ low, high, continuous }: Column<T>): [number, number] => (continuous ? [low, high] : [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)]);

/** The power of two next to the greatest size of the values. */
function size(values: number[]): number {
  const greatest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return greatest > 0 ? 2 ** Math.round(Math.log2(greatest)) : 1;
}

/** A factor that makes decimal data whole, and as small as can be; undefined where the data are not decimal, or too fine. */
function wholeFactor(values: number[]): number | undefined {
  const greatest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  for (let factor = 1; factor <= 1e6 && factor * greatest <= 2 ** 40; factor *= 10) {
    if (!values.every((v) => Math.abs(v * factor - Math.round(v * factor)) <= 4 * Number.EPSILON * Math.abs(v * factor))) continue;
    const common = values.reduce((g, v) => gcd(g, Math.abs(Math.round(v * factor))), 0);
    return common > 0 ? factor / common : factor;
  }
  return undefined;
}

function gcd(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
