import type { Resource, Revision } from '@camelc/plan';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/connection/engine.js';
import { conflictsWith, readOthers } from '../../src/engine/others.js';

const place = (line: number) => ({ uri: 'shop.camel', range: { start: { line, character: 0 }, end: { line, character: 1 } } }) as unknown as Resource['from'][number];
const resource = (key: string, more: Partial<Resource> = {}): Resource => ({ key, kind: key.split('/')[0]!, name: key, spec: {}, needs: [], why: '', from: [place(1)], ...more });
const revision = (...resources: Resource[]): Revision => ({ formatVersion: 1, application: 'Shop', id: 'shop', worth: { cost: 0, currency: 'EUR' }, resources, solution: null });
const own = { 'com.docker.stack.namespace': 'shop' };

/** What is said of a revision where the swarm holds this. */
async function conflicts(wanted: Revision, holds: Record<string, readonly object[]>, removed: readonly string[] = []): Promise<string[]> {
  const engine = { ask: (path: string) => Promise.resolve(holds[path.slice(1)] ?? []) } as unknown as Engine;
  const found = await conflictsWith(await readOthers(engine, 'shop'), wanted, removed, engine);
  return found.map(({ code, message, place: at }) => `${code} ${at?.range.start.line}: ${message}`);
}

it('names that somebody else has are told where the model asks for them', async () => {
  const wanted = revision(resource('service/web'), resource('network/back'), resource('config/web.conf-0123'), resource('secret/KEY-0123'), resource('volume/rows'));
  const named = (Name: string, Labels?: object): object => ({ Spec: { Name, Labels } });
  const theirs = {
    services: [named('shop_web'), named('shop_log')],
    networks: [{ Name: 'shop_back', Labels: null }],
    configs: [named('shop_web.conf-0123', { ...own, 'com.docker.stack.namespace': 'other' })],
    secrets: [named('shop_KEY-0123')],
  };
  expect(await conflicts(wanted, theirs)).toEqual(
    ['service `shop_web`', 'network `shop_back`', 'config `shop_web.conf-0123`', 'secret `shop_KEY-0123`'].map(
      (what) => `engine/name-taken 1: there is a ${what} in the swarm already that does not belong to the application`,
    ),
  );
  const ours = { services: [named('shop_web', own)], networks: [{ Name: 'shop_back', Labels: own }], configs: [named('shop_web.conf-0123', own)] };
  expect(await conflicts(wanted, ours)).toEqual([]);
});

it('networks that somebody else’s service uses are told where they go', async () => {
  const networks = ['back', 'front', 'log'].map((name) => ({ Id: `${name}-id`, Name: `shop_${name}`, Labels: own }));
  const uses = (Name: string, Target: string, Labels?: object): object => ({ ID: Name, Spec: { Name, Labels, TaskTemplate: { Networks: [{ Target }] } } });
  const services = [uses('debug', 'back-id'), uses('old', 'shop_log'), uses('shop_web', 'front-id', own)];
  const found = await conflicts(revision(resource('network/back'), resource('network/front')), { networks, services }, ['network/back', 'network/front', 'network/log']);
  expect(found).toEqual([
    'engine/network-used 1: the service `debug`, which does not belong to the application, uses the network `shop_back`, which has to go',
    'engine/network-used undefined: the service `old`, which does not belong to the application, uses the network `shop_log`, which has to go',
  ]);
});

it.each<[string, string[], object, string[], string[]?]>([
  ['in ingress mode', ['port/80/tcp'], { PublishMode: 'ingress' }, ['']],
  ['in ingress mode, where the other is on some hosts', ['port/80/tcp'], { PublishMode: 'host' }, [' on a host that the plan uses']],
  ['in host mode, where the other is everywhere', ['port/80/tcp/a'], {}, ['']],
  ['in host mode, on a host of both', ['port/80/tcp/a', 'port/80/tcp/b'], { PublishMode: 'host' }, [' on a host that the plan uses']],
  ['in host mode, on other hosts', ['port/80/tcp/c'], { PublishMode: 'host' }, []],
  ['whose hosts are missing', ['port/80/tcp'], { PublishMode: 'host' }, [], ['network/back']],
  ['of another protocol', ['port/80/udp'], {}, []],
])('ports that somebody else publishes are told: %s', async (_, takes, port, told, needs = ['label/a/x']) => {
  const web = resource('service/web', { needs, takes: ['a/camelc.shop', ...takes], reasons: [{ pointer: '/ports/80:8080~1tcp', why: '', from: [place(7)] }] });
  const proxy = { ID: 'p', Spec: { Name: 'proxy', EndpointSpec: { Ports: [{ PublishedPort: 80, TargetPort: 80, Protocol: 'tcp', ...port }] } } };
  const mine = { ID: 'w', Spec: { ...proxy.Spec, Name: 'shop_web', Labels: own } };
  const tasks = ['a', 'b'].map((NodeID) => ({ ServiceID: 'p', NodeID }));
  expect(await conflicts(revision(web), { services: [proxy, mine], tasks })).toEqual(
    told.map((where) => `engine/port-taken 7: the service \`proxy\`, which does not belong to the application, publishes port 80/tcp${where}`),
  );
});
