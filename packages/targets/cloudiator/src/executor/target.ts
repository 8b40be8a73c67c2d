/** A server of Cloudiator as a target of plans. */
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import type { NodeCandidate as Candidate } from '@camelc/candidates';
import type { Deployment, TaskDeployment } from '@camelc/deployment';
import {
  fingerprint,
  type Conduct,
  type Lowering,
  type Plan,
  type Revision,
  type RunningState,
  type SecretValues,
  type Step,
  type StepContext,
  type Target,
  type Wanted,
} from '@camelc/plan';
import type { NodeCandidate, Queue } from '../api.js';
import { parseJobName, parseNodeName } from '../names.js';
import { queryOf } from '../requirements.js';
import { Client, Refusal, TimedOut, type Account, type Pace } from './client.js';
import { cloudiatorConduct } from './conduct.js';
import { checkMoves, lower, type Inquiries } from './lower.js';
import { findOffer, offered } from './offers.js';
import { performStep } from './perform.js';
import { credentialsIn, hostsOf, resourcesOf, type Recorded } from './read.js';
import { CloudiatorRecords, type LockTimes } from './records.js';
import { asSpec, type JobSpec, type NodeSpec } from './resources.js';
import { readHoldings, View } from './view.js';

export interface TargetOptions extends Account {
  /** Components that may leave their nodes though they are unmoveable. */
  leaveData?: readonly string[];
  pace?: Pace;
  lock?: LockTimes;
  /** Seconds to wait for what an interrupted apply had asked for. */
  settling?: number;
  fetch?: typeof globalThis.fetch;
}

const pace: Pace = { first: 500, longest: 5000 };
const lockTimes: LockTimes = { lifetime: 30_000, renewal: 8_000, settling: 500 };

export class CloudiatorTarget implements Target {
  readonly kind = 'cloudiator';
  readonly name: string;
  readonly id: string;
  readonly conduct: Conduct = cloudiatorConduct;
  readonly records: CloudiatorRecords;
  readonly #client: Client;

