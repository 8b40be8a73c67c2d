/** The value of terms and conditions for one assignment: whole formulas, without any knowledge of their structure. */
import type { Comparison, DecisionAttribute, Operator } from '@camelc/application/model';
import type { Assignment } from './assignment.js';
import { divide, factorial, functions, modulo, power } from './functions.js';
import type { Problem, ProblemCandidate, ProblemCondition, Term } from './problem.js';

/** What a comparison of solutions allows: values that differ by less are equal. */
export const tolerance = (value: number): number => 1e-9 * Math.max(1, Math.abs(value));

/** A candidate's value of an attribute other than cardinality; NaN where it is unknown. */
export const candidateValue = (candidate: ProblemCandidate, attribute: Exclude<DecisionAttribute, 'cardinality'>): number => candidate[attribute] ?? Number.NaN;

export interface Evaluation {
  /** The term's value; ±Infinity is a value, NaN is undefined. */
  value(term: Term): number;
  /** Whether a condition holds; `undefined` where a value in it is. */
  holds(condition: ProblemCondition): boolean | undefined;
  /** Per hour. */
  cost: number;
  hosts: number;
}

/**
 * Evaluates terms over one assignment.
 * @param assignment one for each component of the problem, in its order
 * @param given values for some terms, by identity, in place of their own
 */
export function evaluation(problem: Problem, assignment: readonly Assignment[], given?: ReadonlyMap<Term, number>): Evaluation {
  const formulas = new Map<string, number>();
  const position = positions(problem);
  let cost = 0;
  let hosts = 0;
  for (const { candidate, cardinality } of assignment) {
    if (candidate !== null) cost += problem.candidates[candidate]!.price * cardinality;
    hosts += cardinality;
  }

  function decision(component: string, attribute: DecisionAttribute): number {
    const { candidate, cardinality } = assignment[position.get(component)!]!;
    if (attribute === 'cardinality') return cardinality;
    return candidate === null ? 0 : candidateValue(problem.candidates[candidate]!, attribute);
  }

  function value(term: Term): number {
    const known = given?.get(term);
    if (known !== undefined) return known;
    switch (term.kind) {
      case 'number':
        return term.value;
      case 'decision':
        return decision(term.component, term.attribute) * term.factor;
      case 'total':
        return (term.attribute === 'cost' ? cost : hosts) * term.factor;
      case 'list':
        return Number.NaN;
      case 'formula': {
        let result = formulas.get(term.id);
        if (result === undefined) formulas.set(term.id, (result = value(problem.formulas[term.id]!.term)));
        return result;
      }
      case 'operator':
        return operate(term.operator, term.operands.map(value));
      case 'call':
        return call(term.function, term.arguments);
    }
  }

  /** Values of an argument: a list has several. */
  function values(term: Term): number[] {
    if (term.kind === 'list') return term.values;
    const inner = term.kind === 'formula' ? problem.formulas[term.id]!.term : undefined;
    return inner && (inner.kind === 'list' || inner.kind === 'formula') ? values(inner) : [value(term)];
  }

  function call(name: string, parameters: Term[]): number {
    if (name === 'if' || name === 'iff') {
      const pairs = name === 'if' ? parameters.slice(0, 2) : parameters;
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        const condition = value(pairs[i]!);
        if (Number.isNaN(condition)) return condition;
        if (condition !== 0) return value(pairs[i + 1]!);
      }
      return name === 'if' ? value(parameters[2]!) : Number.NaN;
    }
    const f = functions[name]!;
    return f.compute!(...(f.list ? parameters.flatMap(values) : parameters.map(value)));
  }

  function holds(condition: ProblemCondition): boolean | undefined {
    switch (condition.kind) {
      case 'comparison':
        return compare(value(condition.term), condition.operator, condition.threshold);
      case 'if': {
        const premise = holds(condition.if);
        if (premise === undefined) return undefined;
        return premise ? holds(condition.then) : condition.else ? holds(condition.else) : true;
      }
      default: {
        const truths = condition.conditions.map(holds);
        if (truths.includes(undefined)) return undefined;
        const count = truths.filter(Boolean).length;
        return condition.kind === 'and' ? count === truths.length : condition.kind === 'or' ? count > 0 : count === 1;
      }
    }
  }

  return { value, holds, cost, hosts };
}

const positionsOf = new WeakMap<Problem, Map<string, number>>();
/** Where each component stands in the problem's list. */
export function positions(problem: Problem): Map<string, number> {
  let map = positionsOf.get(problem);
  if (!map) positionsOf.set(problem, (map = new Map(problem.components.map((c, i) => [c.name, i]))));
  return map;
}

/** A constraint's comparison: `<=`, `>=` and `==` have the tolerance, `<`, `>` and `<>` have none. */
export function compare(value: number, operator: Comparison, threshold: number): boolean | undefined {
  if (Number.isNaN(value)) return undefined;
  const slack = tolerance(threshold);
  switch (operator) {
    case '<':
      return value < threshold;
    case '>':
      return value > threshold;
    case '<>':
      return value !== threshold;
    case '<=':
      return value <= threshold + slack;
    case '>=':
      return value >= threshold - slack;
    case '==':
      return Math.abs(value - threshold) <= slack || value === threshold;
  }
}

/** An operator of formulas. Relations and logic give 1 or 0, exactly and without tolerance; what is not 0 is true. */
export function operate(operator: Operator, [a = Number.NaN, b = Number.NaN]: number[]): number {
  const relation = (holds: boolean): number => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Number(holds));
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return divide(a, b);
    case '^':
      return power(a, b);
    case '#':
      return modulo(a, b);
    case 'neg':
      return -a;
    case '!':
      return factorial(a);
    case '<':
      return relation(a < b);
    case '<=':
      return relation(a <= b);
    case '>':
      return relation(a > b);
    case '>=':
      return relation(a >= b);
    case '==':
      return relation(a === b);
    case '<>':
      return relation(a !== b);
    case 'and':
      return relation(a !== 0 && b !== 0);
    case 'or':
      return relation(a !== 0 || b !== 0);
    case 'not':
      return functions['not']!.compute!(a);
  }
}
