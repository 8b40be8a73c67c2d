/** How services of a deployment become services of a stack, and what binds these to their hosts. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { longestName, uniqueNames, type Deployment, type HostGroup, type Reasoned, type Service } from '@camelc/deployment';
import { candidateLabel, groupLabel } from './names.js';

/** A service of the stack: all replicas of a service, or those on hosts that carry equally many of it. */
export interface Part {
  /** Its name in the stack. */
  name: string;
  service: Service;
  /** Whether the service has other parts beside it. */
  divided: boolean;
  placement: Service['placement'];
  replicas: number;
  /** The node label of its hosts. */
  label: { name: string; value: string };
}

/**
 * The services of the stack. A swarm knows one limit of replicas per host for each service, and spreads them evenly below it; so a service with more
 * replicas on some hosts than on others is divided. One whose port is open on every host of the swarm cannot be: see `unevenPorts`.
 */
export function partsOf(deployment: Deployment): Part[] {
  const drafts = deployment.services.flatMap((service) => {
    const counts = countsOf(service);
    const divided = counts.length > 1 && !ingressPort(service);
    const placements = divided ? counts.map((perHost) => service.placement.filter((p) => p.perHost === perHost)) : [service.placement];
    return placements.map((placement, index) => ({
      service,
      divided,
      placement,
      replicas: divided ? capacityOf(placement, deployment) : service.replicas,
      wanted: index === 0 ? service.name : `${service.name}-${placement[0]!.perHost}`,
    }));
  });
  // Services' own names come first, so that none of these is numbered for the sake of a part.
  const inTurn = [...drafts].sort((a, b) => Number(a.wanted !== a.service.name) - Number(b.wanted !== b.service.name));
  const names = uniqueNames(
    inTurn.map(({ wanted }) => wanted),
    longestName,
  );
  return drafts.map((draft): Part => {
    const { wanted: _, ...part } = draft;
    const name = names[inTurn.indexOf(draft)]!;
    return { ...part, name, label: labelOf(deployment, name, draft.placement) };
  });
}

/** Why a service stands where it does. Not what stands beside it: on a host of many that would be said for each of them. */
export const reasonOfPlace = ({ component, from }: Service, groups: readonly HostGroup[]): Reasoned => ({
  why: `the solution puts ${component} on ${groups.map(({ number, hardware, candidate }) => `${number} of ${hardware} (${candidate})`).join(', ')}`,
  from: from.slice(0, 1),
});

/** How many replicas there may be on these hosts. */
export const capacityOf = (placement: Service['placement'], { hostGroups }: Deployment): number =>
  placement.reduce((sum, { hostGroup, perHost }) => sum + perHost * hostGroups.find(({ name }) => name === hostGroup)!.number, 0);

const countsOf = ({ placement }: Service): number[] => [...new Set(placement.map(({ perHost }) => perHost))];

const ingressPort = ({ ports }: Service): Service['ports'][number] | undefined => ports.find(({ published, mode }) => published !== undefined && mode === 'ingress');

/**
 * In dedicated placement the host group binds a service. In shared placement the name of a group tells all that its hosts carry and changes with
 * any of it, so each service has a label of its own there: what comes to a host or leaves it does not touch the others.
 */
const labelOf = (deployment: Deployment, part: string, [first]: Service['placement']): Part['label'] =>
  deployment.placement === 'dedicated' ? { name: groupLabel(deployment.id), value: first!.hostGroup } : { name: `${groupLabel(deployment.id)}.${part}`, value: 'true' };

/** Those of the parts that stand on the hosts of a group. */
export const partsOn = ({ name }: HostGroup, parts: readonly Part[]): Part[] => parts.filter(({ placement }) => placement.some(({ hostGroup }) => hostGroup === name));

/**
 * The labels of each host of a group.
 * @param parts all of the deployment
 */
export function labelsOf({ id }: Deployment, group: HostGroup, parts: readonly Part[]): Record<string, string> {
  return {
    [groupLabel(id)]: group.name,
    [candidateLabel]: group.candidate,
    ...Object.fromEntries(partsOn(group, parts).map(({ label }) => [label.name, label.value])),
  };
}

/** Warns of services whose replicas the swarm may spread otherwise than the solution does. */
export function unevenPorts({ services }: Deployment): Diagnostic[] {
  return services.flatMap((service) => {
    const counts = countsOf(service);
    const port = ingressPort(service);
    if (counts.length < 2 || !port) return [];
    return [diagnose('swarm/uneven', { component: service.component, least: Math.min(...counts), most: Math.max(...counts), port: port.published! }, port.from[0])];
  });
}
