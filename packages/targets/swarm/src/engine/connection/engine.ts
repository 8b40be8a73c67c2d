/** Requests to the Engine API, through dockerode's transport. */
import type { Agent, IncomingMessage } from 'node:http';
import { connectionFaults, diagnose, DiagnosticError, isTlsFault } from '@camelc/diagnostics';
import Docker, { type DockerOptions } from 'dockerode';
import type { Endpoint } from './endpoint.js';
import { sshAgent } from './ssh.js';

// An import of this module would load all that it offers, with undici and TLS, which takes longer than all else.
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');

/** The engine answered, and refuses. */
export class EngineError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
  /** The version that was sent is not the last any more: somebody else changed it meanwhile. */
  get outOfSequence(): boolean {
    return this.message.includes('update out of sequence');
  }
}

/** There is no answer. What was asked may have been done or not. */
export class EngineUnreachable extends DiagnosticError {}

export interface Request {
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Readonly<Record<string, string | number | boolean>>;
  filters?: Readonly<Record<string, readonly string[]>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  timeout?: number;
}

interface Answer {
  body: Buffer;
  headers: IncomingMessage['headers'];
}

/** Longer than any request takes that this package makes. */
const defaultTimeout = 60_000;

/** An engine; nothing is sent before something is asked. */
export class Engine {
  readonly #docker: Docker;
  readonly #agent: Agent;
  #ahead = 0;

  /** @throws DiagnosticError engine/tls */
  constructor(readonly endpoint: Endpoint) {
    const { agent, ...options } = transportTo(endpoint);
    this.#agent = unseen(agent);
    try {
      this.#docker = new Docker({ ...options, agent } as DockerOptions);
    } catch (error) {
      // It reads the folder of certificates that the environment names, whether or not they are needed.
      throw new DiagnosticError([diagnose('engine/tls', { name: endpoint.name, why: (error as Error).message })]);
    }
  }

  /** All further requests are of this version of the API. */
  speak(version: string): void {
    (this.#docker.modem as { version?: string }).version = `v${version}`;
  }

  /** Milliseconds since 1970 by the engine's clock, which all who work with the swarm share. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /**
   * @returns what the engine answers, as JSON; undefined where it says nothing
   * @throws EngineError, EngineUnreachable
   */
  async ask<T>(path: string, request: Request = {}): Promise<T> {
    const { body } = await this.answer(path, request);
    return (body.length ? JSON.parse(body.toString()) : undefined) as T;
  }

  /** The same, undefined also where there is no such thing. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.ask<T>(path);
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return undefined;
      throw error;
    }
  }

  async answer(path: string, request: Request = {}): Promise<Answer> {
    try {
      return await this.#exchange(path, request);
    } catch (error) {
      // The engine may have closed a connection while nobody used it: a question can be asked again.
      const again = (error as NodeJS.ErrnoException).code === 'ECONNRESET' && (request.method ?? 'GET') === 'GET';
      if (!again) throw this.#failure(error);
      return await this.#exchange(path, request).catch((e: unknown) => {
        throw this.#failure(e);
      });
    }
  }

  async #exchange(path: string, { method = 'GET', query, filters, body, headers, timeout = defaultTimeout }: Request): Promise<Answer> {
    const signal = AbortSignal.timeout(timeout);
    const parameters = { ...query, ...(filters && { filters }) };
    const request = {
      method,
      // By the question mark the parameters are known to be those of the path.
      path: Object.keys(parameters).length > 0 ? `${path}?` : path,
      options: { _query: parameters, ...(body !== undefined && { _body: body }) },
      ...(headers && { headers: unseen({ ...headers }) }),
      abortSignal: signal,
      // The headers of the answer are needed too, which a stream alone has.
      isStream: true,
      statusCodes: { 200: true, 201: true, 202: true, 204: true },
    };
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        this.#docker.modem.dial(request as never, (error: unknown, answer: unknown) => (error ? reject(error as Error) : resolve(answer as IncomingMessage)));
      });
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const date = Date.parse(response.headers.date ?? '');
      if (!Number.isNaN(date)) this.#ahead = aheadOf(date, this.#ahead);
      return { body: Buffer.concat(chunks), headers: response.headers };
    } catch (error) {
      throw signal.aborted ? Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' }) : error;
    }
  }

  #failure(error: unknown): Error {
    const { statusCode, message } = error as { statusCode?: number; message: string };
    return statusCode === undefined ? unreachable(error as NodeJS.ErrnoException, this.endpoint) : new EngineError(statusCode, messageOf(message));
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** dockerode describes each request for its log, which is off: connections with all that hangs on them, which takes longer than the request, and logins. */
const unseen = <T extends object>(value: T): T => Object.defineProperty(value, Symbol.for('nodejs.util.inspect.custom'), { value: () => '…' });

/** What dockerode is told. All of it is, so that it does not ask the environment, which may mean another engine. */
function transportTo({ url, tls }: Endpoint): DockerOptions & { agent: Agent } {
  const none = { socketPath: undefined, host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined } as unknown as DockerOptions;
  const at = (protocol: 'http' | 'https'): DockerOptions => ({ ...none, protocol, host: `${protocol}://${url.hostname}`, port: url.port || (protocol === 'http' ? 2375 : 2376) });
  if (url.protocol === 'unix:') return { ...none, protocol: 'http', socketPath: decodeURIComponent(url.pathname), agent: new HttpAgent({ keepAlive: true }) };
  if (url.protocol === 'ssh:') return { ...at('http'), agent: sshAgent(url) };
  if (tls) return { ...at('https'), agent: new (process.getBuiltinModule('node:https').Agent)({ keepAlive: true, ...tls }) };
  return { ...at('http'), agent: new HttpAgent({ keepAlive: true }) };
}

/** The engine tells whole seconds: it is between this one and the next. So what is known already stays, where it agrees with that. */
function aheadOf(date: number, known: number): number {
  const now = Date.now();
  return Math.min(Math.max(known, date - now), date + 999 - now);
}

/** What the engine said, without what dockerode and the manager's own remote calls put before it. */
const messageOf = (message: string): string =>
  message
    .replace(/^\(HTTP code \d+\) unexpected - /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .trim();

function unreachable(error: NodeJS.ErrnoException, { name, source, url, tls }: Endpoint): EngineUnreachable {
  const { code = '', message } = error;
  if (tls && code === 'ECONNRESET') return new EngineUnreachable([diagnose('engine/tls', { name, why: 'it closes the connection, as when it does not know the certificate' })]);
  if (code === 'EACCES' || code === 'EPERM') return new EngineUnreachable([diagnose('engine/denied', { name })]);
  if (isTlsFault(error)) return new EngineUnreachable([diagnose('engine/tls', { name, why: message })]);
  const why = code === 'ENOENT' ? 'there is no such socket' : (connectionFaults[code] ?? message);
  return new EngineUnreachable([diagnose('engine/unreachable', { name, source, why, local: url.protocol === 'unix:' })]);
}
