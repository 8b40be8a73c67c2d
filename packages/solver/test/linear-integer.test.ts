import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveInteger } from '../src/linear/integer.js';
import type { Program, Row } from '../src/linear/program.js';
import type { Milp } from '../src/milp/milp.js';
import { column, keeps, pace, paceOf, points, programs, valueAt } from './linear-programs.js';

/** The greatest value of all points, by trying them; -Infinity without any. */
function greatest(program: Program, accept: (x: number[]) => boolean = () => true): number {
  let most = -Infinity;
  for (const x of points(program)) if (valueAt(program, x) > most && accept(x)) most = valueAt(program, x);
  return most;
}

const small = programs({ rows: 4, columns: 6, range: 3 });
const tolerance = (value: number): number => 1e-9 * Math.max(1, Math.abs(value));

/** The same numbers in each run, without pattern. */
function numbersFrom(seed: number): (low: number, high: number) => number {
  return (low, high) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const mixed = Math.imul(seed ^ (seed >>> 15), 0x85ebca6b);
    return low + (((mixed ^ (mixed >>> 13)) >>> 0) % (high - low + 1));
  };
}

describe('against all points of small programs', () => {
  test('the optimum, or that there is none', async () => {
    await fc.assert(
      fc.asyncProperty(small, async (program) => {
        const { x, value, bound, complete } = await solveInteger(program, { pace });
        const most = greatest(program);
        expect(complete).toBe(true);
        if (most === -Infinity) {
          expect({ x, bound }).toEqual({ x: undefined, bound: -Infinity });
          return;
        }
        expect(keeps(program, x!)).toBe(true);
        expect(valueAt(program, x!)).toBe(value);
        expect(Math.abs(value - most)).toBeLessThanOrEqual(tolerance(most));
        expect(bound).toBeGreaterThanOrEqual(value);
        expect(bound - value).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(most)));
      }),
      { numRuns: 600 },
    );
  });

  test('refused points are cut off, and no others', async () => {
    const accept = (x: readonly number[]): boolean => x.reduce((sum, v, j) => sum + v * (j + 1), 0) % 3 === 0;
    await fc.assert(
      fc.asyncProperty(small, async (program) => {
        const { value, complete } = await solveInteger(program, { pace, accept });
        const most = greatest(program, accept);
        expect(complete).toBe(true);
        expect(most === -Infinity ? value === most : Math.abs(value - most) <= tolerance(most)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('the bound holds wherever the search is interrupted, and what it found so far keeps the rows', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.integer({ min: 0, max: 12 }), async (program, questions) => {
        const { x, bound, complete } = await solveInteger(program, { pace: paceOf(questions) });
        const most = greatest(program);
        expect(bound).toBeGreaterThanOrEqual(most - tolerance(most));
        if (x) expect(keeps(program, x)).toBe(true);
        if (complete) expect(x ? valueAt(program, x) : -Infinity).toBeGreaterThanOrEqual(most - tolerance(most));
      }),
      { numRuns: 300 },
    );
  });

  test('branching on quantities changes nothing', async () => {
    const quantities = [{ key: 'even', coefficient: (content: number): number => Number(content % 2 === 0) }];
    await fc.assert(
      fc.asyncProperty(small, async (program) => {
        const { value, complete } = await solveInteger(program, { pace, quantities: () => quantities });
        const most = greatest(program);
        expect(complete).toBe(true);
        expect(most === -Infinity ? value === most : Math.abs(value - most) <= tolerance(most)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('columns that need not be whole', async () => {
    const program: Program = {
      rows: [{ low: -Infinity, high: 7 }],
      columns: [column(5, 3, [[0, 2]], 0), { ...column(2, 10, [[0, 1]], 0), continuous: true }],
    };
    const { x, value, complete } = await solveInteger(program, { pace });
    expect(complete).toBe(true);
    expect(x![0]).toBe(3);
    expect(x![1]).toBeCloseTo(1, 7);
    expect(value).toBeCloseTo(17, 7);
  });
});

test('decimal data are exact: 0.1 and 0.2 fit into 0.3, and a third 0.1 does not', async () => {
  const program: Program = { rows: [{ low: -Infinity, high: 0.3 }], columns: [0.1, 0.2, 0.1].map((a) => column(a, 1, [[0, a]], 0)) };
  expect(await solveInteger(program, { pace })).toMatchObject({ value: 0.1 + 0.2, complete: true });
});

test('columns without limits: bounded by what they cost, or by nothing', async () => {
  const random = numbersFrom(3);
  for (let k = 0; k < 20; k++) {
    const rows = rowsOf(3, { low: 0, high: Infinity }).map(() => ({ low: random(1, 30) / 10, high: Infinity }));
    const columns = Array.from({ length: 8 }, () =>
      column(
        -random(10, 99) / 100,
        Infinity,
        rows.map((_, i): [number, number] => [i, random(0, 9) / 10]).filter(([, a]) => a > 0),
        0,
      ),
    );
    columns.push(
      column(
        -3,
        Infinity,
        [0, 1, 2].map((i): [number, number] => [i, 0.1]),
        0,
      ),
    );
    const limited = columns.map((c) => ({ ...c, high: 30 }));
    const { value } = await solveInteger({ rows, columns: limited }, { pace });
    expect(await solveInteger({ rows, columns }, { pace })).toMatchObject({ value, bound: value, complete: true });
  }
  expect(await solveInteger({ rows: [], columns: [column(1, Infinity, [], 0)] }, { pace })).toMatchObject({ bound: Infinity, complete: false });
});

test('a start is used if it keeps the rows', async () => {
  const program: Program = { rows: [{ low: -Infinity, high: 2 }], columns: [column(1, 5, [[0, 1]], 0)] };
  expect(await solveInteger(program, { pace: paceOf(0), start: [2] })).toMatchObject({ x: [2], value: 2 });
  expect(await solveInteger(program, { pace: paceOf(0), start: [3] })).toMatchObject({ value: -Infinity, bound: Infinity, complete: false });
});

test('what is not better by more than the gap is not sought', async () => {
  const program = setCover(12);
  const { value, bound, complete } = await solveInteger(program, { pace, relativeGap: 0.2 });
  const exact = await solveInteger(program, { pace });
  expect(complete).toBe(true);
  expect(bound).toBeGreaterThanOrEqual(exact.value);
  expect(bound - value).toBeLessThanOrEqual(0.2 * Math.abs(value) + 1e-9);
});

test('a MILP solver is not believed', async () => {
  // One that takes so many nodes that the MILP solver is asked.
  const program = manyKnapsacks(3);
  const lying: Milp = { solve: async (model) => ({ status: 'optimal', values: model.objective.map(() => 1) }) };
  const none: Milp = { solve: async () => ({ status: 'infeasible' }) };
  const { value } = await solveInteger(program, { pace });
  let asked = 0;
  for (const milp of [lying, none]) {
    const load = async (): Promise<Milp> => (asked++, milp);
    expect(await solveInteger(program, { pace, milp: load })).toMatchObject({ value, complete: true });
  }
  expect(asked).toBe(2);
});

const rowsOf = (number: number, row: Row): Row[] => Array.from({ length: number }, () => ({ ...row }));

function setCover(seed: number): Program {
  const random = numbersFrom(seed);
  return {
    rows: rowsOf(40, { low: 1, high: Infinity }),
    columns: [
      ...Array.from({ length: 200 }, () =>
        column(
          -random(1, 100),
          1,
          Array.from({ length: 40 }, (_, i): [number, number] => [i, Number(random(1, 10) === 1)]).filter(([, a]) => a > 0),
          0,
        ),
      ),
      ...Array.from({ length: 40 }, (_, i) => column(-300, 1, [[i, 1]], 0)),
    ],
  };
}

/** Strongly correlated: all are about as good per weight. */
function knapsack(seed: number): Program {
  const random = numbersFrom(seed);
  return { rows: [{ low: -Infinity, high: 12_000 }], columns: Array.from({ length: 50 }, () => random(10, 1000)).map((w) => column(w + 100, 1, [[0, w]], 0)) };
}

/** Five limits at once. */
function manyKnapsacks(seed: number): Program {
  const random = numbersFrom(seed);
  return {
    rows: rowsOf(5, { low: -Infinity, high: 1000 }),
    columns: Array.from({ length: 50 }, () => [0, 1, 2, 3, 4].map((row): [number, number] => [row, random(1, 100)])).map((entries) =>
      column(Math.round(entries.reduce((sum, [, w]) => sum + w, 0) / 5) + random(0, 50), 1, entries, 0),
    ),
  };
}

function marketSplit(seed: number): Program {
  const random = numbersFrom(seed);
  const shares = rowsOf(3, { low: 0, high: 0 }).map(() => Array.from({ length: 20 }, () => random(0, 99)));
  return {
    rows: shares.map((row) => Math.floor(row.reduce((a, b) => a + b, 0) / 2)).map((half) => ({ low: half, high: half })),
    columns: Array.from({ length: 20 }, (_, j) =>
      column(
        0,
        1,
        shares.map((row, i) => [i, row[j]!]),
        0,
      ),
    ),
  };
}

function partition(seed: number): Program {
  const random = numbersFrom(seed);
  return {
    rows: rowsOf(20, { low: 1, high: 1 }),
    columns: [
      ...Array.from({ length: 300 }, () => Array.from({ length: 20 }, (_, i): [number, number] => [i, Number(random(1, 5) === 1)]).filter(([, a]) => a > 0)).map((entries) =>
        column(-(entries.length * 10 + random(1, 30)) / 100, 1, entries, 0),
      ),
      ...Array.from({ length: 20 }, (_, i) => column(-1, 1, [[i, 1]], 0)),
    ],
  };
}

test.each([
  ['set cover', setCover, 100],
  ['partition', partition, 2000],
  ['knapsack', knapsack, 3000],
  ['five knapsacks', manyKnapsacks, 10_000],
  ['market split', marketSplit, 50_000],
])('%s is solved in a bounded number of nodes', { timeout: 30_000 }, async (_, make, nodes) => {
  for (const seed of [1, 2]) expect(await solveInteger(make(seed), { pace, nodes })).toMatchObject({ complete: true });
});
