import { levels, type Problem, type Term } from '@camelc/problem';
import type { Place } from '@camelc/diagnostics';

/** What an export optimises: the level of highest priority, or cost. Its value is the utility that `solve` reports, or the cost. */
export interface Goal {
  name: string;
  minimise: boolean;
  term: Term;
  place?: Place;
}

export function goalOf(problem: Problem): Goal {
  const [level] = levels(problem);
  if (!level) return { name: 'cost', minimise: true, term: { kind: 'total', attribute: 'cost', factor: 1 } };
  const { objectives } = level;
  const { place } = objectives[0]!;
  const minimise = objectives.every((o) => o.minimise);
  const term = minimise ? objectives.map((o) => o.term).reduce((a, b): Term => ({ kind: 'operator', operator: '+', operands: [a, b] })) : level.term;
  return { name: objectives.map((o) => o.name).join('_'), minimise, term, place };
}
