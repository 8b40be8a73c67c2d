/** A price or cost: four decimals, so that amounts stand below each other. */
export const money = (value: number): string => value.toFixed(4);

/** A number with at most five significant digits. */
export function shortNumber(value: number | string): string {
  if (typeof value === 'string') return value === 'Infinity' ? '∞' : '-∞';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** `1 host`, `2 hosts`. */
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
