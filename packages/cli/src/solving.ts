/** From the paths and options of the command line to the candidates, the problem and its solution. */
import { exitCodeOf } from '@camelc/diagnostics';
import { loadApplication, openProject, type CandidateOptions, type ProblemOptions, type Project } from '@camelc/project';
import type { CandidateLists, Filtered, Posed, Solved } from '@camelc/project/solving';
import type { Console } from './console.js';

export interface SolveOptions extends ProblemOptions {
  milp: 'glpk' | 'highs';
  timeLimit?: number;
  /** A solution that is not proven optimal is no success. */
  requireProof?: boolean;
}

/**
 * Reads models and candidates, and filters.
 * @param lists candidates in place of those that the options name
 * @throws DiagnosticError
 */
export const filterPaths = async (paths: readonly string[], options: CandidateOptions, c: Console, lists?: CandidateLists): Promise<Filtered> =>
  filterProject(openProject(paths, options, c), c, lists);

/** Builds the constraint problem. @throws DiagnosticError */
export const posePaths = async (paths: readonly string[], options: ProblemOptions, c: Console): Promise<Posed> => poseProject(openProject(paths, options, c), c);

/** Solves. Where no deployment satisfies the model, finds out why. @throws DiagnosticError where the problem cannot be posed or solved */
export async function solvePaths(paths: readonly string[], options: SolveOptions, c: Console): Promise<Solved> {
  const project = openProject(paths, options, c);
  return solvePosed(await poseProject(project, c), project.options, c);
}

/** The same for a problem that is posed already. */
export async function solvePosed(posed: Posed, { milp, timeLimit }: Pick<SolveOptions, 'milp' | 'timeLimit'>, c: Console): Promise<Solved> {
  const { solveProblem } = await import('@camelc/project/solving');
  const { leftFor, startSearch } = await import('./search-run.js');
  const search = startSearch(c);
  try {
    return await solveProblem(posed, { milp, timeLimit: leftFor(timeLimit), ...search.options });
  } finally {
    search.end();
  }
}

async function filterProject({ paths, options, models }: Project<CandidateOptions>, c: Console, lists?: CandidateLists): Promise<Filtered> {
  const loaded = await loadApplication(models, options.application);
  const { filterCandidates, readCandidateLists } = await import('@camelc/project/solving');
  return filterCandidates(loaded, lists ?? readCandidateLists(paths, options, c));
}

async function poseProject(project: Project<ProblemOptions>, c: Console): Promise<Posed> {
  const { paths, options } = project;
  const { poseProblem, readMetrics, readRunningFile } = await import('@camelc/project/solving');
  const metrics = readMetrics(paths, options, c);
  const running = readRunningFile(options, c);
  return poseProblem(await filterProject(project, c), { metrics, currentValues: options.current?.values, running, minGain: options.minGain });
}

/** The exit code of a verb that solves. */
export function exitCodeOfSolved({ interrupted, solution, diagnostics }: Solved, { requireProof, minGain = 0 }: SolveOptions): number {
  if (interrupted) return 130;
  // Of what is kept it is proven that nothing gains more than what was asked for.
  const proven = solution?.status !== 'feasible' || (solution.kept && Number(solution.gap) <= minGain + 1e-9 * Math.max(1, minGain));
  return requireProof && !proven ? 6 : exitCodeOf(diagnostics);
}
