/** What is maximised, in order. */
import { memo } from './memo.js';
import type { Problem, ProblemObjective, Term } from './problem.js';
import { changesTerm, placementRules, truthOf } from './placement.js';
import { sumOf } from './sum.js';

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
      term: sumOf(objectives.map(({ term, minimise }): Term => (minimise ? { kind: 'operator', operator: 'neg', operands: [term] } : term))),
    }));
}

/**
 * One thing that solutions are compared by: a level of the objective, relaxed couplings and separations that are kept, cost, hosts, or what
 * changes of the running deployment. `term` is maximised; those of `kept` and `changes` hold in dedicated placement alone.
 */
export interface Stage {
  kind: 'level' | 'kept' | 'cost' | 'hosts' | 'changes';
  term: Term;
  /** Of a level. */
  objectives: ProblemObjective[];
}

/**
 * All stages, in the order in which they count. A preference may cost no utility, so it comes after the levels and before cost; where there is no
 * objective, cost is what is optimised, and it comes after.
 */
export const stagesOf = memo((problem: Problem): Stage[] => {
  const stage = (kind: Stage['kind'], term: Term): Stage => ({ kind, term, objectives: [] });
  const cost = stage('cost', { kind: 'total', attribute: 'cost', factor: -1 });
  const relaxed = [...problem.couplings, ...problem.separations].some((r) => r.relaxed);
  const kept = relaxed ? [stage('kept', problem.placement === 'dedicated' ? keptTerm(problem) : zero)] : [];
  return [
    ...levels(problem).map((level): Stage => ({ kind: 'level', ...level })),
    ...(problem.objectives.length > 0 ? [...kept, cost] : [cost, ...kept]),
    stage('hosts', { kind: 'total', attribute: 'hosts', factor: -1 }),
    ...(problem.running ? [stage('changes', problem.placement === 'dedicated' ? { kind: 'operator', operator: 'neg', operands: [changesTerm(problem)] } : zero)] : []),
  ];
});

const zero: Term = { kind: 'number', value: 0 };

const keptTerm = (problem: Problem): Term =>
  sumOf(
    placementRules(problem)
      .filter((r) => r.relaxed)
      .map((r) => truthOf(r.condition)),
  );
