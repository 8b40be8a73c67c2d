/** What the swarm remembers of its applications. Each change is one request that decides; what comes before or after it can be done again. */
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { fingerprintOfPlan, keptRevisions, type Journal, type Plan, type Records, type Revision } from '@camelc/plan';
import type { EngineFileObject } from '../api.js';
import { EngineError, type Engine } from '../connection/engine.js';
import { Lock, removeConfig } from './lock.js';
import { isOf, label, nothing, pack, readRecords, recordName, recordsLabel, revisionRecords, stepsText, type RecordKind } from './read-records.js';

export class SwarmRecords implements Records {
  readonly #locks = new Map<string, Lock>();
  /** The plans whose journals are written, by application. */
  readonly #plans = new Map<string, Plan>();

  constructor(readonly engine: Engine) {}

  async lock(application: string): Promise<{ release(): Promise<void> }> {
    const lock = await Lock.take(this.engine, application);
    this.#locks.set(application, lock);
    return {
      release: async () => {
        this.#locks.delete(application);
        this.#plans.delete(application);
        await lock.release();
      },
    };
  }

  /** @throws DiagnosticError engine/lock-lost */
  async assertHeld(application: string): Promise<void> {
    const lock = this.#locks.get(application);
    if (!lock) throw new DiagnosticError([diagnose('engine/lock-lost', { application })]);
    await lock.assertHeld();
  }

  async begin(application: string, plan: Plan): Promise<void> {
    await this.assertHeld(application);
    const journal = pack(plan, 'the plan');
    const labels = { [label.plan]: fingerprintOfPlan(plan) };
    await this.#removeJournal(await this.#list(application));
    await this.#create(application, 'progress', nothing, labels);
    // From here on there is a journal.
    await this.#create(application, 'journal', journal, labels);
    this.#plans.set(application, plan);
  }

  async mark(application: string, marks: Omit<Journal, 'plan'>): Promise<void> {
    await this.assertHeld(application);
    const plan = this.#plans.get(application) ?? (await this.#planOf(application));
    const name = recordName(application, 'progress');
    const labels = { [label.plan]: fingerprintOfPlan(plan), [label.steps]: stepsText(plan, marks), [label.undoing]: marks.undoing ? 'yes' : 'no' };
    const { ID, Version } = await this.engine.ask<EngineFileObject>(`/configs/${name}`);
    try {
      const body = { Name: name, Labels: { ...ownLabels(application, 'progress'), ...labels } };
      await this.engine.ask(`/configs/${ID}/update`, { method: 'POST', query: { version: Version.Index }, body });
    } catch (error) {
      if (error instanceof EngineError && error.outOfSequence) throw new DiagnosticError([diagnose('engine/lock-lost', { application })]);
      throw error;
    }
  }

  /** Of an apply that another process began. */
  async #planOf(application: string): Promise<Plan> {
    const { journal } = readRecords(await this.#list(application), this.engine.now());
    if (!journal) throw new DiagnosticError([diagnose('plan/nothing-unfinished', { application })]);
    this.#plans.set(application, journal.plan);
    return journal.plan;
  }

  async end(application: string, applied?: { revision: Revision; plan: string }): Promise<void> {
    await this.assertHeld(application);
    const records = await this.#list(application);
    const former = revisionRecords(records);
    const isRecorded = former[0]?.record.Spec.Labels?.[label.plan] === applied?.plan;
    if (applied && !isRecorded) {
      const number = (former[0]?.number ?? 0) + 1;
      // From here on the journal does not count any more.
      await this.#create(application, 'revision', pack(applied.revision, 'the deployment'), { [label.number]: String(number), [label.plan]: applied.plan }, number);
    }
    await this.#removeJournal(records);
    for (const { record } of former.slice(applied && !isRecorded ? keptRevisions - 1 : keptRevisions)) await removeConfig(this.engine, record.ID);
  }

  async forget(application: string): Promise<void> {
    await this.assertHeld(application);
    const records = await this.#list(application);
    for (const { record } of revisionRecords(records)) await removeConfig(this.engine, record.ID);
    await this.#removeJournal(records);
  }

  /** The progress last: without the journal it says nothing, and the journal without it would say that nothing was begun. */
  async #removeJournal(records: readonly EngineFileObject[]): Promise<void> {
    for (const kind of ['journal', 'progress'] as const) for (const record of records.filter(isOf(kind))) await removeConfig(this.engine, record.ID);
  }

  #list(application: string): Promise<EngineFileObject[]> {
    return this.engine.ask<EngineFileObject[]>('/configs', { filters: { label: [`${recordsLabel}=${application}`] } });
  }

  async #create(application: string, kind: RecordKind, data: Buffer, labels: Readonly<Record<string, string>>, number?: number): Promise<void> {
    const body = { Name: recordName(application, kind, number), Labels: { ...ownLabels(application, kind), ...labels }, Data: data.toString('base64') };
    await this.engine.ask('/configs/create', { method: 'POST', body });
  }
}

const ownLabels = (application: string, kind: RecordKind): Record<string, string> => ({ [recordsLabel]: application, [label.kind]: kind });
