/** Monotone functions of a sum: which value of the sum gives which value of the function. */
import { compare, evaluation, point, shapeOf, type Assignment, type Problem, type ProblemCondition, type Term } from '@camelc/problem';
import { boundary } from '../boundary.js';

/** What is known of the terms of a placement. */
interface Sums<S> {
  /** What a term depends on. */
  involves(term: Term): number[];
  /** The term as a sum, where it is one. */
  separate(term: Term): S | undefined;
  constant(term: Term): number;
  base: readonly Assignment[];
}

/** A term that is a sum, or follows one: `inner` is the sum, `term` the whole. */
export interface SumTerm<S> {
  term: Term;
  inner: Term;
  sum: S;
}

/** Finds the sum that a term is, or follows through operators and functions of constants. */
export function sumTermOf<S>(problem: Problem, { involves, separate }: Sums<S>, term: Term): SumTerm<S> | undefined {
  for (let inner = term; ; ) {
    const sum = separate(inner);
    if (sum) return { term, inner, sum };
    const below = inner.kind === 'formula' ? [problem.formulas[inner.id]!.term] : inner.kind === 'operator' ? inner.operands : inner.kind === 'call' ? inner.arguments : [];
    const varying = below.filter((t) => involves(t).length > 0);
    if (varying.length !== 1) return undefined;
    inner = varying[0]!;
  }
}

/** A function of one number that only rises or only falls. */
interface Monotone {
  rises: boolean;
  at: (sum: number) => number;
}

/** The function that a term is of its sum, over the values from `low` to `high`; undefined where it is not shown to be monotone. */
export function followed<S>(problem: Problem, { involves, constant, base }: Sums<S>, { term, inner }: SumTerm<S>, low: number, high: number): Monotone | undefined {
  const at = (sum: number): number => (term === inner ? sum : evaluation(problem, base, new Map([[inner, sum]])).value(term));
  if (term === inner || low === high) return { rises: true, at };
  const shape = shapeOf(problem, term, (t) =>
    t === inner ? { low, high, trend: 'up', finite: true } : (t.kind === 'decision' || t.kind === 'total') && involves(t).length === 0 ? point(constant(t)) : undefined,
  );
  return shape && shape.trend !== 'mixed' ? { rises: shape.trend !== 'down', at } : undefined;
}

/** Between which values of the sum a comparison of a function of it holds; `low` > `high`: nowhere. */
export function sumsThatHold(
  { rises, at }: Monotone,
  { operator, threshold }: Extract<ProblemCondition, { kind: 'comparison' }>,
  low: number,
  high: number,
): { low: number; high: number } {
  const upper = operator === '<' || operator === '<=';
  const lowest = (relation: typeof operator): number => boundary(low, high, (s) => compare(at(s), relation, threshold) === true);
  const highest = (relation: typeof operator): number => -boundary(-high, -low, (s) => compare(at(-s), relation, threshold) === true);
  if (operator === '==') return rises ? { low: lowest('>='), high: highest('<=') } : { low: lowest('<='), high: highest('>=') };
  return upper === rises ? { low: -Infinity, high: highest(operator) } : { low: lowest(operator), high: Infinity };
}
