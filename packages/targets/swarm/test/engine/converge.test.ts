import { expect, it } from 'vitest';
import type { EngineNode, EngineTaskState } from '../../src/engine/api.js';
import { converge } from '../../src/engine/steps/converge.js';
import { lackOfHosts } from '../../src/engine/steps/failure.js';
import type { Work } from '../../src/engine/steps/work.js';
import { denormaliseService } from '../../src/normal/denormalise.js';
import { normaliseService } from '../../src/normal/normalise.js';
import type { ServiceForm } from '../../src/normal/service-form.js';

it('says at last that all are healthy', async () => {
  const two = { image: 'shop/web:1', mode: 'replicated', replicas: 2, healthCheck: { test: ['CMD', 'look'] } } as ServiceForm;
  const Spec = denormaliseService(two, 'shop_web', { networks: new Map(), secrets: new Map(), configs: new Map() });
  const task = (ID: string, State: string): object => ({ ID, DesiredState: 'running', CreatedAt: '', UpdatedAt: '', Status: { State } });
  const said: string[] = [];
  let looks = 0;
  const engine = {
    now: () => 0,
    find: () => Promise.resolve({ ID: 's', Spec }),
    ask: () => Promise.resolve([task('1', 'running'), task('2', looks > 0 ? 'running' : 'starting')]),
  };
  const work = { engine, name: 'shop_web', context: { timeout: 5 }, isLate: false, say: (text: string) => said.push(text), pause: () => Promise.resolve(looks++) };
  await converge(work as unknown as Work, normaliseService(Spec, new Map()), new Map());
  expect(said).toEqual(['1/2 healthy', '2/2 healthy']);
});

it.each<[string, Record<string, string>, number, string | undefined]>([
  ['are drained', { b: 'drain' }, 2, 'its hosts can carry 1 of 2 tasks: b takes no tasks (it is drained; `docker node update --availability active`)'],
  ['are down, and may come back', { a: 'down', b: 'down' }, 2, undefined],
  ['left the swarm', { c: 'active' }, 4, 'its hosts can carry 3 of 4 tasks: no suitable node'],
  ['are there, but full', {}, 2, undefined],
  ['are just being heard of, after a start of the manager', { a: 'unknown', b: 'unknown' }, 2, undefined],
  ['are paused with what they carry', { a: 'pause' }, 2, undefined],
])('gives up only where hosts can never carry all tasks: they %s', async (_, states, replicas, why) => {
  const nodes = Object.entries({ a: 'active', b: 'active', ...states }).map(([ID, state]) => {
    const away = state === 'down' || state === 'unknown';
    return { ID, Spec: { Labels: { zone: 'west' }, Role: 'worker', Availability: away ? 'active' : state }, Status: { State: away ? state : 'ready' } } as unknown as EngineNode;
  });
  const other = { ID: 'other', Spec: { Role: 'worker', Availability: 'active' }, Status: { State: 'ready' } } as unknown as EngineNode;
  const work = { engine: { ask: () => Promise.resolve([...nodes, other]) } } as unknown as Work;
  const form = { image: 'shop/web:1', mode: 'replicated', replicas, constraints: ['node.labels.zone == west'], maxReplicasPerNode: 1 } as ServiceForm;
  const up = { ID: '1', NodeID: 'a', DesiredState: 'running', Status: { State: states['a'] === 'down' ? 'shutdown' : 'running' } } as EngineTaskState;
  const waiting = { ID: '2', DesiredState: 'running', Status: { State: 'pending', Err: 'no suitable node' } } as EngineTaskState;
  expect(await lackOfHosts(work, form, [up, waiting])).toBe(why);
  expect(await lackOfHosts(work, form, [up])).toBeUndefined();
});
