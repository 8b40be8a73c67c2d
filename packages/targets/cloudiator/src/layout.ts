/** Which nodes a deployment has, under which names, and what runs on each. */
import { uniqueNames, type HostGroup, type TaskDeployment } from '@camelc/deployment';
import { hashOf, processName } from './names.js';

/** One node: one host of a host group. */
export interface Host {
  /** Unique in the application, and the same in every plan in which it stays. */
  name: string;
  group: HostGroup;
  /** Names of the components on it; one with several instances stands there as often. */
  components: readonly string[];
}

/** A node that runs. */
export interface RunningNode {
  name: string;
  /** The hash of the candidate of the solution that it was made for. */
  candidate: string;
  components: readonly string[];
  /** Those of the components that run as clusters: when one leaves the node, the server deletes it. */
  clusters: readonly string[];
}

/** So that an application's id, the name of a node and a hash make one label of a DNS name. */
const longestGroup = 20;

/**
 * The hosts of a deployment. Those that run already are kept: for each wanted host, the one on the same candidate that carries most of what it
 * shall carry; so nothing moves for the sake of a name. What a cluster leaves is not kept for others.
 */
export function hostsOf({ hostGroups }: TaskDeployment, running: readonly RunningNode[] = []): Host[] {
  const labels = uniqueNames(
    hostGroups.map(({ name }) => name.toLowerCase()),
    longestGroup,
  );
  const wanted = hostGroups.flatMap((group, index) => {
    const candidate = hashOf(group.candidate);
    return Array.from({ length: group.number }, () => ({ group, label: labels[index]!, candidate }));
  });
  const pairs = wanted.flatMap((host, index) =>
    running
      .filter(({ candidate, clusters }) => candidate === host.candidate && clusters.every((name) => host.group.components.includes(name)))
      .map((node) => ({ index, node, common: commonOf(node.components, host.group.components) })),
  );
  // More in common first, then in the order of the hosts and by the numbers of the nodes.
  pairs.sort((a, b) => b.common - a.common || a.index - b.index || a.node.name.localeCompare(b.node.name, 'en', { numeric: true }));
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (const { index, node } of pairs) {
    if (names.has(index) || taken.has(node.name)) continue;
    names.set(index, node.name);
    taken.add(node.name);
  }
  const used = new Set(taken);
  return wanted.map(({ group, label }, index) => {
    let name = names.get(index);
    for (let n = 1; name === undefined; n++) if (!used.has(`${label}-${n}`)) name = `${label}-${n}`;
    used.add(name);
    return { name, group, components: group.components };
  });
}

/** How many members two lists have in common, counted as often as they stand in both. */
function commonOf(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  return one.filter((member) => {
    const at = left.indexOf(member);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
}

/** One instance of a component on a node. */
export interface Instance {
  /** `SERVICE@NODE`, with a number from the second on. */
  name: string;
  component: string;
  host: string;
  /** From 1 on, among those of the component on the node. */
  number: number;
}

/** The instances of a component, in the order of their hosts. */
export function instancesOf(component: string, service: string, hosts: readonly Host[]): Instance[] {
  return hosts.flatMap((host) =>
    host.components.filter((name) => name === component).map((_, index) => ({ name: processName(service, host.name, index + 1), component, host: host.name, number: index + 1 })),
  );
}
