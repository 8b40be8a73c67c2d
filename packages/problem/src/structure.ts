/** How a term depends on the components: which ones it involves, and whether it is a sum of parts with one component each. */
import type { Place } from '@camelc/diagnostics';
import type { Assignment } from './assignment.js';
import { cardinalities } from './assess.js';
import { candidateValue, evaluation, positions, type Evaluation } from './evaluate.js';
import { hostCouplings } from './placement.js';
import type { Problem, ProblemCondition, Term, TermAttribute } from './problem.js';
import { totalTerm } from './totals.js';

/** A part of a sum: `weight` × `term`, which involves one component. */
export interface Part {
  component: number;
  weight: number;
  term: Term;
}

/** A term as `constant` + the sum of its parts. */
export interface Separated {
  constant: number;
  parts: Part[];
}

/** The smallest sub-term that couples components, and which. */
export interface Coupled {
  term: Term;
  components: number[];
  place?: Place;
}

export interface Structure {
  /** Components that the term's value depends on, ascending. A decision with a single possible value involves none. */
  involves(term: Term): number[];
  involvesIn(condition: ProblemCondition): number[];
  /** The term as a sum, or what couples components in it. */
  separate(term: Term): Separated | Coupled;
  /** The value of a term that involves no component. */
  constant(term: Term): number;
  /** Some choice for each component, for evaluating terms that involve others. */
  base: readonly Assignment[];
}

export const isSeparated = (result: Separated | Coupled): result is Separated => 'parts' in result;

/** Analyses the structure of the problem's terms. Every component needs a candidate or may be absent. */
export function structureOf(problem: Problem): Structure {
  const at = positions(problem);
  const base = problem.components.map((component, i): Assignment => {
    const { zero, low } = cardinalities(problem, i);
    return zero || component.candidates.length === 0 ? { candidate: null, cardinality: 0 } : { candidate: component.candidates[0]!, cardinality: low };
  });
  const atBase: Evaluation = evaluation(problem, base);
  const known = new Map<Term, number[]>();

  function hasOneValue(component: number, attribute: TermAttribute): boolean {
    const { zero, low, high } = cardinalities(problem, component);
    if (zero) return false;
    if (attribute === 'cardinality') return low === high;
    const { candidates } = problem.components[component]!;
    const first = candidates.length > 0 ? candidateValue(problem, candidates[0]!, attribute) : Number.NaN;
    return candidates.every((c) => candidateValue(problem, c, attribute) === first);
  }

  function involves(term: Term): number[] {
    let result = known.get(term);
    if (!result) known.set(term, (result = involvedIn(term)));
    return result;
  }

  function involvedIn(term: Term): number[] {
    switch (term.kind) {
      case 'number':
      case 'list':
        return [];
      case 'decision': {
        const component = at.get(term.component)!;
        return hasOneValue(component, term.attribute) ? [] : [component];
      }
      case 'total':
        if (hostCouplings(problem).length > 0) return involves(totalTerm(problem, term));
        return problem.components.flatMap(({ name }, i) =>
          term.components?.includes(name) === false || (hasOneValue(i, 'cardinality') && (term.attribute === 'hosts' || hasOneValue(i, 'price'))) ? [] : [i],
        );
      case 'formula':
        return involves(problem.formulas[term.id]!.term);
      default:
        return union(operandsOf(term).map(involves));
    }
  }

  function involvesIn(condition: ProblemCondition): number[] {
    return union(termsOf(condition).map(involves));
  }

  function separate(term: Term): Separated | Coupled {
    const components = involves(term);
    if (components.length === 0) return { constant: atBase.value(term), parts: [] };
    if (components.length === 1) return { constant: 0, parts: [{ component: components[0]!, weight: 1, term }] };
    switch (term.kind) {
      case 'formula': {
        const { term: inner, place } = problem.formulas[term.id]!;
        const result = separate(inner);
        return isSeparated(result) || result.place ? result : { ...result, place };
      }
      case 'total':
        if (hostCouplings(problem).length > 0) return scaled(separate(totalTerm(problem, term)), term.factor);
        return sumOf(
          problem.components
            .filter(({ name }) => term.components?.includes(name) ?? true)
            .map(({ name }) => separate(term.attribute === 'cost' ? costOf(name, term.factor) : cardinalityOf(name, term.factor))),
        );
      case 'call':
        if (term.function === 'sum' || term.function === 'add') return sumOf(term.arguments.map(summand));
        if ((term.function === 'mean' || term.function === 'avg') && !term.arguments.some(isList)) return scaled(sumOf(term.arguments.map(separate)), 1 / term.arguments.length);
        break;
      case 'operator': {
        const [a, b] = term.operands as [Term, Term];
        if (term.operator === '+') return sumOf([separate(a), separate(b)]);
        if (term.operator === '-') return sumOf([separate(a), scaled(separate(b), -1)]);
        if (term.operator === 'neg') return scaled(separate(a), -1);
        if (term.operator === '*' && involves(a).length === 0) return scaled(separate(b), atBase.value(a));
        if ((term.operator === '*' || (term.operator === '/' && atBase.value(b) !== 0)) && involves(b).length === 0)
          return scaled(separate(a), term.operator === '*' ? atBase.value(b) : 1 / atBase.value(b));
      }
    }
    return coupledIn(term);
  }

  const isList = (term: Term): boolean => term.kind === 'list' || (term.kind === 'formula' && isList(problem.formulas[term.id]!.term));

  /** An argument of a sum; a list has several values. */
  function summand(term: Term): Separated | Coupled {
    return involves(term).length === 0 ? { constant: atBase.value({ kind: 'call', function: 'sum', arguments: [term] }), parts: [] } : separate(term);
  }

  /** The smallest sub-term of one that is no sum which couples components: an operand that couples them itself, else the term. */
  function coupledIn(term: Term): Coupled {
    for (const operand of operandsOf(term)) {
      const inner = separate(operand);
      if (!isSeparated(inner)) return inner.place ? inner : { ...inner, place: term.place };
    }
    return { term, components: involves(term), place: term.place };
  }

  return { involves, involvesIn, separate, constant: atBase.value, base };
}

