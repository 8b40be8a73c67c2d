/** Waits until a service runs as it shall, or tells why it does not. */
import { canonicalJson, type Json, type StepFailure } from '@camelc/plan';
import { normaliseService } from '../../normal/normalise.js';
import type { ServiceForm } from '../../normal/service-form.js';
import { nanosecondsOf } from '../../normal/values.js';
import type { EngineNode, EngineService, EngineTaskState } from '../api.js';
import { byAge, hasFailed, isUp, isWanted, problemOf } from '../tasks.js';
import { mayRun } from './constraints.js';
import { lastWords } from './last-words.js';
import type { Work } from './work.js';

/** How often a replica may fail before the service is given up. An update has its own rule, which the swarm itself follows. */
const mostFailures = 2;

/** @throws StepFailure, DiagnosticError engine/moved-on */
export async function converge(work: Work, wanted: ServiceForm, networkNames: ReadonlyMap<string, string>): Promise<void> {
  if (wanted.mode.endsWith('job')) return;
  const { engine, name, context } = work;
  const text = canonicalJson(wanted as unknown as Json);
  // The engine tells its time in whole seconds.
  const begin = engine.now() - 1000;
  // A health check has watched each task already, and the swarm itself watches an update.
  const watched = new Watch(wanted.healthCheck ? 0 : nanosecondsOf(wanted.update?.monitor ?? '5s') / 1e6);
  let broken: string | undefined;
  /** The swarm forgets tasks, those that could not even start first. */
  let failed: EngineTaskState[] = [];

  for (;;) {
    const filters = { service: [name] };
    const [service, current, fresh, nodes] = await Promise.all([
      engine.find<EngineService>(`/services/${name}`),
      engine.ask<EngineTaskState[]>('/tasks', { filters: { ...filters, 'desired-state': ['running'] } }),
      engine.ask<EngineTaskState[]>('/tasks', { filters: { ...filters, '_up-to-date': ['true'] } }),
      wanted.mode === 'global' ? engine.ask<EngineNode[]>('/nodes') : [],
    ]);
    if (!service) throw work.movedOn('was removed');
    const state = service.UpdateStatus?.State;
    const isWantedSpec = canonicalJson(normaliseService(service.Spec, networkNames) as unknown as Json) === text;
    const rollsBack = state?.startsWith('rollback') ?? false;
    if (!isWantedSpec && !rollsBack) throw work.movedOn('was changed');
    // The task that failed is told of when it happens only.
    if (state === 'paused' || (rollsBack && !isWantedSpec)) broken ??= await brokenBy(work, service, failed, begin);
    if (state === 'paused') throw work.failure(`its update stopped: ${broken}`);
    if (!isWantedSpec && state !== 'rollback_started')
      throw work.failure(`${broken}; ${state === 'rollback_completed' ? 'the swarm brought its former version back' : 'bringing its former version back failed, too'}`);
    if (isWantedSpec && state === 'rollback_paused') throw work.failure(`bringing this version back stopped: ${await brokenBy(work, service, failed, begin)}`);

    const number = wanted.replicas ?? nodes.filter((node) => mayRun(node, wanted.constraints ?? [])).length;
    const recent = new Set(fresh.map(({ ID }) => ID));
    const up = current.filter((task) => recent.has(task.ID) && isUp(task));
    if (isWantedSpec) {
      failed = [...fresh.filter((task) => hasFailed(task) && Date.parse(task.CreatedAt) >= begin), ...failed.filter(({ ID }) => !recent.has(ID))].sort(byAge);
      // While an update goes on, the swarm decides.
      const failure = state === 'updating' && wanted.update?.failureAction !== 'continue' ? undefined : await givenUp(work, failed);
      if (failure) throw failure;
      const replaced = state === undefined || state === 'completed' || state === 'rollback_completed';
      const all = replaced && up.length === number && current.length === number;
      if (watched.see(all ? up : undefined, engine.now())) return;
      work.say(`${Math.min(up.length, number)}/${number} healthy`);
    } else work.say('its update failed, the former version comes back');
    if (work.isLate) throw work.failure(broken ?? lateness(up.length, number, current, failed, context.timeout));
    await work.pause();
  }
}

/** Sees whether tasks stay up for as long as an update is watched. */
class Watch {
  #tasks = '';
  #since = 0;
  constructor(readonly milliseconds: number) {}

  /** @param up all tasks, where all are up */
  see(up: readonly EngineTaskState[] | undefined, engineTime: number): boolean {
    const tasks = up
      ?.map(({ ID }) => ID)
      .sort()
      .join();
    if (tasks !== this.#tasks) this.#since = performance.now();
    this.#tasks = tasks ?? '';
    if (!up) return false;
    // What was up already need not be watched anew. Its last change is by the clock of a manager, as is the engine's time.
    const old = up.every(({ UpdatedAt }) => engineTime - Date.parse(UpdatedAt) >= this.milliseconds);
    return old || performance.now() - this.#since >= this.milliseconds;
  }
}

async function brokenBy(work: Work, { ID, UpdateStatus }: EngineService, failed: readonly EngineTaskState[], begin: number): Promise<string> {
  const id = /task (\w+)/.exec(UpdateStatus?.Message ?? '')?.[1];
  const tasks = await work.engine.ask<EngineTaskState[]>('/tasks', { filters: { service: [ID] } });
  const task = [...tasks, ...failed].find((t) => t.ID === id) ?? failed[0] ?? tasks.filter((t) => hasFailed(t) && Date.parse(t.CreatedAt) >= begin).sort(byAge)[0];
  return task ? `a new task failed: ${await story(work, task)}` : (UpdateStatus?.Message ?? 'a new task failed');
}

/** @param failed the latest first */
async function givenUp(work: Work, failed: readonly EngineTaskState[]): Promise<StepFailure | undefined> {
  const place = ({ Slot, NodeID }: EngineTaskState): string => `${Slot ?? NodeID}`;
  const last = failed.find((task) => failed.filter((other) => place(other) === place(task)).length >= mostFailures);
  return last && work.failure(`its tasks fail again and again: ${await story(work, last)}`);
}

/** What happened to a task, with what it wrote last. */
async function story(work: Work, task: EngineTaskState): Promise<string> {
  const words = task.Status.State === 'rejected' ? undefined : await lastWords(work, task);
  return `${problemOf(task) ?? task.Status.Message ?? task.Status.State}${words ? `; its last words: ${words}` : ''}`;
}

function lateness(up: number, number: number, current: readonly EngineTaskState[], failed: readonly EngineTaskState[], timeout: number): string {
  const lame = current.filter((task) => isWanted(task) && !isUp(task));
  const problem = [...lame, ...failed].map(problemOf).find((text) => text !== undefined);
  return `${up} of ${number} ${number === 1 ? 'task is' : 'tasks are'} healthy after ${timeout} s${problem ? `: ${problem}` : ''}`;
}
