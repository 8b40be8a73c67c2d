import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, evaluation, functions, operate, takes, type Problem, type Term } from '../src/index.js';

const empty = { components: [], candidates: [], formulas: {} } as unknown as Problem;
const valueOf = (name: string, ...args: (number | number[])[]): number =>
  evaluation(empty, []).value({ kind: 'call', function: name, arguments: args.map((a): Term => (Array.isArray(a) ? { kind: 'list', values: a } : { kind: 'number', value: a })) });

/** Function, arguments, value. */
const cases: [string, (number | number[])[], number][] = [
  ['if', [1, 5, 6], 5],
  ['if', [0, 5, 6], 6],
  ['if', [NaN, 5, 6], NaN],
  ['iff', [0, 1, 2, 7], 7],
  ['iff', [0, 1], NaN],
  ['min', [3, 1, 2], 1],
  ['min', [[4, 2]], 2],
  ['max', [[4, 2], 9], 9],
  ['min', [[]], NaN],
  ['sum', [[1, 2, 3]], 6],
  ['add', [1, 2], 3],
  ['multi', [2, 3, 4], 24],
  ['mean', [[1, 2, 6]], 3],
  ['avg', [1, 3], 2],
  ['mean', [[]], NaN],
  ['median', [[5, 1, 3]], 3],
  ['median', [1, 2, 3, 10], 2.5],
  ['percentile', [[1, 2, 3, 4], 0.5], 2.5],
  ['percentile', [[10, 20, 30], 0.95], 29],
  ['percentile', [[1, 2], 95], NaN],
  ['percentile', [[], 0.5], NaN],
  ['percentile', [7, 0.95], 7],
  ['std', [[2, 4, 4, 4, 5, 5, 7, 9]], Math.sqrt(32 / 7)],
  ['var', [1, 3], 2],
  ['std', [5], 0],
  ['var', [[]], NaN],
  ['count', [[1, 2], 3], 3],
  ['gcd', [12, 18], 6],
  ['gcd', [1.5, 2], NaN],
  ['lcm', [4, 6], 12],
  ['lcm', [0, 6], 0],
  ['abs', [-2], 2],
  ['sgn', [-3], -1],
  ['floor', [2.7], 2],
  ['floor', [-2.1], -3],
  ['ceil', [2.1], 3],
  ['ceil', [10 * (0.1 + 0.2)], 3],
  ['round', [2.5], 3],
  ['round', [-2.5], -3],
  ['round', [2.346, 2], 2.35],
  ['not', [0], 1],
  ['not', [3], 0],
  ['fact', [5], 120],
  ['fact', [0], 1],
  ['fact', [2.5], NaN],
  ['fact', [-1], NaN],
  ['C', [5, 2], 10],
  ['C', [2, 5], 0],
  ['sqrt', [9], 3],
  ['sqrt', [-1], NaN],
  ['root', [3, 27], 3],
  ['root', [3, -27], -3],
  ['pow', [2, 10], 1024],
  ['exp', [0], 1],
  ['ln', [Math.E], 1],
  ['ln', [0], -Infinity],
  ['ln', [-1], NaN],
  ['log2', [8], 3],
  ['log10', [1000], 3],
  ['log', [2, 8], 3],
  ['mod', [7, 4], 3],
  ['mod', [-7, 4], -3],
  ['mod', [1, 0], NaN],
  ['sin', [Math.PI / 2], 1],
  ['cos', [Math.PI], -1],
  ['tan', [Math.PI / 4], 1],
  ['tg', [0], 0],
  ['cot', [Math.PI / 4], 1],
  ['ctg', [Math.PI / 4], 1],
  ['ctan', [Math.PI / 4], 1],
  ['sec', [0], 1],
  ['csc', [Math.PI / 2], 1],
  ['cosec', [Math.PI / 2], 1],
  ['asin', [1], Math.PI / 2],
  ['arcsin', [1], Math.PI / 2],
  ['arsin', [1], Math.PI / 2],
  ['acos', [1], 0],
  ['arccos', [1], 0],
  ['arcos', [2], NaN],
  ['atan', [1], Math.PI / 4],
  ['arctan', [1], Math.PI / 4],
  ['atg', [0], 0],
  ['arctg', [0], 0],
  ['actan', [1], Math.PI / 4],
  ['arcctan', [1], Math.PI / 4],
  ['actg', [0], Math.PI / 2],
  ['arcctg', [0], Math.PI / 2],
  ['sinh', [0], 0],
  ['cosh', [0], 1],
  ['tanh', [0], 0],
  ['asinh', [0], 0],
  ['acosh', [1], 0],
  ['atanh', [0], 0],
  ['rad', [180], Math.PI],
  ['deg', [Math.PI], 180],
];

