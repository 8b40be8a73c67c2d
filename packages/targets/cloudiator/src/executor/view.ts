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
const isAlive = ({ state }: { state?: string }): boolean => state !== 'ERROR' && state !== 'DELETED';

export class View {
  /** By the hash in its name. */
  readonly jobs = new Map<string, Job>();
  /** By the hash in the name of its job: the one in use first. */
  readonly schedules: ReadonlyMap<string, Schedule[]>;
  /** Those that may be of use, by key; the first made first. */
  readonly nodes: ReadonlyMap<string, Node[]>;
  /** Those that failed, by key. */
  readonly failedNodes: ReadonlyMap<string, Node[]>;
  readonly processes: readonly Process[];
  readonly failedProcesses: readonly Process[];
  readonly monitors: readonly Monitor[];
  readonly #keyOfNode = new Map<string, string>();

  constructor({ jobs, schedules, nodes, processes, monitors }: Holdings, id: string) {
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

    const named = nodes
      .toSorted(byId)
      .map((node) => ({ node, name: parseNodeName(node.name ?? '') }))
      .filter(({ node, name }) => name?.id === id && node.state !== 'DELETED')
      .map(({ node, name }) => ({ node, key: nodeKey(name!.host, name!.hash) }));
    const grouped = (wanted: boolean): Map<string, Node[]> =>
      new Map(
        [
          ...Map.groupBy(
            named.filter(({ node }) => isAlive(node) === wanted),
            ({ key }) => key,
          ),
        ].map(([key, group]) => [key, group.map(({ node }) => node)]),
      );
    this.nodes = grouped(true);
    this.failedNodes = grouped(false);
    for (const { node, key } of named) if (isAlive(node)) this.#keyOfNode.set(node.id, key);

    const inUse = new Set(ours.map((schedule) => schedule.id));
    const its = processes.filter(({ schedule }) => inUse.has(schedule)).sort(byId);
    const runs = (process: Process): boolean => isAlive(process) && (process.nodes ?? [process.node ?? '']).some((node) => this.#keyOfNode.has(node));
    this.processes = its.filter(runs);
    this.failedProcesses = its.filter((process) => !runs(process) && process.state !== 'DELETED');
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
    return this.nodes.get(key)?.[0]?.id;
  }

  /** The key of a node that it has. */
  keyOfNode(id: string): string | undefined {
    return this.#keyOfNode.get(id);
  }

  /** The hash of the job of a schedule. */
  hashOfSchedule(id: string): string | undefined {
    return [...this.schedules].find(([, group]) => group.some((schedule) => schedule.id === id))?.[0];
  }

  /** The processes of a task on a node, or its cluster: the first made first. */
  processesOf({ schedule, task, node }: ProcessSpec, among: readonly Process[] = this.processes): Process[] {
    const hash = hashIn(schedule);
    return among.filter(
      (process) =>
        process.task === task &&
        this.hashOfSchedule(process.schedule) === hash &&
        (node === undefined ? process.nodes !== undefined : process.node !== undefined && this.#keyOfNode.get(process.node) === node),
    );
  }

  /** The ports on which the processes of a task listen. */
  portsOf(hash: string, task: string): number[] {
    const ports = this.jobs.get(hash)?.tasks?.find(({ name }) => name === task)?.ports ?? [];
    return ports.flatMap((port) => (port.type === 'PortProvided' ? [port.port] : []));
  }
}
