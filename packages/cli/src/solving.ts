/** From the paths and options of the command line to the candidates, the problem and its solution. */
import { exitCodeOf } from '@camelc/diagnostics';
import { loadApplication, readModels, type CandidateOptions, type ProblemOptions } from '@camelc/project';
import type { Filtered, Posed, Solved } from '@camelc/project/solving';
import type { Console } from './console.js';

export interface SolveOptions extends ProblemOptions {
  milp: 'glpk' | 'highs';
  timeLimit?: number;
  /** A solution that is not proven optimal is no success. */
  requireProof?: boolean;
}

/** Reads models and candidates, and filters. @throws DiagnosticError */
export async function filterPaths(paths: readonly string[], options: CandidateOptions, c: Console): Promise<Filtered> {
  const loaded = await loadApplication(readModels(paths, c), options.application);
  const { filterCandidates, readCandidateLists } = await import('@camelc/project/solving');
  return filterCandidates(loaded, readCandidateLists(paths, options, c));
}

/** Builds the constraint problem. @throws DiagnosticError */
export async function posePaths(paths: readonly string[], options: ProblemOptions, c: Console): Promise<Posed> {
  const { poseProblem, readMetrics, readRunningFile } = await import('@camelc/project/solving');
  const metrics = readMetrics(paths, options, c);
  const running = readRunningFile(options, c);
  return poseProblem(await filterPaths(paths, options, c), { metrics, currentValues: options.current?.values, running, minGain: options.minGain });
}

/** Solves. Where no deployment satisfies the model, finds out why. @throws DiagnosticError where the problem cannot be posed or solved */
export async function solvePaths(paths: readonly string[], options: SolveOptions, c: Console): Promise<Solved> {
  const posed = await posePaths(paths, options, c);
  const { solveProblem } = await import('@camelc/project/solving');
  const { leftFor, startSearch } = await import('./search-run.js');
  const search = startSearch(c);
  try {
    return await solveProblem(posed, { milp: options.milp, timeLimit: leftFor(options.timeLimit), ...search.options });
  } finally {
    search.end();
  }
}

/** The exit code of a verb that solves. */
export function exitCodeOfSolved({ interrupted, solution, diagnostics }: Solved, { requireProof, minGain = 0 }: SolveOptions): number {
  if (interrupted) return 130;
  // Of what is kept it is proven that nothing gains more than what was asked for.
  const proven = solution?.status !== 'feasible' || (solution.kept && Number(solution.gap) <= minGain + 1e-9 * Math.max(1, minGain));
  return requireProof && !proven ? 6 : exitCodeOf(diagnostics);
}
