/** Statistics of several values. Of an empty list they are undefined. */
import { divide } from './arithmetic.js';

export const sum = (...values: number[]): number => values.reduce((a, b) => a + b, 0);
export const product = (...values: number[]): number => values.reduce((a, b) => a * b, 1);
export const mean = (...values: number[]): number => divide(sum(...values), values.length);

/** Of a sample; of one value 0, of none undefined. */
export function variance(...values: number[]): number {
  if (values.length < 2) return values.length === 0 || Number.isNaN(values[0]) ? Number.NaN : 0;
  const centre = mean(...values);
  return sum(...values.map((v) => (v - centre) ** 2)) / (values.length - 1);
}

/** Linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996). */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0 || values.some(Number.isNaN) || !(share >= 0 && share <= 1)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const rest = position - below;
  return rest === 0 ? sorted[below]! : sorted[below]! + rest * (sorted[below + 1]! - sorted[below]!);
}

/** The value that occurs most often; of several such values the smallest. */
export function mode(...values: number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return Math.min(...[...counts].filter(([, n]) => n === most).map(([v]) => v), ...(values.length === 0 ? [Number.NaN] : []));
}

/** Where the first of the values that are `best` stands, counted from 1. */
export function position(best: number, values: readonly number[]): number {
  return values.some(Number.isNaN) || values.length === 0 ? Number.NaN : values.indexOf(best) + 1;
}
