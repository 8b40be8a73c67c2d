import { apply, type Json, type Plan, type Resource } from '@camelc/plan';
import { expect, test } from 'vitest';
import { held, planFor, resource, secrets } from './fixtures.ts';
import { MemoryTarget } from './memory-target.ts';

const label = (node: string, group: string): Resource => resource(`label/${node}=${group}`, { node, group }, [], { name: node, takes: [`host ${node}`] });
const web = (replicas: number, nodes: string[], more: object = {}, needs: string[] = []): Resource =>
  resource(`service/web`, { image: 'web:1', replicas, hosted: true, ...more }, [...nodes.map((node) => `label/${node}=web`), ...needs]);
const config = (hash: string): Resource => resource(`config/conf-${hash}`, { data: hash }, [], { name: 'conf' });

async function running(...resources: Resource[]): Promise<MemoryTarget> {
  const target = new MemoryTarget();
  await apply(await planFor(target, ...resources), target, { secrets });
  return target;
}

/** `update service/web 2→3 after label/c=web`. */
const shown = ({ steps }: Plan): string[] =>
  steps.map(({ action, id, before, wanted, after }) => {
    const [from, to] = [before, wanted].map((spec) => (spec as { replicas?: number } | undefined)?.replicas);
    return `${action} ${id}${from === undefined || to === undefined ? '' : ` ${from}→${to}`}${after.length ? ` after ${after.join(', ')}` : ''}`;
  });

test('what is needed comes first, and goes last', async () => {
  const shop = [
    resource('service/web', { image: 'web:1' }, ['service/db', 'network/shop']),
    resource('service/db', { image: 'db:1' }, ['network/shop', 'secret/password']),
    resource('secret/password'),
    resource('network/shop'),
  ];
  const target = new MemoryTarget();
  expect(shown(await planFor(target, ...shop))).toEqual([
    'create network/shop',
    'create secret/password',
    'create service/db after network/shop, secret/password',
    'create service/web after network/shop, service/db',
  ]);
  const down = await running(...shop);
  expect(shown(await planFor(down, resource('network/other')))).toEqual([
    'create network/other',
    'remove service/web after network/other',
    'remove service/db after service/web',
    'remove network/shop after service/db, service/web',
  ]);
});

test('what needs something no more is changed before that', async () => {
  const shop = (image: string, ...needs: string[]): Resource[] => [
    resource('service/web', { needs }, needs),
    resource('service/a', { image }, []),
    resource(
      'service/b',
      { image },
      ['service/web'].filter(() => needs.length === 0),
    ),
  ];
  const target = await running(...shop('1', 'service/a', 'service/b'));
  expect(shown(await planFor(target, ...shop('2', 'service/b')))).toEqual(['update service/b', 'update service/web after service/b', 'update service/a after service/web']);
  expect(shown(await planFor(target, ...shop('2')))).toEqual(['update service/web', 'update service/a after service/web', 'update service/b after service/web']);
});

test('a service moves to another host in two steps, with the label in between', async () => {
  const target = await running(label('a', 'web'), label('b', 'web'), web(2, ['a', 'b']));
  const plan = await planFor(target, label('b', 'web'), label('c', 'web'), web(2, ['b', 'c']));
  expect(shown(plan)).toEqual([
    'create label/c=web',
    'update service/web 2→3 after label/c=web',
    'remove label/a=web after service/web',
    'update service/web#2 3→2 after label/a=web, service/web',
  ]);
  expect(plan.changes).toMatchObject([
    { action: 'remove', name: 'a' },
    { action: 'create', name: 'c' },
    { action: 'update', name: 'web', cause: 'follows', parts: [], why: 'follows c', disruption: { kind: 'migrate', available: 2, of: 2 } },
  ]);
});

test('scaling in, a host goes before its replica', async () => {
  const target = await running(label('a', 'web'), label('b', 'web'), web(2, ['a', 'b']));
  expect(shown(await planFor(target, label('b', 'web'), web(1, ['b'])))).toEqual(['remove label/a=web', 'update service/web 2→1 after label/a=web']);
});

test('scaling out, a host comes before its replica', async () => {
  const target = await running(label('a', 'web'), web(1, ['a']));
  expect(shown(await planFor(target, label('a', 'web'), label('b', 'web'), web(2, ['a', 'b'])))).toEqual(['create label/b=web', 'update service/web 1→2 after label/b=web']);
});

