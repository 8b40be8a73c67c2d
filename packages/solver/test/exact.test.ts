import { assess, type Problem, type ProblemCondition, type Term } from '@camelc/problem';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from '../src/index.js';
import { bruteForce } from './brute-force.js';
import { call, component, constraint, cost, instances, is, maximise, minimise, minus, of, operator, over, place, plus, problem, times, total } from './problems.js';

/** Prices that tie often, and coefficients that do not sum exactly. */
const price = fc.constantFrom(0.01, 0.02, 0.05, 0.1, 0.1, 0.3, 0.7, 1.3, 0);
const weight = fc.constantFrom(-2, -1, -0.5, 0.1, 0.3, 1, 2.5);

const singlePart = (name: string): fc.Arbitrary<Term> =>
  fc.oneof(
    weight.map((w) => times(w, cost(name))),
    weight.map((w) => times(instances(name), w)),
    weight.map((w) => times(w, times(of(name, 'cores'), instances(name)))),
    weight.map((w) => over(w, instances(name))),
    weight.map((w) => over(w, cost(name))),
    fc.constantFrom(
      call('ceil', over(7, instances(name))),
      call('if', operator('>', of(name, 'cores'), 3), 1, 0),
      call('min', cost(name), 0.4),
      minus(times(4.5, over(3, instances(name))), operator('^', over(3, instances(name)), 2)),
    ),
    weight.map((w) => call('ln', plus(instances(name), w))),
  );

const condition = (names: string[]): fc.Arbitrary<ProblemCondition> => {
  const name = fc.constantFrom(...names);
  const operatorOf = fc.constantFrom('<', '<=', '>', '>=', '==', '<>' as const) as fc.Arbitrary<'<' | '<=' | '>' | '>=' | '==' | '<>'>;
  const linear = fc.array(fc.tuple(fc.constantFrom(-3, -1, 1, 2), name), { minLength: 1, maxLength: 4 }).map((parts) => plus(...parts.map(([w, n]) => times(w, instances(n)))));
  const single = fc.tuple(name, operatorOf, fc.integer({ min: 0, max: 3 })).map(([n, op, v]) => is(instances(n), op, v));
  return fc.oneof(
    fc.tuple(linear, operatorOf, fc.integer({ min: -3, max: 6 })).map(([t, op, v]) => is(t, op, v)),
    fc.tuple(fc.constantFrom('<', '<=' as const), fc.constantFrom(0.1, 0.3, 0.8, 1.5, 3)).map(([op, v]) => is(total('cost'), op as '<', v)),
    fc.tuple(fc.constantFrom('>', '>=' as const), fc.constantFrom(0.2, 0.5, 2)).map(([op, v]) => is(over(1, total('cost')), op as '>', v)),
    fc.tuple(single, name, fc.integer({ min: 1, max: 3 })).map(([c, n, v]): ProblemCondition => ({ kind: 'and', conditions: [c, is(instances(n), '>=', v)], place: place(0) })),
    name.chain((n) =>
      fc.constantFrom<ProblemCondition>(
        { kind: 'or', conditions: [is(of(n, 'cores'), '>=', 4), is(instances(n), '>', 1)], place: place(0) },
        { kind: 'xor', conditions: [is(of(n, 'cores'), '>=', 4), is(instances(n), '>', 1)], place: place(0) },
        { kind: 'if', if: is(of(n, 'cores'), '<', 4), then: is(instances(n), '>=', 2), place: place(0) },
      ),
    ),
  );
};

const randomProblem: fc.Arbitrary<Problem> = fc
  .record({
    candidates: fc.array(fc.record({ price, cores: fc.constantFrom(1, 2, 4, 8), limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    size: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ candidates, size }) => {
    const names = ['A', 'B', 'C', 'D'].slice(0, size);
    const one = (name: string) =>
      fc
        .tuple(
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: 0, max: 2 }),
          fc.subarray(
            candidates.map((_, i) => i),
            { minLength: 1 },
          ),
          fc.option(fc.subarray(names, { minLength: 1 }), { freq: 4, nil: undefined }),
        )
        .map(([minimum, more, fits, providers]) =>
          component(
            name,
            minimum,
            Math.max(1, Math.min(3, minimum + more)),
            fits,
            providers && !providers.includes(name) ? { needs: [{ port: 'P', place: place(1), providers }] } : {},
          ),
        );
    const sum = fc.tuple(...names.map((name) => fc.array(singlePart(name), { minLength: 0, maxLength: 2 }))).map((parts) => plus(0.25, ...parts.flat()));
    const objective = fc
      .tuple(
        fc.oneof(
          sum,
          fc.constantFrom(
            over(1, total('cost')),
            over(1, plus(1, total('cost'))),
            operator('neg', call('exp', total('hosts'))),
            call('ceil', total('cost', 10)),
            plus(...names.map(cost)),
            minus(1, over(plus(...names.map(cost)), 3)),
          ),
        ),
        fc.constantFrom(1, 2),
        fc.boolean(),
      )
      .map(([t, priority, down]) => (down ? minimise(t, priority) : maximise(t, priority)));
    return fc
      .record({
        components: fc.tuple(...names.map(one)),
        constraints: fc.array(condition(names), { maxLength: 3 }),
        objectives: fc.oneof(
          fc.constant<Problem['objectives']>([]),
          objective.map((o) => [o]),
          fc.tuple(sum, sum, fc.constantFrom(1, 2)).map(([a, b, p]) => [maximise(a, 2), minimise(b, p)]),
        ),
        alternatives:
          size >= 3
            ? fc.option(fc.constant<Problem['alternatives']>([{ name: 'Alt', place: place(3), components: names.slice(0, 2) }]), { freq: 5, nil: undefined })
            : fc.constant(undefined),
      })
      .map(({ components, constraints, objectives, alternatives }) =>
        problem(candidates, components, { constraints: constraints.map((c, i) => constraint(`C${i}`, c, i)), objectives, alternatives: alternatives ?? [] }),
      );
  });

describe('the answer is the one that comparing all assignments gives', () => {
  for (const milp of ['glpk', 'highs'] as const)
    test(
      milp,
      async () => {
        await fc.assert(
          fc.asyncProperty(randomProblem, async (p) => {
            const expected = bruteForce(p);
            const { solution, diagnostics } = await solve(p, { milp });
            expect(diagnostics.filter((d) => d.code === 'solver/unbounded')).toEqual([]);
            expect(solution!.status).toBe(expected ? 'optimal' : 'infeasible');
            if (!expected) return;
            const found = solution!.components.map((c) => ({ candidate: c.candidate ? p.candidates.findIndex((k) => k.id === c.candidate) : null, cardinality: c.cardinality }));
            expect({ assignment: found, merits: assess(p, found).merits }).toEqual(expected);
            expect(solution!.cost).toBeCloseTo(-expected.merits.at(-2)!, 12);
          }),
          { numRuns: Number(process.env['RUNS'] ?? (milp === 'glpk' ? 600 : 150)), seed: Number(process.env['SEED'] ?? 20261121) },
        );
      },
      120_000,
    );
});
