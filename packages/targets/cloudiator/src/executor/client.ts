/** Requests to a server of Cloudiator: with a token, tried again where that is safe, and with its queue. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectionFaults, diagnose, DiagnosticError, isTlsFault, type Diagnostic } from '@camelc/diagnostics';
import { mask, type Secret } from '@camelc/plan';
import type { Queue } from '../api.js';

export interface Account {
  /** Without a slash at its end. */
  url: string;
  email: string;
  tenant: string;
  password: Secret;
}

/** How long to wait between two looks at something: first, and at most; milliseconds. */
export interface Pace {
  first: number;
  longest: number;
}

/** What the server answered is an error. */
export class Refusal extends Error {
  constructor(
    readonly request: string,
    readonly status: number,
    readonly why: string,
  ) {
    super(`Cloudiator refuses ${request}: ${status}, ${why}`);
  }
  get diagnostic() {
    return diagnose('cloudiator/refused', { request: this.request, status: this.status, why: this.why });
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Attempts at a request that changes nothing, or that finds its token expired. */
const attempts = 3;

/** Seconds until a request without an answer is given up. */
const patience = 60;

export class Client {
  #token?: Promise<string>;
  /** What answers may quote, and nobody shall read. */
  readonly #confidential = new Set<string>();

  constructor(
    readonly account: Account,
    readonly pace: Pace,
    readonly fetch: typeof globalThis.fetch = globalThis.fetch,
  ) {
    this.#confidential.add(account.password.reveal());
  }

  /**
   * Asks, and logs in where that is needed.
   * @throws Refusal where the server answers with an error; DiagnosticError where it does not answer, or lets nobody in
   */
  async ask<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const login = this.#login();
      const answer = await this.#send(method, path, body, signal, await login);
      if (answer.status !== 401 || attempt === attempts) return this.#read<T>(method, path, answer);
      // The token has expired, and the server did nothing yet. Another request may have fetched the next one already.
      if (this.#token === login) this.#token = undefined;
    }
  }

  /** What there is; undefined where there is not. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.ask<T>('GET', path);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  /**
   * Waits until a queued task is done.
   * @returns the id of what it made, where it made something; undefined also where the server does not know the task any more
   * @throws Refusal where the task failed
   */
  async completed(what: string, { id }: Queue, waiting: { signal?: AbortSignal; until: number; progress?(text: string): void }): Promise<string | undefined> {
    return this.poll(waiting, async () => {
      const task = await this.find<Queue>(`/queue/${encodeURIComponent(id)}`);
      if (!task) return { value: undefined };
      if (task.status === 'FAILED') throw new Refusal(what, 202, this.redact(task.diagnosis ?? 'its queued task failed without saying why'));
      if (task.status === 'COMPLETED') return { value: task.location?.split('/').at(-1) };
      waiting.progress?.(task.status === 'SCHEDULED' ? 'in the queue' : 'under way');
      return undefined;
    });
  }

  /**
   * Looks again and again, more and more seldom, until there is a value.
   * @throws TimedOut
   */
  async poll<T>({ signal, until }: { signal?: AbortSignal; until: number }, look: () => Promise<{ value: T } | undefined>): Promise<T> {
    for (let pause = this.pace.first; ; pause = Math.min(pause * 1.5, this.pace.longest)) {
      const found = await look();
      if (found) return found.value;
      const left = until - Date.now();
      if (left <= 0) throw new TimedOut();
      await sleep(Math.min(pause, left), undefined, { signal });
    }
  }

  /** Masks a value from now on: the server holds it, and may quote it. */
  hide(value: string): void {
    this.#confidential.add(value);
  }

  /** Masks what the server may quote. */
  redact(text: string): string {
    let redacted = text;
    for (const value of this.#confidential) if (value !== '') redacted = redacted.replaceAll(value, mask);
    return redacted;
  }

  #login(): Promise<string> {
    this.#token ??= this.#fetchToken().catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  async #fetchToken(): Promise<string> {
    const { url, email, tenant, password } = this.account;
    const answer = await this.#send('POST', '/login', { email, tenant: { tenant }, password: password.reveal() });
    const request = 'POST /login';
    if (answer.status === 404) throw new DiagnosticError([diagnose('cloudiator/stranger', { url, why: `${request} is not known there` })]);
    if (answer.status < 500 && !answer.ok) throw new DiagnosticError([diagnose('cloudiator/login', { url, email, tenant, why: await this.#why(answer) })]);
    const { token } = (await this.#read<{ token?: unknown } | undefined>('POST', '/login', answer)) ?? {};
    if (typeof token !== 'string') throw new DiagnosticError([diagnose('cloudiator/stranger', { url, why: `its answer to ${request} holds no token` })]);
    this.#confidential.add(token);
    return token;
  }

  /** Sends a request; one that changes nothing again, where nobody answers or the server is overburdened. */
  async #send(method: Method, path: string, body?: unknown, signal?: AbortSignal, token?: string): Promise<Response> {
    const repeatable = method === 'GET' || path === '/login' || path === '/nodeCandidates';
    for (let attempt = 1; ; attempt++) {
      const again = repeatable && attempt < attempts;
      try {
        const answer = await this.fetch(`${this.account.url}${path}`, {
          method,
          headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }), ...(token !== undefined && { 'X-API-Key': token }) },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.any([AbortSignal.timeout(patience * 1000), ...(signal ? [signal] : [])]),
        });
        if (!again || ![502, 503, 504].includes(answer.status)) return answer;
      } catch (error) {
        if (signal?.aborted) throw error;
        const fault = this.#unreachable(error);
        if (!again || fault.code === 'cloudiator/tls') throw new DiagnosticError([fault]);
      }
      await sleep(this.pace.first * attempt);
    }
  }

  async #read<T>(method: Method, path: string, answer: Response): Promise<T> {
    if (!answer.ok) throw new Refusal(`${method} ${path}`, answer.status, await this.#why(answer));
    const text = await answer.text();
    try {
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch {
      throw new DiagnosticError([diagnose('cloudiator/stranger', { url: this.account.url, why: `its answer to ${method} ${path} is no JSON` })]);
    }
  }

  #unreachable(error: unknown): Diagnostic {
    const { url } = this.account;
    if (!(error instanceof Error)) return diagnose('cloudiator/unreachable', { url, why: String(error) });
    if (error.name === 'TimeoutError') return diagnose('cloudiator/unreachable', { url, why: `no answer within ${patience} s` });
    // What `fetch` throws says little; its cause is the error of the connection.
    const cause: NodeJS.ErrnoException = error.cause instanceof Error ? error.cause : error;
    const why = this.redact(connectionFaults[cause.code ?? ''] ?? (cause.message || error.message)).trim();
    return diagnose(isTlsFault(cause) ? 'cloudiator/tls' : 'cloudiator/unreachable', { url, why });
  }

  /** What the server says of an error, as far as it says it in the way of the interface. */
  async #why(answer: Response): Promise<string> {
    const text = await answer.text().catch(() => '');
    try {
      const { message } = JSON.parse(text) as { message?: unknown };
      if (typeof message === 'string' && message !== '') return this.redact(message);
    } catch {
      // A proxy, perhaps.
    }
    return answer.statusText || 'it does not say why';
  }
}

/** It took longer than it may. */
export class TimedOut extends Error {}