test('components that share hosts move together', async () => {
  const api = (nodes: string[]): Resource => resource('service/api', { replicas: 1, hosted: true }, [...nodes.map((node) => `label/${node}=web`), 'service/web']);
  const target = await running(label('a', 'web'), web(1, ['a']), api(['a']));
  const plan = await planFor(target, label('b', 'web'), web(1, ['b']), api(['b']));
  expect(shown(plan)).toEqual([
    'create label/b=web',
    'update service/web 1→2 after label/b=web',
    'update service/api 1→2 after label/b=web, service/web',
    'remove label/a=web after service/api, service/web',
    'update service/api#2 2→1 after label/a=web, service/api',
    'update service/web#2 2→1 after label/a=web, service/web',
  ]);
});

test('services that exchange their hosts cannot both go on: the plan says which one is interrupted', async () => {
  const db = (node: string): Resource => resource('service/db', { replicas: 1, hosted: true }, [`label/${node}=db`]);
  const target = await running(label('a', 'web'), label('b', 'db'), web(1, ['a']), db('b'));
  const plan = await planFor(target, label('b', 'web'), label('a', 'db'), web(1, ['b']), db('a'));
  const serving = plan.changes.filter(({ kind }) => kind === 'service').map(({ name, disruption }) => [name, disruption.available]);
  expect(serving.toSorted()).toEqual([
    ['db', 1],
    ['web', 0],
  ]);
  expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'done' });
});

test('who has a port goes when all else is there that its next holder needs', async () => {
  const front = (name: string): Resource => resource(`service/${name}`, {}, [`secret/${name}`], { takes: ['port 443'] });
  const target = await running(resource('secret/old'), front('old'));
  expect(shown(await planFor(target, resource('secret/new'), front('new')))).toEqual([
    'create secret/new',
    'remove service/old after secret/new',
    'create service/new after secret/new, service/old',
  ]);
});

test('a port goes before another service takes it', async () => {
  const front = (name: string): Resource => resource(`service/${name}`, {}, [], { takes: ['port 443'] });
  const target = await running(front('old'));
  expect(shown(await planFor(target, front('new')))).toEqual(['remove service/old', 'create service/new after service/old']);
});

test('a port of all hosts goes before it is taken on one, and the other way round', async () => {
  const on = (name: string, ...takes: string[]): Resource => resource(`service/${name}`, { takes }, [], { takes });
  const everywhere = await running(on('a', 'port/80'), on('b'));
  expect(shown(await planFor(everywhere, on('a', 'port/80/n1'), on('b', 'port/80/n2')))).toEqual(['update service/a', 'update service/b after service/a']);
  const inPlace = await running(on('a'), on('b', 'port/80/n1', 'port/8080'), on('c', 'port/80/n2'));
  expect(shown(await planFor(inPlace, on('a', 'port/80'), on('b', 'port/8080'), on('d', 'port/808')))).toEqual([
    'update service/b',
    'create service/d',
    'remove service/c',
    'update service/a after service/b, service/c',
  ]);
});

test('of two services that exchange their ports, one is made anew', async () => {
  const on = (name: string, port: number): Resource => resource(`service/${name}`, { port }, [], { takes: [`port ${port}`] });
  const target = await running(on('a', 80), on('b', 81));
  const plan = await planFor(target, on('a', 81), on('b', 80));
  expect(shown(plan)).toEqual(['remove service/a', 'update service/b after service/a', 'create service/a#2 after service/a, service/b']);
  expect(plan.changes.map(({ name, disruption }) => [name, disruption.kind])).toEqual([
    ['a', 'recreate'],
    ['b', 'rolling'],
  ]);
});

test('what cannot go while it is needed takes along what needs it, and nothing else', async () => {
  const network = resource('network/net', { mode: 'overlay' });
  const wanted = [network, resource('service/a', {}, ['network/net']), resource('service/b', {}, ['network/net', 'service/a']), resource('service/c', {}, ['service/b'])];
  const target = await running(...wanted);
  target.byHand('network/net', { mode: 'bridge' });
  const plan = await planFor(target, ...wanted);
  expect(shown(plan)).toEqual([
    'remove service/b',
    'remove service/a after service/b',
    'remove network/net after service/a, service/b',
    'create network/net#2 after network/net',
    'create service/a#2 after network/net#2, service/a',
    'create service/b#2 after network/net#2, service/a#2, service/b',
  ]);
  expect(plan.changes.map(({ name, cause, disruption, why }) => [name, cause, disruption.kind, disruption.available, why])).toEqual([
    ['net', 'drift', 'none', undefined, 'network/net is wanted'],
    ['a', 'follows', 'recreate', 0, 'follows net'],
    ['b', 'follows', 'recreate', 0, 'follows net'],
  ]);
  target.turns.failure = ({ key, action }) => (key === 'service/b' && action === 'create' && target.journal?.undoing === false ? 'ill' : undefined);
  expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
  expect(held(target)['network/net']).toEqual({ mode: 'bridge' });
  target.turns = {};
  expect(await apply(await planFor(target, ...wanted), target, { secrets })).toMatchObject({ kind: 'done' });
  expect((await planFor(target, ...wanted)).steps).toEqual([]);

  // What leaves it, or comes to it, only waits.
  target.byHand('network/net', { mode: 'bridge' });
  const left = await planFor(
    target,
    network,
    resource('service/a', { alone: 1 }),
    resource('service/b', {}, ['network/net', 'service/a']),
    resource('service/c', { too: 1 }, ['network/net', 'service/b']),
  );
  expect(left.steps.filter(({ kind }) => kind === 'service').map(({ id, action }) => `${action} ${id}`)).toEqual([
    'update service/a',
    'remove service/b',
    'create service/b#2',
    'update service/c',
  ]);
});

