/** Which steps lead from one deployment on a swarm to another. */
import { expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import { makePlan, type Plan, type RunningState } from '@camelc/plan';
import { swarmConduct } from '../src/conduct.js';
import { lower } from '../src/lower.js';
import { hostGroup, service, shop } from './fixtures.js';
import { applied, host, inputs, state } from './states.js';

const five = state(['1', '2', '3', '4', '5'].map((id) => host(id)));
const target = { kind: 'swarm', name: 'test', id: 'x' };

function plan(wanted: Deployment, from: RunningState): Plan {
  const lowered = lower(wanted, from, inputs());
  expect(lowered.diagnostics).toEqual([]);
  return makePlan({ target, wanted: lowered.wanted!, state: from, conduct: swarmConduct, secrets: {} });
}
const running = (deployment: Deployment, from = five): RunningState => applied(deployment.id, lower(deployment, from, inputs()).wanted!, from);
const steps = ({ steps: all }: Plan): string[] => all.map(({ id, action }) => `${action} ${id}`);

/** The web tier on so many hosts of a candidate, and its database. */
const tier = (number: number, candidate = 'small', image = 'shop/web:1'): Deployment =>
  shop({ replicas: number, image }, {}, { hostGroups: [hostGroup('Web', { number, candidate }), hostGroup('Database', { candidate: 'small' })] });

it('what others need comes first, and nothing is done twice', () => {
  const first = steps(plan(tier(2), five));
  expect(first.indexOf('create service/database')).toBeLessThan(first.indexOf('create service/web'));
  expect(first.at(-1)).toBe('create service/web');
  expect(steps(plan(tier(2), running(tier(2))))).toEqual([]);
});

it('a service gets its new host before it is scaled out, and is scaled in when its host is gone', () => {
  const out = plan(tier(3), running(tier(2)));
  expect(steps(out)).toEqual(['create candidate/4', 'create label/4/camelc.shop=Web', 'update service/web']);
  expect(out.steps.map(({ disruption }) => disruption.kind)).toEqual(['none', 'none', 'none']);

  const into = plan(tier(2), running(tier(3)));
  expect(steps(into)).toEqual(['remove label/3/camelc.shop=Web', 'update service/web']);
  expect(into.hosts.surplus.map((one) => one.host)).toEqual(['worker-3']);
});

it('a service comes to hosts of another candidate without stopping', () => {
  const large = { ...five, hosts: five.hosts.map((one) => (Number(one.id) > 3 ? host(one.id, { candidate: 'large' }) : one)) };
  const move = plan(tier(2, 'large'), running(tier(2), large));
  expect(steps(move)).toEqual([
    'create label/4/camelc.shop=Web',
    'create label/5/camelc.shop=Web',
    'update service/web',
    'remove label/1/camelc.shop=Web',
    'remove label/2/camelc.shop=Web',
    'update service/web#2',
  ]);
  const replicas = move.steps.filter(({ kind }) => kind === 'service').map(({ wanted }) => (wanted as { replicas: number }).replicas);
  expect(replicas).toEqual([4, 2]);
  expect(move.changes.find(({ name }) => name === 'web')!.disruption).toEqual({ kind: 'migrate', available: 2, of: 2 });
});

it('a new image is the only step, and says what users notice', () => {
  const update = plan(tier(2, 'small', 'shop/web:2'), running(tier(2)));
  expect(steps(update)).toEqual(['update service/web']);
  expect(update.changes).toMatchObject([
    {
      name: 'web',
      cause: 'model',
      disruption: { kind: 'rolling', available: 1, of: 2 },
      parts: [{ pointer: '/image', before: 'shop/web:1', wanted: 'shop/web:2' }, { pointer: '/labels/com.docker.stack.image' }],
    },
  ]);
});

it('another value of a secret reaches its service, and the old one is collected later', () => {
  const lowered = lower(tier(2), running(tier(2)), inputs({ fingerprints: new Map([['DB_PASSWORD', 'ffffffffffff']]) }));
  const changed = makePlan({ target, wanted: lowered.wanted!, state: running(tier(2)), conduct: swarmConduct, secrets: {} });
  expect(steps(changed)).toEqual(['create secret/DB_PASSWORD-ffffffffffff', 'update service/database']);
});

it('a component goes with all that is its own, but its volumes, and the plan says where they are', () => {
  const alone: Deployment = {
    ...tier(2),
    services: [{ ...tier(2).services[0]!, networks: [], needs: [] }],
    networks: [],
    volumes: [],
    secrets: [],
    hostGroups: [tier(2).hostGroups[0]!],
  };
  const made = plan(alone, running(tier(2)));
  const less = steps(made);
  expect(less).toContain('remove service/database');
  expect(less).toContain('remove label/3/camelc.shop=Database');
  expect(less.indexOf('remove service/database')).toBeLessThan(less.indexOf('remove label/3/camelc.shop=Database'));
  expect(less.filter((step) => /volume|candidate/.test(step))).toEqual([]);
  expect(made.leftBehind).toMatchObject(['database-etc', 'database-rows'].map((name) => ({ name, component: 'Database', hosts: ['worker-3'] })));
});

it('data that may stay behind is told with the hosts that have it', () => {
  const large = { ...five, hosts: [...five.hosts, host('6', { candidate: 'large' })] };
  const first = running(tier(2), large);
  const elsewhere = shop({ replicas: 2 }, {}, { hostGroups: [hostGroup('Web', { number: 2 }), hostGroup('Database', { candidate: 'large' })] });
  const { wanted } = lower(elsewhere, first, inputs({ leaveData: ['Database'] }));
  const made = makePlan({ target, wanted: wanted!, state: first, conduct: swarmConduct, secrets: {} });
  expect(made.leftBehind).toMatchObject(['database-etc', 'database-rows'].map((name) => ({ name, component: 'Database', hosts: ['worker-3'] })));
  expect(plan(tier(3), first)).not.toHaveProperty('leftBehind');
});

it('a port waits until whoever has it on some host gives it up', () => {
  const ports = (mode: 'ingress' | 'host', published?: number) => [{ name: 'Http', target: 80, ...(published !== undefined && { published }), mode, why: '', from: [] }];
  const both = (web: ReturnType<typeof ports>, database: ReturnType<typeof ports>): Deployment => shop({ ports: web, needs: [] }, { ports: database });
  const after = (made: Plan, id: string): readonly string[] => made.steps.find((step) => step.id === id)!.after;
  const first = running(both(ports('ingress', 80), ports('host')));
  expect(after(plan(both(ports('host', 80), ports('host', 80)), first), 'service/database')).toContain('service/web');
  expect(after(plan(both(ports('host'), ports('host', 80)), first), 'service/database')).toContain('service/web');
  const second = running(both(ports('host', 80), ports('host')));
  expect(after(plan(both(ports('host'), ports('ingress', 80)), second), 'service/database')).toContain('service/web');
});

it('a communication that is called otherwise changes nothing that runs', () => {
  const join = (...communications: [name: string, ...services: string[]][]): Deployment =>
    shop(
      {},
      {},
      {
        hostGroups: [hostGroup('Web'), hostGroup('Api'), hostGroup('Database')],
        services: ['Web', 'Api', 'Database'].map((name) =>
          service(name, { networks: communications.flatMap(([network, ...its]) => (its.includes(name.toLowerCase()) ? [network] : [])) }),
        ),
        networks: communications.map(([name, ...services]) => ({ name, services, why: '', from: [] })),
        volumes: [],
        secrets: [],
        registries: [],
      },
    );
  const first = running(join(['a', 'web', 'api'], ['b', 'api', 'database']));
  expect(steps(plan(join(['c', 'web', 'api'], ['b', 'api', 'database']), first))).toEqual([]);
  expect(steps(plan(join(['b', 'web', 'api'], ['a', 'api', 'database']), first))).toEqual([]);
  // One more gets the name that is free, and keeps it.
  const more = join(['c', 'web', 'api'], ['b', 'api', 'database'], ['a', 'web', 'database']);
  expect(steps(plan(more, first)).filter((step) => step.includes('network'))).toEqual(['create network/a-2']);
  expect(steps(plan(more, running(more, first)))).toEqual([]);
  // Other ends are another network.
  expect(steps(plan(join(['c', 'web', 'database'], ['b', 'api', 'database']), first))).toEqual(
    expect.arrayContaining(['create network/c', 'update service/web', 'update service/api', 'update service/database', 'remove network/a']),
  );
});

it('a component that goes, or comes beside another, leaves that one alone', () => {
  const couple = (cores: number, ...components: string[]): Deployment =>
    shop(
      {},
      {},
      {
        hostGroups: [hostGroup(components.join('-'), { number: 2, components })],
        services: components.map((name) => service(name, { replicas: 2, resources: { cores }, placement: [{ hostGroup: components.join('-'), perHost: 1 }] })),
        networks: [],
        volumes: [],
        secrets: [],
        registries: [],
      },
    );
  const both = running(couple(0.5, 'Web', 'Log'));
  expect(steps(plan(couple(0.5, 'Web'), both))).toEqual(['remove service/log']);
  const alone = running(couple(0.5, 'Web'), both);
  expect(steps(plan(couple(0.5, 'Web', 'Cache'), alone))).toEqual(['create service/cache']);
  expect(steps(plan(couple(0.5, 'Web', 'Log'), alone))).toEqual(['create service/log']);

  // Where there is no room for both, or nothing stays, what goes goes first.
  const full = steps(plan(couple(1, 'Web', 'Cache'), running(couple(1, 'Web', 'Log'))));
  expect(full.indexOf('remove service/log')).toBeLessThan(full.indexOf('create service/cache'));
  const renamed = steps(plan(couple(2, 'Front'), running(couple(2, 'Web'))));
  expect(renamed.indexOf('remove service/web')).toBeLessThan(renamed.indexOf('create service/front'));
});

it('services that exchange full hosts wait for each other, and the plan says so', () => {
  const one = (web: string, api: string): Deployment =>
    shop(
      {},
      {},
      {
        placement: 'shared',
        hostGroups: [hostGroup('A'), hostGroup('B', { candidate: 'large' })],
        services: [
          service('Web', { placement: [{ hostGroup: web, perHost: 1 }], resources: { cores: 1.5 } }),
          service('Api', { placement: [{ hostGroup: api, perHost: 1 }], resources: { cores: 1.5 } }),
        ],
        networks: [],
        volumes: [],
        secrets: [],
        registries: [],
      },
    );
  const two = state([host('1', { candidate: 'small' }), host('2', { candidate: 'large' })]);
  const swap = plan(one('B', 'A'), running(one('A', 'B'), two));
  const order = steps(swap);
  expect(order.indexOf('remove label/1/camelc.shop.web=true')).toBeLessThan(order.indexOf('create label/1/camelc.shop.api=true'));
  expect(order.indexOf('remove label/2/camelc.shop.api=true')).toBeLessThan(order.indexOf('create label/2/camelc.shop.web=true'));
  expect(swap.changes.some(({ disruption }) => disruption.available === 0)).toBe(true);
});
