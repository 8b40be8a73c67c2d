/** Back to the state before an apply. It is a plan of its own, made from what runs now: so new comes before old goes on the way back, too. */
import { alike, compare } from './canonical.js';
import type { Plan, Step } from './plan.js';
import { runSteps, type StepFault } from './run-steps.js';
import { defaultParallelism, interrupted, perform, type Outcome, type Session } from './session.js';
import { movesBetween } from './steps.js';
import { byKey, type Thing } from './touch.js';
import { disruptionOfStep } from './disruption.js';
import type { Conduct, RunningState } from './target.js';

/**
 * Undoes all steps that were begun, and ends the journal when nothing of them remains.
 * @param failed why; empty where the user wants it
 */
export async function undo(session: Session, failed: readonly StepFault[]): Promise<Outcome> {
  const { plan, target, options, journal } = session;
  const steps = undoSteps(plan, journal.begun, await target.read(plan.id), target.conduct);
  const left = new Map([...Map.groupBy(steps, ({ key }) => key)].map(([key, ofKey]) => [key, ofKey.length]));
  const idsOf = Map.groupBy(plan.steps, ({ key }) => key);
  // What only lost its host is waited for, too, also by whoever goes on with this.
  for (const key of left.keys()) for (const { id } of idsOf.get(key) ?? []) journal.begun.add(id);
  journal.undoing = true;
  await journal.write();
  options.on?.({ kind: 'undoing' });
  journal.drop(plan.steps.filter(({ key }) => !left.has(key)).map(({ id }) => id));
  const result = await runSteps(steps, {
    done: new Set(),
    parallelism: options.parallelism ?? defaultParallelism,
    goOn: true,
    signal: options.signal,
    work: async (step) => {
      const ended = await perform(session, step, true);
      if (ended === 'done' && left.set(step.key, left.get(step.key)! - 1).get(step.key) === 0) journal.drop((idsOf.get(step.key) ?? []).map(({ id }) => id));
      return ended;
    },
  });
  await journal.settle();
  if (result.failed.length === 0 && !result.stopped) await target.records.end(plan.id);
  return result.stopped ? interrupted(session) : { kind: 'undone', failed, undoFailures: result.failed };
}

/** The steps from what runs to what ran before those of the plan that were begun. */
function undoSteps(plan: Plan, begun: ReadonlySet<string>, state: RunningState, conduct: Conduct): Step[] {
  const records = byKey(state.revisions[0]?.resources ?? []);
  const first = new Map<string, Step>();
  // When all is destroyed, also what the former deployment needs is collected.
  const isUndone = ({ action, key, undone }: Step): boolean => undone || (action === 'remove' && records.has(key));
  for (const step of plan.steps) if (begun.has(step.id) && isUndone(step) && !first.has(step.key)) first.set(step.key, step);
  const wanted = byKey(plan.wanted.resources);
  const united = (a: readonly string[] = [], b: readonly string[] = []): string[] => [...new Set([...a, ...b])].sort(compare);

  /** What is under way may use what it needed, and what it will need. */
  const running = state.resources.map((thing): Thing => {
    const step = first.get(thing.key);
    const record = records.get(thing.key) ?? thing;
    const future = wanted.get(thing.key);
    // What was not begun is as it was recorded, whatever is on its way.
    if (!step && alike(thing.spec, record.spec)) return { ...thing, needs: record.needs, takes: record.takes };
    if (!step || !future) return thing;
    if (alike(thing.spec, future.spec) && !alike(thing.spec, step.before)) return { ...thing, needs: future.needs, takes: future.takes };
    return { ...thing, needs: united(record.needs, future.needs), takes: united(record.takes, future.takes) };
  });
  const there = byKey(state.resources);
  const former = [...first.values()].flatMap(({ key, kind, name, before }): Thing[] => {
    const record = records.get(key) ?? there.get(key);
    return before === undefined ? [] : [{ key, kind, name, spec: before, needs: record?.needs ?? [], takes: record?.takes }];
  });
  const goal = [...running.filter(({ key }) => !first.has(key)), ...former];
  const awaited = new Set([...first.keys()].filter((key) => there.get(key)?.tasks));
  const towards = new Map([...first.keys()].flatMap((key) => (wanted.has(key) ? [[key, wanted.get(key)!.spec] as const] : [])));
  const moves = movesBetween(running, goal, conduct, { awaited, towards, removeLast: false });
  return moves.moves.map(({ move, after }) => ({
    ...move,
    after: after.map(({ id }) => id),
    undone: false,
    disruption: disruptionOfStep(move, moves, conduct),
    why: 'it was so before',
  }));
}
