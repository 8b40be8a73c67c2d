/** Formulas of shared placement as functions of a few quantities: the cardinalities, the cost and the number of hosts. */
import { evaluation, memo, positions, shapeOf, type Assignment, type Problem, type Shape, type Term, type Trend } from '@camelc/problem';

/** Ranges of the quantities: the cardinality of each component in the problem's order, then cost, then hosts. */
export interface Box {
  low: readonly number[];
  high: readonly number[];
}

export const costAt = (problem: Problem): number => problem.components.length;
export const hostsAt = (problem: Problem): number => problem.components.length + 1;

/** `constant` + Σ weight × quantity + Σ weight × value of a term that one whole quantity decides. */
export interface Sum {
  constant: number;
  weights: number[];
  tables: { quantity: number; weight: number; term: Term }[];
}

/** A term that rises, or falls, with a sum. */
export interface Through {
  sum: Sum;
  rises: boolean;
  /** The term's value at a value of the sum; absent: it is the sum. */
  at?: (sum: number) => number;
}

export interface Formulas {
  /** Quantities that a term's value depends on. */
  involves(term: Term): number[];
  /** The value for some values of the quantities. */
  value(term: Term, at: readonly number[]): number;
  /** Between which values a term lies in a box, and how it goes with one of the quantities; undefined: it may be undefined. */
  shape(term: Term, box: Box, moving?: number): Shape | undefined;
  /** The term as a sum, if it is one in the box. */
  sum(term: Term, box: Box): Sum | undefined;
  /** The term as a function of a sum that never falls, or never rises. */
  through(term: Term, box: Box): Through | undefined;
}

/** Values of a quantity that a table may list. */
export const tableCap = 300;

/** Costs are added up in any order: by how much, relatively, sums may differ. */
const noise = 1e-12;

const operandsOf = (problem: Problem, term: Term): readonly Term[] =>
  term.kind === 'formula' ? [problem.formulas[term.id]!.term] : term.kind === 'operator' ? term.operands : term.kind === 'call' ? term.arguments : [];

