import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import type { RunningHost } from '@camelc/plan';
import { assign, type Taker } from '../src/assignment.js';
import { lower } from '../src/lower.js';
import { matchHosts } from '../src/match-hosts.js';
import { hostGroup, service, shop } from './fixtures.js';
import { applied, host, inputs, state } from './states.js';

/** Groups by name with the candidate and the number of each, one service in each. */
function groups(wanted: Record<string, [candidate: string, number: number]>, more: Partial<Deployment> = {}): Deployment {
  const names = Object.keys(wanted);
  return shop(
    {},
    {},
    {
      hostGroups: names.map((name) => hostGroup(name, { candidate: wanted[name]![0], number: wanted[name]![1] })),
      services: names.map((name) => service(name, { replicas: wanted[name]![1] })),
      networks: [],
      volumes: [],
      secrets: [],
      registries: [],
      ...more,
    },
  );
}

const chosen = (deployment: Deployment, hosts: RunningHost[]): Record<string, string[]> =>
  Object.fromEntries([...matchHosts(deployment, state(hosts), 'm:2377').hosts].map(([group, its]) => [group, its.map(({ id }) => id)]));
const missing = (deployment: Deployment, hosts: RunningHost[]) => matchHosts(deployment, state(hosts), '10.0.0.1:2377').report.missing;

describe('hosts of a group', () => {
  it('are the first by their ids that are of its candidate, or large enough', () => {
    const hosts = [host('4'), host('3', { size: { cores: 1, memory: 9000 } }), host('2', { candidate: 'other' }), host('1', { candidate: 'small', size: { cores: 1, memory: 1 } })];
    expect(chosen(groups({ Web: ['small', 2] }), hosts)).toEqual({ Web: ['1', '4'] });
  });

  it('are as many as can be, whoever comes first', () => {
    const hosts = [host('1'), host('2', { candidate: 'small' })];
    const both = groups({ A: ['small', 1], B: ['large', 1] });
    expect(chosen(both, hosts)).toEqual({ A: ['2'], B: ['1'] });
  });

  it('serve no other application, and take work', () => {
    const hosts = [
      host('1', { labels: { 'camelc.billing': 'Web' } }),
      host('2', { labels: { 'camelc.billing.web': 'true' } }),
      host('3', { ready: false }),
      host('4', { candidate: 'other' }),
    ];
    const [lacking] = missing(groups({ Web: ['small', 1] }), [...hosts, host('5', { size: { cores: 2, memory: 3000 } })]);
    expect(lacking).toMatchObject({ group: 'Web', candidate: 'small', hardware: 'm.small', number: 1 });
    expect(lacking!.why).toBe('the solution puts Web on 1 of m.small (small); worker-1 serves billing; worker-2 serves billing; worker-3 takes no work; 2 more do not fit');
    expect(lacking!.command).toBe(
      'docker --host ssh://HOST swarm join --token "$(docker swarm join-token --quiet worker)" 10.0.0.1:2377 && docker node update --label-add camelc.candidate=small NODE',
    );
  });

  it('that carry nothing any more are reported with their price', () => {
    const hosts = [1, 2, 3].map((id) => host(`${id}`, { candidate: 'small', labels: { 'camelc.shop': 'Web', ...(id === 3 && { 'camelc.price': '0.25' }) } }));
    const surplus = (id: string, price: number): object => ({ host: `worker-${id}`, candidate: 'small', price, why: 'nothing of Shop runs there any more' });
    expect(matchHosts(groups({ Web: ['small', 1] }), state([...hosts, host('4')]), 'm').report.surplus).toEqual([surplus('2', 0.1), surplus('3', 0.25)]);
  });

  it('stay when the group is called otherwise, whatever the order of ids', () => {
    const hosts = ['1', '2', '3', '4'].map((id) => host(id));
    const before = state(hosts.map((one) => (one.id === '3' ? { ...one, labels: { 'camelc.shop': 'Web' } } : one)));
    const first = groups({ Web: ['small', 1], Db: ['small', 1] });
    const now = applied('shop', lower(first, before, inputs()).wanted!, before);
    const renamed = groups({ Web: ['small', 1], Db: ['small', 1] });
    renamed.hostGroups[0]!.name = 'Web-Log';
    renamed.services[0]!.placement[0]!.hostGroup = 'Web-Log';
    expect([...matchHosts(renamed, now, 'm').hosts.values()].map((its) => its.map(({ id }) => id))).toEqual([['3'], ['1']]);
  });
});

