import { functions, type ProblemComponent, type Structure } from '@camelc/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Expressions, valueOf, type Expr } from '../src/dedicated/expression.js';
import { noSlack, ProgramBuilder } from '../src/dedicated/program.js';
import { component, problem } from './problems.js';

const components: ProblemComponent[] = ['A', 'B', 'C'].map((name) => component(name, 1, 1, []));
const expressions = new Expressions(problem([], components), { involves: () => [0] } as unknown as Structure);
const leaves = components.map((_, i) => expressions.make('attribute', [], { attribute: 'cores', component: i }));

const operators = ['sum', 'product', '/', '^', '#', '!', '<', '<=', '>', '>=', '==', '<>', 'and', 'or', 'not', 'if'];
const names = Object.keys(functions).filter((name) => !['if', 'iff', 'count'].includes(name));
const arity = (op: string): number => (op === 'if' ? 3 : op === '!' || op === 'not' ? 1 : (functions[op]?.arity[0] ?? 2) + (functions[op]?.list ? 1 : 0));

const { expr: anyExpr } = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...leaves),
    fc.constantFrom(-2, -1, 0, 0.5, 1, 3).map(expressions.number),
    fc.tuple(fc.oneof(fc.constantFrom(...operators), fc.constantFrom(...names)), fc.array(tie('expr'), { minLength: 3, maxLength: 3 })).map(([op, args]) => {
      const own = args.slice(0, arity(op));
      return op === 'sum' ? expressions.sum(own, [2, -1]) : expressions.make(op, own);
    }),
    fc
      .tuple(tie('expr'), fc.constantFrom('<', '<=', '>', '>=', '==', '<>', 'least' as const), fc.constantFrom(-1, 0, 2))
      .map(([e, t, threshold]) => expressions.test(e, t as '<', threshold)),
  ),
}));

const evaluate = (e: Expr, x: readonly number[]): number =>
  e.op === 'attribute'
    ? x[e.components[0]!]!
    : valueOf(
        e,
        e.args.map((a) => evaluate(a, x)),
      );

const value = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(-7, -2, -1, -0.5, 0, 0, 0.1, 0.5, 1, 1.5, 2, 3, 4, 10) },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity) },
);
const range = fc.tuple(value, value).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const within = ([low, high]: [number, number]): number[] => [...new Set([low, high, ...[-1.3, 0, 0.3, 1, 1.7, 5].filter((v) => v > low && v < high)])].sort((a, b) => a - b);

test('an interval holds every value, and a trend every step', () => {
  const seen = { open: 0, rising: 0, falling: 0, decided: 0 };
  fc.assert(
    fc.property(anyExpr, fc.tuple(range, range, range), fc.integer({ min: 0, max: 2 }), (e, ranges, moving) => {
      const builder = new ProgramBuilder(
        [],
        ({ op }) => op === 'attribute',
        () => noSlack,
      );
      const inputs = leaves.map((l) => builder.value(l));
      const at = builder.value(e);
      const program = builder.build();
      inputs.forEach((input, i) => ([program.low[input], program.high[input]] = ranges[i]!));
      program.run();
      const [low, high, open] = [program.low[at]!, program.high[at]!, program.open[at]!];
      const trends = new Uint8Array(program.size);
      program.trends(inputs[moving]!, trends);
      const trend = trends[at]!;
      seen.open += open;
      seen.decided += Number(low === high);
      seen.rising += Number(trend === 1 && e !== leaves[moving]);
      seen.falling += Number(trend === 2);

      const slack = (v: number): number => (Number.isFinite(v) ? 1e-9 * Math.max(1, Math.abs(v)) : 0);
      const wrong: string[] = [];
      for (const a of within(ranges[0]))
        for (const b of within(ranges[1]))
          for (const c of within(ranges[2])) {
            const x = [a, b, c];
            const result = evaluate(e, x);
            if (Number.isNaN(result) ? open === 0 : !(result >= low - slack(low) && result <= high + slack(high))) wrong.push(`${result} at ${x}, not within ${low} and ${high}`);
            const next = within(ranges[moving]!).find((v) => v > x[moving]!);
            if (trend === 3 || trend === 7 || next === undefined) continue;
            const after = evaluate(e, x.with(moving, next));
            const keeps = Number.isNaN(result) ? Number.isNaN(after) : (trend === 2 || after >= result - slack(result)) && (trend === 1 || after <= result + slack(result));
            if (!keeps) wrong.push(`trend ${trend}, but from ${result} to ${after} between ${x} and ${next}`);
          }
      expect(wrong).toEqual([]);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 8000), seed: Number(process.env['SEED'] ?? 3) },
  );
  for (const [key, n] of Object.entries(seen)) expect(n, key).toBeGreaterThan(15);
}, 60_000);
