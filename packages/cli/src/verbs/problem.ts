import type { Console } from '../console.js';
import type { ProblemOptions } from '../inputs.js';
import { toJson } from '../report/json.js';
import { poseProblem } from '../solving.js';

/** `camelc problem PATHS --as json`: the constraint problem. */
export async function problem(paths: readonly string[], options: ProblemOptions, c: Console): Promise<number> {
  const posed = await poseProblem(paths, options, c);
  if (c.format === 'text') c.problems(posed.diagnostics);
  c.print(toJson(posed.problem));
  return 0;
}
