/** The topology of an application as plain data: components, ports, communications and, of a solved one, hosts and cost. What the pictures are drawn from. */
import type { Application, Communication, Component, Port } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Place } from '@camelc/diagnostics';
import type { Solution } from '@camelc/solver';
import type { HostGroup } from '../deployment.js';
import { countOf, hostGroupsOf } from '../hosts.js';

export interface Topology {
  formatVersion: 1;
  application: string;
  version?: string;
  placement: Application['placement'];
  /** In source order. */
  components: TopologyComponent[];
  communications: Communication[];
  solution?: TopologySolution;
}

export interface TopologyComponent {
  name: string;
  place: Place;
  provided: Port[];
  required: Port[];
  scale: { minimum: number; /** `null`: unbounded. */ maximum: number | null };
  everywhere: boolean;
  /** Where its instances stand; only of a solved application. */
  hosts?: { /** Index in the hosts of the solution. */ host: number; instances: number }[];
}

export interface TopologySolution {
  status: Solution['status'];
  /** Absent without an objective. */
  utility?: Solution['utility'];
  currency: string;
  /** Of all hosts per hour. */
  cost: number;
  hosts: HostGroup[];
}

/**
 * The topology of an application.
 * @param solved its solution, if it has one, with the candidates by id
 */
export function buildTopology(application: Application, solved?: { solution: Solution; candidates: ReadonlyMap<string, NodeCandidate> }): Topology {
  const groups = solved && hostGroupsOf(application, solved.solution, solved.candidates);
  return {
    formatVersion: 1,
    application: application.name,
    ...(application.version && { version: application.version }),
    placement: application.placement,
    components: application.components.map((component) => ({
      name: component.name,
      place: component.place,
      provided: component.providedPorts,
      required: component.requiredPorts,
      scale: { minimum: component.scale.minimum, maximum: component.scale.maximum },
      everywhere: component.everywhere,
      ...(groups && { hosts: hostsOf(component, groups) }),
    })),
    communications: application.communications,
    ...(solved && groups && { solution: solutionOf(solved.solution, groups) }),
  };
}

function hostsOf({ name }: Component, groups: readonly HostGroup[]): { host: number; instances: number }[] {
  return groups.map(({ number, components }, host) => ({ host, instances: number * countOf(components, name) })).filter(({ instances }) => instances > 0);
}

function solutionOf({ status, utility, currency, cost }: Solution, hosts: HostGroup[]): TopologySolution {
  return { status, ...(utility !== undefined && { utility }), currency, cost: cost ?? 0, hosts };
}
