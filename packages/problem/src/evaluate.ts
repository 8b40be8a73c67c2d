/** The value of terms and conditions for one assignment: whole formulas, without any knowledge of their structure. */
import type { Comparison, Operator } from '@camelc/application/model';
import type { Assignment } from './assignment.js';
import { atLeast, divide, factorial, modulo, nearlyEqual, power } from './arithmetic.js';
import { functions, truth } from './functions.js';
import { memo } from './memo.js';
import { hostCouplings } from './placement.js';
import { places } from './places.js';
import type { Problem, ProblemCondition, Term, TermAttribute } from './problem.js';

/** What a comparison of solutions allows: values that differ by less are equal. */
export const tolerance = (value: number): number => 1e-9 * Math.max(1, Math.abs(value));

/** A candidate's value of an attribute other than cardinality; NaN where it is unknown. `c` is its index. */
export function candidateValue(problem: Problem, c: number, attribute: Exclude<TermAttribute, 'cardinality'>): number {
  const candidate = problem.candidates[c]!;
  switch (attribute) {
    case 'candidate':
      return c;
    case 'zone':
    case 'region':
    case 'cloud':
      return places(problem, attribute).get(candidate[attribute])!;
    case 'allocatable-cores':
      return candidate.allocatable.cores ?? Number.NaN;
    case 'allocatable-memory':
      return candidate.allocatable.memory ?? Number.NaN;
    case 'allocatable-storage':
      return candidate.allocatable.storage ?? Number.NaN;
    default:
      return candidate[attribute] ?? Number.NaN;
  }
}

/** A component's value of an attribute at cardinality 0. */
const absentValue = (attribute: TermAttribute): number => (attribute === 'candidate' || attribute === 'zone' || attribute === 'region' || attribute === 'cloud' ? -1 : 0);

/** Cost per hour, and number, of all hosts. */
export interface Totals {
  cost: number;
  hosts: number;
}

export interface Evaluation extends Totals {
  /** The term's value; ±Infinity is a value, NaN is undefined. */
  value(term: Term): number;
  /** Whether a condition holds; `undefined` where a value in it is. */
  holds(condition: ProblemCondition): boolean | undefined;
}

/**
 * Evaluates terms over one assignment.
 * @param assignment one for each component of the problem, in its order
 * @param given values for some terms, by identity, in place of their own
 * @param totals of the hosts, where the assignment does not tell them: in shared placement
 */
export function evaluation(problem: Problem, assignment: readonly Assignment[], given?: ReadonlyMap<Term, number>, totals?: Totals): Evaluation {
  const formulas = new Map<string, number>();
  const position = positions(problem);
  const { cost, hosts } = totals ?? totalsOf(problem, assignment);

  function decision(component: string, attribute: TermAttribute): number {
    const { candidate, cardinality } = assignment[position.get(component)!]!;
    if (attribute === 'cardinality') return cardinality;
    return candidate === null ? absentValue(attribute) : candidateValue(problem, candidate, attribute);
  }

  function total(term: Extract<Term, { kind: 'total' }>): number {
    if (!term.components) return term.attribute === 'cost' ? cost : hosts;
    const some = totalsOf(problem, assignment, new Set(term.components.map((name) => position.get(name)!)));
    return term.attribute === 'cost' ? some.cost : some.hosts;
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
        return total(term) * term.factor;
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

/** Cost and number of the hosts of an assignment, or of those that hold one of some components. */
function totalsOf(problem: Problem, assignment: readonly Assignment[], of?: ReadonlySet<number>): Totals {
  const couplings = hostCouplings(problem);
  const counted = new Set<number>();
  let cost = 0;
  let hosts = 0;
  for (let i = 0; i < assignment.length; i++) {
    const { candidate, cardinality } = assignment[i]!;
    if (candidate === null || (of && !of.has(i)) || counted.has(i)) continue;
    cost += problem.candidates[candidate]!.price * cardinality;
    hosts += cardinality;
    if (couplings.length > 0) onSameHosts(i);
  }
  return { cost, hosts };

  /** Those that are deployed and coupled with one, directly or through others, stand on the same hosts. */
  function onSameHosts(i: number): void {
    if (counted.has(i) || assignment[i]!.candidate === null) return;
    counted.add(i);
    for (const { components } of couplings) if (components.includes(problem.components[i]!.name)) for (const name of components) onSameHosts(positions(problem).get(name)!);
  }
}

/** Where each component stands in the problem's list. */
export const positions = memo((problem: Problem): Map<string, number> => new Map(problem.components.map((c, i) => [c.name, i])));

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

/**
 * An operator of formulas. Relations and logic give 1 or 0; what is not 0 is true. No relation hangs on rounding errors: numbers that differ by
 * them alone are equal, neither less nor greater.
 */
export function operate(operator: Operator, [a = Number.NaN, b = Number.NaN]: number[]): number {
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
      return truth(!atLeast(a, b), a, b);
    case '<=':
      return truth(atLeast(b, a), a, b);
    case '>':
      return truth(!atLeast(b, a), a, b);
    case '>=':
      return truth(atLeast(a, b), a, b);
    case '==':
      return truth(nearlyEqual(a, b), a, b);
    case '<>':
      return truth(!nearlyEqual(a, b), a, b);
    case 'and':
      return truth(a !== 0 && b !== 0, a, b);
    case 'or':
      return truth(a !== 0 || b !== 0, a, b);
    case 'not':
      return truth(a === 0, a);
  }
}
