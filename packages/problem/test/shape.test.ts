import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluation, shapeOf, type Problem, type Term } from '../src/index.js';

const x: Term = { kind: 'decision', component: 'A', attribute: 'cardinality', factor: 1 };
const problem = { components: [{ name: 'A' }], candidates: [], formulas: {} } as unknown as Problem;
const number = (value: number): Term => ({ kind: 'number', value });
const at = (term: Term, value: number): number => evaluation(problem, [{ candidate: null, cardinality: value }]).value(term);
const shape = (term: Term, low: number, high: number) => shapeOf(problem, term, (t) => (t === x ? { low, high, trend: 'up', finite: true } : undefined));
const call = (name: string, ...parameters: Term[]): Term => ({ kind: 'call', function: name, arguments: parameters });

const { term: anyTerm } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(x),
    fc.constantFrom(-2, -1, 0, 0.5, 1, 3).map(number),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^', '<', '>=', '==', '<>', 'and', 'or'), tie('term'), tie('term'))
      .map(([operator, a, b]): Term => ({ kind: 'operator', operator: operator as '+', operands: [a, b] })),
    fc.tuple(fc.constantFrom('neg', 'not'), tie('term')).map(([operator, a]): Term => ({ kind: 'operator', operator: operator as 'neg', operands: [a] })),
    fc.tuple(fc.constantFrom('ln', 'exp', 'sqrt', 'ceil', 'floor', 'round', 'abs', 'sin', 'atan', 'sgn', 'log2', 'acos'), tie('term')).map(([name, a]) => call(name, a)),
    fc.tuple(fc.constantFrom('min', 'max', 'sum', 'mean', 'multi', 'pow', 'log', 'median'), tie('term'), tie('term')).map(([name, a, b]) => call(name, a, b)),
    fc.tuple(tie('term'), tie('term'), fc.constantFrom(0, 0.25, 1)).map(([a, b, share]) => call('percentile', a, b, number(share))),
    fc.tuple(tie('term'), tie('term'), tie('term')).map(([a, b, c]) => call('if', a, b, c)),
  ),
}));

test('what a shape says holds for every value', () => {
  const trends = { up: 0, down: 0, constant: 0, mixed: 0 };
  fc.assert(
    fc.property(anyTerm, fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 12 }), (term, low, width) => {
      const found = shape(term, low, low + width);
      if (!found) return;
      trends[found.trend]++;
      const steps = Array.from({ length: 4 * width + 1 }, (_, k) => at(term, low + k / 4));
      const slack = (v: number): number => (Number.isFinite(v) ? 1e-9 * Math.max(1, Math.abs(v)) : 0);
      for (const [k, value] of steps.entries()) {
        expect(value, 'defined').not.toBeNaN();
        expect(value).toBeGreaterThanOrEqual(found.low - slack(found.low));
        expect(value).toBeLessThanOrEqual(found.high + slack(found.high));
        if (found.finite) expect(Number.isFinite(value)).toBe(true);
        const next = steps[k + 1] ?? value;
        if (found.trend === 'up' || found.trend === 'constant') expect(next).toBeGreaterThanOrEqual(value - slack(value));
        if (found.trend === 'down' || found.trend === 'constant') expect(next).toBeLessThanOrEqual(value + slack(value));
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 5000), seed: 3 },
  );
  expect(Math.min(...Object.values(trends))).toBeGreaterThan(20);
});

test('utilities of real models are seen to be monotone', () => {
  const over = (a: Term, b: Term): Term => ({ kind: 'operator', operator: '/', operands: [a, b] });
  const minus = (a: Term, b: Term): Term => ({ kind: 'operator', operator: '-', operands: [a, b] });
  expect(shape(over(number(1), x), 0, Infinity)).toEqual({ low: 0, high: Infinity, trend: 'down', finite: false });
  expect(shape(minus(number(1), over(minus(x, number(2)), number(4))), 0, 10)).toMatchObject({ low: -1, high: 1.5, trend: 'down' });
  expect(shape(call('exp', { kind: 'operator', operator: 'neg', operands: [x] }), 0, Infinity)).toMatchObject({ low: 0, high: 1, trend: 'down' });
  expect(shape(over(number(1), x), -1, 1)).toBeUndefined();
  expect(shape(call('ln', x), -1, 1)).toBeUndefined();
});
