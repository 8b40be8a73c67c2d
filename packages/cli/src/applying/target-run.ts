/** What the verbs on a running system have in common: the target, and the application that they are about. */
import { diagnose, DiagnosticError, nearest } from '@camelc/diagnostics';
import type { RunningState, Target } from '@camelc/plan';
import type { TargetOptions } from '@camelc/project/targets';

/** How a verb comes to its target; tests give another. */
export type OpenTarget = (options: TargetOptions) => Promise<Target>;

const openTarget: OpenTarget = async (options) => (await import('@camelc/project/targets')).openTarget(options);

/** Opens the target for an action, and closes it however that ends. */
export const withTarget = <T>(options: TargetOptions, action: (target: Target) => Promise<T>, open?: OpenTarget): Promise<T> =>
  whileOpening(options, async (opening) => action(await opening), open);

/** The same for an action that has something to do before it needs the target, such as to find mistakes in models. */
export async function whileOpening<T>(options: TargetOptions, action: (opening: Promise<Target>) => Promise<T>, open = openTarget): Promise<T> {
  const opening = open(options);
  const opened = opening.catch(() => undefined);
  try {
    return await action(opening);
  } finally {
    // What was found wrong is told without waiting for an answer that may never come.
    void opened.then((target) => target?.close());
  }
}

/** As it is called in reports. */
export const targetName = ({ kind, name }: Pick<Target, 'kind' | 'name'>): string => `${kind} \`${name}\``;

/**
 * The id of the application that the options name, else of the only one there is.
 * @throws DiagnosticError running/nothing, running/unknown, running/several
 */
async function findApplication(target: Target, named: string | undefined): Promise<string> {
  const known = (await target.applications()).toSorted();
  const name = targetName(target);
  const fail = (diagnostic: ReturnType<typeof diagnose>): never => {
    throw new DiagnosticError([diagnostic]);
  };
  if (known.length === 0) return fail(diagnose('running/nothing', { target: name, kind: target.kind }));
  if (named === undefined) return known.length === 1 ? known[0]! : fail(diagnose('running/several', { target: name, known }));
  const { applicationId } = await import('@camelc/deployment');
  // As the model calls it, or as the target does.
  const id = known.find((k) => k === named || k === applicationId(named));
  return id ?? fail(diagnose('running/unknown', { target: name, application: named, known, suggestion: nearest(named, known) }));
}

/** The state of the application that the options name. */
export async function readApplication(target: Target, named: string | undefined): Promise<{ id: string; state: RunningState }> {
  const id = await findApplication(target, named);
  return { id, state: await target.read(id) };
}

/** The same to change it: not while somebody else does. @throws DiagnosticError plan/locked */
export async function readToChange(target: Target, named: string | undefined): ReturnType<typeof readApplication> {
  const found = await readApplication(target, named);
  const { lock } = found.state;
  if (lock && lock.expires > Date.now()) throw new DiagnosticError([diagnose('plan/locked', { holder: lock.holder })]);
  return found;
}
