import type { Step } from './plan.js';

/** A step that could not be done, and why. */
export interface StepFault {
  step: Step;
  why: string;
}

export interface Run {
  /** Ids of steps that are done already. */
  done: ReadonlySet<string>;
  parallelism: number;
  /** After a failure: whether to go on with whatever does not remove what the failed one may still use. */
  goOn: boolean;
  signal?: AbortSignal;
  /** Does a step: `stopped` where its user wants no more. What it throws ends the run. */
  work(step: Step): Promise<'done' | 'stopped' | StepFault>;
}

/**
 * Does steps in the order of their graph, several at a time. Nothing is begun after a failure or an interruption, but what was begun is waited for.
 * @returns what failed, and whether all was tried that could be
 */
export async function runSteps(steps: readonly Step[], { done, parallelism, goOn, signal, work }: Run): Promise<{ failed: StepFault[]; stopped: boolean }> {
  const left = new Map(steps.filter(({ id }) => !done.has(id)).map((step) => [step.id, step]));
  const waiting = new Map<Step, number>();
  const followers = new Map<string, Step[]>();
  const rank = new Map(steps.map((step, index) => [step, index]));
  for (const step of left.values()) {
    const after = step.after.filter((id) => left.has(id));
    waiting.set(step, after.length);
    for (const id of after) followers.set(id, [...(followers.get(id) ?? []), step]);
  }
  const ready = [...left.values()].filter((step) => waiting.get(step) === 0);
  const failed: StepFault[] = [];
  const running = new Map<Step, Promise<void>>();
  let fatal: { error: unknown } | undefined;

  /** What comes after a step may begin; where the step failed, no removal may. */
  const release = (step: Step, failure?: StepFault): void => {
    left.delete(step.id);
    for (const next of followers.get(step.id) ?? []) {
      if (!left.has(next.id)) continue;
      if (failure && next.action === 'remove') fail({ step: next, why: `not tried, as ${step.kind} ${step.name} failed` });
      else if (waiting.set(next, waiting.get(next)! - 1).get(next) === 0) ready.push(next);
    }
  };
  const fail = (fault: StepFault): void => {
    failed.push(fault);
    if (goOn) release(fault.step, fault);
  };
  const start = async (step: Step): Promise<void> => {
    try {
      const result = await work(step);
      if (result === 'done') release(step);
      else if (result !== 'stopped') fail(result);
    } catch (error) {
      if (!fatal) fatal = { error };
    }
    running.delete(step);
  };

  const mayStart = (): boolean => !fatal && !signal?.aborted && (goOn || failed.length === 0);
  for (;;) {
    ready.sort((a, b) => rank.get(a)! - rank.get(b)!);
    while (ready.length > 0 && running.size < parallelism && mayStart()) {
      const step = ready.shift()!;
      running.set(step, start(step));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (fatal) throw fatal.error;
  return { failed, stopped: left.size > 0 && failed.length === 0 };
}
