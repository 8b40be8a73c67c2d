/** Which host serves which host group. */
import type { Deployment, HostGroup } from '@camelc/deployment';
import type { HostReport, RunningHost, RunningState } from '@camelc/plan';
import { assign } from './assignment.js';
import { quote } from './hosts.js';
import { candidateLabel, engineName, factLabels, groupLabel } from './names.js';
import { partsOf, partsOn, type Part } from './parts.js';
import { hasLabel, runningParts, volumesOf, type RunningPart } from './running.js';

export interface HostMatch {
  /** By the name of a group; those that are missing are not among them. */
  hosts: ReadonlyMap<string, readonly RunningHost[]>;
  report: HostReport;
}

/** A machine sold with so much memory shows its engine at least this share of it. */
const leastShareOfMemory = 0.9;

/**
 * Gives every host group its hosts: what serves it already first, then as many as can be, those that carry something of it before others, and of these
 * the lowest ids. Hosts with data serve groups that need it.
 * @param manager the address at which hosts join the swarm
 */
export function matchHosts(deployment: Deployment, state: RunningState, manager: string): HostMatch {
  const hosts = [...state.hosts].sort((a, b) => (a.id < b.id ? -1 : 1));
  const parts = partsOf(deployment);
  const carried = deployment.hostGroups.map((group) => partsOn(group, parts));
  const running = runningParts(deployment.id, state);
  const here = hosts.map((host) => running.filter((part) => part.hosts.includes(host)));
  const excluded = hosts.map((host) => exclusionOf(host, deployment.id));
  const misfits = deployment.hostGroups.map((group) => hosts.map((host, index) => excluded[index] ?? misfitOf(host, group)));
  const bound = here.map((its, index) => boundBy(its, carried, deployment.id, (group) => misfits[group]![index] === undefined));

  const weight = hosts.length * hosts.length + 1;
  const takers = deployment.hostGroups.map((group, number) => {
    const serves = (host: RunningHost): boolean => hasLabel(host, { name: groupLabel(deployment.id), value: group.name });
    const names = new Set(carried[number]!.map(({ name }) => name));
    // Each counts more than all that stand after it together: the label, what is carried alike, the order of ids.
    const costs = hosts.map((host, index) => {
      if (misfits[number]![index] !== undefined || bound[index]?.has(number) === false) return Infinity;
      const alike = Math.min(9, here[index]!.filter(({ name }) => names.has(name)).length);
      return index - weight * alike - (serves(host) ? weight * 10 * hosts.length : 0);
    });
    const kept = hosts.flatMap((host, index) => (serves(host) && costs[index] !== Infinity ? [index] : []));
    return { needs: group.number, costs, has: kept.sort((a, b) => costs[a]! - costs[b]!).slice(0, group.number) };
  });
  const chosen = assign(takers, hosts.length).map((numbers) => numbers.map((index) => hosts[index]!));

  return {
    hosts: new Map(deployment.hostGroups.map(({ name }, index) => [name, chosen[index]!])),
    report: {
      missing: deployment.hostGroups.flatMap((group, number) => {
        const lacking = group.number - chosen[number]!.length;
        if (lacking === 0) return [];
        const refused = hosts.flatMap(({ name }, index) => (misfits[number]![index] === undefined ? [] : [`${name} ${misfits[number]![index]}`]));
        const { name, candidate, hardware, why } = group;
        return [{ group: name, candidate, hardware, number: lacking, command: joinCommand(group, manager), why: [why, ...shortened(refused)].join('; ') }];
      }),
      surplus: surplusOf(deployment, hosts, chosen.flat()),
    },
  };
}

/** Why a host serves nobody, or somebody else. */
function exclusionOf({ ready, labels }: RunningHost, id: string): string | undefined {
  if (!ready) return 'takes no work';
  const own = groupLabel(id);
  const facts: readonly string[] = [candidateLabel, ...Object.values(factLabels)];
  const others = Object.keys(labels).filter((label) => label.startsWith('camelc.') && !facts.includes(label) && label !== own && !label.startsWith(`${own}.`));
  return others.length ? `serves ${others[0]!.split('.')[1]}` : undefined;
}

/** Why a host is not of the group's candidate: it is of another, or too small. */
function misfitOf({ candidate, size }: RunningHost, group: HostGroup): string | undefined {
  if (candidate !== undefined) return candidate === group.candidate ? undefined : `is ${candidate}`;
  const { cores = 0, memory = 0 } = group.size;
  if (size.cores < cores) return `has ${size.cores} of ${cores} cores`;
  return size.memory < memory * leastShareOfMemory ? `has ${Math.floor(size.memory)} of ${memory} MB` : undefined;
}

/**
 * The groups, by number, that a host with data, or with a component that must not move, is bound to: those with the most of that. Undefined where it has
 * nothing of that kind, or can serve none of them.
 * @param here what runs there
 */
function boundBy(here: readonly RunningPart[], carried: readonly Part[][], id: string, fits: (group: number) => boolean): ReadonlySet<number> | undefined {
  const volumes = new Set(here.flatMap(({ form }) => volumesOf(form)));
  const components = new Set(here.map(({ component }) => component));
  if (!components.size) return undefined;
  const stays = carried.map((parts, group) => {
    if (!fits(group)) return 0;
    const data = parts.flatMap(({ service }) => service.volumes).filter(({ volume }) => volumes.has(engineName(id, `volume/${volume}`)));
    return data.length + parts.filter(({ service }) => service.unmoveable && components.has(service.component)).length;
  });
  const most = Math.max(0, ...stays);
  return most === 0 ? undefined : new Set(stays.flatMap((number, group) => (number === most ? [group] : [])));
}

/** Joins a host, which Docker reaches over ssh, and says what it is; to be run on a manager. */
const joinCommand = ({ candidate }: HostGroup, manager: string): string =>
  `docker --host ssh://HOST swarm join --token "$(docker swarm join-token --quiet worker)" ${manager} && docker node update --label-add ${quote(`${candidateLabel}=${candidate}`)} NODE`;

const shortened = (reasons: readonly string[]): string[] => (reasons.length > 4 ? [...reasons.slice(0, 3), `${reasons.length - 3} more do not fit`] : [...reasons]);

/** Hosts that served the application, and need not any more. */
function surplusOf({ id, application, hostGroups }: Deployment, hosts: readonly RunningHost[], chosen: readonly RunningHost[]): HostReport['surplus'] {
  const group = groupLabel(id);
  return hosts.flatMap((host) => {
    const served = Object.keys(host.labels).some((label) => label === group || label.startsWith(`${group}.`));
    if (!served || chosen.includes(host)) return [];
    const own = Number(host.labels[factLabels.price]);
    const price = own > 0 ? own : hostGroups.find(({ candidate }) => candidate === host.candidate)?.price;
    return [
      {
        host: host.name,
        ...(host.candidate !== undefined && { candidate: host.candidate }),
        ...(price !== undefined && { price }),
        why: `nothing of ${application} runs there any more`,
      },
    ];
  });
}
