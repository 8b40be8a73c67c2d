/** Carries plans out: under the lock of the application, with a journal in the target, so that any machine can go on or undo. */
import { diagnose, DiagnosticError, hasErrors } from '@camelc/diagnostics';
import { alike } from './canonical.js';
import { fingerprintOfPlan } from './fingerprint.js';
import { JournalWriter } from './journal-writer.js';
import type { Plan } from './plan.js';
import type { Resource, Revision } from './resource.js';
import { runSteps } from './run-steps.js';
import { defaultParallelism, interrupted, perform, type ApplyOptions, type Outcome, type Session } from './session.js';
import { staleness } from './staleness.js';
import type { Journal, RunningState, Target } from './target.js';
import { byKey } from './touch.js';
import { undo } from './undo.js';

/**
 * Carries a plan out. Where a step fails, all that was done is undone. A plan whose apply was interrupted goes on; one that is done already
 * changes nothing.
 * @throws DiagnosticError before the first step: for a plan that is stale or of another target, an apply that is unfinished, hosts that are missing, what
 * the target's check says, a lock that somebody holds; later where the target cannot be reached any more: the journal stays then
 */
export async function apply(plan: Plan, target: Target, options: ApplyOptions): Promise<Outcome> {
  if (plan.hosts.missing.length > 0)
    throw new DiagnosticError([diagnose('plan/hosts-missing', { hosts: plan.hosts.missing.map(({ number, hardware, group }) => `${number} × ${hardware} for ${group}`) })]);
  if (plan.steps.length === 0) {
    const state = await target.read(plan.id);
    if (isDone(plan, state)) return nothingToDo(state);
    refuseStale(plan, target, state);
    const last = state.revisions[0];
    if (!state.journal && (last ? sameResources(last, plan.wanted) : plan.wanted.resources.length === 0)) return nothingToDo(state);
  }
  return locked(target, plan.id, async (state) => {
    if (state.journal && fingerprintOfPlan(state.journal.plan) !== fingerprintOfPlan(plan)) throw new DiagnosticError([unfinished(state.journal)]);
    if (state.journal) return goOn(state.journal, target, options, state);
    if (isDone(plan, state)) return nothingToDo(state);
    refuseStale(plan, target, state);
    await check(plan, target, options);
    await target.records.begin(plan.id, plan);
    return forward(sessionOf({ plan, undoing: false, begun: [], done: [] }, target, options, state));
  });
}

const nothingToDo = ({ revisions: [last] }: RunningState): Outcome => ({ kind: 'done', ...(last && { revision: last.number }), left: [] });

/** Whether the plan was applied last, and all that it changed runs so still. */
function isDone(plan: Plan, { revisions, resources, journal }: RunningState): boolean {
  if (journal || revisions[0]?.plan !== fingerprintOfPlan(plan)) return false;
  const running = byKey(resources);
  return [...new Map(plan.steps.map(({ key, wanted }) => [key, wanted]))].every(([key, wanted]) => alike(running.get(key)?.spec, wanted));
}

/** Goes on with an apply that was interrupted, forward or back. */
export const resume = (target: Target, application: string, options: ApplyOptions): Promise<Outcome> =>
  locked(target, application, (state) => goOn(journalOf(state, application), target, options, state));

/** Undoes an apply that was interrupted. */
export const undoInterrupted = (target: Target, application: string, options: ApplyOptions): Promise<Outcome> =>
  locked(target, application, (state) => undo(sessionOf(journalOf(state, application), target, options, state), []));

/**
 * Gives an apply up that was interrupted and can neither be finished nor undone, as where a host is gone for good. What runs stays as it is: the next plan
 * begins there.
 */
export const abandon = (target: Target, application: string): Promise<void> =>
  locked(target, application, async (state) => {
    journalOf(state, application);
    await target.records.end(application);
  });

/** Says that an apply has to be finished first. */
export const unfinished = ({ plan, done, undoing }: Journal) =>
  diagnose('plan/unfinished', { application: plan.application, done: done.length, steps: plan.steps.length, undoing });

async function locked<T>(target: Target, application: string, body: (state: RunningState) => Promise<T>): Promise<T> {
  const lock = await target.records.lock(application);
  try {
    return await body(await target.read(application));
  } finally {
    await lock.release();
  }
}

function journalOf({ journal }: RunningState, application: string): Journal {
  if (!journal) throw new DiagnosticError([diagnose('plan/nothing-unfinished', { application })]);
  return journal;
}

function refuseStale(plan: Plan, target: Target, state: RunningState): void {
  const diagnostics = staleness(plan, target, state);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
}

async function check(plan: Plan, target: Target, options: ApplyOptions): Promise<void> {
  const diagnostics = await target.check(plan, options.secrets);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
}

const sessionOf = (journal: Journal, target: Target, options: ApplyOptions, state: RunningState): Session => ({
  plan: journal.plan,
  target,
  options,
  state,
  journal: new JournalWriter(target.records, journal.plan.id, journal),
});

async function goOn(journal: Journal, target: Target, options: ApplyOptions, state: RunningState): Promise<Outcome> {
  const session = sessionOf(journal, target, options, state);
  if (journal.undoing) return undo(session, []);
  await check(journal.plan, target, options);
  return forward(session);
}

async function forward(session: Session): Promise<Outcome> {
  const { plan, target, options, journal } = session;
  const run = (collection: boolean) =>
    runSteps(
      plan.steps.filter((step) => isCollection(step) === collection),
      {
        done: journal.done,
        parallelism: options.parallelism ?? defaultParallelism,
        goOn: collection,
        signal: options.signal,
        work: async (step) => {
          await journal.begin(step.id);
          const ended = await perform(session, step, false);
          if (ended === 'done') journal.finish(step.id);
          return ended;
        },
      },
    );
  const changes = await run(false);
  if (changes.failed.length > 0) return undo(session, changes.failed);
  const collection = changes.stopped ? changes : await run(true);
  await journal.settle();
  if (collection.stopped) return interrupted(session);
  const left = collection.failed;
  if (plan.wanted.resources.length === 0) {
    await target.records.forget(plan.id);
    return { kind: 'done', left };
  }
  await target.records.end(plan.id, { revision: plan.wanted, plan: fingerprintOfPlan(plan) });
  return { kind: 'done', revision: (session.state.revisions[0]?.number ?? 0) + 1, left };
}

/** What nothing needs any more goes when all is as wanted, and its failure is no reason to undo that. */
const isCollection = ({ action, undone }: Plan['steps'][number]): boolean => action === 'remove' && !undone;

/** Whether two revisions are the same to the target. */
function sameResources(a: Revision, b: Revision): boolean {
  const facts = ({ resources }: Revision) =>
    Object.fromEntries(resources.map(({ key, spec, needs, takes = [] }: Resource) => [key, { spec, needs: [...needs], takes: [...takes] }]));
  return alike(facts(a), facts(b));
}
