/** A price or cost: four decimals, so that amounts stand below each other. */
export const money = (value: number): string => value.toFixed(4);

/** A number with at most five significant digits. */
export function plain(value: number | string): string {
  if (typeof value === 'string') return value === 'Infinity' ? '∞' : '-∞';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
