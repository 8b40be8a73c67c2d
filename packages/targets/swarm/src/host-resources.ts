/** Labels of nodes: which candidate a node is, and what of the application it carries. */
import type { Deployment, HostGroup } from '@camelc/deployment';
import type { Resource, RunningHost, RunningState } from '@camelc/plan';
import type { HostMatch } from './match-hosts.js';
import { candidateLabel, groupLabel } from './names.js';
import { candidateKey, labelKey, labelName, type LabelForm } from './normal/others.js';
import { bytesOf } from './normal/values.js';
import { labelsOf, partsOf, partsOn, reasonOfPlace, type Part } from './parts.js';
import { resource } from './resource.js';
import { labelTaken } from './takes.js';
import { hasLabel, runningParts, type RunningPart } from './running.js';

/** The labels of all hosts of a deployment. */
export function hostResources(deployment: Deployment, state: RunningState, { hosts }: HostMatch): Resource[] {
  const parts = partsOf(deployment);
  const running = runningParts(deployment.id, state);
  return deployment.hostGroups.flatMap((group) =>
    hosts.get(group.name)!.flatMap((host) => {
      const labels = labelsOf(deployment, group, parts);
      const leaving = leavingLabels(host, labels, groupLabel(deployment.id));
      const crowded = leaving.length > 0 && !hasRoomForBoth(host, group, partsOn(group, parts), running);
      return Object.entries(labels).map(([name, value]) => {
        if (name === candidateLabel) return resource(candidateKey(host.id), { node: host.id, label: name, value }, group, { name: host.name });
        const spec = labelForm(host, { name, value });
        // Its own place and, where there is not enough room for both, that of what leaves the host: it waits until that is gone.
        const takes = [name, ...(crowded && host.labels[name] === undefined ? leaving : [])].map((label) => labelTaken({ node: host.id, label }));
        const part = parts.find(({ label, placement }) => label.name === name && placement.some(({ hostGroup }) => hostGroup === group.name));
        const reason = part && name !== groupLabel(deployment.id) ? reasonOfPlace(part.service, [group]) : group;
        return resource(labelKey(spec), spec, reason, { name: labelName(host.name, spec), takes });
      });
    }),
  );
}

/** The labels that bind a part to its hosts, by key, with the ids of these. */
export function boundLabels(deployment: Deployment, part: Part, { hosts }: HostMatch): { key: string; host: string }[] {
  const carriers = deployment.hostGroups.filter((group) => partsOn(group, [part]).length > 0);
  return carriers.flatMap((group) => hosts.get(group.name)!.map((host) => ({ key: labelKey(labelForm(host, part.label)), host: host.id })));
}

/** A label that a node has in other case binds as well, and to take it away would stop what runs there. */
const labelForm = (host: RunningHost, label: Part['label']): LabelForm => ({
  node: host.id,
  label: label.name,
  value: hasLabel(host, label) ? host.labels[label.name]! : label.value,
});

/** Names of the labels of the application's services that a host has and shall not have. */
const leavingLabels = ({ labels }: RunningHost, wanted: Record<string, string>, own: string): string[] =>
  Object.keys(labels).filter((label) => label.startsWith(`${own}.`) && wanted[label] === undefined);

/** Whether what a host carries now, and what it shall carry, can run side by side. */
export function hasRoomForBoth(host: RunningHost, group: HostGroup, comes: readonly Part[], running: readonly RunningPart[]): boolean {
  const leaves = running.filter((part) => part.hosts.includes(host) && !comes.some(({ name }) => name === part.name));
  const demands = [
    ...comes.map(({ service: { resources, placement } }) => ({
      times: placement.find(({ hostGroup }) => hostGroup === group.name)!.perHost,
      cores: resources.cores ?? 0,
      memory: resources.memory ?? 0,
    })),
    ...leaves.map(({ form: { reservations = {}, maxReplicasPerNode = 1 } }) => ({
      times: maxReplicasPerNode,
      cores: reservations.cpus ?? 0,
      memory: bytesOf(reservations.memory ?? '0M') / 2 ** 20,
    })),
  ];
  const sum = (demand: (one: (typeof demands)[number]) => number): number => demands.reduce((total, one) => total + one.times * demand(one), 0);
  return sum(({ cores }) => cores) <= host.size.cores && sum(({ memory }) => memory) <= host.size.memory;
}
