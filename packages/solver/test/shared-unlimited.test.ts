/** Shared placement where numbers of instances have no maximum, or nothing is deployed at all; and questions that any solution answers. */
import type { Problem } from '@camelc/problem';
import { describe, expect, test } from 'vitest';
import { solve, type Solution } from '../src/index.js';
import { call, component, constraint, instances, is, maximise, minus, number, operator, over, place, plus, problem, times, total } from './problems.js';

const solved = async (p: Problem, any?: true): Promise<Solution> => (await solve({ ...p, placement: 'shared' }, { milp: 'glpk', any })).solution!;
const hostsOf = ({ hosts }: Solution): string[] => hosts.map((h) => `${h.number} ${h.candidate}: ${h.components.join(' ')}`);

describe('a component without maximum', () => {
  test('has as many instances as another needs that is everywhere', async () => {
    const p = (more: Partial<Problem> = {}): Problem =>
      problem([{ price: 1, cores: 4 }], [component('Agent', 2, null, [0], { everywhere: true }), component('Web', 1, null, [0])], more);
    expect(hostsOf(await solved(p()))).toEqual(['2 c0: Agent Web']);
    expect(hostsOf(await solved(p({ constraints: [constraint('Agents', is(instances('Agent'), '>=', 3))] })))).toEqual(['3 c0: Agent Web']);
  });

  test('has as many as it takes to keep another one from what is everywhere', async () => {
    // The agent has no room beside the database; Web keeps it from that host.
    const p = problem(
      [{ price: 1, cores: 2 }],
      [component('Agent', 0, 1, [0], { everywhere: true, demands: { cores: 1 } }), component('Web', 1, null, [0]), component('Db', 2, 2, [0], { demands: { cores: 2 } })],
      { separations: [{ name: 'Apart', place: place(1), level: 'host', relaxed: false, components: ['Agent', 'Web'] }] },
    );
    expect(hostsOf(await solved(p))).toEqual(['2 c0: Web Db']);
  });

  test('is found the best number of, or that there is none', async () => {
    const db = instances('Db');
    const candidates = [{ price: 0.25, limit: 1 }, { price: 0.1 }, { price: 0 }];
    const p = (bound: number): Problem =>
      problem(candidates, [component('Db', 1, null, [0, 1, 2], { demands: {} })], {
        objectives: [maximise(minus(minus(times(2, call('min', db, 5)), over(1, plus(1, times(db, total('cost'))))), times(0.5, db)))],
        constraints: [constraint('Dear', is(total('cost'), '>=', bound)), constraint('Few', is(operator('-', total('cost'), times(0.1, db)), '<=', 0.2))],
      });
    expect((await solved(p(0.375))).components[0]!.cardinality).toBe(5);
    const none = problem(candidates, [component('Db', 1, null, [0, 1, 2])], { constraints: [constraint('None', is(plus(db, total('cost')), '<=', 0.5))] });
    expect((await solved(none)).status).toBe('infeasible');
    expect((await solved(none, true)).status).toBe('infeasible');
  });
});

test('where nothing is known of a utility, a number without maximum is an error, not a search without end', async () => {
  const a = instances('A');
  const utility = minus(call('std', a, times(2, a)), over(1, times(a, total('cost'))));
  const p = problem([{ price: 0.25, limit: 1 }, { price: 0.1 }, { price: 0 }], [component('A', 1, null, [0, 1, 2])], { placement: 'shared', objectives: [maximise(utility)] });
  const { solution, diagnostics } = await solve(p, { milp: 'glpk' });
  expect([solution, diagnostics.map((d) => d.code)]).toEqual([undefined, ['solver/unbounded']]);
  expect((await solved(p, true)).status).toBe('feasible');
});

test('nothing is deployed where that is infinitely good, also without any candidate', async () => {
  const utility = plus(instances('A'), over(0.1, instances('A')));
  for (const candidates of [[], [{ price: 1 }]]) {
    const solution = await solved(problem(candidates, [component('A', 0, 1, [])], { objectives: [maximise(utility)] }));
    expect([solution.status, solution.utility, solution.hosts]).toEqual(['optimal', 'Infinity', []]);
  }
});

describe.each(['shared', 'dedicated'] as const)('any solution of %s placement', (placement) => {
  const two = (more: Partial<Problem>): Problem => problem([{ price: 1 }, { price: 3 }], [component('A', 1, 4, [0, 1]), component('B', 1, 4, [0, 1])], { ...more, placement });
  const any = async (p: Problem): Promise<Solution> => (await solve(p, { milp: 'glpk', any: true })).solution!;

  test('keeps the constraints', async () => {
    const constraints = [constraint('Spend', is(total('cost'), '>=', 7)), constraint('More', is(minus(instances('A'), instances('B')), '>=', 1))];
    const solution = await any(two({ constraints, objectives: [maximise(times(total('cost'), instances('B')))] }));
    expect(solution.status).toBe('feasible');
    expect(solution.cost).toBeGreaterThanOrEqual(7);
    const [a, b] = solution.components.map((c) => c.cardinality);
    expect(a! - b!).toBeGreaterThanOrEqual(1);
  });

  test('does not exist where constraints contradict each other, or an objective is defined nowhere', async () => {
    const constraints = [constraint('Less', is(total('cost'), '<', 1))];
    expect((await any(two({ constraints }))).status).toBe('infeasible');
    expect((await any(two({ objectives: [maximise(call('sqrt', minus(number(-1), instances('A'))))] }))).status).toBe('infeasible');
  });
});
