import type { Hosts, Problem, Running } from '@camelc/problem';
import { describe, expect, test } from 'vitest';
import { keptAssignment, keptHosts } from '../src/keep-running.js';
import { component, constraint, instances, is, maximise, problem, total } from './problems.js';

const running = (instancesOf: Running['instances'], minGain: number, hosts?: Hosts[]): Running => ({ instances: instancesOf, minGain, ...(hosts && { hosts }) });
const prices = [{ price: 1 }, { price: 3 }];
/** Web with one to four instances on either candidate, Db may be absent; the utility is the number of instances of Web. */
const dedicated = (run: Running, more: Partial<Problem> = {}): Problem =>
  problem(prices, [component('Web', 1, 4, [0, 1]), component('Db', 0, 1, [0])], { objectives: [maximise(instances('Web'))], running: run, ...more });

describe('what runs is kept', () => {
  test('while the best gains no more than the minimum', () => {
    const two = [[{ candidate: 'c1', number: 2 }], []];
    const decided = [
      { candidate: 1, cardinality: 2 },
      { candidate: null, cardinality: 0 },
    ];
    expect(keptAssignment(dedicated(running(two, 2)), 4)).toMatchObject({
      decided,
      merits: [2, -6, -2, -0],
      diagnostic: { code: 'problem/kept-running', message: expect.stringContaining('gain 2') },
    });
    expect(keptAssignment(dedicated(running(two, 1.9)), 4)).toBeUndefined();
    // What is dearer, but as good, is kept where some gain is asked for, and not where none is.
    expect(keptAssignment(dedicated(running(two, 0.1)), 2)).toMatchObject({ decided });
    expect(keptAssignment(dedicated(running(two, 0)), 2)).toBeUndefined();
  });
  test('an infinite best is better by more than any gain', () => {
    expect(keptAssignment(dedicated(running([[{ candidate: 'c1', number: 2 }], []], 1e300)), Infinity)).toBeUndefined();
  });
  test('the cost counts where there is no objective', () => {
    const run = running([[{ candidate: 'c0', number: 2 }], []], 1);
    expect(keptAssignment(dedicated(run, { objectives: [] }), -1)?.merits[0]).toBe(-2);
    expect(keptAssignment(dedicated({ ...run, minGain: 0.9 }, { objectives: [] }), -1)).toBeUndefined();
  });
  test('only where it is admissible: within constraints and ranges, on one candidate that fits', () => {
    const kept = (run: Running['instances'], more: Partial<Problem> = {}) => keptAssignment(dedicated(running(run, 10), more), 4);
    expect(kept([[{ candidate: 'c0', number: 3 }], []])).toBeDefined();
    expect(kept([[{ candidate: 'c0', number: 3 }], []], { constraints: [constraint('Few', is(instances('Web'), '<=', 2))] })).toBeUndefined();
    expect(kept([[{ candidate: 'c0', number: 5 }], []])).toBeUndefined();
    expect(kept([[], []])).toBeUndefined();
    expect(kept([[{ candidate: 'gone', number: 1 }], []])).toBeUndefined();
    expect(
      kept([
        [
          { candidate: 'c0', number: 1 },
          { candidate: 'c1', number: 1 },
        ],
        [],
      ]),
    ).toBeUndefined();
    expect(kept([[{ candidate: 'c0', number: 1 }], [{ candidate: 'c1', number: 1 }]])).toBeUndefined();
  });
  test('nothing, where nothing runs', () => {
    expect(keptAssignment(dedicated(running([[], []], 1), { running: undefined }), 4)).toBeUndefined();
    expect(keptHosts(dedicated(running([[], []], 1), { running: undefined }), 4)).toBeUndefined();
  });
  test('in shared placement: its hosts', () => {
    const shared = (hosts: Hosts[] | undefined, limit = 9): Problem =>
      problem(
        [
          { price: 1, cores: 4 },
          { price: 3, cores: 8 },
        ],
        [component('Web', 1, 4, [0, 1], { demands: { cores: 2 } }), component('Db', 1, 1, [0, 1], { demands: { cores: 2 } })],
        {
          placement: 'shared',
          constraints: [constraint('Budget', is(total('cost'), '<=', limit))],
          running: running([[{ candidate: 'c1', number: 2 }], [{ candidate: 'c1', number: 1 }]], 2.5, hosts),
        },
      );
    const hosts: Hosts[] = [
      { candidate: 1, number: 1, instances: [1, 1] },
      { candidate: 0, number: 1, instances: [1, 0] },
    ];
    expect(keptHosts(shared(hosts), -2)).toMatchObject({ decided: hosts, merits: [-4, -2, -2] });
    expect(keptHosts(shared(hosts), -1)).toBeUndefined();
    expect(keptHosts(shared(hosts, 3), -2)).toBeUndefined();
    expect(keptHosts(shared(undefined), -2)).toBeUndefined();
  });
});