test('services that need each other are made all the same', async () => {
  const target = new MemoryTarget();
  const plan = await planFor(target, resource('service/a', {}, ['service/b']), resource('service/b', {}, ['service/a']));
  expect(plan.steps).toHaveLength(2);
  expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'done' });
});

test('what has a hash in its name is one thing to people, and what needs it follows', async () => {
  const service = (hash: string, image = 'web:1'): Resource => resource('service/web', { image, config: `shop_conf-${hash}` }, [`config/conf-${hash}`]);
  const target = await running(config('111'), service('111'));
  const plan = await planFor(target, config('222'), service('222'));
  expect(shown(plan)).toEqual(['create config/conf-222', 'update service/web after config/conf-222']);
  expect(plan.changes).toMatchObject([
    { action: 'update', key: 'config/conf-222', name: 'conf', cause: 'model', parts: [{ pointer: '/data', before: '111', wanted: '222' }] },
    { action: 'update', name: 'web', cause: 'follows', why: 'follows conf', parts: [{ pointer: '/config' }] },
  ]);
  expect((await planFor(target, config('222'), service('222', 'web:2'))).changes).toMatchObject([{ cause: 'model' }, { name: 'web', cause: 'model' }]);
  await apply(plan, target, { secrets });
  const back = await planFor(target, config('111'), service('111'));
  expect(shown(back)).toEqual(['update service/web']);
  expect(back.changes).toMatchObject([
    { action: 'update', key: 'config/conf-111', name: 'conf', parts: [{ before: '222', wanted: '111' }] },
    { name: 'web', cause: 'follows' },
  ]);
});

test('what is collected goes when none of the last ten revisions names it', async () => {
  const service = (hash: number): Resource[] => [config(`${hash}`), resource('service/web', { config: `conf-${hash}` }, [`config/conf-${hash}`])];
  const target = await running(...service(0));
  for (let i = 1; i < 10; i++) {
    const plan = await planFor(target, ...service(i));
    expect(shown(plan)).toEqual([`create config/conf-${i}`, `update service/web after config/conf-${i}`]);
    await apply(plan, target, { secrets });
  }
  const plan = await planFor(target, ...service(10));
  expect(shown(plan)).toEqual(['create config/conf-10', 'update service/web after config/conf-10', 'remove config/conf-0 after service/web']);
  expect(plan.steps.at(-1)).toMatchObject({ undone: false });
  expect(plan.changes.map(({ action, name }) => `${action} ${name}`)).toEqual(['update conf', 'update web']);
  await apply(plan, target, { secrets });
  expect((await planFor(target, ...service(10))).steps).toEqual([]);
  target.byHand('config/left-behind', {});
  expect(shown(await planFor(target, ...service(10)))).toEqual(['remove config/conf-1', 'remove config/left-behind']);
});

test('what holds data stays, and is not changed', async () => {
  const target = await running(resource('volume/data', { size: 1 }), resource('service/db', {}, ['volume/data']));
  expect(shown(await planFor(target))).toEqual(['remove service/db']);
  const plan = await planFor(target, resource('volume/data', { size: 2 }), resource('service/db', { image: 'db:2' }, ['volume/data']));
  expect(shown(plan)).toEqual(['update service/db']);
  expect(plan.unchanged).toEqual({ volume: 1 });
});

test('data that nothing wanted uses any more stays where it is, and is told', async () => {
  const data = (name: string, component: string): Resource[] => [
    label('a', name),
    resource(`volume/${name}-rows`, {}, [], { component }),
    resource(`service/${name}`, { hosted: true }, [`volume/${name}-rows`, `label/a=${name}`], { component }),
  ];
  const target = await running(...data('db', 'Db'));
  expect(await planFor(target, ...data('db', 'Db'))).not.toHaveProperty('leftBehind');
  const left = [{ key: 'volume/db-rows', kind: 'volume', name: 'db-rows', component: 'Db', hosts: ['a'] }];
  // Removed, called otherwise, and without the volume.
  for (const wanted of [[web(1, [])], data('database', 'Database'), [label('a', 'db'), resource('service/db', { hosted: true }, ['label/a=db'])]])
    expect((await planFor(target, ...wanted)).leftBehind).toEqual(left);
});