/** Cost of a component per hour, times a factor. */
const costOf = (component: string, factor: number): Term => ({
  kind: 'operator',
  operator: '*',
  operands: [{ kind: 'decision', component, attribute: 'price', factor }, cardinalityOf(component, 1)],
});

const cardinalityOf = (component: string, factor: number): Term => ({ kind: 'decision', component, attribute: 'cardinality', factor });

function scaled(result: Separated | Coupled, factor: number): Separated | Coupled {
  if (!isSeparated(result)) return result;
  return { constant: result.constant * factor, parts: result.parts.map((p) => ({ ...p, weight: p.weight * factor })) };
}

function sumOf(results: (Separated | Coupled)[]): Separated | Coupled {
  const coupled = results.find((r) => !isSeparated(r));
  return coupled ?? addUp(results as Separated[]);
}

const addUp = (sums: Separated[]): Separated => ({ constant: sums.reduce((a, s) => a + s.constant, 0), parts: sums.flatMap((s) => s.parts) });

/** Conditions that hold together exactly where the given one does. */
export const conjunctsOf = (condition: ProblemCondition): ProblemCondition[] => (condition.kind === 'and' ? condition.conditions.flatMap(conjunctsOf) : [condition]);

/** The terms directly below a term. */
export const operandsOf = (term: Term): Term[] => (term.kind === 'operator' ? term.operands : term.kind === 'call' ? term.arguments : []);

/** The terms that a condition compares. */
export function termsOf(condition: ProblemCondition): Term[] {
  if (condition.kind === 'comparison') return [condition.term];
  if (condition.kind === 'if') return [condition.if, condition.then, ...(condition.else ? [condition.else] : [])].flatMap(termsOf);
  return condition.conditions.flatMap(termsOf);
}

/** The union of sorted lists, sorted. */
export function union(lists: readonly (readonly number[])[]): number[] {
  return lists.reduce<number[]>((a, b) => {
    if (a.length === 0 || b.length === 0) return a.length === 0 ? [...b] : a;
    const merged: number[] = [];
    for (let i = 0, j = 0; i < a.length || j < b.length; ) {
      const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
      if (a[i] === next) i++;
      if (b[j] === next) j++;
      merged.push(next);
    }
    return merged;
  }, []);
}