export function formulasOf(problem: Problem): Formulas {
  const position = positions(problem);
  const n = problem.components.length;
  const known = new Map<Term, number[]>();

  /** The quantity that a term without operands is a multiple of. */
  const quantityOf = (term: Term): number | undefined =>
    term.kind === 'decision' && term.attribute === 'cardinality' ? position.get(term.component)! : term.kind === 'total' ? (term.attribute === 'cost' ? n : n + 1) : undefined;

  function involves(term: Term): number[] {
    let result = known.get(term);
    if (!result) {
      const own = quantityOf(term);
      result = own !== undefined ? [own] : [...new Set(operandsOf(problem, term).flatMap(involves))].sort((a, b) => a - b);
      known.set(term, result);
    }
    return result;
  }

  function value(term: Term, values: readonly number[], given?: ReadonlyMap<Term, number>): number {
    const assignment = problem.components.map((_, i): Assignment => ({ candidate: null, cardinality: values[i]! }));
    return evaluation(problem, assignment, given, { cost: values[n]!, hosts: values[n + 1]! }).value(term);
  }

  function shape(term: Term, box: Box, moving?: number, inner?: { term: Term; low: number; high: number }): Shape | undefined {
    const quantities = involves(term);
    if (!inner && quantities.every((q) => box.low[q] === box.high[q])) {
      const around = quantities.includes(n) ? [1 - noise, 1, 1 + noise] : [1];
      const values = around.map((f) => value(term, at(box, n, box.low[n]! * f)));
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return Number.isNaN(low) ? undefined : { low, high, trend: 'constant', finite: values.every(Number.isFinite) };
    }
    return shapeOf(problem, term, (t): Shape | undefined => {
      if (t === inner?.term) return { low: inner.low, high: inner.high, trend: 'up', finite: true };
      const q = quantityOf(t);
      if (q === undefined || (t.kind !== 'decision' && t.kind !== 'total')) return undefined;
      const around = q === n ? noise : 0;
      const ends = [box.low[q]! * (1 - around) * t.factor, box.high[q]! * (1 + around) * t.factor].map((v) => (Number.isNaN(v) ? 0 : v));
      const trend: Trend = q !== moving || t.factor === 0 ? 'constant' : t.factor > 0 ? 'up' : 'down';
      return { low: Math.min(...ends), high: Math.max(...ends), trend, finite: true };
    });
  }

  /** The term as a sum whatever the box, if it is one. */
  const linear = memo((term: Term): Sum | undefined => {
    const all = Array.from({ length: n + 2 }, (_, q) => q);
    return involves(term).length > 0 ? sumIn(term, { low: all.map(() => 0), high: all.map(() => Infinity) }) : undefined;
  });

  function sum(term: Term, box: Box): Sum | undefined {
    const isFixed = involves(term).every((q) => box.low[q] === box.high[q]);
    return (isFixed ? undefined : linear(term)) ?? sumIn(term, box);
  }

  function sumIn(term: Term, box: Box): Sum | undefined {
    const quantities = involves(term).filter((q) => box.low[q] !== box.high[q]);
    const weights = Array.from({ length: n + 2 }, () => 0);
    if (quantities.length === 0) return usable({ constant: value(term, box.low), weights, tables: [] });
    const own = quantityOf(term);
    if (own !== undefined && (term.kind === 'decision' || term.kind === 'total')) {
      weights[own] = term.factor;
      return { constant: 0, weights, tables: [] };
    }
    return parts(term, box) ?? table(term, box, quantities, weights);
  }

  /** A term that one whole quantity decides, by its values. */
  function table(term: Term, box: Box, quantities: number[], weights: number[]): Sum | undefined {
    const q = quantities[0]!;
    if (quantities.length > 1 || q === n || !(box.high[q]! - box.low[q]! < tableCap)) return undefined;
    // What is infinite is no part of a sum; what is undefined rules its value of the quantity out.
    if (valuesOf(box, q).some((v) => Math.abs(value(term, at(box, q, v))) === Infinity)) return undefined;
    return { constant: 0, weights, tables: [{ quantity: q, weight: 1, term }] };
  }

  function parts(term: Term, box: Box): Sum | undefined {
    const constant = (t: Term): number | undefined => (involves(t).every((q) => box.low[q] === box.high[q]) ? value(t, box.low) : undefined);
    if (term.kind === 'formula') return sumIn(problem.formulas[term.id]!.term, box);
    if (term.kind === 'call') {
      const several =
        ['sum', 'add', 'mean', 'avg'].includes(term.function) && term.arguments.every((a) => a.kind !== 'list' && !(a.kind === 'formula' && involves(a).length === 0));
      if (!several) return undefined;
      const whole = added(term.arguments.map((a) => sumIn(a, box)));
      return term.function === 'mean' || term.function === 'avg' ? scaled(whole, 1 / term.arguments.length) : whole;
    }
    if (term.kind !== 'operator') return undefined;
    const [a, b] = term.operands as [Term, Term];
    switch (term.operator) {
      case '+':
        return added([sumIn(a, box), sumIn(b, box)]);
      case '-':
        return added([sumIn(a, box), scaled(sumIn(b, box), -1)]);
      case 'neg':
        return scaled(sumIn(a, box), -1);
      case '*': {
        const [left, right] = [constant(a), constant(b)];
        return left !== undefined ? scaled(sumIn(b, box), left) : right !== undefined ? scaled(sumIn(a, box), right) : undefined;
      }
      case '/': {
        const divisor = constant(b);
        return divisor ? scaled(sumIn(a, box), 1 / divisor) : undefined;
      }
      default:
        return undefined;
    }
  }

  function through(term: Term, box: Box): Through | undefined {
    const whole = sum(term, box);
    if (whole) return { sum: whole, rises: true };
    for (let inner = term; ; ) {
      // What a condition skips need not be defined.
      if (inner.kind === 'call' && (inner.function === 'if' || inner.function === 'iff')) return undefined;
      const varying = operandsOf(problem, inner).filter((t) => involves(t).some((q) => box.low[q] !== box.high[q]));
      if (varying.length !== 1) return undefined;
      inner = varying[0]!;
      const found = sum(inner, box);
      if (!found) continue;
      const target = inner;
      const { low, high } = extentOf(found, box, value);
      const outer = shape(term, box, undefined, { term: target, low, high });
      if (!outer || outer.trend === 'mixed') return undefined;
      return { sum: found, rises: outer.trend !== 'down', at: (s) => value(term, box.low, new Map([[target, s]])) };
    }
  }

  return { involves, value, shape, sum, through };
}

const usable = (sum: Sum): Sum | undefined =>
  Number.isFinite(sum.constant) && sum.weights.every(Number.isFinite) && sum.tables.every((t) => Number.isFinite(t.weight)) ? sum : undefined;

function added(sums: (Sum | undefined)[]): Sum | undefined {
  if (sums.some((s) => s === undefined)) return undefined;
  const all = sums as Sum[];
  return usable({
    constant: all.reduce((c, s) => c + s.constant, 0),
    weights: all[0]!.weights.map((_, q) => all.reduce((w, s) => w + s.weights[q]!, 0)),
    tables: all.flatMap((s) => s.tables),
  });
}

const scaled = (sum: Sum | undefined, factor: number): Sum | undefined =>
  sum && usable({ constant: sum.constant * factor, weights: sum.weights.map((w) => w * factor), tables: sum.tables.map((t) => ({ ...t, weight: t.weight * factor })) });

/** The values of a whole quantity in a box. */
export const valuesOf = (box: Box, q: number): number[] => Array.from({ length: Math.max(0, box.high[q]! - box.low[q]! + 1) }, (_, k) => box.low[q]! + k);

/** Least and greatest value of a sum in a box; those that tables leave undefined do not count. */
export function extentOf({ constant, weights, tables }: Sum, box: Box, value: Formulas['value']): { low: number; high: number } {
  let [low, high] = [constant, constant];
  const add = (ends: number[]): void => {
    low += Math.min(...ends);
    high += Math.max(...ends);
  };
  weights.forEach((w, q) => w !== 0 && add([w * box.low[q]!, w * box.high[q]!]));
  for (const { quantity, weight, term } of tables)
    add(
      valuesOf(box, quantity)
        .map((v) => weight * value(term, at(box, quantity, v)))
        .filter(Number.isFinite),
    );
  return { low, high };
}

/** The lower corner of a box with another value of one quantity. */
export const at = (box: Box, q: number, v: number): number[] => box.low.map((l, k) => (k === q ? v : l));
