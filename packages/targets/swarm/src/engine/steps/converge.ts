/** Waits until a service runs as it shall, or tells why it does not. */
import { canonicalJson, type Json } from '@camelc/plan';
import { normaliseService } from '../../normal/normalise.js';
import type { ServiceForm } from '../../normal/service-form.js';
import { nanosecondsOf } from '../../normal/values.js';
import type { EngineNode, EngineService, EngineTaskState } from '../api.js';
import { meets, takesTasks } from '../nodes.js';
import { byAge, isUp } from '../tasks.js';
import { brokenBy, failedSince, givenUp, lackOfHosts, lateness } from './failure.js';
import { isForgetful, remakeUnplaced } from './forgotten.js';
import { Watch } from './watch.js';
import type { Work } from './work.js';

/** @throws StepFailure, DiagnosticError engine/moved-on */
export async function converge(work: Work, wanted: ServiceForm, networkNames: ReadonlyMap<string, string>): Promise<void> {
  if (wanted.mode.endsWith('job')) return;
  const { engine, context } = work;
  const text = canonicalJson(wanted as unknown as Json);
  // The engine tells its time in whole seconds.
  const begin = engine.now() - 1000;
  // A health check has watched each task already, and the swarm itself watches an update.
  const watch = new Watch(wanted.healthCheck ? 0 : nanosecondsOf(wanted.update?.monitor ?? '5s') / 1e6);
  let broken: string | undefined;
  let failed: EngineTaskState[] = [];
  let isRemade = false;

  for (;;) {
    const { service, current, fresh, number } = await look(work, wanted);
    const state = service.UpdateStatus?.State;
    const recent = new Set(fresh.map(({ ID }) => ID));
    const up = current.filter((task) => recent.has(task.ID) && isUp(task));
    if (canonicalJson(normaliseService(service.Spec, networkNames) as unknown as Json) === text) {
      failed = [...failedSince(fresh, begin), ...failed.filter(({ ID }) => !recent.has(ID))].sort(byAge);
      if (state === 'paused') throw work.failure(`its update stopped: ${await brokenBy(work, service, failed, begin)}`);
      if (state === 'rollback_paused') throw work.failure(`bringing this version back stopped: ${await brokenBy(work, service, failed, begin)}`);
      // While an update goes on, the swarm decides.
      const lost = state === 'updating' && wanted.update?.failureAction !== 'continue' ? undefined : await givenUp(work, failed);
      if (lost) throw work.failure(lost);
      const lack = await lackOfHosts(work, wanted, current);
      if (lack) throw work.failure(lack);
      const isReplaced = state === undefined || state === 'completed' || state === 'rollback_completed';
      if (isReplaced && !isRemade && isForgetful(service, current, engine.now())) {
        await remakeUnplaced(engine, service, current);
        isRemade = true;
      }
      const isUpAll = isReplaced && up.length === number && current.length === number;
      work.say(`${Math.min(up.length, number)}/${number} healthy`);
      if (watch.see(isUpAll ? up : undefined, engine.now())) return;
    } else if (state?.startsWith('rollback')) {
      // Which task failed is told as long as the rollback goes on.
      broken ??= await brokenBy(work, service, failed, begin);
      if (state === 'rollback_completed') throw work.failure(`${broken}; the swarm brought its former version back`);
      if (state === 'rollback_paused') throw work.failure(`${broken}; bringing its former version back failed, too`);
      work.say('its update failed, the former version comes back');
    } else throw work.movedOn('was changed');
    if (work.isLate) throw work.failure(broken ?? lateness(up.length, number, current, failed, context.timeout));
    await work.pause();
  }
}

interface Look {
  service: EngineService;
  /** The tasks that shall run. */
  current: EngineTaskState[];
  /** Those of the present spec, with such as have ended. */
  fresh: EngineTaskState[];
  /** How many shall run. */
  number: number;
}

async function look(work: Work, { mode, replicas, constraints = [] }: ServiceForm): Promise<Look> {
  const { engine, name } = work;
  const service = [name];
  const [found, current, fresh, nodes] = await Promise.all([
    engine.find<EngineService>(`/services/${name}`),
    engine.ask<EngineTaskState[]>('/tasks', { filters: { service, 'desired-state': ['running'] } }),
    engine.ask<EngineTaskState[]>('/tasks', { filters: { service, '_up-to-date': ['true'] } }),
    mode === 'global' ? engine.ask<EngineNode[]>('/nodes') : [],
  ]);
  if (!found) throw work.movedOn('was removed');
  return { service: found, current, fresh, number: replicas ?? nodes.filter((node) => takesTasks(node) && meets(node, constraints)).length };
}
