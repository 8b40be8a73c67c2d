import { asGood, assess, type Problem } from '@camelc/problem';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveDedicated } from '../src/dedicated/solve-dedicated.js';
import { loadMilp } from '../src/milp/load-milp.js';
import { bruteForce } from './brute-force.js';
import { call, component, constraint, cost, instances, is, maximise, minus, of, operator, over, place, plus, problem, times, total } from './problems.js';
import { longCase, randomCase } from './random-problems.js';

const pace = { over: () => false, secondsLeft: () => undefined, breathe: async () => undefined };
const answerTo = (p: Problem, within = pace) => solveDedicated(p, () => loadMilp('glpk'), within);
const chosen = async (p: Problem) => {
  const { assignment, proven } = await answerTo(p);
  expect(proven).toBe(true);
  return assignment?.map(({ candidate, cardinality }, i) => `${p.components[i]!.name} ${cardinality} ${candidate === null ? '-' : p.candidates[candidate]!.id}`);
};

const runs = Number(process.env['RUNS'] ?? 1200);
const seed = Number(process.env['SEED'] ?? 20261121);

test('any formula and condition: the answer is the one that comparing all assignments gives', async () => {
  const split = new Map<string, number>();
  const count = (key: string): void => void split.set(key, (split.get(key) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(randomCase, async ({ problem, feature }) => {
      const expected = bruteForce(problem);
      const { assignment, merits, proven, diagnostics } = await answerTo(problem);
      expect(diagnostics).toEqual([]);
      expect(proven).toBe(true);
      expect(assignment && { assignment, merits }).toEqual(expected);
      for (const key of [feature, expected ? 'optimal' : 'infeasible', `${problem.components.length} components`]) count(key);
    }),
    { numRuns: runs, seed },
  );
  for (const [key, n] of split) expect(n / runs, key).toBeGreaterThan(0.05);
}, 120_000);

test('long lists of candidates: none that is left out is missed', async () => {
  await fc.assert(
    fc.asyncProperty(longCase, async ({ problem }) => {
      const expected = bruteForce(problem);
      const { assignment, merits } = await answerTo(problem);
      expect(assignment && { assignment, merits }).toEqual(expected);
    }),
    { numRuns: Math.ceil(runs / 12), seed },
  );
}, 120_000);

test('of candidates whose prices differ by less than the tolerance the first is taken, also from a long list', async () => {
  const p = problem(
    [1, 1 - 1e-10, ...Array.from({ length: 20 }, () => 2)].map((price) => ({ price })),
    [component('A', 1, 1, [...Array(22).keys()])],
  );
  expect(await chosen(p)).toEqual(['A 1 c0']);
});

test('when the time is up the answer is admissible, and its bound holds', async () => {
  let open = 0;
  await fc.assert(
    fc.asyncProperty(randomCase, fc.integer({ min: 0, max: 40 }), async ({ problem }, patience) => {
      let asked = 0;
      const { assignment, merits, proven, bound } = await answerTo(problem, { ...pace, over: () => asked++ >= patience });
      const expected = bruteForce(problem);
      if (proven) expect(assignment && { assignment, merits }).toEqual(expected);
      else open++;
      if (assignment) expect(assess(problem, assignment).breaches).toEqual([]);
      if (expected) expect(asGood(bound, expected.merits[0]!), `${bound} bounds ${expected.merits[0]}`).toBe(true);
    }),
    { numRuns: Math.ceil(runs / 4), seed },
  );
  expect(open).toBeGreaterThan(runs / 40);
}, 120_000);

test('strict bounds, which have no tolerance, hold as the evaluator computes them', async () => {
  const decimal = fc.constantFrom(0.1, 0.2, 0.3, 0.6, 0.7);
  const random = fc.tuple(fc.array(decimal, { minLength: 3, maxLength: 3 }), fc.constantFrom(0.3, 0.6, 0.7, 0.8, 0.9, 1.2, 1.4), fc.boolean());
  await fc.assert(
    fc.asyncProperty(random, async ([prices, budget, down]) => {
      const names = ['C', 'A', 'B'];
      const spent = plus(...['A', 'B', 'C'].map(cost));
      const either = { kind: 'or' as const, conditions: [is(spent, '<', budget), is(times(instances('A'), instances('B')), '>', 100)], place: place(0) };
      const p = problem(
        prices.map((price) => ({ price, cores: 1 })),
        names.map((n) => component(n, 1, 3, [0, 1, 2])),
        { constraints: [constraint('C', either)], objectives: [maximise(down ? spent : times(instances('A'), spent))] },
      );
      const expected = bruteForce(p);
      const { assignment, merits, proven } = await answerTo(p);
      expect(assignment && { assignment, merits }).toEqual(expected);
      expect(proven).toBe(true);
    }),
    { numRuns: 120, seed },
  );
}, 60_000);

const cheap = { price: 0.05, cores: 2, zone: 'a/x/1', region: 'a/x', cloud: 'a' };
const dear = { price: 0.2, cores: 8, zone: 'b/y/1', region: 'b/y', cloud: 'b' };

describe('what couples components other than by sums', () => {
  const two = (more: Partial<Problem>): Problem => problem([cheap, dear], [component('A', 1, 4, [0, 1]), component('B', 1, 4, [0, 1])], more);
  const rule = { name: 'R', place: place(1), relaxed: false, components: ['A', 'B'] };

  test('a product', async () => {
    const throughput = times(times(instances('A'), of('A', 'cores')), times(instances('B'), of('B', 'cores')));
    expect(await chosen(two({ objectives: [maximise(over(throughput, plus(1, total('cost', 4))))] }))).toEqual(['A 4 c1', 'B 4 c1']);
  });
  test('the slowest of several', async () => {
    const p = two({ objectives: [maximise(minus(call('min', times(instances('A'), 3), times(instances('B'), 2)), total('cost')))] });
    expect(await chosen(p)).toEqual(['A 3 c0', 'B 4 c0']);
  });
  test('a function of a sum that rises and falls', async () => {
    expect(await chosen(two({ objectives: [maximise(operator('neg', operator('^', minus(total('cost'), 0.3), 2)))] }))).toEqual(['A 1 c1', 'B 2 c0']);
  });
  test('a sum over a list and components', async () => {
    const p = two({ objectives: [maximise(call('sum', { kind: 'list', values: [1, 2] }, of('A', 'cores'), of('B', 'cores')))] });
    expect((await answerTo(p)).merits![0]).toBe(19);
  });
  test('where every choice is infinitely bad, one that keeps the constraints is found nevertheless', async () => {
    const candidates = [1, 2, 3, 4, 5, 6, 7, 11].map((cores) => ({ price: 1, cores }));
    const power = times(of('A', 'cores'), of('B', 'cores'));
    const p = problem(candidates, [component('A', 1, 1, [...candidates.keys()]), component('B', 1, 1, [...candidates.keys()])], {
      constraints: [constraint('C', is(power, '==', 77))],
      objectives: [maximise(operator('neg', over(1, times(0, power))))],
    });
    expect(await chosen(p)).toEqual(['A 1 c6', 'B 1 c7']);
  });
  test('conditions that are bound together', async () => {
    const or = { kind: 'or' as const, conditions: [is(instances('A'), '>', 2), is(instances('B'), '>', 3)], place: place(2) };
    expect(await chosen(two({ constraints: [constraint('C', or)] }))).toEqual(['A 3 c0', 'B 1 c0']);
  });
  test('separation and coupling by place', async () => {
    expect(await chosen(two({ separations: [{ ...rule, level: 'zone' }] }))).toEqual(['A 1 c0', 'B 1 c1']);
    expect(await chosen(two({ couplings: [{ ...rule, level: 'cloud' }], constraints: [constraint('C', is(of('A', 'cores'), '>', 4))] }))).toEqual(['A 1 c1', 'B 1 c1']);
  });
  test('a relaxed separation costs no utility, but decides before the cost', async () => {
    const separations = [{ ...rule, relaxed: true, level: 'zone' as const }];
    expect(await chosen(two({ separations, objectives: [maximise(instances('A'))] }))).toEqual(['A 4 c0', 'B 1 c1']);
    expect(await chosen(two({ separations, objectives: [maximise(operator('neg', total('cost')))] }))).toEqual(['A 1 c0', 'B 1 c0']);
  });
  test('components on the same hosts pay once, and must fit on them', async () => {
    const p = (demand: number): Problem =>
      problem([cheap, dear], [component('A', 2, null, [0, 1], { demands: { cores: 1 } }), component('B', 1, null, [0, 1], { demands: { cores: demand } })], {
        couplings: [{ ...rule, level: 'host' }],
      });
    expect((await answerTo(p(1))).merits).toEqual([-0.1, -2]);
    expect(await chosen(p(1))).toEqual(['A 2 c0', 'B 2 c0']);
    expect(await chosen(p(2))).toEqual(['A 2 c1', 'B 2 c1']);
  });
});

describe('maxima of formulas that couple components', () => {
  const unlimited = (more: Partial<Problem>): Problem =>
    problem([cheap, dear], [component('A', 1, null, [0, 1], { scale: { id: 'S', place: place(4) } }), component('B', 1, 3, [0, 1])], more);

  test('a budget bounds a product', async () => {
    const p = unlimited({ objectives: [maximise(times(instances('A'), instances('B')))], constraints: [constraint('Budget', is(plus(cost('A'), cost('B')), '<=', 10))] });
    expect(await chosen(p)).toEqual(['A 197 c0', 'B 3 c0']);
  });
  test('more instances that nothing rewards are left out', async () => {
    const p = unlimited({ objectives: [maximise(over(1, times(instances('A'), instances('B'))))] });
    expect(await chosen(p)).toEqual(['A 1 c0', 'B 1 c0']);
  });
  test('nothing bounds it: an error that asks for a maximum', async () => {
    const { assignment, diagnostics } = await answerTo(unlimited({ objectives: [maximise(times(instances('A'), instances('B')))] }));
    expect(assignment).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'solver/unbounded', place: place(4) }]);
  });
});

test('eight components with a hundred candidates: a utility of products and quotients is bounded when the time is up', async () => {
  const candidates = Array.from({ length: 100 }, (_, i) => ({ price: 0.01 + ((i * 7919) % 101) / 500, cores: 1 + ((i * 31) % 16) }));
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const power = names.map((n, i) => times(instances(n), operator('^', of(n, 'cores'), 0.5 + i / 20)));
  const p = problem(
    candidates,
    names.map((n) => component(n, 1, 10, [...candidates.keys()])),
    { objectives: [maximise(over(times(call('mean', ...power), call('max', ...names.map((n) => of(n, 'cores')))), plus(1, total('cost'))))] },
  );
  let asked = 0;
  const { assignment, merits, bound } = await answerTo(p, { ...pace, over: () => asked++ > 60 });
  expect(assess(p, assignment!).breaches).toEqual([]);
  expect(bound).toBeGreaterThanOrEqual(merits![0]!);
  expect(bound).toBeLessThan(100 * merits![0]!);
});
