import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, evaluation, functions, operate, takes, type Problem, type Term } from '../src/index.js';

const empty = { components: [], candidates: [], formulas: {} } as unknown as Problem;
const valueOf = (name: string, ...args: (number | number[])[]): number =>
  evaluation(empty, []).value({ kind: 'call', function: name, arguments: args.map((a): Term => (Array.isArray(a) ? { kind: 'list', values: a } : { kind: 'number', value: a })) });

/** Names of one function of one number. */
const same = (names: string, x: number, expected: number): [string, number[], number][] => names.split(' ').map((name) => [name, [x], expected]);

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
  ['sum', [[1, 2], 3, [4]], 10],
  ['add', [1, 2], 3],
  ['multi', [2, 3, 4], 24],
  ['prod', [[2, 3], 4], 24],
  ['mean', [[1, 2, 6]], 3],
  ['avg', [1, 3], 2],
  ['mean', [[]], NaN],
  ['median', [[5, 1, 3]], 3],
  ['median', [1, 2, 3, 10], 2.5],
  ['med', [[9, 1], 4], 4],
  ['percentile', [[1, 2, 3, 4], 0.5], 2.5],
  ['percentile', [[10, 20, 30], 0.95], 29],
  ['percentile', [[10, 20], 30, 0.95], 29],
  ['percentile', [[1, 2], 95], NaN],
  ['percentile', [[], 0.5], NaN],
  ['percentile', [7, 0.95], 7],
  ['mode', [[3, 1, 3, 1], 2], 1],
  ['mode', [[]], NaN],
  ['mode', [1, NaN], NaN],
  ['std', [[2, 4, 4, 4, 5, 5, 7, 9]], Math.sqrt(32 / 7)],
  ['std', [[2, 4, 4], 4, 5, [5, 7, 9]], Math.sqrt(32 / 7)],
  ['var', [1, 3], 2],
  ['std', [5], 0],
  ['var', [[]], NaN],
  ['count', [[1, 2], 3], 3],
  ['ndist', [[1, 2, 1], 3], 3],
  ['argmin', [[4, 2], 2], 2],
  ['argmax', [[4, 9], 9], 2],
  ['argmin', [[]], NaN],
  ['argmax', [1, NaN], NaN],
  ['gcd', [12, 18], 6],
  ['gcd', [[12, 18], 27], 3],
  ['gcd', [1.5, 2], NaN],
  ['lcm', [4, 6], 12],
  ['lcm', [0, 6], 0],
  ['coalesce', [NaN, 4, 5], 4],
  ['coalesce', [NaN], NaN],
  ['and', [1, 2, 0], 0],
  ['and', [[1, 2], 3], 1],
  ['and', [0, NaN], NaN],
  ['or', [0, [0, 5]], 1],
  ['or', [0, 0], 0],
  ['or', [1, NaN], NaN],
  ['xor', [1, 1, 1], 1],
  ['xor', [1, 0, 1], 0],
  ['isNaN', [NaN], 1],
  ['isNaN', [Infinity], 0],
  ['chi', [1, 1, 2], 0],
  ['chi', [1.5, 1, 2], 1],
  ['chi', [2, 1, 2], 0],
  ['CHi', [1, 1, 2], 1],
  ['CHi', [2, 1, 2], 1],
  ['CHi', [0.1 + 0.2, 0, 0.3], 1],
  ['CHi', [3, 1, 2], 0],
  ['Chi', [1, 1, 2], 1],
  ['Chi', [2, 1, 2], 0],
  ['cHi', [1, 1, 2], 0],
  ['cHi', [2, 1, 2], 1],
  ['KDelta', [0.1 + 0.2, 0.3], 1],
  ['KDelta', [1, 2], 0],
  ['abs', [-2], 2],
  ['sgn', [-3], -1],
  ['sgn', [0.1 + 0.2 - 0.3], 0],
  ['floor', [2.7], 2],
  ['floor', [-2.1], -3],
  ['floor', [(0.1 + 0.7) * 10], 8],
  ['ceil', [2.1], 3],
  ['ceil', [10 * (0.1 + 0.2)], 3],
  ['round', [2.5], 3],
  ['round', [-2.5], -3],
  ['round', [2.346, 2], 2.35],
  ['round', [1.005, 2], 1.01],
  ['round', [1234, -2], 1200],
  ['round', [1, 0.5], NaN],
  ['round', [1e300, 20], 1e300],
  ['not', [0], 1],
  ['not', [3], 0],
  ['fact', [5], 120],
  ['fact', [0], 1],
  ['fact', [10 * (0.1 + 0.2)], 6],
  ['fact', [2.5], NaN],
  ['fact', [-1], NaN],
  ['C', [5, 2], 10],
  ['C', [2, 5], 0],
  ['C', [60, 30], 118264581564861424],
  ['nCk', [10, 3], 120],
  ['nPk', [10, 3], 720],
  ['nPk', [2, 3], 0],
  ['nPk', [2, -1], NaN],
  ['sqrt', [9], 3],
  ['sqrt', [-1], NaN],
  ['sqrt', [0.3 - (0.1 + 0.2)], 0],
  ['cbrt', [-27], -3],
  ['root', [3, 27], 3],
  ['root', [3, 64], 4],
  ['root', [3, -27], -3],
  ['root', [2, -4], NaN],
  ['pow', [2, 10], 1024],
  ['exp', [0], 1],
  ['ln', [Math.E], 1],
  ['ln', [0], -Infinity],
  ['ln', [-1], NaN],
  ['log2', [8], 3],
  ['ld', [0.5], -1],
  ['log10', [1000], 3],
  ['lg', [0.01], -2],
  ['log', [2, 8], 3],
  ['log', [10, 1000], 3],
  ['log', [5, 0.2], -1],
  ['log', [1, 2], Infinity],
  ['mod', [7, 4], 3],
  ['mod', [-7, 4], -3],
  ['mod', [0.3, 0.1], 0],
  ['mod', [5.5, 2], 1.5],
  ['mod', [5, Infinity], 5],
  ['mod', [1, 0], NaN],
  ['sin', [Math.PI / 2], 1],
  ['cos', [Math.PI], -1],
  ['tan', [Math.PI / 4], 1],
  ['tg', [0], 0],
  ['cot', [Math.PI / 6], Math.sqrt(3)],
  ['ctg', [Math.PI / 4], 1],
  ['ctan', [Math.PI / 4], 1],
  ['sec', [Math.PI / 3], 2],
  ['csc', [Math.PI / 6], 2],
  ['cosec', [Math.PI / 2], 1],
  ...same('asin arcsin arsin', 0.5, Math.PI / 6),
  ...same('acos arccos arcos', 0.5, Math.PI / 3),
  ['acos', [2], NaN],
  ['acos', [1 + 2 ** -52], 0],
  ['asin', [-1 - 2 ** -52], -Math.PI / 2],
  ['acos', [1.00001], NaN],
  ...same('atan arctan atg arctg', Math.sqrt(3), Math.PI / 3),
  ...same('acot arccot actan arcctan actg arcctg', Math.sqrt(3), Math.PI / 6),
  ...same('acot', -1, (3 * Math.PI) / 4),
  ...same('asec arsec arcsec', 2, Math.PI / 3),
  ['asec', [0.5], NaN],
  ...same('acsc arcsc arccsc acosec arcosec arccosec', 2, Math.PI / 6),
  // Of ln 2: (2 - 1/2)/2, (2 + 1/2)/2 and their quotients.
  ['sinh', [Math.LN2], 0.75],
  ['cosh', [Math.LN2], 1.25],
  ...same('tanh tgh', Math.LN2, 0.6),
  ...same('coth ctanh ctgh', Math.LN2, 5 / 3),
  ['sech', [Math.LN2], 0.8],
  ...same('csch cosech', Math.LN2, 4 / 3),
  ...same('asinh arsinh arcsinh', 0.75, Math.LN2),
  ...same('acosh arcosh arccosh', 1.25, Math.LN2),
  ...same('atanh arctanh atgh arctgh', 0.6, Math.LN2),
  ...same('acoth arcoth arccoth actanh arcctanh actgh arcctgh', 5 / 3, Math.LN2),
  ...same('asech arsech arcsech', 0.8, Math.LN2),
  ...same('acsch arcsch arccsch acosech arcosech arccosech', 4 / 3, Math.LN2),
  ['sinc', [0.5], 2 / Math.PI],
  ['Sa', [0], 1],
  ['Sinc', [Math.PI / 2], 2 / Math.PI],
  ['rad', [180], Math.PI],
  ['deg', [Math.PI], 180],
];

