/** What is there already keeps its name where it would be called otherwise, and do the same. */
import { longestName, uniqueNames, type Deployment } from '@camelc/deployment';
import type { RunningState } from '@camelc/plan';
import { hasRoomForBoth } from './host-resources.js';
import { matchHosts } from './match-hosts.js';
import { groupLabel, keyOf } from './names.js';
import { partsOf, partsOn } from './parts.js';
import { runningParts } from './running.js';
import { defaultNetwork } from './stack-form.js';

export const withFormerNames = (deployment: Deployment, state: RunningState): Deployment => withFormerNetworks(withFormerGroups(deployment, state), state);

/**
 * The deployment with its networks called as those that joined the same components so far. A network is named after its communication, and another name
 * would be another network: who came to that before its partner would not be found any more until that came, too.
 */
function withFormerNetworks(deployment: Deployment, state: RunningState): Deployment {
  const { id, networks, services } = deployment;
  const formers = formerNetworks(id, state);
  const componentOf = new Map(services.map(({ name, component }) => [name, component]));
  const called = new Map<string, string>();
  const take = (name: string, former: string | undefined): void => {
    if (former === undefined) return;
    called.set(name, former);
    formers.delete(former);
  };
  const joined = networks.map((network) => ({ name: network.name, members: membersKey(network.services.map((service) => componentOf.get(service))) }));
  for (const { name, members } of joined) if (formers.get(name) === members) take(name, name);
  for (const { name, members } of joined)
    if (!called.has(name))
      take(
        name,
        [...formers.keys()].find((former) => formers.get(former) === members),
      );
  const others = networks.map(({ name }) => name).filter((name) => !called.has(name));
  uniqueNames(others, longestName, [...called.values(), defaultNetwork]).forEach((unique, index) => called.set(others[index]!, unique));
  return {
    ...deployment,
    networks: networks.map((network) => ({ ...network, name: called.get(network.name)! })),
    services: services.map((service) => ({ ...service, networks: service.networks.map((network) => called.get(network)!) })),
  };
}

/** By their names, which components the networks joined that were applied last, or else those that there are. */
function formerNetworks(id: string, { revisions: [last], resources, hosts }: RunningState): Map<string, string> {
  const members = new Map<string, (string | undefined)[]>();
  for (const { component, form } of runningParts(id, { resources: last?.resources ?? resources, hosts }))
    for (const network of Object.keys(form.networks ?? {})) {
      const name = keyOf('network', id, network)?.slice('network/'.length);
      if (name !== undefined && name !== defaultNetwork) members.set(name, [...(members.get(name) ?? []), component]);
    }
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, components]) => [name, membersKey(components)]));
}

const membersKey = (components: readonly (string | undefined)[]): string => [...new Set(components)].sort().join('\n');

/**
 * The deployment with its groups called as the labels of their hosts call them. In dedicated placement a group is named after its components, and another
 * name would be another label, without which the services that stay would stop. Where none stays, or there is no room for what comes beside what goes,
 * the group has its new name, for which all that is there goes first.
 */
function withFormerGroups(deployment: Deployment, state: RunningState): Deployment {
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
