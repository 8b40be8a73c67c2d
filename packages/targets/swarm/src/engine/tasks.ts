/** What the states of tasks mean. */
import type { EngineTaskState } from './api.js';

/** Whether the swarm still wants it. */
export const isWanted = ({ DesiredState }: EngineTaskState): boolean => ['new', 'pending', 'ready', 'running'].includes(DesiredState);

/** Whether it waits for a host. */
export const isUnplaced = ({ NodeID, Status }: EngineTaskState): boolean => !NodeID && Status.State === 'pending';

/** Whether its container runs and, where it has a health check, has passed it. */
export const isUp = ({ Status }: EngineTaskState): boolean => Status.State === 'running';

/** Whether it ended by itself, which tasks of services should not. */
export const hasFailed = ({ Status }: EngineTaskState): boolean => ['failed', 'rejected', 'complete'].includes(Status.State);

/** Whether nothing of it runs any more. */
export const hasEnded = ({ Status }: EngineTaskState): boolean => ['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned'].includes(Status.State);

/** Why a task is not up, in words: what the Engine says, without the parts that say where in its code it says so. */
export function problemOf({ Status }: EngineTaskState): string | undefined {
  const { State, Err, ContainerStatus } = Status;
  const exit = ContainerStatus?.ExitCode;
  if (State === 'complete') return 'it ended by itself, or as its health check failed (exit code 0)';
  if (!Err) return State === 'starting' ? 'it has not passed its health check yet' : undefined;
  if (Err.includes('unhealthy container')) return 'its health check fails';
  if (Err.startsWith('task: non-zero exit')) return `it ended with exit code ${exit ?? Err.replace(/\D/g, '')}${exit === 137 ? ' (killed, as when its memory is not enough)' : ''}`;
  return Err.replace(/^(starting container failed|task): /, '').trim();
}

/** The latest first. */
export const byAge = (a: EngineTaskState, b: EngineTaskState): number => (a.CreatedAt < b.CreatedAt ? 1 : a.CreatedAt > b.CreatedAt ? -1 : 0);
