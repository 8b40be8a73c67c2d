/** Comparisons as bounds of sums. */
import { tolerance, type Problem, type ProblemCondition } from '@camelc/problem';
import type { LinearTerm } from './linear-model.js';

export type Comparison = Extract<ProblemCondition, { kind: 'comparison' }>;

/** Bounds of a sum. A strict one is that of the next value that a sum of such numbers can have. */
export function boundsOf({ operator, threshold }: Comparison, terms: readonly LinearTerm[], constant: number): { low: number; high: number } {
  const step = stepOf([constant, threshold, ...terms.map((t) => t.coefficient)]) ?? tolerance(threshold);
  return {
    low: operator === '>' ? threshold + step : operator === '>=' || operator === '==' ? threshold : -Infinity,
    high: operator === '<' ? threshold - step : operator === '<=' || operator === '==' ? threshold : Infinity,
  };
}

/** The power of ten of which all these numbers are multiples. */
function stepOf(values: readonly number[]): number | undefined {
  for (let k = 0; k <= 6; k++) if (values.every((v) => Math.abs(v * 10 ** k - Math.round(v * 10 ** k)) <= 1e-9 * Math.max(1, Math.abs(v * 10 ** k)))) return 10 ** -k;
  return undefined;
}

/** The name of the constraint that a condition is part of. */
export function nameOf(problem: Problem, condition: ProblemCondition): string {
  const contains = (outer: ProblemCondition): boolean => outer === condition || (outer.kind === 'and' && outer.conditions.some(contains));
  return problem.constraints.find((c) => contains(c.condition))!.name;
}
