import type { Problem } from '@camelc/problem';
import { describe, expect, test } from 'vitest';
import { solve, type Solution } from '../src/index.js';
import { component, constraint, instances, is, maximise, minus, place, plus, problem, times, total } from './problems.js';
import { offers, secureBilling, secureWeb, wordPress } from './shared-instances.js';

async function solved(p: Problem): Promise<Solution> {
  const { solution } = await solve({ ...p, placement: 'shared' }, { milp: 'glpk' });
  return solution!;
}

const hostsOf = ({ hosts }: Solution): string[] => hosts.map((h) => `${h.number} ${h.candidate}: ${h.components.join(' ')}`);
const three = [
  { price: 1, cores: 2 },
  { price: 1.5, cores: 4 },
  { price: 1.5, cores: 4 },
];
const all = [0, 1, 2];
const small = { demands: { cores: 1 } };

describe('the published instances have their published optimum', () => {
  for (const [list, ...optima] of [
    ['offers_20.json', 3759, 1416, 1777, 2033],
    ['offers_500.json', 1582, 862, 1210, 1442],
  ] as const) {
    const candidates = offers(list);
    test.skipIf(!candidates)(list, async () => {
      const instancesOf = [secureWeb(candidates!), secureBilling(candidates!), wordPress(candidates!, 3), wordPress(candidates!, 4)];
      for (const [k, p] of instancesOf.entries()) {
        const solution = await solved(p);
        expect([solution.status, solution.cost, solution.gap]).toEqual(['optimal', optima[k], 0]);
      }
    });
  }
});

describe('shared placement', () => {
  test('components share the cheapest host that has room for them, of equal ones the first by id', async () => {
    const solution = await solved(problem(three, [component('A', 1, 1, all, small), component('B', 1, 1, all, small), component('C', 1, 1, all, small)]));
    expect(hostsOf(solution)).toEqual(['1 c1: A B C']);
    expect(solution.components.map((c) => [c.name, c.cardinality, c.candidate])).toEqual([
      ['A', 1, undefined],
      ['B', 1, undefined],
      ['C', 1, undefined],
    ]);
  });

  test('a component stands several times on a host where it says so, and is named as often', async () => {
    const two = { ...small, coInstanceHosting: true };
    expect(hostsOf(await solved(problem(three, [component('A', 3, 3, all, two), component('B', 1, 1, all, small)])))).toEqual(['1 c1: A A A B']);
    expect(hostsOf(await solved(problem(three, [component('A', 3, 3, all, small), component('B', 1, 1, all, small)])))).toEqual(['2 c0: A', '1 c0: A B']);
  });

  test('more instances than a candidate has hosts go to the next', async () => {
    const solution = await solved(
      problem(
        [
          { price: 1, cores: 2, limit: 1 },
          { price: 2, cores: 2 },
        ],
        [component('A', 3, 3, [0, 1], small)],
      ),
    );
    expect(hostsOf(solution)).toEqual(['1 c0: A', '2 c1: A']);
  });

  test('a number that has no maximum is as great as a constraint asks for, and no greater', async () => {
    const solution = await solved(
      problem([{ price: 0, cores: 64 }], [component('A', 1, null, [0], small), component('B', 1, null, [0], small)], {
        constraints: [constraint('Many', is(instances('A'), '>=', 40))],
      }),
    );
    expect(solution.components.map((c) => c.cardinality)).toEqual([40, 1]);
  });

  test('a utility that grows with a number without end is an error at the component', async () => {
    const p = problem(three, [component('A', 1, null, all, small)], { placement: 'shared', objectives: [maximise(minus(times(5, instances('A')), total('cost')))] });
    const { diagnostics, solution } = await solve(p, { milp: 'glpk' });
    expect(solution).toBeUndefined();
    expect(diagnostics.map((d) => d.code)).toEqual(['solver/unbounded']);
  });

  test('dearer hosts are leased where a constraint asks for cost', async () => {
    const solution = await solved(
      problem(
        [
          { price: 1, cores: 2 },
          { price: 3, cores: 2 },
        ],
        [component('A', 1, 1, [0, 1], small)],
        { constraints: [constraint('Spend', is(total('cost'), '>=', 2))] },
      ),
    );
    expect(hostsOf(solution)).toEqual(['1 c1: A']);
  });

  test('instances are spread over zones where a separation lists one component', async () => {
    const zones = [
      { price: 1, cores: 2, zone: 'z1' },
      { price: 2, cores: 2, zone: 'z2' },
    ];
    const spread = { name: 'S', place: place(1), level: 'zone' as const, relaxed: false, components: ['A'] };
    expect(hostsOf(await solved(problem(zones, [component('A', 2, 2, [0, 1], small)], { separations: [spread] })))).toEqual(['1 c0: A', '1 c1: A']);
    // A preference comes after cost where there is no objective.
    expect(hostsOf(await solved(problem(zones, [component('A', 2, 2, [0, 1], small)], { separations: [{ ...spread, relaxed: true }] })))).toEqual(['2 c0: A']);
  });

  test('what contradicts itself is infeasible', async () => {
    const p = problem(three, [component('A', 1, 1, all, small), component('B', 1, 1, all, small)], {
      constraints: [constraint('C', is(plus(total('cost'), total('hosts')), '<', 1))],
    });
    expect((await solved(p)).status).toBe('infeasible');
  });
});
