/** Why a service does not run as it shall, in words for its user. */
import type { ServiceForm } from '../../normal/service-form.js';
import type { EngineNode, EngineService, EngineTaskState } from '../api.js';
import { meets, takesTasks, whyNoTasks } from '../nodes.js';
import { byAge, hasFailed, isUp, isWanted, problemOf } from '../tasks.js';
import { lastCheck, lastWords } from './last-words.js';
import type { Work } from './work.js';

/** How often a replica may fail before the service is given up. An update has its own rule, which the swarm itself follows. */
const mostFailures = 2;

/**
 * What broke an update.
 * @param failed tasks that were seen to fail, the latest first: the swarm forgets tasks
 * @param begin of the update; what failed before does not count
 */
export async function brokenBy(work: Work, { ID, UpdateStatus }: EngineService, failed: readonly EngineTaskState[], begin: number): Promise<string> {
  const id = /task (\w+)/.exec(UpdateStatus?.Message ?? '')?.[1];
  const tasks = await work.engine.ask<EngineTaskState[]>('/tasks', { filters: { service: [ID] } });
  const task = [...tasks, ...failed].find((t) => t.ID === id) ?? failed[0] ?? failedSince(tasks, begin)[0];
  return task ? `a new task failed: ${await story(work, task)}` : (UpdateStatus?.Message ?? 'a new task failed');
}

/** The latest first. */
export const failedSince = (tasks: readonly EngineTaskState[], begin: number): EngineTaskState[] =>
  tasks.filter((task) => hasFailed(task) && Date.parse(task.CreatedAt) >= begin).sort(byAge);

/**
 * Why there is no hope any more; undefined as long as there is.
 * @param failed the latest first
 */
export async function givenUp(work: Work, failed: readonly EngineTaskState[]): Promise<string | undefined> {
  const place = ({ Slot, NodeID }: EngineTaskState): string => `${Slot ?? NodeID}`;
  const last = failed.find((task) => failed.filter((other) => place(other) === place(task)).length >= mostFailures);
  return last && `its tasks fail again and again: ${await story(work, last)}`;
}

/** Why tasks wait for hosts in vain: those that are left cannot carry as many. Undefined where they can, or may soon, as after a start of the manager. */
export async function lackOfHosts(
  { engine }: Work,
  { replicas = 0, maxReplicasPerNode = Infinity, constraints = [] }: ServiceForm,
  current: readonly EngineTaskState[],
): Promise<string | undefined> {
  const waiting = current.find(({ Status }) => Status.State === 'pending' && Status.Err);
  if (!waiting) return undefined;
  const bound = (await engine.ask<EngineNode[]>('/nodes')).filter((node) => meets(node, constraints));
  // A node that is down may come back, as after a reboot; one that is paused keeps what it runs.
  const room = (node: EngineNode): number =>
    takesTasks(node) || node.Status?.State !== 'ready' ? maxReplicasPerNode : current.filter((task) => task.NodeID === node.ID && isUp(task)).length;
  const carried = bound.reduce((sum, node) => sum + room(node), 0);
  if (carried >= replicas) return undefined;
  const without = bound.filter((node) => !takesTasks(node)).map((node) => `${node.Description?.Hostname ?? node.ID} ${whyNoTasks(node)}`);
  return `its hosts can carry ${carried} of ${replicas} ${replicas === 1 ? 'task' : 'tasks'}: ${without.join(', ') || problemOf(waiting)}`;
}

/** What happened to a task, with what it wrote last. */
async function story(work: Work, task: EngineTaskState): Promise<string> {
  const problem = problemOf(task) ?? task.Status.Message ?? task.Status.State;
  if (task.Status.State === 'rejected') return problem;
  const check = await lastCheck(work, task);
  if (check) return `its health check fails (${check})`;
  const words = await lastWords(work, task);
  return words ? `${problem}; its last words: ${words}` : problem;
}

/** @param timeout in seconds, that are over */
export function lateness(up: number, number: number, current: readonly EngineTaskState[], failed: readonly EngineTaskState[], timeout: number): string {
  const lame = current.filter((task) => isWanted(task) && !isUp(task));
  const problem = [...lame, ...failed].map(problemOf).find((text) => text !== undefined);
  return `${up} of ${number} ${number === 1 ? 'task is' : 'tasks are'} healthy after ${timeout} s${problem ? `: ${problem}` : ''}`;
}
