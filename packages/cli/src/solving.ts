/** From the application and its candidates to the problem and its solution. */
import type { Application, Component } from '@camelc/application';
import { checkStatedAttributes, fittingCandidates, type CandidateList, type Fit, type NodeCandidate } from '@camelc/candidates';
import { diagnose, DiagnosticError, hasErrors, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Problem } from '@camelc/problem';
import type { Conflicting, Solution } from '@camelc/solver';
import type { Console } from './console.js';
import { readCandidateLists, readMetrics, type CandidateOptions, type ProblemOptions } from './inputs.js';
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
  problem: Problem;
  /** Files that metrics were read from. */
  metricFiles: string[];
}

/** Builds the constraint problem. @throws DiagnosticError */
export async function poseProblem(paths: readonly string[], options: ProblemOptions, c: Console): Promise<Posed> {
  const { metrics, files: metricFiles } = readMetrics(paths, options, c);
  const filtered = await filterCandidates(paths, options, c);
  const { buildProblem } = await import('@camelc/problem');
  const { currency } = filtered.list;
  const inThisCurrency = (euros: number): number => euros / (filtered.rates[currency] ?? 1);
  const rates = Object.fromEntries(Object.entries({ EUR: 1, ...filtered.rates }).map(([name, euros]) => [name, inThisCurrency(euros)]));
  const fits = Object.fromEntries(filtered.fits.map(({ component, fit }) => [component.name, fit.fits]));
  const built = buildProblem(filtered.application, fits, { metrics, currentValues: options.current, currency, rates });
  const diagnostics = [...filtered.diagnostics, ...built.diagnostics];
  if (!built.problem) throw new DiagnosticError(diagnostics);
  return { ...filtered, problem: built.problem, metricFiles, diagnostics };
}

/** An element that rules every deployment out, together with others. */
export interface Contradicting {
  /** What the user calls it. */
  element: string;
  kind: Conflicting['kind'] | 'requirement';
  /** What a requirement asks for, or how many there are of a candidate. */
  says?: string;
  place?: Place;
}

export interface Solved extends Posed {
  solution?: Solution;
  /** What contradicts each other where no deployment satisfies the model. */
  conflict?: Contradicting[];
  /** Milliseconds that the solver took. */
  took: number;
  candidatesById: Map<string, NodeCandidate>;
}

/** Solves. Where no deployment satisfies the model, the conflict says why. @throws DiagnosticError where the problem cannot be posed or solved */
export async function solveApplication(paths: readonly string[], options: SolveOptions, c: Console): Promise<Solved> {
  const posed = await poseProblem(paths, options, c);
  const start = performance.now();
  const candidatesById = new Map(posed.list.candidates.map((candidate) => [candidate.id, candidate]));
  const without = componentsWithoutCandidate(posed);
  if (without.length > 0) {
    return { ...posed, conflict: without.flatMap((w) => w.conflict), took: 0, candidatesById, diagnostics: [...posed.diagnostics, ...without.map((w) => w.diagnostic)] };
  }
  const { solve } = await import('@camelc/solver');
  const { solution, diagnostics: ofSolver } = await solve(posed.problem, { milp: options.milp, timeLimit: options.timeLimit, now: () => performance.now() });
  const took = performance.now() - start;
  const diagnostics = [...posed.diagnostics, ...ofSolver];
  if (!solution) throw new DiagnosticError(diagnostics);
  if (solution.status !== 'infeasible') return { ...posed, solution, took, candidatesById, diagnostics };
  const conflict = (solution.conflict ?? []).map(
    ({ kind, name, place }): Contradicting =>
      kind === 'limit' ? { element: name, kind, says: `at most ${candidatesById.get(name)!.limit}`, place: posed.placeOfLimit(name) } : { element: name, kind, place },
  );
  return { ...posed, conflict, took, candidatesById, diagnostics: [...posed.diagnostics, ...ofSolver.map((d) => withLimits(d, conflict))] };
}

/** The solver knows no files: the limits in the conflict get their places here. */
function withLimits(diagnostic: Diagnostic, conflict: readonly Contradicting[]): Diagnostic {
  const limits = conflict.flatMap(({ kind, element, says, place }) => (kind === 'limit' && place ? [{ message: `the limit of candidate ${element}: ${says}`, place }] : []));
  if (diagnostic.code !== 'solver/infeasible' || limits.length === 0) return diagnostic;
  const related = [...limits, ...(diagnostic.related ?? [])];
  return { ...diagnostic, place: related[0]!.place, related };
}

/** For each component that must be deployed and that no candidate fits, the requirements that exclude them all. */
function componentsWithoutCandidate({ application, fits, list }: Filtered): { diagnostic: Diagnostic; conflict: Contradicting[] }[] {
  return fits.flatMap(({ component, fit }) => {
    const optional = component.scale.minimum === 0 || application.alternatives.some((a) => a.components.includes(component.name));
    if (fit.fits.length > 0 || optional) return [];
    const [first = []] = fit.conflicts;
    const related = first.map((r) => ({ message: `${r.id}: ${r.text}`, place: r.place }));
    const diagnostic = diagnose(
      'solver/no-candidate',
      { component: component.name, candidates: list.candidates.length, requirements: first.map((r) => r.id) },
      component.place,
      related,
    );
    return [{ diagnostic, conflict: first.map((r) => ({ element: r.id, kind: 'requirement', says: r.text, place: r.place })) }];
  });
}
