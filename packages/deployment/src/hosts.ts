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
    ordered.map((components) => plain(components.map(({ name }) => name).join('-'))),
    63,
  );
  return solution.hosts.map(({ candidate: id, number }, index) => {
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
      components: components.map(({ name }) => name),
      price: candidate.price,
      allocatable: allocatableOf(candidate),
      why: `the solution puts ${list(components.map(({ name }) => name))} on ${number} of ${candidate.hardware} (${id})`,
      from: components.map(({ place }) => place),
    };
  });
}

function allocatableOf({ cores, memory, allocatable }: NodeCandidate): HostGroup['allocatable'] {
  const coresLeft = allocatable?.cores ?? cores;
  const memoryLeft = allocatable?.memory ?? (memory === undefined ? undefined : Math.floor(memory * allocatableShareOfMemory));
  return { ...(coresLeft !== undefined && { cores: coresLeft }), ...(memoryLeft !== undefined && { memory: memoryLeft }) };
}

/**
 * What one replica reserves: the smaller of its demand, which is the least that its requirements accept, and what the host offers. Components that
 * share the hosts of a dedicated placement share what these offer in proportion to their demands.
 */
export function reservationOf(component: Component, others: readonly Component[], { allocatable }: HostGroup): Service['resources'] {
  const resources: Service['resources'] = {};
  for (const kind of ['cores', 'memory'] as const) {
    const demand = demandOf(component, kind);
    if (demand <= 0) continue;
    const all = others.reduce((sum, other) => sum + demandOf(other, kind), demand);
    resources[kind] = demand * Math.min(1, (allocatable[kind] ?? Infinity) / all);
  }
  return resources;
}

function demandOf({ requirements }: Component, kind: 'cores' | 'memory'): number {
  const least = requirements.flatMap((r) => (r.kind === 'attribute' && r.attribute === kind && r.bound !== 'maximum' && typeof r.value === 'number' ? [r.value] : []));
  return Math.max(0, ...least);
}

export const list = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
