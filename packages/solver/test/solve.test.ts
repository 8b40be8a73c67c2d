import { describe, expect, test } from 'vitest';
import { solve } from '../src/index.js';
import { call, component, constraint, cost, instances, is, maximise, minimise, minus, of, operator, over, place, plus, problem, times, total } from './problems.js';
import type { Problem, Term } from '@camelc/problem';

const best = async (p: Problem) => {
  const { solution, diagnostics } = await solve(p, { milp: 'glpk' });
  return { ...solution!, diagnostics, chosen: solution?.components.map((c) => `${c.name} ${c.cardinality} ${c.candidate ?? '-'}`) };
};
const cheap = { price: 0.05, cores: 2, memory: 4096 };
const dear = { price: 0.2, cores: 8, memory: 16384 };

describe('objectives', () => {
  test('without one the cheapest deployment, fewest instances, smallest id', async () => {
    const { chosen, status, cost: sum, utility } = await best(problem([dear, cheap, cheap], [component('A', 2, 5, [0, 1, 2]), component('B', 0, 3, [0])]));
    expect({ chosen, status, sum, utility }).toEqual({ chosen: ['A 2 c1', 'B 0 -'], status: 'optimal', sum: 0.1, utility: undefined });
  });

  test('of thousands of components, too, with candidates that others dominate', async () => {
    const offers = Array.from({ length: 20 }, (_, i) => ({ ...cheap, price: 0.05 * (i + 1) }));
    const components = Array.from({ length: 5000 }, (_, i) => component(`C${i}`, 1, 1, i === 0 ? [...offers.keys()] : [1]));
    const { status, chosen } = await best(problem(offers, components));
    expect([status, chosen?.length, ...new Set(chosen?.map((c) => c.replace(/.* 1 /, '')))]).toEqual(['optimal', 5000, 'c0', 'c1']);
  });

  test('a utility over response time and price, like the FCR model, with 100 as response time', async () => {
    const x = over(times(1, 100), times(instances('App'), 100));
    const utility = plus(times(0.1, plus(times(-4.5, operator('^', x, 2)), times(4.5, x))), times(0.1, over(over(1, 0.05), times(instances('App'), of('App', 'price')))));
    const { chosen, utility: value, bound, gap } = await best(problem([dear, cheap], [component('App', 1, 10, [0, 1])], { objectives: [maximise(utility)] }));
    expect(chosen).toEqual(['App 1 c1']);
    expect([value, bound, gap]).toEqual([40, 40, 0]);
  });

  test('the reciprocal of the total cost is maximised by the cheapest deployment', async () => {
    const { chosen, utility, status } = await best(
      problem([dear, cheap], [component('A', 1, 2, [0]), component('B', 2, 4, [0, 1])], { objectives: [maximise(over(1, plus(cost('A'), cost('B'))))] }),
    );
    expect({ chosen, status }).toEqual({ chosen: ['A 1 c0', 'B 2 c1'], status: 'optimal' });
    expect(utility).toBeCloseTo(1 / 0.3, 12);
  });

  test('a formula over the list of candidates', async () => {
    const list: Term = { kind: 'list', values: [0.2, 0.05] };
    const utility = minus(1, over(minus(cost('A'), times(2, call('min', list))), minus(times(6, call('max', list)), times(2, call('min', list)))));
    const { utility: value, chosen } = await best(problem([dear, cheap], [component('A', 2, 6, [0, 1])], { objectives: [maximise(utility)] }));
    expect([chosen, value]).toEqual([['A 2 c1'], 1]);
  });

  test('a minimised value is reported as the model defines it', async () => {
    const { utility, bound } = await best(problem([cheap], [component('A', 1, 3, [0])], { objectives: [minimise(over(6, instances('A')))] }));
    expect([utility, bound]).toEqual([2, 2]);
  });

  test('a lower priority decides among what the higher one finds equal', async () => {
    const p = problem([cheap, dear], [component('A', 1, 4, [0, 1])], { objectives: [maximise(of('A', 'cores'), 2), minimise(operator('^', minus(instances('A'), 3), 2), 1)] });
    expect((await best(p)).chosen).toEqual(['A 3 c1']);
  });

  test('utilities that count as equal leave the choice to the order of ids, also where the sums behind them differ', async () => {
    const cores = plus(1000, times(1e-5, of('A', 'cores')), times(1e-5, of('B', 'cores')));
    const twice = problem(
      [
        { price: 1, cores: 2 },
        { price: 1, cores: 1 },
      ],
      [component('A', 1, 1, [0, 1]), component('B', 1, 1, [0, 1])],
      { objectives: [maximise(over(1, cores))] },
    );
    const { solution } = await solve(twice, { milp: 'glpk' });
    expect(solution!.components.map((c) => c.candidate)).toEqual(['c0', 'c0']);
  });
  test('division by a price of zero is infinitely good, and said', async () => {
    const { utility, chosen, diagnostics } = await best(problem([cheap, { price: 0 }], [component('A', 1, 2, [0, 1])], { objectives: [maximise(over(1, cost('A')), 1, 7)] }));
    expect([utility, chosen]).toEqual(['Infinity', ['A 1 c1']]);
    expect(diagnostics).toMatchObject([
      { code: 'solver/infinite', severity: 'warning', message: expect.stringContaining('c1'), help: expect.stringContaining('1/(1 + x)'), place: place(7) },
    ]);
  });

  test('what is infinite for want of instances says so, at the objective that is', async () => {
    const optional = problem([cheap], [component('A', 0, 2, [0]), component('B', 1, 1, [0])], {
      objectives: [maximise(of('B', 'cores'), 1, 3), maximise(over(1, instances('A')), 1, 7)],
    });
    const { utility, diagnostics } = await best(optional);
    expect(utility).toBe('Infinity');
    expect(diagnostics).toMatchObject([{ code: 'solver/infinite', message: expect.stringContaining('no instance of A'), place: place(7) }]);
  });

  test('what is undefined is no solution', async () => {
    const p = problem([cheap, dear], [component('A', 1, 1, [0, 1])], { objectives: [maximise(call('ln', minus(of('A', 'cores'), 4)))] });
    expect((await best(p)).chosen).toEqual(['A 1 c1']);
  });
});

