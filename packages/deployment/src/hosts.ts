import type { Application, Component } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Solution } from '@camelc/solver';
import type { HostGroup, Service } from './deployment.js';
import { plain, uniqueNames } from './names.js';

/**
 * Share of a machine's nominal memory that is counted on for applications where the candidate does not say what is: an "8 GB" machine shows its engine
 * about 7.7 GB, and the system itself needs some.
 */
const allocatableShareOfMemory = 0.9;

/** The host groups of a solution, in its order, each named after its components. */
export function hostGroupsOf(application: Application, solution: Solution, candidates: ReadonlyMap<string, NodeCandidate>): HostGroup[] {
  const ordered = solution.hosts.map(({ components }) => application.components.filter(({ name }) => components.includes(name)));
  const names = uniqueNames(
    ordered.map((components) => plain(components.flatMap(({ name, everywhere }) => (everywhere ? [] : [name])).join('-'))),
    63,
  );
  return solution.hosts.map(({ candidate: id, number, components: instances }, index) => {
    const candidate = candidates.get(id);
    if (!candidate) throw new Error(`the solution uses the candidate ${id}, which is not among the candidates`);
    const components = ordered[index]!;
    const { cores, memory, storage, location } = candidate;
    return {
      name: names[index]!,
      candidate: id,
      hardware: candidate.hardware,
      provider: candidate.cloud.provider,
      ...(location && { location: { id: location.id, ...(location.city && { city: location.city }), ...(location.country && { country: location.country }) } }),
      size: { ...(cores !== undefined && { cores }), ...(memory !== undefined && { memory }), ...(storage !== undefined && { storage }) },
      number,
      components: components.flatMap(({ name }) => instances.filter((instance) => instance === name)),
      price: candidate.price,
      allocatable: allocatableOf(candidate),
      why: `the solution puts ${list(components.map(({ name }) => counted(name, countOf(instances, name))))} on ${number} of ${candidate.hardware} (${id})`,
      from: components.map(({ place }) => place),
    };
  });
}

function allocatableOf({ cores, memory, allocatable }: NodeCandidate): HostGroup['allocatable'] {
  const coresLeft = allocatable?.cores ?? cores;
  const memoryLeft = allocatable?.memory ?? (memory === undefined ? undefined : Math.floor(memory * allocatableShareOfMemory));
  return { ...(coresLeft !== undefined && { cores: coresLeft }), ...(memoryLeft !== undefined && { memory: memoryLeft }) };
}

/** How often a name stands in a list. */
export const countOf = (names: readonly string[], name: string): number => names.filter((other) => other === name).length;

const counted = (name: string, count: number): string => (count === 1 ? name : `${count} of ${name}`);

/**
 * What one replica reserves: its demand, which is the least that its requirements accept. Where a host of it offers less than the demands of all that it
 * carries, these share in proportion to their demands.
 * @param groups those that carry the component
 */
export function reservationOf(component: Component, groups: readonly HostGroup[], application: Application): Service['resources'] {
  const resources: Service['resources'] = {};
  for (const kind of ['cores', 'memory'] as const) {
    const demand = demandOf(component, kind);
    if (demand <= 0) continue;
    const shares = groups.map(({ allocatable, components }) => {
      const all = application.components.reduce((sum, other) => sum + demandOf(other, kind) * countOf(components, other.name), 0);
      return (demand * (allocatable[kind] ?? Infinity)) / all;
    });
    resources[kind] = Math.min(demand, ...shares);
  }
  return resources;
}

function demandOf({ requirements }: Component, kind: 'cores' | 'memory'): number {
  const least = requirements.flatMap((r) => (r.kind === 'attribute' && r.attribute === kind && r.bound !== 'maximum' && typeof r.value === 'number' ? [r.value] : []));
  return Math.max(0, ...least);
}

export const list = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
