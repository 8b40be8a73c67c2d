import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dives } from '../src/linear/dive.js';
import { solveInteger } from '../src/linear/integer.js';
import { reducedProfit, type Column, type Cut, type Pricing, type Program, type Quantity } from '../src/linear/program.js';
import { runAtOnce } from '../src/pace.js';
import { column, keeps, pace, paceOf } from './linear-programs.js';

/** How often each length is cut from a piece. */
type Pattern = readonly number[];

interface Stock {
  program: Program<Pattern>;
  /** Pieces at most. */
  most: number;
}

/** Cutting stock: all patterns of a piece, at their own prices; each length exactly or at least so often; not more than so many pieces. */
const stocks: fc.Arbitrary<Stock> = fc
  .record({
    piece: fc.integer({ min: 20, max: 60 }),
    lengths: fc.array(fc.record({ length: fc.integer({ min: 6, max: 30 }), wanted: fc.integer({ min: 0, max: 8 }), exact: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    prices: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 7, maxLength: 7 }),
    most: fc.integer({ min: 2, max: 12 }),
  })
  .map(({ piece, lengths, prices, most }) => {
    const patterns = lengths
      .reduce<number[][]>((all, { length }) => all.flatMap((p) => [0, 1, 2, 3].filter((n) => lengthOf(p) + n * length <= piece).map((n) => [...p, n])), [[]])
      .filter((p) => lengthOf(p) > 0);
    function lengthOf(p: Pattern): number {
      return p.reduce((sum, n, i) => sum + n * lengths[i]!.length, 0);
    }
    const columns = patterns.map((p, k) => column(-prices[k % 7]! - p.length, most, [[lengths.length, 1], ...p.map((n, i): [number, number] => [i, n])], p));
    return { most, program: { rows: [...lengths.map(({ wanted, exact }) => ({ low: wanted, high: exact ? wanted : Infinity })), { low: 0, high: most }], columns } };
  });

/** Prices by looking at all patterns. */
const pricingOf = ({ program, most }: Stock): Pricing<Pattern> => ({
  most,
  unit: 1,
  *price(duals, known) {
    const names = new Set(known.map((c) => c.content.join()));
    const absent = program.columns.filter((c) => !names.has(c.content.join())).map((c) => ({ c, profit: reducedProfit(duals, c) }));
    absent.sort((a, b) => b.profit - a.profit);
    const worth = absent.filter((a) => a.profit > 1e-9).slice(0, 3);
    yield;
    return { columns: worth.map((a) => a.c), best: Math.max(0, absent[0]?.profit ?? 0) };
  },
});

/** First pieces with at least so many of a length, then single patterns, which tell any two points apart. */
function* quantities(_: readonly number[], columns: readonly Column<Pattern>[]): Generator<Quantity<Pattern>> {
  for (const i of columns[0]?.content.keys() ?? []) for (const n of [1, 2, 3]) yield { key: `${n} of ${i}`, coefficient: (p) => Number(p[i]! >= n) };
  for (const { content } of columns) yield { key: content.join(), coefficient: (p) => Number(p.join() === content.join()) };
}

/** Of each length, and of all: half, rounded up in each pattern, is at least half of what is wanted, rounded up. */
function cuts(x: ArrayLike<number>, columns: readonly Column<Pattern>[], { rows }: Program<Pattern>): Cut<Pattern>[] {
  const wanted = rows.slice(0, -1).map((r) => r.low);
  const half = (values: readonly number[], of: readonly number[]): number => Math.ceil(of.reduce((sum, i) => sum + values[i]!, 0) / 2);
  return [...wanted.map((_, i) => [i]), [...wanted.keys()]]
    .map((of): Cut<Pattern> => ({ quantity: { key: `half of ${of.join()}`, coefficient: (p) => half(p, of) }, least: half(wanted, of) }))
    .filter(({ quantity, least }) => columns.reduce((sum, c, j) => sum + x[j]! * quantity.coefficient(c.content), 0) < least - 1e-6);
}

test('columns found by pricing are enough: the optimum of all, or that there is none, with cuts and without', async () => {
  await fc.assert(
    fc.asyncProperty(stocks, async (stock) => {
      const { rows } = stock.program;
      const all = await solveInteger(stock.program, { pace });
      const some = await solveInteger({ rows, columns: [] as Column<Pattern>[] }, { pace, pricing: pricingOf(stock), quantities });
      const cut = await solveInteger(
        { rows, columns: [] as Column<Pattern>[] },
        { pace, pricing: pricingOf(stock), quantities, cuts: (x, columns) => cuts(x, columns, stock.program) },
      );
      for (const result of [some, cut]) {
        expect([all.complete, result.complete]).toEqual([true, true]);
        expect(result.value).toBe(all.value);
        expect(result.bound).toBe(all.bound);
        if (result.x) expect(keeps({ rows, columns: result.columns }, result.x)).toBe(true);
      }
    }),
    { numRuns: 250 },
  );
});

test('the bound holds wherever pricing and search are interrupted', async () => {
  await fc.assert(
    fc.asyncProperty(stocks, fc.integer({ min: 0, max: 10 }), async (stock, questions) => {
      const { value } = await solveInteger(stock.program, { pace });
      const some = await solveInteger({ rows: stock.program.rows, columns: [] as Column<Pattern>[] }, { pace: paceOf(questions), pricing: pricingOf(stock), quantities });
      expect(some.bound).toBeGreaterThanOrEqual(value);
      if (some.complete) expect(some.value).toBe(value);
    }),
    { numRuns: 150 },
  );
});

test('without quantities that tell points apart the search says that it has no proof', async () => {
  // Three pairs, two of which fit into one solution by half each: x = 1/2 for all, and no quantity to branch on.
  const pairs = [
    [0, 1],
    [1, 2],
    [0, 2],
  ].map((rows) =>
    column(
      1,
      1,
      rows.map((row) => [row, 1]),
      rows,
    ),
  );
  const program: Program<Pattern> = { rows: [0, 1, 2].map(() => ({ low: -Infinity, high: 1 })), columns: pairs };
  const pricing: Pricing<Pattern> = {
    most: 3,
    *price() {
      yield;
      return { columns: [], best: 0 };
    },
  };
  const { value, bound, complete } = await solveInteger(program, { pace, pricing });
  expect({ value, complete }).toEqual({ value: 1, complete: false });
  expect(bound).toBeCloseTo(1.5, 6);
  expect(await solveInteger(program, { pace, pricing, quantities })).toMatchObject({ value: 1, complete: true });
});

test('a search for columns that was cut short proves nothing', async () => {
  const program: Program<Pattern> = { rows: [{ low: 1, high: 1 }], columns: [column(-5, 1, [[0, 1]], [1])] };
  const pricing: Pricing<Pattern> = {
    most: 1,
    *price() {
      yield;
      return { columns: [], best: Infinity };
    },
  };
  expect(await solveInteger(program, { pace, pricing })).toMatchObject({ value: -5, bound: Infinity, complete: false });
});

test('a dive finds a point where none is known', () => {
  const columns = [
    [2, 0],
    [1, 1],
    [0, 2],
  ].map((p) => column(-1, 9, [...p.entries()], p));
  const rows = [
    { low: 3, high: Infinity },
    { low: 3, high: Infinity },
  ];
  const dives = new Dives<Pattern>(rows, () => ({ cut: (c) => c, pricing: pricingOf({ program: { rows, columns }, most: 9 }) }), pace);
  const taken = runAtOnce(dives.dive(columns, [], -Infinity, () => 0));
  expect(taken).toBeDefined();
  expect(rows.every(({ low }, i) => taken!.reduce((sum, t) => sum + t.number * t.of.content[i]!, 0) >= low)).toBe(true);
});