describe('what couples components', () => {
  const two = (more: Partial<Problem>): Problem => problem([dear, cheap], [component('A', 0, 4, [0, 1]), component('B', 1, 4, [0, 1])], more);

  test('relations between cardinalities', async () => {
    const ratio = constraint('Ratio', is(minus(instances('A'), times(2, instances('B'))), '>=', 0));
    for (const milp of ['glpk', 'highs'] as const)
      expect((await solve(two({ constraints: [ratio] }), { milp })).solution).toMatchObject({
        status: 'optimal',
        components: [
          { name: 'A', cardinality: 2, candidate: 'c1' },
          { name: 'B', cardinality: 1 },
        ],
      });
  });

  test('a strict bound excludes it', async () => {
    expect((await best(two({ constraints: [constraint('More', is(plus(instances('A'), instances('B')), '>', 3))] }))).chosen).toEqual(['A 0 -', 'B 4 c1']);
    const fewer = two({
      constraints: [constraint('Fewer', is(plus(instances('A'), instances('B')), '<', 3))],
      objectives: [maximise(plus(instances('A'), times(2, instances('B'))))],
    });
    expect((await best(fewer)).chosen).toEqual(['A 0 -', 'B 2 c1']);
    expect((await best(two({ constraints: [constraint('Cost', is(total('cost'), '<', 0.05))] }))).status).toBe('infeasible');
    expect((await best(two({ constraints: [constraint('Cost', is(total('cost'), '<=', 0.05))] }))).status).toBe('optimal');
  });

  test('limits of candidates are shared by the components', async () => {
    const p = problem([{ ...cheap, limit: 3 }, dear], [component('A', 2, 2, [0, 1]), component('B', 2, 2, [0, 1])]);
    expect((await best(p)).chosen).toEqual(['A 2 c0', 'B 2 c1']);
  });

  test('a mandatory port needs one of its providers', async () => {
    const p = problem(
      [cheap],
      [component('A', 1, 1, [0], { needs: [{ port: 'Db', place: place(1), providers: ['B', 'C'] }] }), component('B', 0, 1, [0]), component('C', 0, 1, [0])],
    );
    expect((await best(p)).chosen).toEqual(['A 1 c0', 'B 0 -', 'C 1 c0']);
  });

  test('exactly one of the alternatives is deployed, with at least its minimum', async () => {
    const p = problem([cheap, dear], [component('A', 1, 1, [1]), component('B', 2, 3, [0])], { alternatives: [{ name: 'One', place: place(1), components: ['A', 'B'] }] });
    expect((await best(p)).chosen).toEqual(['A 0 -', 'B 2 c0']);
  });
});

test('a product with a component that has one value only is no product', async () => {
  const p = problem([cheap, dear], [component('A', 2, 2, [0, 1]), component('B', 1, 4, [0, 1])], { objectives: [minimise(times(instances('A'), cost('B')))] });
  expect((await best(p)).utility).toBe(0.1);
});

