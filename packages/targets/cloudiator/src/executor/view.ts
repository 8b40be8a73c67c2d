/** What an application has on a server, found by its names. */
import type { Job, Monitor, Node, Process, Schedule } from '../api.js';
import { parseJobName, parseNodeName } from '../names.js';
import type { Client } from './client.js';
import { hashIn, nodeKey, type ProcessSpec } from './resources.js';

/** All that a tenant has. */
export interface Holdings {
  jobs: Job[];
  schedules: Schedule[];
  nodes: Node[];
  processes: Process[];
  monitors: Monitor[];
}

/** Asks for all that the tenant has. */
export async function readHoldings(client: Client): Promise<Holdings> {
  const [jobs, schedules, nodes, processes, monitors] = await Promise.all([
    client.ask<Job[]>('GET', '/jobs'),
    client.ask<Schedule[]>('GET', '/schedule'),
    client.ask<Node[]>('GET', '/node'),
    client.ask<Process[]>('GET', '/process'),
    client.ask<Monitor[]>('GET', '/monitors'),
  ]);
  return { jobs, schedules, nodes, processes, monitors };
}

/** The tag of a monitor that says whose it is. */
export const applicationTag = 'application';

const byId = <T extends { id: string }>(a: T, b: T): number => a.id.localeCompare(b.id, 'en', { numeric: true });
/** Whether it runs, or may do so by itself. */
export const isAlive = ({ state }: { state?: string }): boolean => state !== 'ERROR' && state !== 'DELETED';
const aliveFirst = (a: { id: string; state?: string }, b: { id: string; state?: string }): number => Number(isAlive(b)) - Number(isAlive(a)) || byId(a, b);

export class View {
  /** By the hash in its name. */
  readonly jobs = new Map<string, Job>();
  /** By the hash in the name of its job: the one in use first. */
  readonly schedules: ReadonlyMap<string, Schedule[]>;
  /** By key; those that failed last, the others as they were made. */
  readonly nodes: ReadonlyMap<string, Node[]>;
  /** In the same order. */
  readonly processes: readonly Process[];
  readonly monitors: readonly Monitor[];
  readonly #keyOfNode = new Map<string, string>();

  constructor(
    { jobs, schedules, nodes, processes, monitors }: Holdings,
    readonly id: string,
  ) {
    for (const job of jobs.toSorted(byId)) {
      const name = parseJobName(job.name);
      if (name?.id === id && !this.jobs.has(name.hash)) this.jobs.set(name.hash, job);
    }
    const hashes = new Map(jobs.flatMap((job) => (parseJobName(job.name)?.id === id ? [[job.id, parseJobName(job.name)!.hash] as const] : [])));
    const ours = schedules.filter(({ job, state }) => hashes.has(job) && state !== 'DELETED');
    const size = (schedule: Schedule): number => processes.filter((process) => process.schedule === schedule.id && isAlive(process)).length;
    this.schedules = Map.groupBy(
      ours.toSorted((a, b) => size(b) - size(a) || byId(a, b)),
      ({ job }) => hashes.get(job)!,
    );

    const named = nodes.toSorted(aliveFirst).flatMap((node) => {
      const name = parseNodeName(node.name ?? '');
      return name?.id === id && node.state !== 'DELETED' ? [{ node, key: nodeKey(name.host, name.hash) }] : [];
    });
    this.nodes = new Map([...Map.groupBy(named, ({ key }) => key)].map(([key, group]) => [key, group.map(({ node }) => node)]));
    for (const { node, key } of named) this.#keyOfNode.set(node.id, key);

    const inUse = new Set(ours.map((schedule) => schedule.id));
    this.processes = processes.filter(({ schedule, state }) => inUse.has(schedule) && state !== 'DELETED').sort(aliveFirst);
    this.monitors = monitors.filter(({ tags }) => tags?.[applicationTag] === id);
  }

  /** The server's names for a job, a schedule, a node. */
  jobId(key: string): string | undefined {
    return this.jobs.get(hashIn(key))?.id;
  }
  scheduleId(key: string): string | undefined {
    return this.schedules.get(hashIn(key))?.[0]?.id;
  }
  nodeId(key: string): string | undefined {
    return this.nodes.get(key)?.find(isAlive)?.id;
  }

  /** The key of a node, also of one that is gone. */
  keyOfNode(id: string): string {
    return this.#keyOfNode.get(id) ?? `gone/${id}`;
  }

  /** The hash of the job of a schedule. */
  hashOfSchedule(id: string): string | undefined {
    return [...this.schedules].find(([, group]) => group.some((schedule) => schedule.id === id))?.[0];
  }

  /** The processes of a task on a node, or its cluster. */
  processesOf({ schedule, task, node }: ProcessSpec): Process[] {
    const hash = hashIn(schedule);
    return this.processes.filter(
      (process) =>
        process.task === task &&
        this.hashOfSchedule(process.schedule) === hash &&
        (node === undefined ? process.nodes !== undefined : process.node !== undefined && this.keyOfNode(process.node) === node),
    );
  }

  /** The ports on which the processes of a task listen. */
  portsOf(hash: string, task: string): number[] {
    const ports = this.jobs.get(hash)?.tasks?.find(({ name }) => name === task)?.ports ?? [];
    return ports.flatMap((port) => (port.type === 'PortProvided' ? [port.port] : []));
  }
}
