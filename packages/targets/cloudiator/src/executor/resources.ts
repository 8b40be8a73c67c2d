/** What an application has on a server, as resources: their kinds, keys and specs. */
import type { Json } from '@camelc/plan';
import type { JobNew, Monitor, Task, TaskInterface } from '../api.js';
import { hashOf } from '../names.js';
import type { Offer } from './offers.js';

/**
 * - `job` and `schedule`: the tasks, and that their processes are started by hand. Neither can be changed. A job cannot be deleted either; it is there as long
 *   as it has a schedule, for without one it does nothing.
 * - `node`: a machine of the solution.
 * - `process`: one instance of a task on a node; or of a task that runs as a cluster, all of it.
 * - `task`: its processes together. It is nothing of its own on the server: it is up when they all are, and what they provide is needed from it.
 * - `monitor`: a metric of a process, or of the job.
 */
export const kinds = ['job', 'schedule', 'node', 'process', 'task', 'monitor'] as const;
export type Kind = (typeof kinds)[number];

export interface JobSpec {
  /** By their names. */
  tasks: Record<string, Omit<Task, 'name' | 'interfaces'> & { interface: TaskInterface }>;
  communications: JobNew['communications'];
  /** Fingerprints of the credentials that stand in it as `${NAME}`. */
  secrets: Record<string, string>;
}

export const jobSpecOf = ({ tasks, communications }: Omit<JobNew, 'name'>, secrets: Record<string, string>): JobSpec => ({
  tasks: Object.fromEntries(tasks.map(({ name, interfaces, ...task }) => [name, { ...task, interface: interfaces[0] }])),
  communications,
  secrets,
});

export const jobOf = (name: string, { tasks, communications }: JobSpec): JobNew => ({
  name,
  tasks: Object.entries(tasks).map(([task, { interface: one, ...rest }]) => ({ name: task, ...rest, interfaces: [one] })),
  communications,
});

export interface ScheduleSpec {
  job: string;
}
export interface NodeSpec {
  candidate: string;
  hardware: string;
  offer: Offer;
  /** Of one that failed; never wanted. */
  state?: 'ERROR';
}
export interface ProcessSpec {
  schedule: string;
  task: string;
  /** Its node, and the how manyth of the task it is there; or all nodes of a cluster. */
  node?: string;
  number?: number;
  nodes?: string[];
  /** Of one that failed; never wanted. */
  state?: 'ERROR';
}
export interface TaskSpec {
  /** By their names: the keys of each process and, if it is no cluster, of its node. */
  instances: Record<string, { process: string; node?: string }>;
  /** Whether it stays on its nodes. The server does not know that, so what is recorded counts. */
  unmoveable?: true;
}
export interface MonitorSpec extends Omit<Monitor, 'targets' | 'tags'> {
  /** The key of a process or of the job. */
  of: string;
}

/** The specs of resources are plain data; these functions say so to the compiler. */
export const asJson = (spec: JobSpec | ScheduleSpec | NodeSpec | ProcessSpec | TaskSpec | MonitorSpec): Json => spec as unknown as Json;
export const asSpec = <S>(spec: Json): S => spec as unknown as S;

export const jobKey = (hash: string): string => `job/${hash}`;
export const scheduleKey = (hash: string): string => `schedule/${hash}`;
export const nodeKey = (host: string, hash: string): string => `node/${host}-${hash}`;
export const taskKey = (component: string): string => `task/${component}`;
/** A process that has another schedule, task or node is another one. Which nodes a cluster has may change. */
export const processKey = (name: string, { schedule, task, node }: Pick<ProcessSpec, 'schedule' | 'task' | 'node'>): string =>
  `process/${name}-${hashOf({ schedule, task, node: node ?? null })}`;
export const monitorKey = (metric: string, of: string): string => `monitor/${metric}-${hashOf(of)}`;

/** The content hash in the key of a job or schedule. */
export const hashIn = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The host and the hash in the key of a node. */
export function nodeIn(key: string): { host: string; hash: string } {
  const [, host = '', hash = ''] = /^node\/(.*)-([0-9a-f]{12})$/.exec(key) ?? [];
  return { host, hash };
}

/** Only one process at a time can listen on a port of a node. */
export const takesOf = (node: string, ports: readonly number[]): string[] => ports.map((port) => `${node}/port/${port}`);
