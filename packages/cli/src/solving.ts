/** From the application and its candidates to the problem and its solution. */
import type { Application, Component } from '@camelc/application';
import { checkStatedAttributes, fittingCandidates, type CandidateList, type Fit, type NodeCandidate } from '@camelc/candidates';
import { DiagnosticError, exitCodeOf, hasErrors, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Problem } from '@camelc/problem';
import type { Conflicting, Model, Solution, WhyNot } from '@camelc/solver';
import type { Console } from './console.js';
import { readCandidateLists, readMetrics, readRunningFile, type CandidateOptions, type Metrics, type ProblemOptions } from './inputs.js';
import { loadApplication } from './models.js';
import { conflictDiagnostics } from './report/conflict.js';

export interface SolveOptions extends ProblemOptions {
  milp: 'glpk' | 'highs';
  timeLimit?: number;
  /** A solution that is not proven optimal is no success. */
  requireProof?: boolean;
}

/** An application with the candidates that each of its components can use. */
export interface Filtered {
  application: Application;
  list: CandidateList;
  /** What one unit of each currency is worth in euros. */
  rates: Record<string, number>;
  sources: string;
  /** Where a file says how many there are of a candidate. */
  placeOfLimit: (id: string) => Place | undefined;
  fits: { component: Component; fit: Fit }[];
  diagnostics: Diagnostic[];
}

/** Reads models and candidates, and filters. @throws DiagnosticError */
export async function filterCandidates(paths: readonly string[], options: CandidateOptions, c: Console): Promise<Filtered> {
  const loaded = await loadApplication(paths, options.application, c);
  const { list, rates, sources, placeOfLimit, diagnostics: ofLists } = await readCandidateLists(paths, options, c);
  const { application } = loaded;
  const stated = checkStatedAttributes(
    application.components.flatMap((component) => component.requirements),
    list,
  );
  const diagnostics = [...loaded.diagnostics, ...ofLists, ...stated];
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const fits = application.components.map((component) => ({ component, fit: fittingCandidates(component.requirements, list) }));
  return { application, list, rates, sources, placeOfLimit, fits, diagnostics };
}

export interface Posed extends Filtered {
  /** What the problem is built of. */
  model: Model;
  problem: Problem;
  /** Files that metrics were read from. */
  metricFiles: string[];
  placeOfMetric: Metrics['placeOfMetric'];
}

/** Builds the constraint problem. @throws DiagnosticError */
export async function poseProblem(paths: readonly string[], options: ProblemOptions, c: Console): Promise<Posed> {
  const { metrics, files: metricFiles, placeOfMetric } = readMetrics(paths, options, c);
  const deployment = await readRunningFile(options, c);
  const filtered = await filterCandidates(paths, options, c);
  const { buildProblem } = await import('@camelc/problem');
  const { currency } = filtered.list;
  const inThisCurrency = (euros: number): number => euros / (filtered.rates[currency] ?? 1);
  const rates = Object.fromEntries(Object.entries({ EUR: 1, ...filtered.rates }).map(([name, euros]) => [name, inThisCurrency(euros)]));
  const fits = Object.fromEntries(filtered.fits.map(({ component, fit }) => [component.name, fit.fits]));
  const candidates = new Map(filtered.list.candidates.map((k) => [k.id, k]));
  const running = deployment && { deployment, candidates, minGain: options.minGain ?? 0 };
  const inputs = { metrics, currentValues: options.current?.values, currency, rates, running };
  const built = buildProblem(filtered.application, fits, inputs);
  const diagnostics = [...filtered.diagnostics, ...built.diagnostics];
  if (!built.problem) throw new DiagnosticError(diagnostics);
  return { ...filtered, model: { application: filtered.application, list: filtered.list, inputs }, problem: built.problem, metricFiles, placeOfMetric, diagnostics };
}

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

/** Solves. Where no deployment satisfies the model, finds out why. @throws DiagnosticError where the problem cannot be posed or solved */
export async function solveApplication(paths: readonly string[], options: SolveOptions, c: Console): Promise<Solved> {
  const posed = await poseProblem(paths, options, c);
  const { solve, why, whyNot } = await import('@camelc/solver');
  const { undefinedParts } = await import('@camelc/problem');
  const { leftFor, startSearch } = await import('./search-run.js');
  const start = performance.now();
  const search = startSearch(c);
  const timeLimit = leftFor(options.timeLimit);
  const searching = { milp: options.milp, timeLimit, ...search.options };
  try {
    const { solution, diagnostics: ofSolver } = await solve(posed.problem, searching);
    const took = performance.now() - start;
    const interrupted = search.interrupted();
    const totals = solution?.cost === undefined ? undefined : { cost: solution.cost, hosts: solution.hosts.reduce((sum, h) => sum + h.number, 0) };
    const diagnostics = [...posed.diagnostics, ...ofSolver, ...undefinedParts(posed.problem, solution?.components ?? [], totals)];
    if (!solution && !interrupted) throw new DiagnosticError(diagnostics);
    const solved: Solved = { ...posed, interrupted, took, candidatesById: new Map(posed.list.candidates.map((k) => [k.id, k])), diagnostics };
    if (!solution) return solved;
    if (solution.status !== 'infeasible') return { ...solved, solution: why(posed.model, posed.problem, solution) };
    const left = timeLimit === undefined ? undefined : Math.max(0, timeLimit - took / 1000);
    const found = withPlaces(await whyNot(posed.model, { ...searching, timeLimit: left }), posed);
    return { ...solved, interrupted: search.interrupted(), whyNot: found, diagnostics: [...diagnostics, ...conflictDiagnostics({ ...posed, whyNot: found })] };
  } finally {
    search.end();
  }
}

/** The solver knows no files: what the run was given gets its places here. */
function withPlaces(found: WhyNot, { placeOfLimit, placeOfMetric }: Posed): WhyNot {
  const placed = <T extends Pick<Conflicting, 'kind' | 'name' | 'place'>>(element: T): T => {
    const place = element.kind === 'limit' ? placeOfLimit(element.name) : element.kind === 'metric' ? placeOfMetric(element.name) : undefined;
    return place ? { ...element, place } : element;
  };
  return { ...found, conflicts: found.conflicts.map((c) => c.map(placed)), suggestions: found.suggestions.map((s) => ({ ...s, changes: s.changes.map(placed) })) };
}

/** The exit code of a verb that solves. */
export function exitCodeOfSolved({ interrupted, solution, diagnostics }: Solved, { requireProof, minGain = 0 }: SolveOptions): number {
  if (interrupted) return 130;
  // Of what is kept it is proven that nothing gains more than what was asked for.
  const proven = solution?.status !== 'feasible' || (solution.kept && Number(solution.gap) <= minGain + 1e-9 * Math.max(1, minGain));
  return requireProof && !proven ? 6 : exitCodeOf(diagnostics);
}
