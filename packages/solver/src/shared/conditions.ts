/** Conditions in negation normal form over ranges of terms, and what a box says of them. */
import { tolerance, type ProblemCondition, type Term, type Trend } from '@camelc/problem';
import type { Box, Formulas } from './formulas.js';

/** A term lies between two values; `open`: and is none of them. Without limits: it is defined. */
export interface Range {
  kind: 'range';
  term: Term;
  low: number;
  high: number;
  open?: true;
}

export type Condition = Range | { kind: 'and' | 'or'; of: Condition[] };

/** A condition of the problem, or with `holds` false its opposite. */
export function normalForm(condition: ProblemCondition, holds = true): Condition {
  switch (condition.kind) {
    case 'comparison':
      return comparison(condition, holds);
    case 'if': {
      const [premise, then, otherwise] = [condition.if, condition.then, condition.else];
      const chosen = [
        all(normalForm(premise), normalForm(then, holds)),
        ...(otherwise ? [all(normalForm(premise, false), normalForm(otherwise, holds))] : holds ? [normalForm(premise, false)] : []),
      ];
      return any(chosen);
    }
    case 'xor': {
      const one = condition.conditions.map((_, k) => all(...condition.conditions.map((c, j) => normalForm(c, j === k))));
      const none = all(...condition.conditions.map((c) => normalForm(c, false)));
      const pairs = condition.conditions.flatMap((a, k) => condition.conditions.slice(k + 1).map((b) => all(normalForm(a), normalForm(b), ...condition.conditions.map(defined))));
      return any(holds ? one : [none, ...pairs]);
    }
    default: {
      const parts = condition.conditions.map((c) => normalForm(c, holds));
      // Every part has to be defined, also where another decides.
      return (condition.kind === 'and') === holds ? all(...parts) : all(any(parts), ...condition.conditions.map(defined));
    }
  }
}

function comparison({ term, operator, threshold }: Extract<ProblemCondition, { kind: 'comparison' }>, holds: boolean): Condition {
  const range = (low: number, high: number, open?: true): Range => ({ kind: 'range', term, low, high, ...(open && { open }) });
  const slack = Number.isFinite(threshold) ? tolerance(threshold) : 0;
  const [low, high] = [threshold - slack, threshold + slack];
  const below = (t: number): Range => range(-Infinity, t, true);
  const above = (t: number): Range => range(t, Infinity, true);
  switch (operator) {
    case '<':
      return holds ? below(threshold) : range(threshold, Infinity);
    case '>':
      return holds ? above(threshold) : range(-Infinity, threshold);
    case '<=':
      return holds ? range(-Infinity, high) : above(high);
    case '>=':
      return holds ? range(low, Infinity) : below(low);
    case '==':
      return holds ? range(low, high) : any([below(low), above(high)]);
    case '<>':
      return holds ? any([below(threshold), above(threshold)]) : range(threshold, threshold);
  }
}

/** What of a condition is a value at all. */
function defined(condition: ProblemCondition): Condition {
  switch (condition.kind) {
    case 'comparison':
      return { kind: 'range', term: condition.term, low: -Infinity, high: Infinity };
    case 'if': {
      const otherwise = condition.else ? [defined(condition.else)] : [];
      return any([all(normalForm(condition.if), defined(condition.then)), all(normalForm(condition.if, false), ...otherwise)]);
    }
    default:
      return all(...condition.conditions.map(defined));
  }
}

export const all = (...of: Condition[]): Condition => (of.length === 1 ? of[0]! : { kind: 'and', of });
const any = (of: Condition[]): Condition => (of.length === 1 ? of[0]! : { kind: 'or', of });

/** Whether a condition holds for all of a box, for nothing in it, or that is not known. */
export function statusIn(formulas: Formulas, condition: Condition, box: Box): boolean | undefined {
  if (condition.kind !== 'range') {
    const parts = condition.of.map((c) => statusIn(formulas, c, box));
    const deciding = condition.kind === 'or';
    return parts.includes(deciding) ? deciding : parts.includes(undefined) ? undefined : !deciding;
  }
  const { term, low, high, open } = condition;
  const fixed = formulas.involves(term).every((q) => box.low[q] === box.high[q]);
  const shape = formulas.shape(term, box);
  if (!shape) return fixed ? false : undefined;
  const within = (v: number): boolean => (open ? (v > low || low === -Infinity) && (v < high || high === Infinity) : v >= low && v <= high);
  if (within(shape.low) && within(shape.high)) return true;
  const outside = open ? (low > -Infinity && shape.high <= low) || (high < Infinity && shape.low >= high) : shape.high < low || shape.low > high;
  return outside ? false : undefined;
}

/** Whether a condition holds for some values of the quantities. */
export function holdsAt(formulas: Formulas, condition: Condition, values: readonly number[]): boolean {
  if (condition.kind !== 'range')
    return condition.kind === 'and' ? condition.of.every((c) => holdsAt(formulas, c, values)) : condition.of.some((c) => holdsAt(formulas, c, values));
  const { term, low, high, open } = condition;
  const v = formulas.value(term, values);
  return open ? (v > low || (low === -Infinity && !Number.isNaN(v))) && (v < high || high === Infinity) : v >= low && v <= high;
}

/** How the truth of a condition goes with a quantity, the others as in the box: `up` where more of it can only help. */
export function trendOf(formulas: Formulas, condition: Condition, box: Box, quantity: number): Trend {
  if (condition.kind !== 'range') {
    const trends = new Set(condition.of.map((c) => trendOf(formulas, c, box, quantity)).filter((t) => t !== 'constant'));
    return trends.size === 0 ? 'constant' : trends.size === 1 ? [...trends][0]! : 'mixed';
  }
  if (!formulas.involves(condition.term).includes(quantity)) return 'constant';
  const shape = formulas.shape(condition.term, box, quantity);
  if (!shape || shape.trend === 'mixed') return 'mixed';
  if (shape.trend === 'constant') return 'constant';
  if (condition.low > -Infinity && condition.high < Infinity) return 'mixed';
  if (condition.low === -Infinity && condition.high === Infinity) return 'constant';
  const rises = condition.low > -Infinity;
  return rises === (shape.trend === 'up') ? 'up' : 'down';
}

/** Quantities that a condition's truth depends on. */
export const involvedIn = (formulas: Formulas, condition: Condition): number[] =>
  condition.kind === 'range' ? formulas.involves(condition.term) : [...new Set(condition.of.flatMap((c) => involvedIn(formulas, c)))];
