/** The first stage of a problem in the formats of other solvers. */
import type { Diagnostic } from '@camelc/diagnostics';
import type { Problem } from '@camelc/problem';
import { linearDedicated } from './linear-dedicated.js';
import { linearShared } from './linear-shared.js';
import { lpText } from './lp.js';
import { minizincDedicated } from './minizinc-dedicated.js';
import { minizincShared } from './minizinc-shared.js';
import { mpsText } from './mps.js';

export type ExportForm = 'lp' | 'mps' | 'minizinc';

/**
 * Writes the level of highest priority, or cost where there is none, as a problem for another solver: its optimum is the utility or cost that `solve` reports.
 * @returns the text; absent when a diagnostic says what cannot be expressed, and where it stands
 */
export function exportProblem(problem: Problem, form: ExportForm): { text?: string; diagnostics: Diagnostic[] } {
  const shared = problem.placement === 'shared';
  if (form === 'minizinc') return shared ? minizincShared(problem) : minizincDedicated(problem);
  const { model, diagnostics } = shared ? linearShared(problem) : linearDedicated(problem);
  return { ...(model && { text: form === 'lp' ? lpText(model) : mpsText(model) }), diagnostics };
}
