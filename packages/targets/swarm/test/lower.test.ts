import { describe, expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import type { Resource, RunningState } from '@camelc/plan';
import { checkMoves } from '../src/data.js';
import { lower, type LowerInputs } from '../src/lower.js';
import { denormaliseService } from '../src/normal/denormalise.js';
import { normaliseService } from '../src/normal/normalise.js';
import type { ServiceForm } from '../src/normal/service-form.js';
import { hostGroup, service, shop } from './fixtures.js';
import { applied, host, inputs, state } from './states.js';

const three = (): RunningState => state(['1', '2', '3'].map((id) => host(id)));

function resources(deployment: Deployment, from = three(), more: Partial<LowerInputs> = {}): Map<string, Resource> {
  const { wanted, diagnostics } = lower(deployment, from, inputs(more));
  expect(diagnostics).toEqual([]);
  return new Map(wanted!.revision.resources.map((one) => [one.key, one]));
}
const form = (of: Map<string, Resource>, name: string): ServiceForm => of.get(`service/${name}`)!.spec as ServiceForm;

describe('a deployment', () => {
  it('comes to services, networks, volumes, secrets and labels of hosts', () => {
    const all = resources(shop());
    expect([...all.keys()].sort()).toEqual([
      'candidate/1',
      'candidate/2',
      'candidate/3',
      'label/1/camelc.shop=Web',
      'label/2/camelc.shop=Web',
      'label/3/camelc.shop=Database',
      'network/webtodatabase',
      'secret/DB_PASSWORD-0123456789ab',
      'service/database',
      'service/web',
      'volume/database-etc',
      'volume/database-rows',
    ]);
    expect(all.get('secret/DB_PASSWORD-0123456789ab')).toMatchObject({
      name: 'DB_PASSWORD',
      spec: { labels: { 'camelc.application': 'Shop', 'camelc.secret': 'DB_PASSWORD', 'com.docker.stack.namespace': 'shop' } },
    });
    expect(all.get('label/3/camelc.shop=Database')).toMatchObject({
      name: 'worker-3 camelc.shop=Database',
      spec: { node: '3', label: 'camelc.shop', value: 'Database' },
      takes: ['3/camelc.shop'],
    });
  });

  it('has services in their normal form', () => {
    const all = resources(shop());
    for (const name of ['web', 'database']) {
      const none = { networks: new Map(), secrets: new Map(), configs: new Map() };
      expect(normaliseService(denormaliseService(form(all, name), name, none), new Map())).toEqual(form(all, name));
    }
    expect(form(all, 'database')).toEqual({
      image: 'shop/database:1',
      environment: { PASSWORD_FILE: '/run/secrets/PASSWORD' },
      mode: 'replicated',
      replicas: 1,
      endpointMode: 'vip',
      networks: { shop_webtodatabase: { aliases: ['database'] } },
      mounts: {
        '/etc/db': { type: 'volume', source: 'shop_database-etc', readOnly: true, labels: { 'com.docker.stack.namespace': 'shop' } },
        '/rows': { type: 'volume', source: 'shop_database-rows', labels: { 'com.docker.stack.namespace': 'shop' } },
      },
      secrets: { '/run/secrets/PASSWORD': { source: 'shop_DB_PASSWORD-0123456789ab' } },
      reservations: { cpus: 1, memory: '512M' },
      constraints: ['node.labels.camelc.shop == Database'],
      maxReplicasPerNode: 1,
      restart: { condition: 'any', delay: '5s' },
      update: { parallelism: 1, delay: '0s', failureAction: 'rollback', monitor: '5s', maxFailureRatio: 0, order: 'stop-first' },
      rollback: { parallelism: 1, delay: '0s', failureAction: 'pause', monitor: '5s', maxFailureRatio: 0, order: 'stop-first' },
      labels: {
        'camelc.application': 'Shop',
        'camelc.component': 'Database',
        'com.docker.stack.image': 'shop/database:1',
        'com.docker.stack.namespace': 'shop',
      },
      containerLabels: { 'com.docker.stack.namespace': 'shop' },
    });
  });

  it('says what its services need and take', () => {
    const all = resources(shop());
    expect(all.get('service/web')).toMatchObject({
      needs: ['network/webtodatabase', 'label/1/camelc.shop=Web', 'label/2/camelc.shop=Web', 'service/database'],
      takes: ['port/8080/tcp'],
      component: 'Web',
    });
    expect(all.get('service/database')!.needs).toEqual(['network/webtodatabase', 'secret/DB_PASSWORD-0123456789ab', 'label/3/camelc.shop=Database']);
    const ports = [{ name: 'Http', target: 80, published: 8080, mode: 'host' as const, why: '', from: [] }];
    expect(resources(shop({ ports })).get('service/web')!.takes).toEqual(['port/8080/tcp/1', 'port/8080/tcp/2']);
  });

  it('says why of what can change by itself', () => {
    const { reasons } = resources(shop()).get('service/web')!;
    const why = Object.fromEntries(reasons!.map((reason) => [reason.pointer, reason.why]));
    expect(why['/image']).toBe('the image of Web is that of WebContainer');
    expect(why['/environment/PUBLIC_Db']).toBe('given');
    expect(why['/ports/8080:8080~1tcp']).toBe('for the world');
    expect(why['/constraints']).toContain('camelc.shop=Web');
  });

  it('pins images where their digests are known, and keeps the one that runs where they are not', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const first = lower(shop(), three(), inputs({ digests: new Map([['shop/web:1', digest]]) })).wanted!;
    const now = applied('shop', first, three());
    const next = resources(shop(), now);
    expect(form(next, 'web').image).toBe(`shop/web:1@${digest}`);
    expect(form(next, 'database').image).toBe('shop/database:1');
    expect(form(resources(shop({ image: 'shop/web:2' }), now), 'web').image).toBe('shop/web:2');
  });

  it('names the login of a registry, and keeps a secret that cannot be compared', () => {
    const now = applied('shop', lower(shop(), three(), inputs()).wanted!, three());
    const next = resources(shop({ image: 'registry.example.com:443/shop/web:1' }), now, { fingerprints: new Map() });
    expect(form(next, 'web').labels).toMatchObject({ 'camelc.registry.user': 'DOCKER_USER', 'camelc.registry.password': 'DOCKER_PASSWORD' });
    expect(form(next, 'database').labels).not.toHaveProperty('camelc.registry.user');
    expect([...next.keys()]).toContain('secret/DB_PASSWORD-0123456789ab');
  });

  it('gives services without communication the default network of a stack', () => {
    const all = resources(shop({ networks: [] }));
    expect(form(all, 'web').networks).toEqual({ shop_default: { aliases: ['web'] } });
    expect(all.get('network/default')!.spec).toEqual({ driver: 'overlay' });
  });

  it('comes to the same again when it has been carried out', () => {
    for (const placement of ['dedicated', 'shared'] as const) {
      const first = lower(shop({}, {}, { placement }), three(), inputs()).wanted!;
      expect(lower(shop({}, {}, { placement }), applied('shop', first, three()), inputs()).wanted).toEqual(first);
    }
  });

  it('waits for the place of what leaves a host that has no room for both', () => {
    const groups = (a: string[], b: string[]) => [hostGroup('A', { components: a }), hostGroup('B', { components: b })];
    const parts = (web: string, api: string, cores: number) => [
      service('Web', { placement: [{ hostGroup: web, perHost: 1 }], resources: { cores } }),
      service('Api', { placement: [{ hostGroup: api, perHost: 1 }], resources: { cores } }),
      service('Log', { placement: [{ hostGroup: 'A', perHost: 1 }], resources: { cores: 0.1 } }),
    ];
    const deployment = (web: string, api: string, cores: number): Deployment =>
      shop({}, {}, { placement: 'shared', hostGroups: groups(['Web', 'Log'], ['Api']), services: parts(web, api, cores), networks: [], volumes: [], secrets: [], registries: [] });
    const two = state([host('1'), host('2')]);
    const takes = (cores: number) => {
      const now = applied('shop', lower(deployment('A', 'B', cores), two, inputs()).wanted!, two);
      return resources(deployment('B', 'A', cores), now).get('label/1/camelc.shop.api=true')!.takes;
    };
    expect(takes(0.5)).toEqual(['1/camelc.shop.api']);
    expect(takes(1.5)).toEqual(['1/camelc.shop.api', '1/camelc.shop.web']);
  });
});

