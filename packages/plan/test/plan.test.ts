import { apply } from '@camelc/plan';
import { expect, test } from 'vitest';
import { held, planFor, resource, secrets } from './fixtures.ts';
import { MemoryTarget } from './memory-target.ts';

const shop = (replicas = 1) => [
  resource('service/web', { image: 'web:1', replicas }, ['service/db', 'network/shop', 'label/a']),
  resource('service/db', { image: 'db:1', replicas: 1 }, ['network/shop', 'label/b']),
  resource('network/shop', {}),
  resource('label/a', { node: 'a' }),
  resource('label/b', { node: 'b' }),
];

test('first deployment: what is needed comes first', async () => {
  const target = new MemoryTarget();
  const plan = await planFor(target, ...shop());
  expect(plan.steps.map(({ action, id }) => `${action} ${id}`)).toEqual(['create network/shop', 'create label/a', 'create label/b', 'create service/db', 'create service/web']);
  const outcome = await apply(plan, target, { secrets });
  expect(outcome).toEqual({ kind: 'done', revision: 1, left: [] });
  expect(Object.keys(held(target))).toHaveLength(5);
  const again = await planFor(target, ...shop());
  expect(again.steps).toEqual([]);
  expect(again.changes).toEqual([]);
  expect(again.unchanged).toEqual({ label: 2, network: 1, service: 2 });
});
