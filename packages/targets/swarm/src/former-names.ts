import type { Deployment } from '@camelc/deployment';
import type { RunningState } from '@camelc/plan';
import { hasRoomForBoth } from './host-resources.js';
import { matchHosts } from './match-hosts.js';
import { groupLabel } from './names.js';
import { partsOf, partsOn } from './parts.js';
import { runningParts } from './running.js';

/**
 * The deployment with its groups called as the labels of their hosts call them. In dedicated placement a group is named after its components, and another
 * name would be another label, without which the services that stay would stop. Where none stays, or there is no room for what comes beside what goes,
 * the group has its new name, for which all that is there goes first.
 */
export function withFormerNames(deployment: Deployment, state: RunningState): Deployment {
  const { id, hostGroups, services } = deployment;
  const running = runningParts(id, state);
  if (deployment.placement === 'shared' || !running.length) return deployment;
  const parts = partsOf(deployment);
  const matched = matchHosts(deployment, state, '').hosts;
  const taken = new Set(hostGroups.map(({ name }) => name.toLowerCase()));
  const former = new Map<string, string>();
  for (const group of hostGroups) {
    const hosts = matched.get(group.name)!;
    const names = hosts.flatMap(({ labels }) => labels[groupLabel(id)] ?? []);
    const name = names.find((label) => !taken.has(label.toLowerCase()));
    if (name === undefined || names.some((label) => label.toLowerCase() === group.name.toLowerCase())) continue;
    const comes = partsOn(group, parts);
    const stays = running.some((part) => comes.some((other) => other.name === part.name) && part.hosts.some((host) => hosts.includes(host)));
    if (!stays || !hosts.every((host) => hasRoomForBoth(host, group, comes, running))) continue;
    taken.add(name.toLowerCase());
    former.set(group.name, name);
  }
  const nameOf = (group: string): string => former.get(group) ?? group;
  return {
    ...deployment,
    hostGroups: hostGroups.map((group) => ({ ...group, name: nameOf(group.name) })),
    services: services.map((service) => ({ ...service, placement: service.placement.map((one) => ({ ...one, hostGroup: nameOf(one.hostGroup) })) })),
  };
}
