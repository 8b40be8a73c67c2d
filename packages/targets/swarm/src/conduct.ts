/** How a swarm changes what it holds. */
import { canonicalJson, type Conduct, type Disruption, type Json } from '@camelc/plan';
import { kinds, type Kind } from './names.js';
import type { ServiceForm } from './normal/service-form.js';

const none: Disruption = { kind: 'none' };

export const swarmConduct: Conduct = {
  kinds,
  collected: ['config', 'secret'] satisfies Kind[],
  kept: ['volume', 'candidate'] satisfies Kind[],
  data: ['volume'] satisfies Kind[],
  held: ['network', 'config', 'secret'] satisfies Kind[],
  hosts: ['label'] satisfies Kind[],

  /** A swarm changes services in all but their mode, and labels of the rest alone. */
  replaces(before, wanted, kind) {
    if (kind === 'service') return serviceForm(before).mode !== serviceForm(wanted).mode;
    if (kind === 'label') return false;
    return !sameBut(['labels'], before as object, wanted as object);
  },

  disruption({ kind, before, wanted, moves }) {
    if (kind !== 'service' || before === undefined || wanted === undefined) return none;
    return disruptionOf(serviceForm(before), serviceForm(wanted), moves);
  },

  bridge(kind, before, wanted, { gained, lost, idle }) {
    if (kind !== 'service' || lost === 0 || serviceForm(wanted).mode !== 'replicated' || serviceForm(before).mode !== 'replicated') return wanted;
    // A swarm stops the tasks of a host that lost its label, and then the ones it cannot place: no other.
    if (gained === 0) return before;
    // Where no task of it runs on what it leaves, there is nothing to keep until others are up.
    if (lost === idle) return wanted;
    const { replicas = 0, maxReplicasPerNode = 1 } = serviceForm(before);
    return bridgeOf({ ...serviceForm(before), replicas: Math.max(0, replicas - idle * maxReplicasPerNode) }, serviceForm(wanted), Math.min(gained, lost - idle));
  },
};

const serviceForm = (spec: Json): ServiceForm => spec as unknown as ServiceForm;

/** Parts of a service that change nothing in its tasks. */
const aroundTasks = ['replicas', 'update', 'rollback', 'labels'];

/** A swarm leaves tasks alone that stand where the new constraints allow it. */
const placing = ['constraints', 'maxReplicasPerNode'];

function disruptionOf(before: ServiceForm, wanted: ServiceForm, moves: boolean): Disruption {
  if (before.mode !== wanted.mode) return { kind: 'recreate', available: 0, ...(wanted.replicas !== undefined && { of: wanted.replicas }) };
  const restarts = !sameBut([...aroundTasks, ...placing], before, wanted);
  if (!restarts && !moves) return none;
  // Of a service that is on as many hosts as there are of a kind, nobody knows how many these are.
  if (wanted.replicas === undefined || before.replicas === undefined) return { kind: moves ? 'migrate' : 'rolling' };
  const of = Math.min(before.replicas, wanted.replicas);
  const turn = restarts && !startsFirst(before, wanted, moves) ? wanted.update?.parallelism || of : 0;
  const available = Math.max(0, of - turn);
  if (moves) return { kind: 'migrate', available, of };
  return { kind: available === 0 && of > 0 ? 'recreate' : 'rolling', available, of };
}

/** Whether each new task is up before an old one stops: there is room for it, or it comes to a host that has none of the service yet. */
const startsFirst = (before: ServiceForm, wanted: ServiceForm, moves: boolean): boolean =>
  wanted.update?.order === 'start-first' || (moves && (before.replicas === 1 || rebinds(before, wanted)));

/** Whether the hosts of a service have another label than before. */
const rebinds = (before: ServiceForm, wanted: ServiceForm): boolean => !sameBut([], before.constraints ?? [], wanted.constraints ?? []);

/**
 * What runs while a service has both its old hosts and its new ones. Where its tasks stay as they are, or several are replaced one by one, the new hosts get
 * further ones. A single task is better replaced by one that starts on a new host first; so are all where the new constraints leave the new hosts alone.
 */
function bridgeOf(before: ServiceForm, wanted: ServiceForm, moving: number): Json {
  const replicas = Math.max(before.replicas!, wanted.replicas!);
  const restarts = !sameBut([...aroundTasks, ...placing], before, wanted);
  const form: ServiceForm =
    rebinds(before, wanted) || (restarts && before.replicas === 1)
      ? { ...wanted, replicas, update: { ...wanted.update!, order: 'start-first' } }
      : { ...wanted, replicas: replicas + moving * (wanted.maxReplicasPerNode ?? 1) };
  return form as unknown as Json;
}

/** Whether two specs are alike but for some of their parts. */
function sameBut(parts: readonly string[], before: object, wanted: object): boolean {
  const rest = (spec: object): Json => Object.fromEntries(Object.entries(spec as Record<string, Json>).filter(([part]) => !parts.includes(part)));
  return canonicalJson(rest(before)) === canonicalJson(rest(wanted));
}
