/** Whether what runs is kept, although another deployment is a little better. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { asGood, assess, assessShared, tolerance, type Assessment, type Assignment, type Hosts, type Problem } from '@camelc/problem';

/** What runs and is kept; `merits` by stage. */
export interface Kept<Decided> {
  decided: Decided;
  merits: number[];
  diagnostic: Diagnostic;
}

/**
 * In dedicated placement: what runs, where it is admissible under today's metrics and prices and `best`, the first merit of the best that was found,
 * is higher by the problem's minimum gain at most. With a minimum gain of 0 the stages alone decide, of which fewest changes is one.
 */
export function keptAssignment(problem: Problem, best: number): Kept<Assignment[]> | undefined {
  const assignment = runningAssignment(problem);
  return assignment && kept(problem, assignment, assess(problem, assignment), best);
}

/** The same in shared placement. */
export function keptHosts(problem: Problem, best: number): Kept<Hosts[]> | undefined {
  const hosts = problem.running?.hosts;
  return hosts && kept(problem, hosts, assessShared(problem, hosts), best);
}

function kept<Decided>({ running }: Problem, decided: Decided, { breaches, merits }: Assessment, best: number): Kept<Decided> | undefined {
  const [merit] = merits as [number];
  const gain = merit === best ? 0 : best - merit;
  const { minGain } = running!;
  if (minGain === 0 || breaches.length > 0 || !(gain <= minGain + tolerance(minGain) || asGood(merit, best))) return undefined;
  return { decided, merits, diagnostic: diagnose('problem/kept-running', { gain: Math.max(0, gain) }) };
}

/** What runs, where each component runs on one candidate that fits it; a component that does not run has no instance. */
function runningAssignment(problem: Problem): Assignment[] | undefined {
  if (!problem.running) return undefined;
  const index = new Map(problem.candidates.map((c, i) => [c.id, i]));
  const assignment = problem.running.instances.map((instances): Assignment | undefined => {
    const [only, ...more] = instances;
    if (!only) return { candidate: null, cardinality: 0 };
    const candidate = index.get(only.candidate);
    return candidate === undefined || more.length > 0 ? undefined : { candidate, cardinality: only.number };
  });
  return assignment.every((a) => a !== undefined) ? assignment : undefined;
}
