/** What an assignment is worth, and whether it keeps everything that the problem asks for. */
import type { Place } from '@camelc/diagnostics';
import type { Assignment } from './assignment.js';
import { evaluation, positions, tolerance } from './evaluate.js';
import type { Problem, ProblemObjective, Term } from './problem.js';

/** Objectives of one priority: their sum, minimised ones negated, is maximised. */
export interface Level {
  objectives: ProblemObjective[];
  term: Term;
}

/** The levels of the problem's objective, highest priority first. */
export function levels(problem: Problem): Level[] {
  const byPriority = new Map<number, ProblemObjective[]>();
  for (const objective of problem.objectives) byPriority.set(objective.priority, [...(byPriority.get(objective.priority) ?? []), objective]);
  return [...byPriority.entries()]
    .sort(([a], [b]) => b - a)
    .map(([, objectives]) => ({
      objectives,
      term: objectives
        .map(({ term, minimise }): Term => (minimise ? { kind: 'operator', operator: 'neg', operands: [term] } : term))
        .reduce((sum, term): Term => ({ kind: 'operator', operator: '+', operands: [sum, term] })),
    }));
}

/** What an assignment breaks: a constraint, a candidate's limit, a mandatory port, an alternative, the range of a cardinality, or a value that is undefined. */
export type Breach =
  | { kind: 'constraint'; id: string; name: string; place: Place }
  | { kind: 'limit'; candidate: string }
  | { kind: 'need'; component: string; port: string; place: Place }
  | { kind: 'alternative'; name: string; place: Place }
  | { kind: 'range'; component: string }
  | { kind: 'undefined'; objective: string; place: Place };

export interface Assessment {
  /** Empty: the assignment is admissible. */
  breaches: Breach[];
  /** What is maximised, in this order: the levels of the objective, then cost and number of hosts negated. */
  merits: number[];
}

/**
 * Assesses an assignment of dedicated placement by the whole formulas.
 * Couplings and separations are not looked at: the solver refuses those that could fail.
 */
export function assess(problem: Problem, assignment: readonly Assignment[]): Assessment {
  const { value, holds, cost, hosts } = evaluation(problem, assignment);
  const at = positions(problem);
  const deployed = (name: string): boolean => assignment[at.get(name)!]!.cardinality > 0;
  const breaches: Breach[] = [];

  problem.components.forEach((component, i) => {
    const { candidate, cardinality } = assignment[i]!;
    const range = cardinalities(problem, i);
    const inRange =
      cardinality === 0
        ? range.zero && candidate === null
        : cardinality >= range.low && cardinality <= range.high && candidate !== null && component.candidates.includes(candidate);
    if (!inRange) breaches.push({ kind: 'range', component: component.name });
    if (cardinality > 0)
      for (const need of component.needs) if (!need.providers.some(deployed)) breaches.push({ kind: 'need', component: component.name, port: need.port, place: need.place });
  });
  problem.candidates.forEach((candidate, c) => {
    if (candidate.limit !== undefined && assignment.reduce((sum, a) => sum + (a.candidate === c ? a.cardinality : 0), 0) > candidate.limit)
      breaches.push({ kind: 'limit', candidate: candidate.id });
  });
  for (const { name, place, components } of problem.alternatives) if (components.filter(deployed).length !== 1) breaches.push({ kind: 'alternative', name, place });
  for (const { id, name, place, condition } of problem.constraints) if (holds(condition) !== true) breaches.push({ kind: 'constraint', id, name, place });

  const merits: number[] = [];
  for (const { objectives, term } of levels(problem)) {
    const merit = value(term);
    if (Number.isNaN(merit)) breaches.push({ kind: 'undefined', objective: objectives[0]!.name, place: objectives[0]!.place });
    merits.push(merit);
  }
  return { breaches, merits: [...merits, -cost, -hosts] };
}

/** True when a merit counts as no worse than the best of its level. */
export const asGood = (merit: number, best: number): boolean => merit === best || merit >= best - tolerance(best);

/**
 * How many instances of a component there may be: none where `zero`, else from `low` (at least 1) to `high`.
 * A component of an alternative may be absent whatever its range.
 */
export function cardinalities(problem: Problem, component: number): { zero: boolean; low: number; high: number } {
  const { name, minimum, maximum } = problem.components[component]!;
  const zero = minimum === 0 || problem.alternatives.some((a) => a.components.includes(name));
  return { zero, low: Math.max(1, minimum), high: maximum ?? Number.POSITIVE_INFINITY };
}
