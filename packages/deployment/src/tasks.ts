/**
 * What shall run, for targets that start machines by themselves and run on them what no container carries: scripts, functions, jobs of a cluster.
 */
import type { Configuration, Measurement, Requirement } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Place } from '@camelc/diagnostics';
import type { Deployment, ServiceBase } from './deployment.js';

export interface TaskDeployment extends Deployment<Task> {
  /** Those between deployed components, by the names of services and of ports. */
  communications: TaskCommunication[];
  /** Those of the application, and of components that are deployed. */
  measurements: Measurement[];
  /** The candidates of its host groups, by id. */
  offers: Record<string, NodeCandidate>;
}

export interface TaskCommunication {
  name: string;
  from: { service: string; port: string };
  to: { service: string; port: string };
  place: Place;
}

export interface Task extends ServiceBase {
  run: Run;
  requiredPorts: { name: string; mandatory: boolean; place: Place }[];
  /** What its candidates satisfy. */
  requirements: Requirement[];
}

/** What a task runs: a container, or what its configuration says. */
export type Run =
  | { kind: 'container'; image: string; command?: string | string[]; /** Run when the addresses of its providers change. */ update?: string; place: Place }
  | Exclude<Configuration, { kind: 'container' | 'docker' }>;
