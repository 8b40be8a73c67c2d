/** From the problem to its solution, or to why there is none. */
import type { NodeCandidate } from '@camelc/candidates';
import { adjustSeverities, DiagnosticError } from '@camelc/diagnostics';
import { undefinedParts } from '@camelc/problem';
import { solve, why, whyNot, type Conflicting, type Solution, type SolveOptions, type WhyNot } from '@camelc/solver';
import type { Posed } from './pose.js';
import { conflictDiagnostics } from './report/conflict.js';

/** How to search. */
export type Searching = SolveOptions & Required<Pick<SolveOptions, 'now' | 'interrupted'>>;

export interface Solved extends Posed {
  solution?: Solution;
  /** Where no deployment satisfies the model. */
  whyNot?: WhyNot;
  /** The user ended the search: `solution` is the best found so far, if any. */
  interrupted?: boolean;
  /** Milliseconds that the solver took. */
  took: number;
  candidatesById: Map<string, NodeCandidate>;
}

/** A run that found a deployment. */
export type WithSolution = Solved & { solution: Solution };

/** Solves. Where no deployment satisfies the model, finds out why. @throws DiagnosticError where nothing was found */
export async function solveProblem(posed: Posed, searching: Searching): Promise<Solved> {
  const { now, interrupted: isInterrupted, timeLimit } = searching;
  const start = now();
  const { solution, diagnostics: ofSolver } = await solve(posed.problem, searching);
  const took = now() - start;
  const interrupted = isInterrupted();
  const totals = solution?.cost === undefined ? undefined : { cost: solution.cost, hosts: solution.hosts.reduce((sum, h) => sum + h.number, 0) };
  const diagnostics = adjustSeverities([...posed.diagnostics, ...ofSolver, ...undefinedParts(posed.problem, solution?.components ?? [], totals)], posed.severities);
  if (!solution && !interrupted) throw new DiagnosticError(diagnostics);
  const solved: Solved = { ...posed, interrupted, took, candidatesById: new Map(posed.list.candidates.map((k) => [k.id, k])), diagnostics };
  if (!solution) return solved;
  if (solution.status !== 'infeasible') return { ...solved, solution: why(posed.model, posed.problem, solution) };
  const left = timeLimit === undefined ? undefined : Math.max(0, timeLimit - took / 1000);
  const found = withPlaces(await whyNot(posed.model, { ...searching, timeLimit: left }), posed);
  return { ...solved, interrupted: isInterrupted(), whyNot: found, diagnostics: [...diagnostics, ...conflictDiagnostics({ ...posed, whyNot: found })] };
}

/** The solver knows no files: what the run was given gets its places here. */
function withPlaces(found: WhyNot, { placeOfLimit, placeOfMetric }: Posed): WhyNot {
  const placed = <T extends Pick<Conflicting, 'kind' | 'name' | 'place'>>(element: T): T => {
    const place = element.kind === 'limit' ? placeOfLimit(element.name) : element.kind === 'metric' ? placeOfMetric(element.name) : undefined;
    return place ? { ...element, place } : element;
  };
  return { ...found, conflicts: found.conflicts.map((c) => c.map(placed)), suggestions: found.suggestions.map((s) => ({ ...s, changes: s.changes.map(placed) })) };
}
