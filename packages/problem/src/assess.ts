/** What an assignment is worth, and whether it keeps everything that the problem asks for. */
import type { Assignment, Hosts } from './assignment.js';
import { assessHosts } from './assess-hosts.js';
import type { Breach } from './breach.js';
import { evaluation, positions, tolerance, type Evaluation } from './evaluate.js';
import { stagesOf } from './levels.js';
import { memo } from './memo.js';
import { isAmong } from './order.js';
import { placementRules } from './placement.js';
import type { Problem } from './problem.js';

export interface Assessment {
  /** Empty: the assignment is admissible. */
  breaches: Breach[];
  /** By stage: what is maximised, in this order. */
  merits: number[];
}

/** Assesses an assignment of dedicated placement by the whole formulas. */
export function assess(problem: Problem, assignment: readonly Assignment[]): Assessment {
  const evaluated = evaluation(problem, assignment);
  const breaches: Breach[] = [];
  problem.components.forEach((component, i) => {
    const { candidate, cardinality } = assignment[i]!;
    const fits = cardinality === 0 ? candidate === null : candidate !== null && isAmong(component.candidates, candidate);
    if (!fits) breaches.push({ kind: 'host', component: component.name });
  });
  limited(problem.candidates).forEach(([c, candidate]) => {
    // Coupled components share their hosts.
    const used = problem.components.filter((_, i) => assignment[i]!.candidate === c).map(({ name }) => name);
    if (used.length > 0 && evaluated.value({ kind: 'total', attribute: 'hosts', components: used, factor: 1 }) > candidate.limit!)
      breaches.push({ kind: 'limit', candidate: candidate.id });
  });
  for (const { kind, name, place, relaxed, condition } of placementRules(problem)) if (!relaxed && evaluated.holds(condition) !== true) breaches.push({ kind, name, place });
  breaches.push(...assessGeneral(problem, assignment, evaluated));
  const merits = meritsOf(problem, evaluated, {}, breaches);
  return { breaches, merits };
}

const limited = memo((candidates: Problem['candidates']) => [...candidates.entries()].filter(([, { limit }]) => limit !== undefined));

/** Assesses hosts of shared placement by the whole formulas. */
export function assessShared(problem: Problem, hosts: readonly Hosts[]): Assessment {
  const assignment = assignmentOf(problem, hosts);
  const evaluated = evaluationOf(problem, hosts);
  const { breaches, kept, changes } = assessHosts(problem, hosts);
  breaches.push(...assessGeneral(problem, assignment, evaluated));
  const merits = meritsOf(problem, evaluated, { kept, changes: -changes }, breaches);
  return { breaches, merits };
}

/** The merits of hosts which stand for others of other prices: `others` tells what prices do not change. */
export function meritsAtPrices(problem: Problem, hosts: readonly Hosts[], others: Assessment): number[] {
  const { value } = evaluationOf(problem, hosts);
  return stagesOf(problem).map(({ kind, term }, stage) => (kind === 'kept' || kind === 'changes' ? others.merits[stage]! : value(term)));
}

/** Evaluates terms over hosts of shared placement. */
export function evaluationOf(problem: Problem, hosts: readonly Hosts[]): Evaluation {
  return evaluation(problem, assignmentOf(problem, hosts), undefined, {
    cost: hosts.reduce((sum, h) => sum + problem.candidates[h.candidate]!.price * h.number, 0),
    hosts: hosts.reduce((sum, h) => sum + h.number, 0),
  });
}

/** How many instances of each component stand on some hosts. */
export const assignmentOf = (problem: Problem, hosts: readonly Hosts[]): Assignment[] =>
  problem.components.map((_, i) => ({ candidate: null, cardinality: hosts.reduce((sum, h) => sum + h.number * h.instances[i]!, 0) }));

/** What both placements ask for alike. */
function assessGeneral(problem: Problem, assignment: readonly Assignment[], { holds }: Evaluation): Breach[] {
  const at = positions(problem);
  const deployed = (name: string): boolean => assignment[at.get(name)!]!.cardinality > 0;
  const breaches: Breach[] = [];
  problem.components.forEach((component, i) => {
    const { zero, low, high } = cardinalities(problem, i);
    const n = assignment[i]!.cardinality;
    if (n === 0 ? !zero : n < low || n > high) breaches.push({ kind: 'range', component: component.name });
    if (n > 0)
      for (const need of component.needs) if (!need.providers.some(deployed)) breaches.push({ kind: 'need', component: component.name, port: need.port, place: need.place });
  });
  for (const { name, place, components } of problem.alternatives) if (components.filter(deployed).length !== 1) breaches.push({ kind: 'alternative', name, place });
  for (const { id, name, place, condition } of problem.constraints) if (holds(condition) !== true) breaches.push({ kind: 'constraint', id, name, place });
  return breaches;
}

/** By stage; adds a breach for each level that is undefined. */
function meritsOf(problem: Problem, { value }: Evaluation, known: { kept?: number; changes?: number }, breaches: Breach[]): number[] {
  return stagesOf(problem).map(({ kind, term, objectives }) => {
    const merit = (kind === 'kept' || kind === 'changes' ? known[kind] : undefined) ?? value(term);
    if (Number.isNaN(merit)) breaches.push({ kind: 'undefined', objective: objectives[0]!.name, place: objectives[0]!.place });
    return merit;
  });
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
