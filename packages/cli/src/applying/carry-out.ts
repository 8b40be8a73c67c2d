/** Carries a plan out, in view of its user: progress, Ctrl-C, the log, and how it ended. */
import { apply, fingerprintOfPlan, type ApplyEvent, type ApplyOptions, type Outcome, type Plan, type Target } from '@camelc/plan';
import { toJson, wrap } from '@camelc/project';
import type { Console } from '../console.js';
import { refused, type Approval } from './ask.js';
import { listenForInterrupt } from './interrupt.js';
import { startLog } from './log.js';
import { outcomeText } from './outcome.js';
import { showProgress } from './progress.js';

export interface CarryOutOptions {
  parallelism?: number;
  /** Seconds that a step may take. */
  timeout?: number;
}

/**
 * Asks whether a plan shall be applied, and applies it.
 * @param question undefined: nothing comes of it that somebody has to approve
 */
export async function askAndApply(
  { verb, plan, target, question, done }: { verb: string; plan: Plan; target: Target; question?: string; done?: (revision: number) => string },
  options: Approval & Parameters<typeof carryOut>[2],
  c: Console,
): Promise<number> {
  const refusal = question === undefined ? undefined : await refused(question, options, c);
  return refusal ?? carryOut(verb, plan, options, c, (o) => apply(plan, target, o), done);
}

/**
 * @param action the function of `@camelc/plan` that does it
 * @param done what there is then, where a wanted deployment runs in the end
 */
export async function carryOut(
  verb: string,
  plan: Plan,
  options: CarryOutOptions & Pick<ApplyOptions, 'secrets'>,
  c: Console,
  action: (options: ApplyOptions) => Promise<Outcome>,
  done?: (revision: number) => string,
): Promise<number> {
  const progress = showProgress(c);
  const log = startLog({ verb, application: plan.application, target: plan.target, plan: fingerprintOfPlan(plan) }, c);
  const say = (text: string): void => {
    progress.end();
    c.note(text);
  };
  const interrupt = listenForInterrupt(
    () => say('ending: no further step is begun; Ctrl-C again ends at once'),
    () => {
      log.write({ outcome: 'killed' });
      say('ended at once: `camelc apply` goes on with it, `camelc rollback` undoes it');
    },
  );
  const began = new Set<string>();
  const on = (event: ApplyEvent): void => {
    log.add(event.kind === 'undoing' ? event : { ...event, step: event.step.id });
    if (event.kind === 'undoing') return;
    const { step } = event;
    if (event.kind === 'begun') {
      began.add(step.id);
      progress.begun(step);
    } else if (event.kind === 'progress') progress.at(step, event.text);
    else if (event.kind === 'failed') progress.over(step, { as: event.undoing ? 'stuck' : 'failed', why: event.text });
    else progress.over(step, { as: event.undoing ? 'undone' : 'done' });
  };
  try {
    const outcome = await action({ parallelism: options.parallelism, timeout: options.timeout, secrets: options.secrets, signal: interrupt.signal, on });
    progress.end();
    // Of what had nothing to do there is no log.
    const saved = began.size > 0 ? log.write({ outcome }) : undefined;
    const file = saved && 'file' in saved ? saved.file : undefined;
    if (c.format === 'json') c.print(toJson({ formatVersion: 1, application: plan.application, ...outcomeJson(outcome, plan), ...(file !== undefined && { log: file }) }));
    else {
      const where = !saved ? '' : 'file' in saved ? ` Log: ${saved.file}` : ` No log: ${saved.why}`;
      c.print(`${wrap(`${outcomeText(outcome, plan, { done, quiet: c.quiet })}${where}`, c.style.width)}\n`);
    }
    return exitCodeOf(verb, outcome);
  } catch (error) {
    progress.end();
    if (began.size > 0) log.write({ outcome: { kind: 'failed', why: error instanceof Error ? error.message : String(error) } });
    throw error;
  } finally {
    interrupt.end();
  }
}

/** To undo is what `rollback` is for; of what `apply` did it is the failure. */
function exitCodeOf(verb: string, outcome: Outcome): number {
  if (outcome.kind === 'interrupted') return 130;
  const isUndone = outcome.kind === 'undone' && verb === 'rollback' && outcome.failed.length + outcome.undoFailures.length === 0;
  return outcome.kind === 'done' || isUndone ? 0 : 4;
}

/** The outcome with the ids of steps in place of them, and the data that stays behind. */
function outcomeJson(outcome: Outcome, { leftBehind }: Plan): object {
  const plain = (faults: readonly { step: { id: string }; why: string }[]): object[] => faults.map(({ step, why }) => ({ step: step.id, why }));
  switch (outcome.kind) {
    case 'done':
      return { outcome: 'done', revision: outcome.revision, left: plain(outcome.left), leftBehind };
    case 'undone':
      return { outcome: 'undone', failed: plain(outcome.failed), undoFailures: plain(outcome.undoFailures) };
    case 'interrupted':
      return { outcome: 'interrupted', undoing: outcome.undoing, done: outcome.done, steps: outcome.steps };
  }
}
