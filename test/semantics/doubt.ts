/** Counts where rounding may decide: there the order of summing may change the answer, and neither order is wrong. */
export const doubts = { count: 0 };

/** Two values that are compared exactly: nearly equal, but no whole numbers. */
export function doubtful(a: number, b: number): void {
  if (Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a)) && !(Number.isInteger(a) && Number.isInteger(b))) doubts.count++;
}

/** A difference that is nearly as great as the tolerance. */
export function atEdge(difference: number, tolerance: number): void {
  if (Math.abs(difference - tolerance) <= 0.05 * tolerance) doubts.count++;
}

/** A value so great that its rounding may count. */
export function doubt(value: number): number {
  if (Math.abs(value) > 1e6 && Number.isFinite(value)) doubts.count++;
  return value;
}
