/** Searches for the nearest number that works, where all beyond it work too. */

/** The first option that works, of which all behind it work; undefined where none does. */
export async function firstThat<T>(options: readonly T[], works: (option: T) => Promise<boolean>): Promise<T | undefined> {
  const at = await firstNumber(0, options.length - 1, (i) => works(options[i]!));
  return at === undefined ? undefined : options[at];
}

/** The first whole number from `low` to `high` that works, where all above it work too; looked for in growing steps, then by halves. */
export async function firstNumber(low: number, high: number, works: (n: number) => Promise<boolean>): Promise<number | undefined> {
  let [before, after] = [low - 1, low];
  for (let step = 1; after <= high && !(await works(after)); step *= 2) {
    before = after;
    if (after === high) return undefined;
    after = Math.min(high, after + step);
  }
  if (after > high) return undefined;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (await works(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/**
 * A number that people would write, not before `value` in the direction `side`: whole above 100, of three digits below.
 * @param strict it must lie beyond the value @param whole it shall be a whole number, where that leaves something
 */
export function beyond(value: number, side: 1 | -1, { strict, whole }: { strict: boolean; whole: boolean }): number {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  // A whole number of what is there below one is nothing.
  const scale = whole && Math.abs(value) >= 1 ? 1 : 10 ** Math.min(places, 15);
  const scaled = Number((value * scale).toPrecision(12));
  const rounded = side > 0 ? Math.ceil(scaled) : Math.floor(scaled);
  if (!strict || rounded !== scaled) return rounded / scale;
  return Number.isInteger(value) ? value + side : (rounded + side) / scale;
}

/** The numbers of three digits between 0 and a positive one; of a whole number the whole ones. */
export function digitsBelow(from: number): number[] {
  const step = 10 ** Math.max(Math.floor(Math.log10(from)) - 2, Number.isInteger(from) ? 0 : -Infinity);
  return Array.from({ length: Math.ceil(from / step) - 1 }, (_, i) => Number(((i + 1) * step).toPrecision(12)));
}
