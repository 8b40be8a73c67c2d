/**
 * Stands in for a server of Cloudiator: keeps what a tenant has, works through a queue, refuses what the real one refuses, and holds every request and
 * every answer against the published definition.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobNew, Monitor, MonitoringTarget, NodeRequest, ProcessNew, Requirement, Scale, ScheduleNew } from '../../src/api.js';
import { Definition } from './definition.js';
import { Refused, Tenant } from './tenant.js';

interface Logged {
  operation: string;
  body: unknown;
}

interface Answer {
  status: number;
  result?: unknown;
}

export const account = { email: 'shop@example.com', tenant: 'shop', password: 'canary-of-the-password' };

let definition: Definition | undefined;

export class StandIn extends Tenant {
  /** Read once for all servers. */
  readonly definition = (definition ??= new Definition());
  /** Requests and answers that are not of the definition; empty in a good test. */
  readonly faults: string[] = [];
  readonly log: Logged[] = [];
  readonly #tokens = new Set<string>();
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
      this.queue.work();
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

  #operate(operation: string, { id = '', key = '', metric = '' }: Record<string, string>, body: unknown, query: URLSearchParams): Answer {
    const ok = (result?: unknown): Answer => ({ status: 200, result });
    const accepted = (result: unknown): Answer => ({ status: 202, result });
    const queued = (finish: () => undefined): Answer => accepted(this.enqueue(operation, finish));
    switch (operation) {
      case 'login':
        return ok(this.#login(body as { email: string; tenant: { tenant: string }; password: string }));
      case 'findNodeCandidates':
        return accepted(this.matching((body ?? []) as Requirement[]));
      case 'getNodeCandidate':
        return ok(there(this.offers.find((offer) => offer.id === id)));
      case 'findNodes':
        return ok([...this.nodes.values()]);
      case 'getNode':
        return ok(there(this.nodes.get(id)));
      case 'addNode':
        return accepted(this.addNode(body as NodeRequest));
      case 'deleteNode':
        there(this.nodes.get(id));
        return queued(() => this.deleteNode(id));
      case 'findJobs':
        return ok([...this.jobs.values()]);
      case 'findJob':
        return ok(there(this.jobs.get(id)));
      case 'addJob':
        return ok(this.addJob(body as JobNew));
      case 'getSchedules':
        return ok([...this.schedules.values()]);
      case 'addSchedule':
        return accepted(this.addSchedule(body as ScheduleNew));
      case 'deleteSchedule':
        there(this.schedules.get(id));
        return queued(() => this.deleteSchedule(id));
      case 'getProcesses':
        return ok([...this.processes.values()].filter(({ schedule }) => !query.has('scheduleId') || schedule === query.get('scheduleId')));
      case 'findProcess':
        return ok(there(this.processes.get(id)));
      case 'createProcess':
        return accepted(this.createProcess(body as ProcessNew));
      case 'deleteProcess':
        there(this.processes.get(id));
        return queued(() => void this.processes.delete(id));
      case 'triggerScale':
        return accepted(this.scale(body as Scale));
      case 'getQueuedTasks':
        return ok([...this.queue.keys()].map((task) => this.queue.look(task)));
      case 'findQueuedTask':
        return ok(there(this.queue.look(id)));
      case 'findMonitors':
        return ok(this.monitors);
      case 'addMonitor':
        this.monitors.push(body as Monitor);
        return ok(body);
      case 'updateMonitor':
        this.updateMonitor(metric, body as Monitor);
        return ok(body);
      case 'deleteMonitor':
        this.deleteMonitor(metric, body as MonitoringTarget);
        return ok();
      case 'retrieveSecure':
        return ok({ content: there(this.store.get(key)) });
      case 'storeSecure':
        this.store.set(key, (body as { content: string }).content);
        return ok({ content: 'encrypted' });
      case 'deleteSecure':
        there(this.store.get(key));
        this.store.delete(key);
        return ok();
      default:
        throw new Refused(500, `the stand-in does not do ${operation}`);
    }
  }

  #login({ email, tenant, password }: { email: string; tenant: { tenant: string }; password: string }): unknown {
    // Some servers quote what they were sent.
    if (email !== account.email || tenant.tenant !== account.tenant || password !== account.password) throw new Refused(401, `wrong credentials: ${email} ${password}`);
    const token = `token-canary-${this.next('token')}`;
    this.#tokens.add(token);
    return { token, owner: email, issuedTime: 0, expireTime: 3_600_000 };
  }
}

function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Refused(404, 'Item not found');
  return thing;
}
