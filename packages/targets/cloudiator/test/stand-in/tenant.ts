/** What a tenant has on the stand-in, and how the requests of the real server change it or are refused. */
import type {
  Job,
  JobNew,
  Monitor,
  MonitoringTarget,
  Node,
  NodeCandidate,
  NodeRequest,
  Process,
  ProcessNew,
  Queue,
  Requirement,
  Scale,
  Schedule,
  ScheduleNew,
} from '../../src/api.js';
import { TaskQueue } from './queue.js';

/** What a test may turn. */
export interface Turns {
  /** How many requests come, of any kind, until a queued task is done; 1 unless given. */
  wait?: (operation: string) => number;
  /** Why a request is refused; it does nothing then. */
  refuse?: (operation: string, body: unknown) => { status: number; message: string } | undefined;
  /** Why a queued task fails; what it shall make is made, and is in error. */
  fail?: (operation: string, body: unknown) => string | undefined;
  /** Called before each request is worked on. */
  observe?: (operation: string) => void;
}

/** A refusal of the server. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export class Tenant {
  turns: Turns = {};
  offers: NodeCandidate[] = [];
  readonly nodes = new Map<string, Node>();
  readonly jobs = new Map<string, Job>();
  readonly schedules = new Map<string, Schedule>();
  readonly processes = new Map<string, Process>();
  monitors: Monitor[] = [];
  readonly store = new Map<string, string>();
  readonly queue = new TaskQueue();
  #count = 0;

  /** A machine breaks down. */
  loseNode(id: string): void {
    Object.assign(this.nodes.get(id)!, { state: 'ERROR', diagnostic: 'the machine does not answer' });
    for (const process of this.processes.values()) if (process.node === id) Object.assign(process, { state: 'ERROR', diagnostic: 'its node does not answer' });
  }

  /** A way back to all that there is now. */
  snapshot(): () => void {
    const { nodes, jobs, schedules, processes, store, monitors } = this;
    const copy = structuredClone({ nodes, jobs, schedules, processes, store, monitors });
    return () => {
      const { monitors: former, ...maps } = structuredClone(copy);
      this.monitors = former;
      this.queue.clear();
      for (const [name, map] of Object.entries(maps)) {
        const mine = this[name as keyof typeof maps] as Map<string, unknown>;
        mine.clear();
        for (const [key, value] of map) mine.set(key, value);
      }
    };
  }

  /** What is there, in words for expectations. */
  get holdings(): { nodes: string[]; processes: string[]; schedules: number; monitors: string[] } {
    const alive = <T extends { state?: string }>(things: Iterable<T>): T[] => [...things].filter(({ state }) => state !== 'DELETED');
    const nodeName = (id: string): string => this.nodes.get(id)?.name ?? id;
    return {
      nodes: alive(this.nodes.values())
        .map(({ name, state }) => `${name} ${state}`)
        .sort(),
      processes: alive(this.processes.values())
        .map(({ task, node, nodes, state }) => `${task} on ${(nodes ?? [node!]).map(nodeName).sort().join(' and ')} ${state}`)
        .sort(),
      schedules: alive(this.schedules.values()).length,
      monitors: this.monitors.map(({ metric, targets }) => `${metric} of ${targets.map(({ type, identifier }) => `${type} ${identifier}`).join(', ')}`).sort(),
    };
  }

  protected next(kind: string): string {
    return `${kind}-${String(++this.#count).padStart(6, '0')}`;
  }

  /** @param finish does it; returns where the made thing is, and throws where it fails */
  protected enqueue(operation: string, finish: () => string | undefined): Queue {
    return this.queue.enqueue(this.next('queue'), this.turns.wait?.(operation) ?? 1, finish);
  }

  // ── Candidates and nodes ──────────────────────────────────────────────────────────────────

  protected matching(requirements: readonly Requirement[]): NodeCandidate[] {
    return this.offers.filter((offer) =>
      requirements.every((requirement) => {
        if (requirement.type === 'IdentifierRequirement') {
          return offer.hardware?.id === requirement.hardwareId && offer.location?.id === requirement.locationId && offer.image?.id === requirement.imageId;
        }
        if (requirement.type === 'OclRequirement') return true;
        const path = [...requirement.requirementClass.split('.'), requirement.requirementAttribute];
        const value = path.reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], offer);
        return String(value) === requirement.value;
      }),
    );
  }

  protected addNode({ groupName, nodeCandidate }: NodeRequest): Queue {
    const offer = this.offers.find((one) => JSON.stringify(one) === JSON.stringify(nodeCandidate));
    if (!offer) throw new Refused(400, 'the node candidate is not known');
    const failure = this.turns.fail?.('addNode', { groupName });
    return this.enqueue('addNode', () => {
      const id = this.next('node');
      const { cores, ram } = offer.hardware ?? {};
      this.nodes.set(id, {
        id,
        // The server makes names unique.
        name: `${groupName}-${id}`,
        nodeCandidate: offer.id,
        state: failure ? 'ERROR' : 'RUNNING',
        ...(failure && { diagnostic: failure }),
        nodeProperties: { numberOfCores: cores, memory: ram },
      });
      return `node/${id}`;
    });
  }

  protected deleteNode(id: string): undefined {
    const users = [...this.processes.values()].filter(({ node, nodes, state }) => state !== 'ERROR' && (node === id || nodes?.includes(id)));
    if (users.length) throw new Error(`${users.map(({ task }) => task).join(', ')} runs on it`);
    this.nodes.delete(id);
    return undefined;
  }

  // ── Jobs, schedules, processes ────────────────────────────────────────────────────────────

  protected addJob(job: JobNew): Job {
    for (const { name, interfaces } of job.tasks) if (interfaces.length > 1) throw new Refused(400, `task ${name} has more than one interface`);
    const ports = job.tasks.flatMap((task) => task.ports.map(({ name }) => name));
    if (new Set(ports).size < ports.length) throw new Refused(400, 'two ports have the same name');
    for (const { portProvided, portRequired } of job.communications)
      if (![portProvided, portRequired].every((name) => ports.includes(name))) throw new Refused(400, 'there is no such port');
    const stored: Job = { ...job, id: this.next('job') };
    this.jobs.set(stored.id, stored);
    return stored;
  }

  protected addSchedule({ job, instantiation }: ScheduleNew): Queue {
    if (!this.jobs.has(job)) throw new Refused(400, `there is no job ${job}`);
    return this.enqueue('addSchedule', () => {
      const id = this.next('schedule');
      this.schedules.set(id, { id, job, instantiation, state: 'MANUAL' });
      return `schedule/${id}`;
    });
  }

  /** With all its processes, and their nodes. */
  protected deleteSchedule(id: string): undefined {
    for (const process of [...this.processes.values()].filter(({ schedule }) => schedule === id)) {
      this.processes.delete(process.id);
      for (const node of process.nodes ?? [process.node!]) this.nodes.delete(node);
    }
    this.schedules.delete(id);
    return undefined;
  }

  protected createProcess(process: ProcessNew): Queue {
    const schedule = this.schedules.get(process.schedule);
    if (!schedule) throw new Refused(400, `there is no schedule ${process.schedule}`);
    const job = this.jobs.get(schedule.job)!;
    const task = job.tasks.find(({ name }) => name === process.task);
    if (!task || task.interfaces[0].type !== process.taskInterface) throw new Refused(400, `there is no task ${process.task} with a ${process.taskInterface}`);
    const nodes = process.processType === 'SingleProcessNew' ? [process.node] : process.nodes;
    for (const node of nodes) if (this.nodes.get(node)?.state !== 'RUNNING') throw new Refused(400, `node ${node} does not run`);
    const mandatory = task.ports.flatMap((port) => (port.type === 'PortRequired' && port.isMandatory ? [port.name] : []));
    const failure = this.turns.fail?.('createProcess', process);
    return this.enqueue('createProcess', () => {
      for (const port of mandatory) {
        const provided = job.communications.filter(({ portRequired }) => portRequired === port).map(({ portProvided }) => portProvided);
        const providers = job.tasks.filter((other) => other.ports.some(({ name }) => provided.includes(name))).map(({ name }) => name);
        if (![...this.processes.values()].some((other) => other.schedule === schedule.id && providers.includes(other.task) && other.state === 'RUNNING'))
          throw new Error(`nothing provides ${port}`);
      }
      const others = [...this.processes.values()].filter(
        (other) => other.state === 'RUNNING' && nodes.some((node) => other.node === node) && this.#portsOf(other).some((port) => this.#ports(job, process.task).includes(port)),
      );
      if (others.length) throw new Error(`the port is taken by ${others[0]!.task}`);
      const id = this.next('process');
      this.processes.set(id, {
        id,
        schedule: schedule.id,
        task: process.task,
        taskInterface: process.taskInterface,
        ...(process.processType === 'SingleProcessNew' ? { processType: 'SingleProcess', node: process.node } : { processType: 'ClusterProcess', nodes: process.nodes }),
        state: failure ? 'ERROR' : 'RUNNING',
        ...(failure && { diagnostic: failure }),
      });
      return `process/${id}`;
    });
  }

  #ports(job: Job, task: string): number[] {
    return job.tasks.find(({ name }) => name === task)!.ports.flatMap((port) => (port.type === 'PortProvided' ? [port.port] : []));
  }
  #portsOf({ schedule, task }: Process): number[] {
    return this.#ports(this.jobs.get(this.schedules.get(schedule)!.job)!, task);
  }

  /** Of clusters alone, though the real server scales other tasks too. Who scales in loses the nodes. */
  protected scale({ schedule, task, scaleDirection, nodes }: Scale): Queue {
    const cluster = [...this.processes.values()].find((process) => process.schedule === schedule && process.task === task);
    if (cluster?.processType !== 'ClusterProcess') throw new Refused(400, `${task} is no cluster`);
    for (const node of nodes) if (scaleDirection === 'SCALE_OUT' && this.nodes.get(node)?.state !== 'RUNNING') throw new Refused(400, `node ${node} does not run`);
    return this.enqueue('triggerScale', () => {
      const left = cluster.nodes!.filter((node) => !nodes.includes(node));
      const others = [...this.processes.values()].filter((other) => other !== cluster && nodes.some((node) => other.node === node || other.nodes?.includes(node)));
      if (scaleDirection === 'SCALE_IN' && others.length) throw new Error(`${others[0]!.task} runs there, too`);
      cluster.nodes = scaleDirection === 'SCALE_OUT' ? [...left, ...nodes] : left;
      if (scaleDirection === 'SCALE_IN') for (const node of nodes) this.nodes.delete(node);
      return `schedule/${schedule}`;
    });
  }

  // ── Monitors ──────────────────────────────────────────────────────────────────────────────

  protected updateMonitor(metric: string, monitor: Monitor): void {
    this.monitors = [...this.monitors.filter((one) => !isOf(one, metric, monitor.targets[0]!)), monitor];
  }

  protected deleteMonitor(metric: string, target: MonitoringTarget): void {
    const left = this.monitors.filter((one) => !isOf(one, metric, target));
    if (left.length === this.monitors.length) throw new Refused(404, 'Item not found');
    this.monitors = left;
  }
}

const isOf = (monitor: Monitor, metric: string, target: MonitoringTarget): boolean =>
  monitor.metric === metric && monitor.targets.some(({ type, identifier }) => type === target.type && identifier === target.identifier);
