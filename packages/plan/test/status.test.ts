import { apply, statusOf } from '@camelc/plan';
import { expect, test } from 'vitest';
import { planFor, resource, secrets } from './fixtures.ts';
import { MemoryTarget } from './memory-target.ts';

const shop = [
  resource('service/web', { image: 'web:1', replicas: 2 }, ['network/shop']),
  resource('service/db', { image: 'db:1', replicas: 1 }),
  resource('network/shop'),
  resource('volume/data'),
  resource('config/conf'),
];
const status = async (target: MemoryTarget) => statusOf(await target.read('shop'), target.conduct);

async function running(): Promise<MemoryTarget> {
  const target = new MemoryTarget();
  await apply(await planFor(target, ...shop), target, { secrets });
  return target;
}

test('what runs as it was applied has no drift', async () => {
  const target = await running();
  // Of a revision that can be rolled back to.
  target.byHand('config/former', {});
  expect(await status(target)).toMatchObject({ applied: { number: 1, worth: { cost: 5 } }, revisions: [1], healthy: true, drift: [], hosts: [] });
  expect((await status(target)).resources.map(({ key }) => key)).toEqual(['network/shop', 'config/conf', 'config/former', 'volume/data', 'service/db', 'service/web']);
});

test('what somebody changed, removed and made is drift', async () => {
  const target = await running();
  target.byHand('service/web', { image: 'hand', replicas: 2 });
  target.byHand('service/db');
  target.byHand('service/extra', {});
  expect((await status(target)).drift).toEqual([
    { kind: 'missing', resource: { key: 'service/db', kind: 'service', name: 'db' }, parts: [] },
    { kind: 'extra', resource: { key: 'service/extra', kind: 'service', name: 'extra' }, parts: [] },
    { kind: 'changed', resource: { key: 'service/web', kind: 'service', name: 'web' }, parts: [{ pointer: '/image', before: 'hand', wanted: 'web:1' }] },
  ]);
});

test('a service with too few healthy tasks is not healthy', async () => {
  const target = await running();
  target.resources.get('service/web')!.up = false;
  expect(await status(target)).toMatchObject({ healthy: false, drift: [] });
});

test('an apply that was interrupted is told, and nothing called drift', async () => {
  const target = await running();
  const stop = new AbortController();
  const plan = await planFor(target, resource('service/web', { image: 'web:2' }), resource('service/db', { image: 'db:2' }));
  await apply(plan, target, { secrets, parallelism: 1, signal: stop.signal, on: ({ kind }) => kind === 'done' && stop.abort() });
  expect(await status(target)).toMatchObject({ drift: [], unfinished: { undoing: false, done: 1, steps: plan.steps.length } });
});
