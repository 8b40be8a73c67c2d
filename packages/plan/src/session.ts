/** What apply, resume and undo have in common. */
import { DiagnosticError } from '@camelc/diagnostics';
import type { JournalWriter } from './journal-writer.js';
import type { Plan, Step } from './plan.js';
import type { StepFault } from './run-steps.js';
import type { SecretValues } from './secret.js';
import { StepFailure, type RunningState, type Target } from './target.js';

export interface ApplyOptions {
  /** How many steps are done at a time; 4 unless given. */
  parallelism?: number;
  /** Seconds that each step may take until it is up; 300 unless given, and never less on the way back. */
  timeout?: number;
  /** Aborts when its user wants no more: no step is begun any more, and the journal stays. */
  signal?: AbortSignal;
  secrets: SecretValues;
  on?(event: ApplyEvent): void;
}

/** `undoing`: the step brings the former state back. */
export type ApplyEvent =
  | { kind: 'begun' | 'done'; step: Step; undoing: boolean }
  | { kind: 'progress' | 'failed'; step: Step; undoing: boolean; text: string }
  /** From now on steps are undone. */
  | { kind: 'undoing' };

export type Outcome =
  /**
   * The wanted deployment runs. `revision`: its number; absent where nothing is recorded any more, as all is gone. `left`: what should have been
   * collected, and could not be; the next plan does it.
   */
  | { kind: 'done'; revision?: number; left: readonly StepFault[] }
  /** The former deployment runs, but for what could not be undone; where there is any of that, the journal stays. */
  | { kind: 'undone'; failed: readonly StepFault[]; undoFailures: readonly StepFault[] }
  /** Neither: the journal stays, and `resume` or `undoInterrupted` go on with it. `done`: how many steps are, or are not undone yet. */
  | { kind: 'interrupted'; undoing: boolean; done: number; steps: number };

export interface Session {
  plan: Plan;
  target: Target;
  options: ApplyOptions;
  /** As it was when the lock was taken. */
  state: RunningState;
  journal: JournalWriter;
}

export const defaultParallelism = 4;
const defaultTimeout = 300;

/** Does a step in the target, and says so. */
export async function perform({ plan, target, options }: Session, step: Step, undoing: boolean): Promise<'done' | 'stopped' | StepFault> {
  const signal = options.signal ?? new AbortController().signal;
  options.on?.({ kind: 'begun', step, undoing });
  try {
    await target.perform(step, {
      plan,
      // Whoever is impatient with what is new still wants the former state back: tasks may take longer to stop than that.
      timeout: undoing ? Math.max(options.timeout ?? 0, defaultTimeout) : (options.timeout ?? defaultTimeout),
      signal,
      secrets: options.secrets,
      progress: (text) => options.on?.({ kind: 'progress', step, undoing, text }),
    });
  } catch (error) {
    if (signal.aborted) return 'stopped';
    if (!(error instanceof StepFailure || error instanceof DiagnosticError)) throw error;
    options.on?.({ kind: 'failed', step, undoing, text: error.message });
    return { step, why: error.message };
  }
  options.on?.({ kind: 'done', step, undoing });
  return 'done';
}

export const interrupted = ({ plan, journal }: Session): Outcome => ({ kind: 'interrupted', undoing: journal.undoing, done: journal.done.size, steps: plan.steps.length });
