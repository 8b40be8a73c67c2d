/** Sorts what a problem says by what it couples: one component, several by a sum, or several in any other way. */
import {
  conjunctsOf,
  isSeparated,
  placementRules,
  stagesOf,
  structureOf,
  type Problem,
  type ProblemCondition,
  type Separated,
  type Stage,
  type Structure,
  type Term,
} from '@camelc/problem';

export type Comparison = Extract<ProblemCondition, { kind: 'comparison' }>;

/** A term that is a sum over the components, or follows one: `inner` is the sum, `term` the whole. */
export interface SumTerm {
  term: Term;
  inner: Term;
  sum: Separated;
}

/** What the problem says, sorted by what it couples. */
export interface Sorted {
  structure: Structure;
  /** By component: conditions that involve no other. */
  alone: ProblemCondition[][];
  across: { condition: Comparison; of: SumTerm }[];
  /** Conditions that couple components otherwise. `sameHosts`: of a same-host coupling. */
  coupled: { condition: ProblemCondition; sameHosts: boolean }[];
  /** In order; without `of` the stage couples components otherwise. */
  stages: { stage: Stage; of?: SumTerm }[];
}

/** Sorts the conditions and stages of a problem. */
export function sort(problem: Problem): Sorted {
  const structure = structureOf(problem);
  const sorted: Sorted = {
    structure,
    alone: problem.components.map(() => []),
    across: [],
    coupled: [],
    stages: stagesOf(problem).map((stage) => ({ stage, of: sumTerm(problem, structure, stage.term) })),
  };
  const sameHosts = new Set(problem.couplings.filter((c) => c.level === 'host').map((c) => c.name));
  const asked = [
    ...problem.constraints.map(({ condition }) => ({ condition, sameHosts: false })),
    ...placementRules(problem)
      .filter((r) => !r.relaxed)
      .map(({ kind, name, condition }) => ({ condition, sameHosts: kind === 'coupling' && sameHosts.has(name) })),
  ].flatMap((c) => conjunctsOf(c.condition).map((condition) => ({ ...c, condition })));
  for (const { condition, sameHosts } of asked) {
    const involved = structure.involvesIn(condition);
    // What must differ from a value has two ranges.
    const of = condition.kind === 'comparison' && condition.operator !== '<>' && involved.length > 1 ? sumTerm(problem, structure, condition.term) : undefined;
    if (involved.length <= 1) sorted.alone[involved[0] ?? 0]!.push(condition);
    else if (of) sorted.across.push({ condition: condition as Comparison, of });
    else sorted.coupled.push({ condition, sameHosts });
  }
  return sorted;
}

/** Finds the sum that a term is, or follows through operators and functions of constants. */
function sumTerm(problem: Problem, structure: Structure, term: Term): SumTerm | undefined {
  const whole = structure.separate(term);
  if (isSeparated(whole)) return { term, inner: term, sum: whole };
  for (let inner = term; ; ) {
    const below = inner.kind === 'formula' ? [problem.formulas[inner.id]!.term] : inner.kind === 'operator' ? inner.operands : inner.kind === 'call' ? inner.arguments : [];
    const varying = below.filter((t) => structure.involves(t).length > 0);
    if (varying.length !== 1) return undefined;
    inner = varying[0]!;
    const sum = structure.separate(inner);
    if (isSeparated(sum)) return { term, inner, sum };
  }
}
