/** What must stay where it is: data, and components that are not to be moved. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { namedInVain, type Resource, type Revision, type RunningHost, type RunningState } from '@camelc/plan';
import { nameOf, unmoveableLabel } from './names.js';
import type { LabelForm } from './normal/others.js';
import type { ServiceForm } from './normal/service-form.js';
import { runningParts, volumesOf } from './running.js';

/**
 * Errors for each volume, and each component that is annotated unmoveable, that would lose a host, and for what may and has nothing of that kind.
 * @param leaveData components that may lose it
 */
export function checkMoves(state: RunningState, { id, resources }: Revision, leaveData: readonly string[]): Diagnostic[] {
  const parts = wantedParts(resources);
  const running = runningParts(id, state);
  const leaves = (before: readonly { hosts: readonly RunningHost[] }[], after: readonly WantedPart[]): RunningHost[] => {
    const stays = new Set(after.flatMap((part) => part.hosts));
    return [...new Set(before.flatMap((part) => part.hosts))].filter((host) => !stays.has(host.id));
  };
  const data = resources.flatMap(({ key, kind, spec, component = '', from }) => {
    if (kind !== 'volume' || leaveData.includes(component)) return [];
    const mounts = ({ form }: { form: ServiceForm }): boolean => volumesOf(form).includes((spec as { name: string }).name);
    const left = leaves(running.filter(mounts), parts.filter(mounts));
    return left.map((host) => ({
      component,
      found: diagnose('plan/data-left-behind', { volume: nameOf(key), component, host: host.name, why: whyLeft(host, component) }, from[0]),
    }));
  });
  const unmoveable = parts.filter(({ form, component }) => form.labels?.[unmoveableLabel] && ![...leaveData, ...data.map((one) => one.component)].includes(component));
  const moved = [...new Set(unmoveable.map(({ component }) => component))].flatMap((component) => {
    const before = running.filter((part) => part.component === component);
    const after = parts.filter((part) => part.component === component);
    const had = new Set(before.flatMap((part) => part.hosts.map((host) => host.id)));
    // It may give hosts up where it has fewer replicas; else it would get others in their place.
    const comes = after.some(({ form, hosts: its }) => its.some((host) => !had.has(host)) || (form.replicas ?? 0) > its.length * (form.maxReplicasPerNode ?? Infinity));
    const left = comes ? leaves(before, after) : [];
    return left.map((host) => diagnose('plan/unmoveable-host', { component, host: host.name, why: whyLeft(host, component) }, after[0]!.from[0]));
  });
  const bound = [...parts, ...running].filter(({ form }) => volumesOf(form).length > 0 || form.labels?.[unmoveableLabel]);
  const inVain = namedInVain(
    leaveData,
    bound.flatMap(({ component }) => component ?? []),
  );
  return [...inVain, ...data.map(({ found }) => found), ...moved];
}

/** A service of a revision, with the ids of the hosts that it is bound to. */
interface WantedPart {
  component: string;
  form: ServiceForm;
  hosts: readonly string[];
  from: Resource['from'];
}

function wantedParts(resources: readonly Resource[]): WantedPart[] {
  const nodes = new Map(resources.filter(({ kind }) => kind === 'label').map(({ key, spec }) => [key, (spec as LabelForm).node]));
  return resources
    .filter(({ kind }) => kind === 'service')
    .map(({ component = '', spec, needs, from }) => ({ component, form: spec as unknown as ServiceForm, hosts: needs.flatMap((key) => nodes.get(key) ?? []), from }));
}

const whyLeft = ({ ready }: RunningHost, component: string): string => (ready ? `would no longer carry ${component}` : 'takes no work');