const labels = fc.constantFrom(...['A', 'B', 'C'].map((group) => ({ 'camelc.shop': group })), { 'camelc.other': 'A' }, {}, {});
const swarms = fc.array(
  fc.record({ candidate: fc.option(fc.constantFrom('small', 'large'), { nil: undefined }), ready: fc.boolean(), labels, cores: fc.integer({ min: 1, max: 3 }) }),
  { maxLength: 7 },
);
const wishes = fc.record({
  A: fc.tuple(fc.constant('small'), fc.integer({ min: 0, max: 3 })),
  B: fc.tuple(fc.constant('large'), fc.integer({ min: 0, max: 3 })),
  C: fc.tuple(fc.constant('small'), fc.integer({ min: 0, max: 3 })),
});
const hostsOf = (swarm: { candidate: string | undefined; ready: boolean; labels: object; cores: number }[]): RunningHost[] =>
  swarm.map(({ candidate, cores, ...more }, index) =>
    host(`${index}`, { ...more, labels: more.labels as Record<string, string>, size: { cores, memory: 9000 }, ...(candidate && { candidate }) }),
  );

it('a swarm that has its hosts keeps them, whatever joins', () => {
  fc.assert(
    fc.property(wishes, swarms, swarms, (wish, swarm, others) => {
      const deployment = groups(wish);
      const before = state(hostsOf(swarm).filter(({ ready }) => ready));
      const now = applied('shop', lower(deployment, before, inputs()).wanted!, before);
      const had = matchHosts(deployment, before, 'm').hosts;
      const joined = { ...now, hosts: [...hostsOf(others).map((one) => ({ ...one, id: `!${one.id}`, labels: {} })), ...now.hosts] };
      for (const [group, its] of matchHosts(deployment, joined, 'm').hosts) {
        expect(its.map(({ id }) => id)).toEqual(expect.arrayContaining(had.get(group)!.map(({ id }) => id)));
      }
    }),
  );
});

it('hosts go to as many groups as they can, at the least cost', () => {
  const cost = fc.oneof(fc.constant(Infinity), fc.integer({ min: -9, max: 9 }));
  const questions = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 5 }))
    .chain(([takers, hosts]) =>
      fc.tuple(
        fc.array(fc.record({ needs: fc.integer({ min: 0, max: 3 }), costs: fc.array(cost, { minLength: hosts, maxLength: hosts }) }), { minLength: takers, maxLength: takers }),
        fc.constant(hosts),
      ),
    );
  fc.assert(
    fc.property(questions, ([some, hosts]) => {
      const takers: Taker[] = some.map((taker) => ({ ...taker, has: [] }));
      const answer = assign(takers, hosts);
      answer.forEach((its, taker) => {
        expect(its.length).toBeLessThanOrEqual(takers[taker]!.needs);
        expect(its.every((number) => takers[taker]!.costs[number] !== Infinity)).toBe(true);
      });
      const given = answer.flat();
      expect(new Set(given).size).toBe(given.length);
      const total = answer.flatMap((its, taker) => its.map((number) => takers[taker]!.costs[number]!)).reduce((a, b) => a + b, 0);
      expect([given.length, total]).toEqual(best(takers, hosts));
    }),
  );
});

/** The most hosts that can be given, and the least cost of that, by trying all. */
function best(takers: readonly Taker[], hosts: number, number = 0, used: readonly number[] = takers.map(() => 0)): [number, number] {
  if (number === hosts) return [0, 0];
  let most = best(takers, hosts, number + 1, used);
  takers.forEach(({ needs, costs }, taker) => {
    if (used[taker] === needs || costs[number] === Infinity) return;
    const [count, cost] = best(
      takers,
      hosts,
      number + 1,
      used.map((n, other) => n + Number(other === taker)),
    );
    const [here, total] = [count + 1, cost + costs[number]!];
    if (here > most[0] || (here === most[0] && total < most[1])) most = [here, total];
  });
  return most;
}
