/** What all kinds of steps have in common. */
import { setTimeout as sleep } from 'node:timers/promises';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { canonicalJson, StepFailure, type Json, type Step, type StepContext } from '@camelc/plan';
import { engineName, namespaceLabel } from '../../names.js';
import type { Engine } from '../connection/engine.js';

/** A step under way. */
export class Work {
  /** Its resource's name in the swarm. */
  readonly name: string;
  readonly #begin = Date.now();
  #said = '';

  constructor(
    readonly engine: Engine,
    readonly step: Step,
    readonly context: StepContext,
    /** Of the fingerprints of credentials. */
    readonly key: string,
  ) {
    this.name = engineName(context.plan.id, step.key);
  }

  get isLate(): boolean {
    return Date.now() - this.#begin > this.context.timeout * 1000;
  }

  say(text: string): void {
    if (text !== this.#said) this.context.progress((this.#said = text));
  }

  /** Until there may be something new: soon at first, later less often. */
  async pause(): Promise<void> {
    await sleep(Math.min(1000, 200 + (Date.now() - this.#begin) / 50), undefined, { signal: this.context.signal });
  }

  /** @param why in words for its user; what the engine and the tasks say may hold values of credentials, which are masked */
  failure(why: string): StepFailure {
    return new StepFailure(this.context.secrets.redact(why));
  }

  movedOn(how: string): DiagnosticError {
    const { kind, name } = this.step;
    return new DiagnosticError([diagnose('engine/moved-on', { kind, name, how })]);
  }

  /**
   * Whether there is something to do with what runs.
   * @param running its normal form
   * @param labels of what runs, which say whose it is
   * @throws DiagnosticError engine/moved-on, engine/name-taken
   */
  mustChange(running: Json, labels: Readonly<Record<string, string>> | null | undefined): boolean {
    const { before, wanted, kind } = this.step;
    // Also where it is what is wanted: whose it is does not stand in every normal form, and what others made is theirs to remove.
    if (labels?.[namespaceLabel] !== this.context.plan.id) throw new DiagnosticError([diagnose('engine/name-taken', { kind, name: this.name })]);
    const now = canonicalJson(running);
    if (wanted !== undefined && canonicalJson(wanted) === now) return false;
    if (before !== undefined && canonicalJson(before) === now) return true;
    throw this.movedOn(before === undefined ? 'was made' : 'was changed');
  }
}
