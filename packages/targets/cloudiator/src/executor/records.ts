/**
 * What is remembered of applications, in the server's secure store: so any machine that may log in finds it. The store knows neither versions nor
 * conditions; see `Lock` for what that means.
 */
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { keptRevisions, type AppliedRevision, type Journal, type Lock, type Plan, type Records, type Revision } from '@camelc/plan';
import { Refusal, type Client } from './client.js';

/** Times of a lock; milliseconds. */
export interface LockTimes {
  /** How long it counts without being renewed. */
  lifetime: number;
  renewal: number;
  /** Between writing it and looking whether another wrote it too. */
  settling: number;
}

type Progress = Omit<Journal, 'plan'>;
/** As it is stored: who writes it knows it again. */
type StoredLock = Lock & { mark: string };

const keyOf = (application: string, what: 'lock' | 'journal' | 'progress' | 'revisions'): string => `camelc.${application}.${what}`;

/** The key that makes fingerprints of credentials; the same for all applications of a tenant. */
const fingerprintKey = 'camelc.fingerprints';

export class CloudiatorRecords implements Records {
  readonly #held = new Map<string, { mark: string; expires: number; timer: NodeJS.Timeout }>();

  constructor(
    readonly client: Client,
    readonly times: LockTimes,
  ) {}

  /** What is remembered of an application. */
  async read(application: string): Promise<{ revisions: AppliedRevision[]; journal?: Journal; lock?: Lock }> {
    const [revisions, plan, progress, lock] = await Promise.all([
      this.#load<AppliedRevision[]>(keyOf(application, 'revisions')),
      this.#load<Plan>(keyOf(application, 'journal')),
      this.#load<Progress>(keyOf(application, 'progress')),
      this.#load<StoredLock>(keyOf(application, 'lock')),
    ]);
    return {
      revisions: revisions ?? [],
      ...(plan && { journal: { plan, ...(progress ?? { undoing: false, begun: [], done: [] }) } }),
      ...(lock && lock.expires > Date.now() && { lock: { holder: lock.holder, expires: lock.expires } }),
    };
  }

  /**
   * Writes that it has the lock, and looks a moment later whether another has written the same since: of two who come at once, who wrote last has it.
   * A holder that could not renew it in time must not go on; see `assertHeld`.
   */
  async lock(application: string): Promise<{ release(): Promise<void> }> {
    const key = keyOf(application, 'lock');
    const refuse = ({ holder }: Lock): never => {
      throw new DiagnosticError([diagnose('plan/locked', { holder })]);
    };
    const found = await this.#load<StoredLock>(key);
    if (found && found.expires > Date.now()) refuse(found);
    const mark = randomBytes(12).toString('hex');
    const write = async (): Promise<number> => {
      const expires = Date.now() + this.times.lifetime;
      await this.#store(key, { holder: describeSelf(), expires, mark } satisfies StoredLock);
      return expires;
    };
    const expires = await write();
    await sleep(this.times.settling);
    const after = await this.#load<StoredLock>(key);
    if (after?.mark !== mark) refuse(after ?? { holder: 'somebody', expires });

    let renewing: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      // Where the server does not answer, there are further attempts until it expires.
      renewing = write().then(
        (renewed) => void (held.expires = renewed),
        () => undefined,
      );
    }, this.times.renewal).unref();
    const held = { mark, expires, timer };
    this.#held.set(application, held);
    return {
      release: async () => {
        clearInterval(timer);
        this.#held.delete(application);
        await renewing;
        // Where the server does not answer, it expires.
        await this.#delete(key).catch(() => undefined);
      },
    };
  }

  /** @throws DiagnosticError cloudiator/lock-lost: from now on another may hold it */
  assertHeld(application: string): void {
    const held = this.#held.get(application);
    if (!held || held.expires <= Date.now()) throw new DiagnosticError([diagnose('cloudiator/lock-lost', { application })]);
  }

  async begin(application: string, plan: Plan): Promise<void> {
    this.assertHeld(application);
    await this.#store(keyOf(application, 'progress'), { undoing: false, begun: [], done: [] } satisfies Progress);
    await this.#store(keyOf(application, 'journal'), plan);
  }

  async mark(application: string, journal: Progress): Promise<void> {
    this.assertHeld(application);
    await this.#store(keyOf(application, 'progress'), journal);
  }

  async end(application: string, applied?: { revision: Revision; plan: string }): Promise<void> {
    this.assertHeld(application);
    if (applied) {
      const key = keyOf(application, 'revisions');
      const revisions = (await this.#load<AppliedRevision[]>(key)) ?? [];
      const number = (revisions[0]?.number ?? 0) + 1;
      // Who ended here before may have been stopped before the journal was deleted. No plan is applied twice: it names the revision before it.
      if (revisions[0]?.plan !== applied.plan) await this.#store(key, [{ ...applied.revision, number, plan: applied.plan }, ...revisions].slice(0, keptRevisions));
    }
    await this.#delete(keyOf(application, 'journal'));
    await this.#delete(keyOf(application, 'progress'));
  }

  async forget(application: string): Promise<void> {
    this.assertHeld(application);
    for (const what of ['journal', 'progress', 'revisions'] as const) await this.#delete(keyOf(application, what));
  }

  /** Made when it is first asked for. No plan and no text holds it. */
  async fingerprintKey(): Promise<string> {
    const known = await this.#load<string>(fingerprintKey);
    if (known !== undefined) return known;
    await this.#store(fingerprintKey, randomBytes(32).toString('hex'));
    return (await this.#load<string>(fingerprintKey))!;
  }

  async #load<T>(key: string): Promise<T | undefined> {
    const stored = await this.client.find<{ content: string }>(pathOf(key));
    return stored && (JSON.parse((await promisify(gunzip)(Buffer.from(stored.content, 'base64'))).toString()) as T);
  }

  async #store(key: string, value: unknown): Promise<void> {
    const content = (await promisify(gzip)(JSON.stringify(value))).toString('base64');
    await this.client.ask('PUT', pathOf(key), { content });
  }

  async #delete(key: string): Promise<void> {
    try {
      await this.client.ask('DELETE', pathOf(key));
    } catch (error) {
      // 501 is what the published server says when it has done it.
      if (!(error instanceof Refusal && [404, 501].includes(error.status))) throw error;
    }
  }
}

const pathOf = (key: string): string => `/secureStore/${encodeURIComponent(key)}`;

function describeSelf(): string {
  let user = 'somebody';
  try {
    user = userInfo().username;
  } catch {
    // A container may run as a user without a name.
  }
  return `${user}@${hostname()} (process ${process.pid})`;
}
