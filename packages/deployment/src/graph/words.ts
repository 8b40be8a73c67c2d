/** How the parts of a topology are called in every picture of it. */
import type { Port } from '@camelc/application/model';
import type { HostGroup } from '../deployment.js';
import type { Topology, TopologyComponent, TopologySolution } from './topology.js';

export const portNumbers = ({ low, high }: Port): string => (low === high ? String(low) : `${low}-${high}`);

export const titleOf = ({ application, version }: Topology): string => (version ? `${application} ${version}` : application);

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Where the instances of a component stand, or how many there may be: a line each. */
export function instancesOf({ hosts, scale, everywhere }: TopologyComponent, solution: TopologySolution | undefined): string[] {
  if (hosts && solution) {
    const machines = new Map<string, number>();
    for (const { host, instances } of hosts) {
      const machine = machineOf(solution.hosts[host]!);
      machines.set(machine, (machines.get(machine) ?? 0) + instances);
    }
    return machines.size === 0 ? ['not deployed'] : [...machines].map(([machine, instances]) => `${instances} on ${machine}`);
  }
  if (everywhere) return ['one on every host'];
  const { minimum, maximum } = scale;
  if (maximum === null) return [`${minimum} or more instances`];
  return [minimum === maximum ? counted(minimum, 'instance') : `${minimum} to ${maximum} instances`];
}

export const machineOf = ({ provider, hardware }: HostGroup): string => `${provider} ${hardware}`;

/** What a machine of the group has, and where it is. */
export function sizeOf({ size: { cores, memory, storage } }: HostGroup): string {
  return [cores !== undefined && `${cores} cpu`, memory !== undefined && `${short(memory / 1024)} GB`, storage !== undefined && `${short(storage)} GB disk`]
    .filter(Boolean)
    .join(', ');
}

export const locationOf = ({ location }: HostGroup): string => (location ? [location.city ?? location.id, location.country].filter(Boolean).join(', ') : '');

export const priceOf = ({ price, number }: HostGroup, currency: string): string => `${(price * number).toFixed(4)} ${currency}/h`;

/** The components that each host of a group carries, each with how many of it. */
export function carriedBy({ components }: HostGroup): string {
  const counts = new Map<string, number>();
  for (const name of components) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => (n === 1 ? name : `${n} × ${name}`)).join(', ');
}

/** What the whole costs and achieves. */
export function totalOf({ cost, currency, utility, status }: TopologySolution): string {
  const value = utility === undefined ? '' : `, utility ${typeof utility === 'number' ? short(utility) : utility === 'Infinity' ? '∞' : '-∞'}`;
  return `${cost.toFixed(4)} ${currency}/h${value}${status === 'optimal' ? ', optimal' : ', not proven optimal'}`;
}

const short = (value: number): string => String(Number(value.toPrecision(5)));
