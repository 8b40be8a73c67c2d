/** What runs, against what was applied. */
import { alike } from './canonical.js';
import { differences } from './differences.js';
import type { Part } from './plan.js';
import type { AppliedRevision, RunningResource } from './resource.js';
import { byKey, byKind } from './touch.js';
import type { Conduct, Journal, RunningHost, RunningState } from './target.js';

export interface Status {
  /** The last that was applied; absent where there was none. */
  applied?: AppliedRevision;
  /** Numbers of the revisions that can be rolled back to, the last first. */
  revisions: readonly number[];
  /** What runs, ordered by kind and name. */
  resources: readonly RunningResource[];
  /** Whether all that runs tasks has as many healthy ones as it shall have. */
  healthy: boolean;
  /** What changed since it was applied. */
  drift: readonly Drift[];
  hosts: readonly RunningHost[];
  /** An apply that was interrupted, or goes on. */
  unfinished?: { undoing: boolean; done: number; steps: number };
  lock?: RunningState['lock'];
}

/** `missing`: it was removed; `changed`: it runs otherwise; `extra`: nobody applied it. */
export interface Drift {
  kind: 'missing' | 'changed' | 'extra';
  resource: { key: string; kind: string; name: string };
  /** Of `changed`: `before` is what runs, `wanted` what was applied. */
  parts: readonly Part[];
}

/** Compares what runs with what was applied last. While an apply is unfinished nothing is called drift. */
export function statusOf(state: RunningState, conduct: Conduct): Status {
  const [applied] = state.revisions;
  const order = byKind(conduct);
  return {
    ...(applied && { applied }),
    revisions: state.revisions.map(({ number }) => number),
    resources: state.resources.toSorted(order),
    healthy: state.resources.every(({ tasks }) => !tasks || tasks.healthy >= tasks.wanted),
    drift: applied && !state.journal ? driftOf(applied, state, conduct).sort((a, b) => order(a.resource, b.resource)) : [],
    hosts: state.hosts,
    ...(state.journal && { unfinished: progressOf(state.journal) }),
    ...(state.lock && { lock: state.lock }),
  };
}

const progressOf = ({ plan, undoing, done }: Journal) => ({ undoing, done: done.length, steps: plan.steps.length });

function driftOf(applied: AppliedRevision, state: RunningState, conduct: Conduct): Drift[] {
  const records = byKey(applied.resources);
  const running = byKey(state.resources);
  const stays = new Set([...conduct.kept, ...conduct.collected]);
  const of = (kind: Drift['kind'], { key, kind: type, name }: Drift['resource'], parts: Part[] = []): Drift => ({ kind, resource: { key, kind: type, name }, parts });
  return [
    ...applied.resources.flatMap((record) => {
      const resource = running.get(record.key);
      if (!resource) return [of('missing', record)];
      return conduct.kept.includes(record.kind) || alike(resource.spec, record.spec) ? [] : [of('changed', record, differences(resource.spec, record.spec))];
    }),
    // What is kept or collected outlives the deployment that it was of.
    ...state.resources.filter(({ key, kind }) => !records.has(key) && !stays.has(kind)).map((resource) => of('extra', resource)),
  ];
}
