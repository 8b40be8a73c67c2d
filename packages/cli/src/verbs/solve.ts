import { toJson } from '@camelc/project';
import { solutionToJson } from '@camelc/project/solving';
import type { Console } from '../console.js';
import { renderSolution } from '../report/solution.js';
import { exitCodeOfSolved, solvePaths, type SolveOptions } from '../solving.js';

/** `camelc solve PATHS`: the deployment of highest utility with its proof, or exit code 3. */
export async function solve(paths: readonly string[], options: SolveOptions, c: Console): Promise<number> {
  const solved = await solvePaths(paths, options, c);
  if (c.format === 'json') {
    c.print(toJson(solutionToJson(solved)));
  } else {
    c.problems(solved.diagnostics);
    if (solved.solution) c.print(renderSolution({ ...solved, solution: solved.solution }, c.style, c.terminal));
  }
  return exitCodeOfSolved(solved, options);
}
