/** Limits of sums. */
import { boundary } from '../boundary.js';
import type { Range } from './conditions.js';
import type { Sum, Through } from './formulas.js';

/** Between which values of the sum a range holds of a term that is one or follows one; `extent`: its least and greatest value. */
export function limitsOf({ low, high, open }: Range, { at: f, rises }: Through, extent: { low: number; high: number }): { low: number; high: number } {
  if (!f) return { low, high };
  const above = (s: number): boolean => (open ? f(s) > low : f(s) >= low);
  const below = (s: number): boolean => (open ? f(s) < high : f(s) <= high);
  const [least, greatest] = [Math.max(extent.low, -1e15), Math.min(extent.high, 1e15)];
  const [lower, upper] = rises ? [low > -Infinity && above, high < Infinity && below] : [high < Infinity && below, low > -Infinity && above];
  return {
    low: lower ? boundary(least, greatest, lower) : -Infinity,
    high: upper ? -boundary(-greatest, -least, (s) => upper(-s)) : Infinity,
  };
}

/** What whole multiples a sum of whole quantities, and cost, has; 0: of nothing known. */
export function stepOf({ weights }: Sum, cost: number, grain: number): number {
  let step = 0;
  for (const [q, w] of weights.entries()) {
    if (w === 0) continue;
    const own = q === cost ? Math.abs(w) * grain : Math.abs(w);
    if (own === 0) return 0;
    step = step === 0 ? own : gcd(step, own);
  }
  return step > 1e-7 ? step : 0;
}

const gcd = (a: number, b: number): number => (b <= 1e-9 * a ? a : gcd(b, Math.abs(a - b * Math.round(a / b))));
