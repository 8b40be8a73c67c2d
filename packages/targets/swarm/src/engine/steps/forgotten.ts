/**
 * Tasks that the swarm does not try to place any more. Where a task waits for a host while its service changes in nothing that tasks are made of, as their number
 * or labels, the next attempt that fails is the last one, also when a host comes back: https://github.com/moby/moby/issues/53722.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineService, EngineTaskState } from '../api.js';
import type { Engine } from '../connection/engine.js';
import { isUnplaced } from '../tasks.js';

/** How long a swarm may take to place tasks after a change, in milliseconds. */
const patience = 5000;

/**
 * @param current tasks that shall run, none of which is about to be replaced
 * @param now by the manager's clock
 */
export const isForgetful = ({ Spec, UpdatedAt }: EngineService, current: readonly EngineTaskState[], now: number): boolean =>
  Spec.Mode?.Replicated !== undefined && now - Date.parse(UpdatedAt) > patience && current.some((task) => isUnplaced(task) && Date.parse(task.CreatedAt) < Date.parse(UpdatedAt));

/** Has the tasks made anew that have no host: they are the first that a swarm takes away where fewer are wanted. Those that run are left alone. */
export async function remakeUnplaced(engine: Engine, { ID, Spec, Version }: EngineService, current: readonly EngineTaskState[]): Promise<void> {
  const path = `/services/${ID}`;
  const update = (spec: EngineService['Spec'], { Index }: EngineService['Version']): Promise<unknown> =>
    engine.ask(`${path}/update`, { method: 'POST', query: { version: Index }, body: spec });
  const placed = current.filter((task) => !isUnplaced(task)).length;
  await update({ ...Spec, Mode: { Replicated: { Replicas: placed } } }, Version);
  // Nothing ends this early, not even its user: the service must not be left with too few.
  for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
    const tasks = await engine.ask<EngineTaskState[]>('/tasks', { filters: { service: [ID], 'desired-state': ['running'] } });
    if (!tasks.some(isUnplaced)) break;
  }
  const { Version: last } = await engine.ask<EngineService>(path);
  await update(Spec, last);
}
