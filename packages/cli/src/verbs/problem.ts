import { DiagnosticError } from '@camelc/diagnostics';
import { toJson, type ProblemOptions } from '@camelc/project';
import type { ExportForm } from '@camelc/solver';
import type { Console } from '../console.js';
import { posePaths } from '../solving.js';

interface Options extends ProblemOptions {
  as: 'json' | ExportForm;
}

/** `camelc problem PATHS --as FORM`: the constraint problem as plain data, or what it optimises first as a problem for another solver. */
export async function problem(paths: readonly string[], options: Options, c: Console): Promise<number> {
  const posed = await posePaths(paths, options, c);
  let text = toJson(posed.problem);
  if (options.as !== 'json') {
    const { exportProblem } = await import('@camelc/solver');
    const written = exportProblem(posed.problem, options.as);
    if (written.text === undefined) throw new DiagnosticError([...posed.diagnostics, ...written.diagnostics]);
    text = written.text;
  }
  if (c.format === 'text') c.problems(posed.diagnostics);
  c.print(text);
  return 0;
}
