/**
 * Stands in for a server of Cloudiator: keeps nodes, jobs, schedules, processes, monitors and secrets, works through a queue, refuses what the real one
 * refuses, and holds every request and every answer against the published definition.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { Definition } from './definition.js';

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

interface Item extends Queue {
  left: number;
  finish: () => string | undefined;
}

export interface Logged {
  operation: string;
  body: unknown;
}

export const account = { email: 'shop@example.com', tenant: 'shop', password: 'canary-of-the-password' };

/** A refusal of the server. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let definition: Definition | undefined;

export class StandIn {
  /** Read once for all servers. */
  readonly definition = (definition ??= new Definition());
  /** Requests and answers that are not of the definition; empty in a good test. */
  readonly faults: string[] = [];
  readonly log: Logged[] = [];
  turns: Turns = {};
  offers: NodeCandidate[] = [];
  readonly nodes = new Map<string, Node>();
  readonly jobs = new Map<string, Job>();
  readonly schedules = new Map<string, Schedule>();
  readonly processes = new Map<string, Process>();
  monitors: Monitor[] = [];
  readonly store = new Map<string, string>();
  readonly queue = new Map<string, Item>();
  readonly #tokens = new Set<string>();
  #count = 0;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** All tokens are refused from now on. */
  expireTokens(): void {
    this.#tokens.clear();
  }

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

  // ── HTTP ──────────────────────────────────────────────────────────────────────────────────

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://stand-in');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const operation = this.definition.operationOf(request.method!, pathname);
    const answer = (status: number, body?: unknown): void => {
      if (operation) for (const fault of this.definition.faultsOfAnswer(operation.id, status, body)) this.faults.push(`answer ${status} of ${operation.id}: ${fault}`);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (!operation) {
      this.faults.push(`there is no ${request.method} ${pathname}`);
      return answer(404, { code: 404, message: 'there is no such path' });
    }
    try {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      this.turns.observe?.(operation.id);
      this.#work();
      if (operation.id !== 'login' && !this.#tokens.has(String(request.headers['x-api-key']))) throw new Refused(401, 'the token is unknown or has expired');
      const faults = this.definition.faultsOfRequest(operation.id, [...searchParams.keys()], body);
      this.faults.push(...faults.map((fault) => `request ${operation.id}: ${fault}`));
      if (faults.length) throw new Refused(400, faults.join('; '));
      this.log.push({ operation: operation.id, body });
      const refusal = this.turns.refuse?.(operation.id, body);
      if (refusal) throw new Refused(refusal.status, refusal.message);
      const { status, result } = this.#operate(operation.id, operation.values, body, searchParams);
      answer(status, result);
    } catch (error) {
      const status = error instanceof Refused ? error.status : 500;
      answer(status, { code: status, message: (error as Error).message });
    }
  }

  #operate(operation: string, { id = '', key = '', metric = '' }: Record<string, string>, body: unknown, query: URLSearchParams): { status: number; result?: unknown } {
    const ok = (result?: unknown): { status: number; result?: unknown } => ({ status: 200, result });
    const accepted = (finish: () => string | undefined): { status: number; result?: unknown } => ({ status: 202, result: this.#enqueue(operation, finish) });
    switch (operation) {
      case 'login':
        return ok(this.#login(body as { email: string; tenant: { tenant: string }; password: string }));
      case 'findNodeCandidates':
        return { status: 202, result: this.#matching((body ?? []) as Requirement[]) };
      case 'getNodeCandidate':
        return ok(this.#there(this.offers.find((offer) => offer.id === id)));
      case 'findNodes':
        return ok([...this.nodes.values()]);
      case 'getNode':
        return ok(this.#there(this.nodes.get(id)));
      case 'addNode':
        return { status: 202, result: this.#addNode(body as NodeRequest) };
      case 'deleteNode':
        this.#there(this.nodes.get(id));
        return accepted(() => this.#deleteNode(id));
      case 'findJobs':
        return ok([...this.jobs.values()]);
      case 'findJob':
        return ok(this.#there(this.jobs.get(id)));
      case 'addJob':
        return ok(this.#addJob(body as JobNew));
      case 'getSchedules':
        return ok([...this.schedules.values()]);
      case 'addSchedule':
        return { status: 202, result: this.#addSchedule(body as ScheduleNew) };
      case 'deleteSchedule':
        this.#there(this.schedules.get(id));
        return accepted(() => this.#deleteSchedule(id));
      case 'getProcesses':
        return ok([...this.processes.values()].filter(({ schedule }) => !query.has('scheduleId') || schedule === query.get('scheduleId')));
      case 'findProcess':
        return ok(this.#there(this.processes.get(id)));
      case 'createProcess':
        return { status: 202, result: this.#createProcess(body as ProcessNew) };
      case 'deleteProcess':
        this.#there(this.processes.get(id));
        return accepted(() => void this.processes.delete(id));
      case 'triggerScale':
        return { status: 202, result: this.#scale(body as Scale) };
      case 'getQueuedTasks':
        return ok([...this.queue.values()].map((item) => this.#look(item)));
      case 'findQueuedTask':
        return ok(this.#look(this.#there(this.queue.get(id))));
      case 'findMonitors':
        return ok(this.monitors);
      case 'addMonitor':
        this.monitors.push(body as Monitor);
        return ok(body);
      case 'updateMonitor':
        this.monitors = [...this.monitors.filter((one) => !this.#isOf(one, metric, (body as Monitor).targets[0]!)), body as Monitor];
        return ok(body);
      case 'deleteMonitor':
        this.#there(this.monitors.find((one) => this.#isOf(one, metric, body as MonitoringTarget)));
        this.monitors = this.monitors.filter((one) => !this.#isOf(one, metric, body as MonitoringTarget));
        return ok();
      case 'retrieveSecure':
        return ok({ content: this.#there(this.store.get(key)) });
      case 'storeSecure':
        this.store.set(key, (body as { content: string }).content);
        return ok({ content: 'encrypted' });
      case 'deleteSecure':
        this.#there(this.store.get(key));
        this.store.delete(key);
        return ok();
      default:
        throw new Refused(500, `the stand-in does not do ${operation}`);
    }
  }

  #there<T>(thing: T | undefined): T {
    if (thing === undefined) throw new Refused(404, 'Item not found');
    return thing;
  }

  #next(kind: string): string {
    return `${kind}-${String(++this.#count).padStart(6, '0')}`;
  }

  // ── Who asks, and the queue ───────────────────────────────────────────────────────────────

  #login({ email, tenant, password }: { email: string; tenant: { tenant: string }; password: string }): unknown {
    // Some servers quote what they were sent.
    if (email !== account.email || tenant.tenant !== account.tenant || password !== account.password) throw new Refused(401, `wrong credentials: ${email} ${password}`);
    const token = `token-canary-${this.#next('token')}`;
    this.#tokens.add(token);
    return { token, owner: email, issuedTime: 0, expireTime: 3_600_000 };
  }

  #enqueue(operation: string, finish: () => string | undefined): Queue {
    const id = this.#next('queue');
    const item: Item = { id, status: 'SCHEDULED', left: this.turns.wait?.(operation) ?? 1, finish };
    this.queue.set(id, item);
    return { id, status: item.status };
  }

  /** Each request brings all tasks forward. */
  #work(): void {
    for (const item of this.queue.values()) {
      if (item.status === 'COMPLETED' || item.status === 'FAILED') continue;
      item.status = 'RUNNING';
      if (--item.left > 0) continue;
      try {
        item.location = item.finish();
        item.status = 'COMPLETED';
      } catch (error) {
        item.status = 'FAILED';
        item.diagnosis = (error as Error).message;
      }
    }
  }

  #look({ id, status, location, diagnosis }: Item): Queue {
    return { id, status, ...(location !== undefined && { location }), ...(diagnosis !== undefined && { diagnosis }) };
  }

  // ── Candidates and nodes ──────────────────────────────────────────────────────────────────

  #matching(requirements: readonly Requirement[]): NodeCandidate[] {
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

  #addNode({ groupName, nodeCandidate }: NodeRequest): Queue {
    const offer = this.offers.find((one) => JSON.stringify(one) === JSON.stringify(nodeCandidate));
    if (!offer) throw new Refused(400, 'the node candidate is not known');
    const failure = this.turns.fail?.('addNode', { groupName });
    return this.#enqueue('addNode', () => {
      const id = this.#next('node');
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

  #deleteNode(id: string): undefined {
    const users = [...this.processes.values()].filter(({ node, nodes, state }) => state !== 'ERROR' && (node === id || nodes?.includes(id)));
    if (users.length) throw new Error(`${users.map(({ task }) => task).join(', ')} runs on it`);
    this.nodes.delete(id);
    return undefined;
  }

  // ── Jobs, schedules, processes ────────────────────────────────────────────────────────────

  #addJob(job: JobNew): Job {
    for (const { name, interfaces } of job.tasks) if (interfaces.length > 1) throw new Refused(400, `task ${name} has more than one interface`);
    const ports = job.tasks.flatMap((task) => task.ports.map(({ name }) => name));
    if (new Set(ports).size < ports.length) throw new Refused(400, 'two ports have the same name');
    for (const { portProvided, portRequired } of job.communications)
      if (![portProvided, portRequired].every((name) => ports.includes(name))) throw new Refused(400, 'there is no such port');
    const stored: Job = { ...job, id: this.#next('job') };
    this.jobs.set(stored.id, stored);
    return stored;
  }

  #addSchedule({ job, instantiation }: ScheduleNew): Queue {
    if (!this.jobs.has(job)) throw new Refused(400, `there is no job ${job}`);
    return this.#enqueue('addSchedule', () => {
      const id = this.#next('schedule');
      this.schedules.set(id, { id, job, instantiation, state: 'MANUAL' });
      return `schedule/${id}`;
    });
  }

  /** With all its processes, and their nodes. */
  #deleteSchedule(id: string): undefined {
    for (const process of [...this.processes.values()].filter(({ schedule }) => schedule === id)) {
      this.processes.delete(process.id);
      for (const node of process.nodes ?? [process.node!]) this.nodes.delete(node);
    }
    this.schedules.delete(id);
    return undefined;
  }

  #createProcess(process: ProcessNew): Queue {
    const schedule = this.schedules.get(process.schedule);
    if (!schedule) throw new Refused(400, `there is no schedule ${process.schedule}`);
    const job = this.jobs.get(schedule.job)!;
    const task = job.tasks.find(({ name }) => name === process.task);
    if (!task || task.interfaces[0].type !== process.taskInterface) throw new Refused(400, `there is no task ${process.task} with a ${process.taskInterface}`);
    const nodes = process.processType === 'SingleProcessNew' ? [process.node] : process.nodes;
    for (const node of nodes) if (this.nodes.get(node)?.state !== 'RUNNING') throw new Refused(400, `node ${node} does not run`);
    const mandatory = task.ports.flatMap((port) => (port.type === 'PortRequired' && port.isMandatory ? [port.name] : []));
    const failure = this.turns.fail?.('createProcess', process);
    return this.#enqueue('createProcess', () => {
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
      const id = this.#next('process');
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

  #scale({ schedule, task, scaleDirection, nodes }: Scale): Queue {
    const cluster = [...this.processes.values()].find((process) => process.schedule === schedule && process.task === task);
    if (cluster?.processType !== 'ClusterProcess') throw new Refused(400, `${task} is no cluster`);
    for (const node of nodes) if (scaleDirection === 'SCALE_OUT' && this.nodes.get(node)?.state !== 'RUNNING') throw new Refused(400, `node ${node} does not run`);
    return this.#enqueue('triggerScale', () => {
      cluster.nodes = scaleDirection === 'SCALE_OUT' ? [...cluster.nodes!, ...nodes] : cluster.nodes!.filter((node) => !nodes.includes(node));
      return `schedule/${schedule}`;
    });
  }

  #isOf(monitor: Monitor, metric: string, target: MonitoringTarget): boolean {
    return monitor.metric === metric && monitor.targets.some(({ type, identifier }) => type === target.type && identifier === target.identifier);
  }
}