describe('no solution', () => {
  test('is said where a component has no candidate', async () => {
    const { diagnostics, status } = await best(problem([cheap], [component('A', 1, 1, [0]), component('B', 1, 1, [])]));
    expect([status, diagnostics]).toEqual(['infeasible', []]);
  });
  test('is said where constraints contradict each other, or a limit', async () => {
    const constraints = [constraint('Budget', is(total('cost'), '<=', 0.2)), constraint('Power', is(plus(instances('A'), instances('B')), '>=', 5))];
    expect((await best(problem([cheap], [component('A', 1, 5, [0]), component('B', 1, 5, [0])], { constraints }))).status).toBe('infeasible');
    expect((await best(problem([{ ...cheap, limit: 1 }], [component('A', 1, 1, [0]), component('B', 1, 1, [0])]))).status).toBe('infeasible');
  });
});

describe('large and missing maxima', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ price: 0.01 + i / 1000, cores: 1 + (i % 8) }));
  const all = many.map((_, i) => i);

  test('cost alone needs no maximum', async () => {
    const p = problem(many, [component('A', 2, null, all), component('B', 1, 100_000, all)], {
      constraints: [constraint('Enough', is(minus(instances('B'), times(3, instances('A'))), '>=', 1))],
      objectives: [maximise(over(1, total('cost')))],
    });
    expect((await best(p)).chosen).toEqual(['A 2 c0', 'B 7 c0']);
  });
  test('a budget bounds what would grow without end', async () => {
    const p = problem([cheap, dear], [component('A', 1, null, [0, 1])], { constraints: [constraint('Budget', is(cost('A'), '<=', 20))], objectives: [maximise(instances('A'))] });
    expect((await best(p)).chosen).toEqual(['A 400 c0']);
  });
  test('conditions that stay as they are from some number on bound it', async () => {
    const among = (...numbers: number[]) => constraint('Some', { kind: 'or', conditions: numbers.map((n) => is(instances('A'), '==', n)), place: place(1) });
    const p = (...numbers: number[]) =>
      problem([cheap], [component('A', 1, null, [0])], { constraints: [among(...numbers), constraint('Not', is(instances('A'), '<>', 3))], objectives: [minimise(cost('A'))] });
    expect((await best(p(3, 70, 7000))).chosen).toEqual(['A 70 c0']);
    expect((await best(p(3))).status).toBe('infeasible');
  });
  test('nothing bounds it: an error that asks for a maximum', async () => {
    const p = problem([cheap], [component('A', 1, null, [0], { scale: { id: 'S', place: place(4) } })], { objectives: [maximise(instances('A'))] });
    const { solution, diagnostics } = await solve(p, { milp: 'glpk' });
    expect(solution).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'solver/unbounded', place: place(4), help: expect.stringContaining('maximum') }]);
  });
  test('too many useful rows are refused rather than tried', async () => {
    const p = problem(many, [component('A', 1, 100_000, all)], { objectives: [maximise(call('sin', plus(instances('A'), of('A', 'cores'))))] });
    expect((await solve(p, { milp: 'glpk' })).diagnostics).toMatchObject([{ code: 'solver/too-large' }]);
  });
});

test('the time limit ends the search with what is known', async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ price: 0.1 + ((i * 7919) % 101) / 1000, cores: 1 + ((i * 31) % 13) }));
  const names = Array.from({ length: 9 }, (_, i) => `K${i}`);
  const p = problem(
    many,
    names.map((n) =>
      component(
        n,
        1,
        6,
        many.map((_, i) => i),
      ),
    ),
    {
      constraints: [constraint('Cores', is(plus(...names.map((n) => times(of(n, 'cores'), instances(n)))), '>=', 200))],
      objectives: [maximise(plus(...names.map((n, i) => call('sqrt', times(i + 1, instances(n))))), 1)],
    },
  );
  let clock = 0;
  const { solution, diagnostics } = await solve(
    { ...p, constraints: [...p.constraints, constraint('Budget', is(total('cost'), '<=', 4.01))] },
    { milp: 'glpk', timeLimit: 3, now: () => (clock += 1500) },
  );
  if (solution) {
    expect(solution.status).toBe('feasible');
    expect(solution.bound as number).toBeGreaterThanOrEqual(solution.utility as number);
  }
  expect(diagnostics.map((d) => d.code)).toEqual([solution ? 'solver/not-proven' : 'solver/no-answer']);
});