test('what is kept for others is nothing that stays unchanged', async () => {
  const target = await running(resource('volume/data'), resource('service/db', {}, ['volume/data']));
  target.byHand('volume/of-others', {});
  const plan = await planFor(target, resource('volume/data'), resource('service/db', {}, ['volume/data']), resource('service/web'));
  expect(plan.unchanged).toEqual({ service: 1, volume: 1 });
});

test('what somebody changed is told from what is wanted otherwise', async () => {
  const target = await running(resource('service/a', { image: '1', env: 'x' }), resource('service/b', { image: '1' }), resource('service/c'));
  target.byHand('service/a', { image: '1', env: 'hand' });
  target.byHand('service/b', { image: 'hand' });
  target.byHand('service/c');
  target.byHand('service/d', {});
  const plan = await planFor(target, resource('service/a', { image: '2', env: 'x' }), resource('service/b', { image: '1' }), resource('service/c'));
  expect(plan.changes).toMatchObject([
    { action: 'update', name: 'a', cause: 'model', parts: [{ pointer: '/env' }, { pointer: '/image' }], drift: [{ pointer: '/env', before: 'hand', wanted: 'x' }] },
    { action: 'update', name: 'b', cause: 'drift', drift: [{ pointer: '/image', before: 'hand', wanted: '1' }] },
    { action: 'create', name: 'c', cause: 'drift' },
    { action: 'remove', name: 'd', cause: 'drift' },
  ]);
});

test('without a record, what runs as wanted needs nothing', async () => {
  const target = new MemoryTarget();
  target.byHand('service/web', { image: '1' });
  const plan = await planFor(target, resource('service/web', { image: '1' }));
  expect({ steps: plan.steps, changes: plan.changes, unchanged: plan.unchanged }).toEqual({ steps: [], changes: [], unchanged: { service: 1 } });
  expect(await apply(plan, target, { secrets })).toEqual({ kind: 'done', revision: 1, left: [] });
  expect(target.revisions).toHaveLength(1);
});

test('a changed part has its own reason', async () => {
  const place = { file: 'shop.camel', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } } };
  const service = (replicas: number, memory: number): Resource =>
    resource('service/web', { replicas, resources: { memory, cores: 1 } }, [], {
      reasons: [
        { pointer: '/resources', why: 'its requirements say so', from: [] },
        { pointer: '/resources/memory', why: 'Ram asks for it', from: [place] },
        { pointer: '/replicas', why: 'Few allows it', from: [place] },
      ],
    });
  const target = await running(service(1, 1));
  expect((await planFor(target, service(1, 2))).changes).toMatchObject([{ why: 'Ram asks for it', from: [place] }]);
  expect((await planFor(target, service(2, 2))).changes).toMatchObject([{ why: 'Few allows it; Ram asks for it', from: [place] }]);
});

test('a host in the place of one that is gone is waited for', async () => {
  const target = await running(label('a', 'web'), web(1, ['a']));
  target.byHand('label/a=web');
  const plan = await planFor(target, label('b', 'web'), web(1, ['b']));
  expect(shown(plan)).toEqual(['create label/b=web', 'update service/web 1→1 after label/b=web']);
  expect(plan.changes.map(({ key }) => key)).toEqual(['label/b=web']);
});

test('a bridge knows on how many of the hosts that are left nothing runs', async () => {
  const target = await running(label('a', 'web'), label('b', 'web'), web(2, ['a', 'b']));
  target.resources.get('label/b=web')!.idle = true;
  const asked: unknown[] = [];
  const conduct = { ...target.conduct, bridge: (_kind: string, _before: unknown, wanted: Json, hosts: unknown) => (asked.push(hosts), wanted) };
  await planFor(Object.assign(target, { conduct }), label('c', 'web'), label('d', 'web'), web(2, ['c', 'd']));
  expect(asked).toContainEqual({ gained: 2, lost: 2, idle: 1 });
});

test('a service that only needs to stand elsewhere is up there first, where it has no bridge', async () => {
  const everywhere = (node: string): Resource => resource('service/agent', { mode: 'global' }, [`label/${node}=web`]);
  const target = await running(label('a', 'web'), everywhere('a'));
  const conduct = { ...target.conduct, bridge: (_kind: string, _before: unknown, wanted: Json) => wanted };
  const plan = await planFor(Object.assign(target, { conduct }), label('b', 'web'), everywhere('b'));
  expect(shown(plan)).toEqual([
    'create label/b=web',
    'update service/agent after label/b=web',
    'remove label/a=web after service/agent',
    'update service/agent#2 after label/a=web, service/agent',
  ]);
});