describe('data', () => {
  const codes = (deployment: Deployment, now: RunningState, more: Partial<LowerInputs> = {}): string[] => {
    const { wanted, diagnostics } = lower(deployment, now, inputs(more));
    expect(wanted === undefined).toBe(diagnostics.length > 0);
    return diagnostics.map(({ code, message }) => `${code}: ${message}`);
  };
  const running = (deployment = shop()): RunningState => applied('shop', lower(deployment, three(), inputs()).wanted!, three());
  const bigger = (): Deployment => shop({}, {}, { hostGroups: [shop().hostGroups[0]!, hostGroup('Database', { candidate: 'large' })] });

  it('stays where it is, unless its component may leave it', () => {
    const large = (now: RunningState): RunningState => ({ ...now, hosts: [...now.hosts, host('4', { candidate: 'large' })] });
    expect(codes(bigger(), large(running()))).toEqual(
      ['database-rows', 'database-etc'].map(
        (volume) => `plan/data-left-behind: the volume ${volume} of Database is on worker-3, which would no longer carry Database: its data would be left behind`,
      ),
    );
    expect(codes(bigger(), large(running()), { leaveData: ['Database'] })).toEqual([]);
    const { wanted } = lower(bigger(), large(running()), inputs({ leaveData: ['Database'] }));
    expect(wanted!.revision.resources.map(({ key }) => key)).toContain('label/4/camelc.shop=Database');
  });

  it('is not given up for a component that has none', () => {
    const help = (...leaveData: string[]) => lower(shop(), running(), inputs({ leaveData })).diagnostics.map((one) => `${one.code}: ${one.help}`);
    expect(help('Databse')).toEqual(['plan/leave-data: did you mean `Database`? components that must stay where they are: `Database`']);
    expect(help('Database', 'Web')).toEqual(['plan/leave-data: components that must stay where they are: `Database`']);
    expect(lower(shop(), three(), inputs({ leaveData: ['Database'] })).wanted).toBeDefined();
    const unmoveable = shop({ unmoveable: true, volumes: [] }, { volumes: [] }, { volumes: [] });
    expect(lower(unmoveable, three(), inputs({ leaveData: ['Web'] })).wanted).toBeDefined();
    // Of what runs, also where it is not wanted any more.
    expect(checkMoves(running(), lower(unmoveable, three(), inputs()).wanted!.revision, ['Database', 'Web'])).toEqual([]);
  });

  it('stays where it is in a rollback, too', () => {
    const first = lower(shop(), three(), inputs()).wanted!;
    const large = { ...running(), hosts: [...running().hosts, host('4', { candidate: 'large' })] };
    const moved = applied('shop', lower(bigger(), large, inputs({ leaveData: ['Database'] })).wanted!, large);
    expect(checkMoves(moved, first.revision, []).map(({ message }) => message)).toEqual([
      expect.stringContaining('database-rows of Database is on worker-4'),
      expect.stringContaining('database-etc of Database is on worker-4'),
    ]);
    expect(checkMoves(moved, first.revision, ['Database'])).toEqual([]);
    expect(checkMoves(running(), first.revision, [])).toEqual([]);
  });

  it('is not left behind by a host that takes no work for now', () => {
    const now = running();
    const down = { ...now, hosts: [...now.hosts.slice(0, 2), { ...now.hosts[2]!, ready: false }, host('4', { candidate: "eu west's" })] };
    expect(codes(shop(), down)[0]).toContain('is on worker-3, which takes no work');
  });

  it('may stay when its component goes for good, or asks for no volume any more', () => {
    const alone = shop({ needs: [], networks: [] }, {}, { hostGroups: [shop().hostGroups[0]!], networks: [], volumes: [], secrets: [] });
    expect(codes({ ...alone, services: [alone.services[0]!] }, running())).toEqual([]);
  });

  it('keeps its host when the group is called otherwise', () => {
    const renamed = shop(
      { placement: [{ hostGroup: 'Front', perHost: 1 }] },
      { placement: [{ hostGroup: 'Store', perHost: 1 }] },
      { hostGroups: [hostGroup('Front', { number: 2 }), hostGroup('Store', { candidate: "eu west's" })] },
    );
    const now = running();
    const others = { ...now, hosts: [...now.hosts, host('0', { candidate: 'small' })] };
    expect([...resources(renamed, others).keys()].filter((key) => key.startsWith('label'))).toEqual([
      'label/1/camelc.shop=Web',
      'label/2/camelc.shop=Web',
      'label/3/camelc.shop=Database',
    ]);
  });

  it('is as safe with components that must not move', () => {
    const fixed = (replicas: number): Deployment => shop({ unmoveable: true, replicas }, {}, { hostGroups: [hostGroup('Web', { number: replicas }), shop().hostGroups[1]!] });
    const now = running(fixed(2));
    const away = { ...now, hosts: now.hosts.map((one) => (one.id === '1' ? { ...one, ready: false } : one)) };
    const refused = ['plan/unmoveable-host: Web is annotated as unmoveable, and would have to leave worker-1, which takes no work'];
    expect(codes(fixed(2), { ...away, hosts: [...away.hosts, host('4')] })).toEqual(refused);
    expect(codes(fixed(2), away)).toEqual(refused);
    expect(codes(fixed(1), now)).toEqual([]);
  });
});