describe('functions of formulas', () => {
  test.each(cases)('%s(%j) = %d', (name, args, expected) => {
    const value = valueOf(name, ...args);
    if (Number.isFinite(expected)) expect(value).toBeCloseTo(expected, 12);
    else expect(value).toBe(expected);
  });
  test('every function has a case', () => {
    expect(Object.keys(functions).filter((name) => !cases.some(([n]) => n === name))).toEqual([]);
  });
  test('the number of arguments', () => {
    expect([takes('if', 3), takes('if', 2), takes('iff', 4), takes('iff', 3), takes('min', 1), takes('sin', 2), takes('toString', 0)]).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
  });
  test('what is undefined stays undefined in every function of one number', () => {
    for (const [name, f] of Object.entries(functions)) if (f.arity[0] === 1 && !f.list && f.compute) expect(f.compute(NaN), name).toBe(NaN);
  });
  test('quantiles lie between the values and rise with the share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const [low, high] = [valueOf('percentile', values, Math.min(p, q)), valueOf('percentile', values, Math.max(p, q))];
          expect(low).toBeGreaterThanOrEqual(Math.min(...values));
          expect(high).toBeLessThanOrEqual(Math.max(...values));
          expect(low).toBeLessThanOrEqual(high + 1e-9 * Math.abs(high));
        },
      ),
    );
  });
});

describe('operators', () => {
  test.each([
    ['+', 2, 3, 5],
    ['-', 2, 3, -1],
    ['*', 2, 3, 6],
    ['/', 3, 2, 1.5],
    ['^', 2, 3, 8],
    ['#', 7, 4, 3],
    ['<', 1, 2, 1],
    ['<=', 2, 2, 1],
    ['>', 1, 2, 0],
    ['>=', 1, 2, 0],
    ['==', 1, 1, 1],
    ['<>', 1, 1, 0],
    ['and', 2, 0, 0],
    ['and', 2, -1, 1],
    ['or', 0, 0, 0],
    ['or', 0, 4, 1],
    ['/', 1, 0, Infinity],
    ['/', 1, -0, Infinity],
    ['/', -1, 0, -Infinity],
    ['/', 0, 0, NaN],
    ['-', Infinity, Infinity, NaN],
    ['*', 0, Infinity, NaN],
    ['^', NaN, 0, NaN],
    ['^', 0, -1, Infinity],
    ['^', -8, 0.5, NaN],
    ['<', NaN, 1, NaN],
  ] as const)('%d %s %d = %d', (operator, a, b, expected) => {
    expect(operate(operator, [a, b])).toBe(expected);
  });
  test('of one operand', () => {
    expect([operate('neg', [2]), operate('not', [0]), operate('not', [2]), operate('!', [4])]).toEqual([-2, 1, 0, 24]);
  });
});

test('constraints have a tolerance, strict ones none', () => {
  const almost = 100 + 5e-8;
  expect([compare(almost, '<=', 100), compare(almost, '==', 100), compare(almost, '<', 100), compare(almost, '<>', 100), compare(100, '<>', 100), compare(100, '<', 100)]).toEqual([
    true,
    true,
    false,
    true,
    false,
    false,
  ]);
  expect([compare(100 + 2e-7, '<=', 100), compare(-1e-10, '>=', 0), compare(NaN, '<=', 1), compare(Infinity, '>=', 1)]).toEqual([false, true, undefined, true]);
});

test('only the branch that is chosen is evaluated', () => {
  const zero: Term = { kind: 'number', value: 0 };
  const undefinedTerm: Term = { kind: 'operator', operator: '/', operands: [zero, zero] };
  expect(evaluation(empty, []).value({ kind: 'call', function: 'if', arguments: [zero, undefinedTerm, { kind: 'number', value: 4 }] })).toBe(4);
});
