/** From the application and its candidates to the problem and its solution. */
import type { Application, Component } from '@camelc/application';
import { checkStatedAttributes, fittingCandidates, type CandidateList, type Fit, type NodeCandidate } from '@camelc/candidates';
import { diagnose, DiagnosticError, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import type { Problem } from '@camelc/problem';
import type { SolveResult } from '@camelc/solver';
import type { Console } from './console.js';
import { numericAssignments, readCandidateLists, readMetrics, type CandidateOptions, type ProblemOptions } from './inputs.js';
import { loadApplication } from './models.js';

export interface SolveOptions extends ProblemOptions {
  milp: 'glpk' | 'highs';
  timeLimit?: number;
}

/** An application with the candidates that each of its components can use. */
export interface Filtered {
  application: Application;
  list: CandidateList;
  /** What one unit of each currency is worth in euros. */
  rates: Record<string, number>;
  sources: string;
  fits: { component: Component; fit: Fit }[];
  diagnostics: Diagnostic[];
}

/** Reads models and candidates, and filters. @throws DiagnosticError */
export async function filterCandidates(paths: readonly string[], options: CandidateOptions, c: Console): Promise<Filtered> {
  const loaded = await loadApplication(paths, options.application, c);
  const { list, rates, sources, diagnostics: ofLists } = await readCandidateLists(paths, options, c);
  const { application } = loaded;
  const stated = checkStatedAttributes(application.components.flatMap((component) => component.requirements), list);
  const diagnostics = [...loaded.diagnostics, ...ofLists, ...stated];
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const fits = application.components.map((component) => ({ component, fit: fittingCandidates(component.requirements, list) }));
  return { application, list, rates, sources, fits, diagnostics };
}

export interface Posed extends Filtered {
  problem: Problem;
  /** Files that metrics were read from. */
  metricFiles: string[];
}

/** Builds the constraint problem. @throws DiagnosticError */
export async function poseProblem(paths: readonly string[], options: ProblemOptions, c: Console): Promise<Posed> {
  const { metrics, files: metricFiles } = readMetrics(paths, options, c);
  const currentValues = numericAssignments('current', options.current);
  const filtered = await filterCandidates(paths, options, c);
  const { buildProblem } = await import('@camelc/problem');
  const { currency } = filtered.list;
  const inThisCurrency = (euros: number): number => euros / (filtered.rates[currency] ?? 1);
  const rates = Object.fromEntries(Object.entries({ EUR: 1, ...filtered.rates }).map(([name, euros]) => [name, inThisCurrency(euros)]));
  const fits = Object.fromEntries(filtered.fits.map(({ component, fit }) => [component.name, fit.fits]));
  const built = buildProblem(filtered.application, fits, { metrics, currentValues, currency, rates });
  const diagnostics = [...filtered.diagnostics, ...built.diagnostics];
  if (!built.problem) throw new DiagnosticError(diagnostics);
  return { ...filtered, problem: built.problem, metricFiles, diagnostics };
}

export interface Solved extends Posed {
  result: SolveResult;
  /** Milliseconds that the solver took. */
  took: number;
  candidatesById: Map<string, NodeCandidate>;
}

/** Solves. The result may say that there is no solution. @throws DiagnosticError where the problem cannot be posed */
export async function solveApplication(paths: readonly string[], options: SolveOptions, c: Console): Promise<Solved> {
  const posed = await poseProblem(paths, options, c);
  const start = performance.now();
  const withoutCandidate = componentsWithoutCandidate(posed);
  let result: SolveResult;
  if (withoutCandidate.length > 0) {
    result = { diagnostics: withoutCandidate };
  } else {
    const { solve } = await import('@camelc/solver');
    result = await solve(posed.problem, { milp: options.milp, timeLimit: options.timeLimit, now: () => performance.now() });
  }
  const took = performance.now() - start;
  const candidatesById = new Map(posed.list.candidates.map((candidate) => [candidate.id, candidate]));
  return { ...posed, result, took, candidatesById, diagnostics: [...posed.diagnostics, ...result.diagnostics] };
}

/** For each component that must be deployed and that no candidate fits, the requirements that exclude them all. */
function componentsWithoutCandidate({ application, fits, list }: Filtered): Diagnostic[] {
  return fits.flatMap(({ component, fit }) => {
    const optional = component.scale.minimum === 0 || application.alternatives.some((a) => a.components.includes(component.name));
    if (fit.fits.length > 0 || optional) return [];
    const [first = []] = fit.conflicts;
    const related = first.map((r) => ({ message: `${r.id}: ${r.text}`, place: r.place }));
    return [diagnose('solver/no-candidate', { component: component.name, candidates: list.candidates.length, requirements: first.map((r) => r.id) }, component.place, related)];
  });
}
