import createGlpk from 'glpk.js/node';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeBound } from '../src/linear/bound.js';
import { Matrix } from '../src/linear/matrix.js';
import type { Program } from '../src/linear/program.js';
import { propagate } from '../src/linear/propagate.js';
import { Simplex } from '../src/linear/simplex.js';
import { runAtOnce } from '../src/pace.js';
import { column, points, programs, valueAt } from './linear-programs.js';

const glpk = await createGlpk();

function matrixOf({ rows, columns }: Program): Matrix {
  const matrix = new Matrix(rows);
  for (const c of columns) matrix.addColumn(c.objective, c.low, c.high, c.rows, c.coefficients);
  return matrix;
}

/** Value and status by GLPK; undefined: no solution. */
function reference({ rows, columns }: Program): number | undefined {
  const limits = ({ low, high }: { low: number; high: number }): { type: number; lb: number; ub: number } => ({
    type: low === high ? glpk.GLP_FX : low === -Infinity ? glpk.GLP_UP : high === Infinity ? glpk.GLP_LO : glpk.GLP_DB,
    lb: Number.isFinite(low) ? low : 0,
    ub: Number.isFinite(high) ? high : 0,
  });
  const { result } = glpk.solve(
    {
      name: 'reference',
      objective: { direction: glpk.GLP_MAX, name: 'o', vars: columns.map((c, j) => ({ name: `x${j}`, coef: c.objective })) },
      subjectTo: rows.map((row, i) => ({
        name: `r${i}`,
        vars: columns.flatMap((c, j) => c.rows.flatMap((r, k) => (r === i && c.coefficients[k] !== 0 ? [{ name: `x${j}`, coef: c.coefficients[k]! }] : []))),
        bnds: limits(row),
      })),
      bounds: columns.map((c, j) => ({ name: `x${j}`, ...limits(c) })),
    },
    { presol: true, msglev: glpk.GLP_MSG_OFF },
  );
  // Some infeasible programs are UNDEF to it.
  return result.status === glpk.GLP_OPT ? result.z : undefined;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

const largerPrograms = programs({ rows: 8, columns: 16, range: 4 });

test('the simplex method finds the optimum, and prices that prove it', () => {
  fc.assert(
    fc.property(largerPrograms, (program) => {
      const matrix = matrixOf(program);
      const simplex = new Simplex(matrix);
      const status = runAtOnce(simplex.solve());
      const value = reference(program);
      if (value === undefined) {
        expect(status).toBe('infeasible');
        expect(safeBound(matrix, simplex.duals, 0).bound).toBeLessThan(0);
        return;
      }
      expect(status).toBe('optimal');
      const { bound } = safeBound(matrix, simplex.duals);
      expect(close(valueAt(program, [...simplex.x]), value)).toBe(true);
      expect(close(bound, value)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('after changes of limits, rows and columns, it goes on from where it was to the same optimum as from the start', () => {
  const change = fc.record({ column: fc.nat(), low: fc.integer({ min: -1, max: 2 }), range: fc.integer({ min: 0, max: 2 }) });
  fc.assert(
    fc.property(largerPrograms, fc.array(change, { maxLength: 4 }), fc.integer({ min: 0, max: 6 }), (program, changes, late) => {
      const first = program.columns.slice(0, Math.max(1, program.columns.length - late));
      const matrix = matrixOf({ rows: program.rows, columns: first });
      const simplex = new Simplex(matrix);
      runAtOnce(simplex.solve());
      const columns = program.columns.map((c) => ({ ...c }));
      for (const c of columns.slice(first.length)) matrix.addColumn(c.objective, c.low, c.high, c.rows, c.coefficients);
      runAtOnce(simplex.solve());
      for (const { column: at, low, range } of changes) {
        const j = at % columns.length;
        [columns[j]!.low, columns[j]!.high] = [matrix.low[j], matrix.high[j]] = [low, low + range];
        runAtOnce(simplex.solve());
      }
      matrix.addRow(-Infinity, 3, new Float64Array(columns.length).fill(1));
      const extended: Program = {
        rows: [...program.rows, { low: -Infinity, high: 3 }],
        columns: columns.map((c) => ({ ...c, rows: [...c.rows, program.rows.length], coefficients: [...c.coefficients, 1] })),
      };
      const status = runAtOnce(simplex.solve());
      const value = reference(extended);
      expect(status).toBe(value === undefined ? 'infeasible' : 'optimal');
      if (value !== undefined) expect(close(valueAt(extended, [...simplex.x]), value)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('no prices give a bound that a point exceeds', () => {
  const prices = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(programs({ rows: 3, columns: 5, range: 2 }), prices, (program, y) => {
      const matrix = matrixOf(program);
      const { bound } = safeBound(matrix, Float64Array.from(y.slice(0, matrix.rows)));
      const ray = safeBound(matrix, Float64Array.from(y.slice(0, matrix.rows)), 0).bound;
      for (const x of points(program)) {
        const sums = matrix.activities(x);
        if (!program.rows.every(({ low, high }, i) => sums[i]! >= low && sums[i]! <= high)) continue;
        expect(valueAt(program, x)).toBeLessThanOrEqual(bound);
        expect(ray).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 500 },
  );
});

test('a bound counts rounding errors in', () => {
  // 0.1 + 0.2 is more than 0.3 in doubles: the exact sum of the objective at (1, 1, 1) is a little above 0.
  const program: Program = { rows: [], columns: [column(0.1, 1, [], 0), column(0.2, 1, [], 0), column(-0.3, 1, [], 0, 1)] };
  expect(safeBound(matrixOf(program), new Float64Array(0)).bound).toBeGreaterThan(0.1 + 0.2 - 0.3);
  // Prices without meaning are no prices.
  const open: Program = { rows: [{ low: 1, high: Infinity }], columns: [column(1, 4, [[0, 1]], 0)] };
  expect(safeBound(matrixOf(open), Float64Array.of(Number.NaN)).bound).toBeCloseTo(4, 9);
  expect(safeBound(matrixOf(open), Float64Array.of(5)).bound).toBeCloseTo(4, 9);
});

test('propagation keeps every point', () => {
  fc.assert(
    fc.property(programs({ rows: 3, columns: 5, range: 3 }), (program) => {
      const matrix = matrixOf(program);
      const possible = propagate(matrix, new Uint8Array(matrix.columns).fill(1), 10);
      for (const x of points(program)) {
        const sums = matrix.activities(x);
        if (!program.rows.every(({ low, high }, i) => sums[i]! >= low && sums[i]! <= high)) continue;
        expect(possible).toBe(true);
        expect(x.every((v, j) => v >= matrix.low[j]! && v <= matrix.high[j]!)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('propagation derives limits of columns from rows', () => {
  const matrix = matrixOf({ rows: [{ low: -Infinity, high: 7 }], columns: [column(1, Infinity, [[0, 2]], 0), column(1, Infinity, [[0, 3]], 0, 1)] });
  expect(propagate(matrix, Uint8Array.of(1, 1), 10)).toBe(true);
  expect(matrix.high.slice(0, 2)).toEqual(Float64Array.of(2, 2));
});