  constructor(readonly options: TargetOptions) {
    this.name = options.url;
    this.id = `${options.tenant}@${options.url}`;
    this.#client = new Client(options, options.pace ?? pace, options.fetch);
    this.records = new CloudiatorRecords(this.#client, options.lock ?? lockTimes);
  }

  async read(application: string): Promise<RunningState> {
    return told(async () => {
      const { revisions, journal, lock } = await this.records.read(application);
      if (journal) await this.#settle(journal.plan.application);
      const holdings = await readHoldings(this.#client);
      const known = [...revisions.slice(0, 1), ...(journal ? [journal.plan.wanted] : []), ...revisions.slice(1)].flatMap(({ resources }) => resources);
      const recorded: Recorded = (key) => known.find((resource) => resource.key === key);
      const view = new View(holdings, application);
      for (const value of credentialsIn(view, recorded)) this.#client.hide(value);
      const resources = resourcesOf(view, recorded, (text) => this.#client.redact(text));
      return { resources, revisions, ...(journal && { journal }), ...(lock && { lock }), hosts: hostsOf(holdings) };
    });
  }

  /**
   * Waits until the tasks in the queue are done: they may be those of an apply that was interrupted, and what they make must neither be missed nor made
   * again. Those that come later are not waited for.
   */
  async #settle(application: string): Promise<void> {
    const isOpen = ({ status }: Queue): boolean => status === 'SCHEDULED' || status === 'RUNNING';
    const then = new Set((await this.#client.ask<Queue[]>('GET', '/queue')).filter(isOpen).map(({ id }) => id));
    if (!then.size) return;
    const seconds = this.options.settling ?? 300;
    let left = then.size;
    try {
      await this.#client.poll({ until: Date.now() + seconds * 1000 }, async () => {
        left = (await this.#client.ask<Queue[]>('GET', '/queue')).filter((task) => then.has(task.id) && isOpen(task)).length;
        return left === 0 ? { value: undefined } : undefined;
      });
    } catch (error) {
      if (error instanceof TimedOut) throw new DiagnosticError([diagnose('cloudiator/busy', { application, number: left, seconds })]);
      throw error;
    }
  }

  checkMoves(state: RunningState, revision: Revision): Diagnostic[] {
    return checkMoves(state, revision, this.options.leaveData ?? []);
  }

  async lower(deployment: Deployment | TaskDeployment, state: RunningState, lowering: Lowering): Promise<{ wanted?: Wanted; diagnostics: Diagnostic[] }> {
    const inquiries: Inquiries = {
      offer: (candidate) => findOffer(this.#client, candidate),
      alternatives: (candidate) => this.#alternatives(candidate),
      fingerprintKey: () => this.records.fingerprintKey(),
    };
    return told(() => lower(deployment as TaskDeployment, state, lowering, inquiries, { leaveData: this.options.leaveData ?? [] }));
  }

  async #alternatives(candidate: Candidate): Promise<string[]> {
    const cloud = queryOf(candidate).filter(({ requirementClass }) => requirementClass === 'cloud');
    const found = await this.#client.ask<NodeCandidate[]>('POST', '/nodeCandidates', cloud);
    return [...new Set(found.flatMap(({ cloud: its, hardware }) => (its?.id === candidate.cloud.id && hardware ? [hardware.name] : [])))].sort();
  }

  async applications(): Promise<string[]> {
    return told(async () => {
      const { nodes, jobs, schedules } = await readHoldings(this.#client);
      const ofNodes = nodes.flatMap(({ name = '', state }) => (state === 'DELETED' ? [] : (parseNodeName(name)?.id ?? [])));
      const scheduled = new Set(schedules.flatMap(({ job, state }) => (state === 'DELETED' ? [] : [job])));
      const ofJobs = jobs.flatMap(({ id, name }) => (scheduled.has(id) ? (parseJobName(name)?.id ?? []) : []));
      return [...new Set([...ofNodes, ...ofJobs])].sort();
    });
  }

  async check({ steps }: Plan, secrets: SecretValues): Promise<Diagnostic[]> {
    return told(async () => {
      const made = steps.filter(({ action }) => action === 'create');
      const specs = made.flatMap(({ kind, wanted }) => (kind === 'node' ? [asSpec<NodeSpec>(wanted!)] : []));
      const distinct = [...new Map(specs.map((spec) => [spec.candidate, spec])).values()];
      const gone = await Promise.all(
        distinct.map(async ({ candidate, hardware, offer }) => {
          if (await offered(this.#client, offer)) return [];
          return [diagnose('cloudiator/candidate-gone', { candidate, hardware, components: made.flatMap(({ kind, name }) => (kind === 'node' ? [name] : [])), offered: [] })];
        }),
      );
      const fingerprints = made.flatMap(({ kind, wanted }) => (kind === 'job' ? Object.entries(asSpec<JobSpec>(wanted!).secrets) : []));
      return [...gone.flat(), ...(await this.#changed(fingerprints, secrets))];
    });
  }

  /** Credentials that are missing, or others than when the plan was made. */
  async #changed(fingerprints: readonly [name: string, hash: string][], secrets: SecretValues): Promise<Diagnostic[]> {
    if (!fingerprints.length) return [];
    const key = await this.records.fingerprintKey();
    const names: string[] = [];
    const missing: Diagnostic[] = [];
    for (const [name, hash] of fingerprints) {
      try {
        if (fingerprint(await secrets.resolve(name), key) !== hash) names.push(name);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        missing.push(...error.diagnostics);
      }
    }
    return [...missing, ...(names.length ? [diagnose('cloudiator/secret-changed', { names })] : [])];
  }

  async perform(step: Step, context: StepContext): Promise<void> {
    this.records.assertHeld(context.plan.id);
    await performStep(this.#client, step, context);
  }

  close(): void {}
}

/** What the server refuses is its user's to know. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Refusal ? new DiagnosticError([error.diagnostic]) : error;
  }
}