describe('functions of formulas', () => {
  test.each(cases)('%s(%j) = %d', (name, args, expected) => {
    const value = valueOf(name, ...args);
    if (Number.isFinite(expected)) expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
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
    for (const [name, f] of Object.entries(functions)) if (f.arity[0] === 1 && !f.list && f.compute && name !== 'isNaN') expect(f.compute(NaN), name).toBe(NaN);
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
    ['<=', 0.1 + 0.2, 0.3, 1],
    ['>=', 0.3, 0.1 + 0.2, 1],
    ['==', 0.1 + 0.2, 0.3, 1],
    ['<>', 0.1 + 0.2, 0.3, 0],
    ['>', 0.1 + 0.2, 0.3, 0],
    ['<', 0.3, 0.1 + 0.2, 0],
    ['>', 0.3001, 0.3, 1],
    ['==', 3e12 + 1000, 3e12, 1],
    ['<', 3, Infinity, 1],
    ['==', Infinity, Infinity, 1],
    ['==', -Infinity, Infinity, 0],
    ['>', Infinity, Infinity, 0],
  ] as const)('%d %s %d = %d', (operator, a, b, expected) => {
    expect(operate(operator, [a, b])).toBe(expected);
  });
  test('of one operand', () => {
    expect([operate('neg', [2]), operate('not', [0]), operate('not', [2]), operate('!', [4])]).toEqual([-2, 1, 0, 24]);
  });
});

test('relations rise with their greater side, noise included', () => {
  const double = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), fc.constantFrom(0.3, 0.1 + 0.2, 1e9, 1e9 + 1));
  fc.assert(
    fc.property(double, double, double, fc.constantFrom('>' as const, '>=' as const), (a, b, c, relation) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(operate(relation, [low, c])).toBeLessThanOrEqual(operate(relation, [high, c]));
      expect(operate(relation, [c, high])).toBeLessThanOrEqual(operate(relation, [c, low]));
    }),
  );
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
