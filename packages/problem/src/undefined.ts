/** Where formulas are undefined: deployments that are left out because of that. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Assignment } from './assignment.js';
import { cardinalities } from './assess.js';
import { evaluation, type Evaluation, type Totals } from './evaluate.js';
import type { Problem, ProblemCondition, Term } from './problem.js';
import { operandsOf } from './structure.js';

/** As many deployments are looked at: a warning is worth some milliseconds, not seconds. */
const most = 400;

/** A part of a formula that is undefined although all that it is made of is defined. */
interface Culprit {
  place: Place;
  /** The part with the values it has: `0 / 0`, `ln(-2)`. */
  text: string;
  /** How the deployments differ from the solution. */
  with: Set<string>;
}

/** What a solution says of one component: `candidate` is its id. */
interface Decided {
  cardinality: number;
  candidate?: string;
}

/**
 * Warns of each part of the objective and the constraints that is undefined for some deployment near a solution: of it and of those that differ in
 * one component, a few hundred are looked at.
 * @param solution what is decided of each component, in the problem's order; empty: there is none
 * @param totals of the hosts, in shared placement
 */
export function undefinedParts(problem: Problem, solution: readonly Decided[], totals?: Totals): Diagnostic[] {
  const roots = [
    ...problem.objectives.map((o): [Term, Place] => [o.term, o.place]),
    ...problem.constraints.flatMap((c) => termsIn(c.condition).map((t): [Term, Place] => [t, c.place])),
  ];
  if (!roots.some(([term]) => mayBeUndefined(problem, term)) || (problem.placement === 'shared' && !totals)) return [];
  const culprits = new Map<string, Culprit>();
  let looked = 0;
  for (const { assignment, differs } of around(problem, solution)) {
    looked++;
    const evaluated = evaluation(problem, assignment, undefined, problem.placement === 'shared' ? totals : undefined);
    for (const [root, place] of roots) {
      if (!Number.isNaN(evaluated.value(root))) continue;
      const [part, at] = partOf(problem, root, evaluated, place);
      const key = JSON.stringify(at);
      const culprit = culprits.get(key) ?? { place: at, text: textOf(part, evaluated), with: new Set() };
      culprits.set(key, culprit);
      culprit.with.add(differs);
    }
  }
  return [...culprits.values()].map(({ place, text, with: examples }) => diagnose('problem/undefined', { text, examples: examples.size < looked ? [...examples] : [] }, place));
}

/** Deployments that differ from a solution in one component, and how. */
function* around(problem: Problem, solution: readonly Decided[]): Generator<{ assignment: Assignment[]; differs: string }> {
  const { components, candidates: all } = problem;
  const dedicated = problem.placement === 'dedicated';
  const index = new Map(all.map((c, i) => [c.id, i]));
  const base = components.map((component, i): Assignment => {
    const { cardinality, candidate = undefined } = solution[i] ?? { cardinality: cardinalities(problem, i).low };
    return { candidate: cardinality === 0 || !dedicated ? null : ((candidate === undefined ? component.candidates[0] : index.get(candidate)) ?? null), cardinality };
  });
  for (const [i, { name, candidates }] of components.entries()) {
    const { zero, low, high } = cardinalities(problem, i);
    const { candidate, cardinality } = base[i]!;
    const usual = candidate ?? (dedicated ? candidates[0] : null);
    if (usual === undefined) continue;
    const instead = (other: Assignment, differs: string): { assignment: Assignment[]; differs: string } => ({ assignment: base.map((a, k) => (k === i ? other : a)), differs });
    const step = Math.max(1, Math.ceil((candidates.length * components.length) / most));
    if (dedicated)
      for (let k = 0; k < candidates.length; k += step)
        yield instead({ candidate: candidates[k]!, cardinality: Math.max(low, cardinality) }, `${name} on ${all[candidates[k]!]!.id}`);
    if (zero) yield instead({ candidate: null, cardinality: 0 }, `no instance of ${name}`);
    const numbers = new Set([low, cardinality + 1, Number.isFinite(high) ? high : cardinality + 2].filter((n) => n >= low && n <= high && n !== cardinality));
    for (const n of numbers) yield instead({ candidate: usual, cardinality: n }, `${n} ${n === 1 ? 'instance' : 'instances'} of ${name}`);
  }
}

function termsIn(condition: ProblemCondition): Term[] {
  if (condition.kind === 'comparison') return [condition.term];
  if (condition.kind === 'if') return [condition.if, condition.then, ...(condition.else ? [condition.else] : [])].flatMap(termsIn);
  return condition.conditions.flatMap(termsIn);
}

/** Functions and operators that are defined for all defined and finite arguments. */
const total = new Set(
  '+ - * neg < <= > >= == <> and or not if min max sum add multi prod mean avg median med std var count abs sgn floor ceil exp cbrt sin cos atan arctan tanh rad deg xor coalesce isNaN'.split(
    ' ',
  ),
);

function mayBeUndefined(problem: Problem, term: Term, seen = new Set<string>()): boolean {
  if (term.kind === 'formula') return !seen.has(term.id) && mayBeUndefined(problem, problem.formulas[term.id]!.term, seen.add(term.id));
  if (term.kind === 'call' && !total.has(term.function)) return true;
  if (term.kind === 'operator' && !total.has(term.operator)) return true;
  return operandsOf(term).some((t) => mayBeUndefined(problem, t, seen));
}

/** The innermost part that is undefined, and where it stands; `place`: where what it is in stands. */
function partOf(problem: Problem, term: Term, evaluated: Evaluation, place: Place): [Term, Place] {
  const here = term.place ?? place;
  if (term.kind === 'formula') return partOf(problem, problem.formulas[term.id]!.term, evaluated, here);
  // A list is no number, and no fault.
  const inner = operandsOf(term).find((t) => t.kind !== 'list' && Number.isNaN(evaluated.value(t)) && !isList(problem, t));
  return inner ? partOf(problem, inner, evaluated, here) : [term, here];
}

function isList(problem: Problem, term: Term): boolean {
  return term.kind === 'list' || (term.kind === 'formula' && isList(problem, problem.formulas[term.id]!.term));
}

function textOf(term: Term, { value }: Evaluation): string {
  const shown = (t: Term): string => (t.kind === 'list' || (t.kind === 'formula' && Number.isNaN(value(t))) ? 'list' : String(Number(value(t).toPrecision(6))));
  const operands = operandsOf(term).map(shown);
  if (term.kind === 'call') return `${term.function}(${operands.join(', ')})`;
  if (term.kind !== 'operator') return 'this';
  if (operands.length === 2) return operands.join(` ${term.operator} `);
  return term.operator === '!' ? `${operands[0]}!` : `${term.operator} ${operands[0]}`;
}
