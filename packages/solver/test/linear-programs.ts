/** Random linear programs, and what is true of them. */
import fc from 'fast-check';
import type { Column, Program } from '../src/linear/program.js';
import type { Pace } from '../src/pace.js';

export const pace: Pace = { over: () => false, secondsLeft: () => undefined, breathe: async () => undefined };

/** A pace that is over after so many questions. */
export function paceOf(questions: number): Pace {
  return { ...pace, over: () => questions-- <= 0 };
}

export const column = <T>(objective: number, high: number, entries: [row: number, coefficient: number][], content: T, low = 0): Column<T> => ({
  objective,
  low,
  high,
  rows: entries.map(([row]) => row),
  coefficients: entries.map(([, a]) => a),
  content,
});

/** Whole numbers, decimals, or numbers that are neither. */
const numbers = fc.constantFrom<(v: number) => number>(
  (v) => v,
  (v) => v / 10,
  (v) => v * Math.SQRT2,
);

export const programs = ({ rows, columns, range }: { rows: number; columns: number; range: number }): fc.Arbitrary<Program<number>> =>
  fc
    .record({
      number: numbers,
      rows: fc.array(fc.tuple(fc.integer({ min: -3, max: 25 }), fc.integer({ min: 0, max: 8 }), fc.constantFrom('both', 'equal', 'high', 'high', 'low')), {
        minLength: 1,
        maxLength: rows,
      }),
      columns: fc.array(
        fc.record({
          objective: fc.integer({ min: -9, max: 20 }),
          low: fc.integer({ min: -1, max: 1 }),
          range: fc.integer({ min: 0, max: range }),
          coefficients: fc.array(fc.constantFrom(-4, -1, 0, 0, 1, 1, 2, 3, 7, 10), { minLength: rows, maxLength: rows }),
        }),
        { minLength: 1, maxLength: columns },
      ),
    })
    .map((r) => ({
      rows: r.rows.map(([low, width, kind]) => ({
        low: kind === 'high' ? -Infinity : r.number(low),
        high: kind === 'low' ? Infinity : r.number(kind === 'equal' ? low : low + width),
      })),
      columns: r.columns.map((c, j) =>
        column(
          r.number(c.objective),
          c.low + c.range,
          r.rows.map((_, i) => [i, r.number(c.coefficients[i]!)]),
          j,
          c.low,
        ),
      ),
    }));

/** Whether x keeps the rows, to the tolerance of limits. */
export function keeps({ rows, columns }: Program, x: readonly number[]): boolean {
  const sums = rows.map(() => 0);
  columns.forEach((c, j) => c.rows.forEach((row, k) => (sums[row]! += c.coefficients[k]! * x[j]!)));
  const within = (limit: number): number => 1e-9 * Math.max(1, Math.abs(limit));
  return rows.every(({ low, high }, i) => (low === -Infinity || sums[i]! >= low - within(low)) && (high === Infinity || sums[i]! <= high + within(high)));
}

export const valueAt = ({ columns }: Program, x: readonly number[]): number => columns.reduce((sum, c, j) => sum + c.objective * x[j]!, 0);

/** All whole x within the limits of the columns that keep the rows. */
export function* points(program: Program, x: number[] = []): Generator<number[]> {
  const next = program.columns[x.length];
  if (!next) {
    if (keeps(program, x)) yield x;
    return;
  }
  for (let v = next.low; v <= next.high; v++) yield* points(program, [...x, v]);
}
