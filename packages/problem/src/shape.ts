/**
 * Interval evaluation with direction: between which values a term lies, and whether it rises or falls with one quantity.
 * Sound but not complete: what cannot be shown is `mixed`, and a term that may be undefined has no shape.
 */
import type { Operator } from '@camelc/application/model';
import { evaluation, operate, type Evaluation } from './evaluate.js';
import { functions } from './functions.js';
import type { Problem, Term } from './problem.js';
import { operandsOf } from './structure.js';

/** `up`: never falls as the quantity grows; `down`: never rises; `constant`: neither. */
export type Trend = 'constant' | 'up' | 'down' | 'mixed';

export interface Shape {
  low: number;
  high: number;
  trend: Trend;
  /** Every value is finite, though a bound may be infinite. */
  finite: boolean;
}

export const point = (value: number): Shape => ({ low: value, high: value, trend: 'constant', finite: Number.isFinite(value) });

/**
 * The shape of a term, or undefined where its value could be undefined.
 * @param leaf the shape of terms whose value varies or is known from elsewhere (by identity, or any decision); undefined: look inside
 */
export function shapeOf(problem: Problem, term: Term, leaf: (term: Term) => Shape | undefined): Shape | undefined {
  const constants: Evaluation = evaluation(problem, []);
  const known = new Map<string, Shape | undefined>();
  return shape(term);

  function shape(t: Term): Shape | undefined {
    const given = leaf(t);
    if (given) return given;
    if (t.kind === 'number') return point(t.value);
    if (t.kind === 'formula') {
      if (!known.has(t.id)) known.set(t.id, shape(problem.formulas[t.id]!.term));
      return known.get(t.id);
    }
    const operands = operandsOf(t);
    if (t.kind === 'call' && operands.every((o) => o.kind === 'list' || o.kind === 'number')) return defined(point(constants.value(t)));
    if (t.kind === 'call' && t.function === 'if')
      return choice(
        shape(operands[0]!),
        () => shape(operands[1]!),
        () => shape(operands[2]!),
      );
    const shapes = operands.map(shape);
    if (shapes.length === 0 || shapes.some((s) => s === undefined)) return undefined;
    const inner = shapes as Shape[];
    const result = t.kind === 'operator' ? operated(t.operator, inner) : t.kind === 'call' ? called(t.function, inner) : undefined;
    return result && defined(result);
  }
}

const defined = (s: Shape): Shape | undefined => (Number.isNaN(s.low) || Number.isNaN(s.high) ? undefined : s);

const opposite: Record<Trend, Trend> = { constant: 'constant', up: 'down', down: 'up', mixed: 'mixed' };

/** The trend of what rises with all of these. */
function together(...trends: Trend[]): Trend {
  const moving = new Set(trends.filter((t) => t !== 'constant'));
  return moving.size === 0 ? 'constant' : moving.size === 1 ? [...moving][0]! : 'mixed';
}

const negated = (s: Shape): Shape => ({ low: -s.high, high: -s.low, trend: opposite[s.trend], finite: s.finite });

function choice(condition: Shape | undefined, yes: () => Shape | undefined, no: () => Shape | undefined): Shape | undefined {
  if (!condition) return undefined;
  if (condition.low > 0 || condition.high < 0) return yes();
  if (condition.low === 0 && condition.high === 0) return no();
  const [a, b] = [yes(), no()];
  return a && b && { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), trend: 'mixed', finite: a.finite && b.finite };
}

function sum(a: Shape, b: Shape): Shape | undefined {
  // ∞ - ∞ can only come about where both can really be infinite.
  if (!a.finite && !b.finite && (a.high === Infinity || b.high === Infinity) && (a.low === -Infinity || b.low === -Infinity)) return undefined;
  return { low: plus(a.low, b.low, -Infinity), high: plus(a.high, b.high, Infinity), trend: together(a.trend, b.trend), finite: a.finite && b.finite };
}
const plus = (a: number, b: number, otherwise: number): number => (Number.isNaN(a + b) ? otherwise : a + b);

function product(a: Shape, b: Shape): Shape | undefined {
  const mayBeZero = (s: Shape): boolean => s.low <= 0 && s.high >= 0;
  if ((!a.finite && mayBeZero(b)) || (!b.finite && mayBeZero(a))) return undefined;
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high].map((v) => (Number.isNaN(v) ? 0 : v));
  return {
    low: Math.min(...corners),
    high: Math.max(...corners),
    trend: together(weighted(a.trend, b), weighted(b.trend, a)),
    finite: a.finite && b.finite && !overflows([a.low, a.high, b.low, b.high], corners),
  };
}
/** True where finite bounds give an infinite one. */
const overflows = (from: number[], to: number[]): boolean => from.every(Number.isFinite) && !to.every(Number.isFinite);
/** The trend of a quantity multiplied by another that keeps its value. */
function weighted(trend: Trend, by: Shape): Trend {
  return trend === 'constant' || by.low >= 0 ? trend : by.high <= 0 ? opposite[trend] : 'mixed';
}

/** 1/x where x keeps one sign. At zero, reached from above only, it is +∞ (the sign there is the numerator's). */
function reciprocal(x: Shape): Shape | undefined {
  if (x.low < 0 && x.high >= 0) return undefined;
  if (x.low === 0 && x.high === 0) return undefined;
  return { low: 1 / x.high, high: x.low === 0 ? Infinity : 1 / x.low, trend: opposite[x.trend], finite: x.low !== 0 };
}

function quotient(a: Shape, b: Shape): Shape | undefined {
  const inverse = reciprocal(b);
  if (!inverse || (b.low === 0 && a.low <= 0 && a.high >= 0) || (!a.finite && !Number.isFinite(b.high))) return undefined;
  return product(a, inverse);
}

function powered(base: Shape, exponent: Shape): Shape | undefined {
  const monotone = (s: Shape, f: (x: number) => number): Shape => ({
    low: f(s.low),
    high: f(s.high),
    trend: s.trend,
    finite: s.finite && !overflows([s.low, s.high], [f(s.low), f(s.high)]),
  });
  if (exponent.low === exponent.high) {
    const k = exponent.low;
    if (k === 0) return point(1);
    if (k < 0) {
      const inverse = powered(base, point(-k));
      return inverse && reciprocal(inverse);
    }
    if (base.low >= 0) return monotone(base, (x) => x ** k);
    if (!Number.isInteger(k)) return undefined;
    if (k % 2 === 1) return monotone(base, (x) => x ** k);
    if (base.high <= 0) return monotone(negated(base), (x) => x ** k);
    return { low: 0, high: Math.max(base.low ** k, base.high ** k), trend: 'mixed', finite: base.finite && !overflows([base.low, base.high], [base.low ** k, base.high ** k]) };
  }
  if (base.low === base.high && base.low > 0 && Number.isFinite(base.low)) {
    const rising = base.low >= 1 ? exponent : negated(exponent);
    const result = monotone(rising, (x) => (base.low >= 1 ? base.low : 1 / base.low) ** x);
    // 2^n is infinite from some n on.
    return { ...result, finite: result.finite && Number.isFinite(result.high) };
  }
  return undefined;
}

function operated(operator: Operator, [a, b]: Shape[]): Shape | undefined {
  switch (operator) {
    case '+':
      return sum(a!, b!);
    case '-':
      return sum(a!, negated(b!));
    case 'neg':
      return negated(a!);
    case '*':
      return product(a!, b!);
    case '/':
      return quotient(a!, b!);
    case '^':
      return powered(a!, b!);
    case '<':
    case '<=':
      return operated(operator === '<' ? '>' : '>=', [b!, a!]);
    case '>':
    case '>=': {
      // Both rise with a and fall with b, tolerance included.
      const [low, high] = [operate(operator, [a!.low, b!.high]), operate(operator, [a!.high, b!.low])];
      return { low, high, trend: low === high ? 'constant' : together(a!.trend, opposite[b!.trend]), finite: true };
    }
    case '==':
    case '<>': {
      if (a!.low === a!.high && b!.low === b!.high) return point(operate(operator, [a!.low, b!.low]));
      const apart = operate('<', [a!.high, b!.low]) === 1 || operate('<', [b!.high, a!.low]) === 1;
      return apart ? point(Number(operator === '<>')) : { low: 0, high: 1, trend: a!.trend === 'constant' && b!.trend === 'constant' ? 'constant' : 'mixed', finite: true };
    }
    case 'and':
    case 'or': {
      const [x, y] = [truth(a!), truth(b!)];
      const [low, high] = [operate(operator, [x.low, y.low]), operate(operator, [x.high, y.high])];
      return { low, high, trend: low === high ? 'constant' : together(x.trend, y.trend), finite: true };
    }
    case 'not':
      return sum(point(1), negated(truth(a!)));
    default:
      return undefined;
  }
}

/** 1 where a value is not 0, else 0. */
function truth(s: Shape): Shape {
  const low = s.low > 0 || s.high < 0 ? 1 : 0;
  const high = s.low === 0 && s.high === 0 ? 0 : 1;
  return { low, high, trend: low === high ? 'constant' : weighted(s.trend, s), finite: true };
}

/** Functions that never fall, with the least argument they are defined for. */
const rising: Record<string, number> = {
  exp: -Infinity,
  ln: 0,
  log2: 0,
  log10: 0,
  sqrt: 0,
  ld: 0,
  lg: 0,
  cbrt: -Infinity,
  floor: -Infinity,
  ceil: -Infinity,
  sgn: -Infinity,
  sinh: -Infinity,
  tanh: -Infinity,
  tgh: -Infinity,
  asinh: -Infinity,
  arsinh: -Infinity,
  arcsinh: -Infinity,
  atan: -Infinity,
  arctan: -Infinity,
  atg: -Infinity,
  arctg: -Infinity,
  rad: -Infinity,
  deg: -Infinity,
};

function called(name: string, shapes: Shape[], compute = functions[name]!.compute): Shape | undefined {
  const [x] = shapes as [Shape];
  if (!compute) return undefined;
  const bounds = (): Pick<Shape, 'low' | 'high'> => ({ low: compute(...shapes.map((s) => s.low)), high: compute(...shapes.map((s) => s.high)) });
  const least = Object.hasOwn(rising, name) ? rising[name]! : name === 'round' && shapes.length === 1 ? -Infinity : undefined;
  if (least !== undefined) {
    const result = { ...bounds(), trend: x.trend };
    return x.low >= least ? { ...result, finite: x.finite && Number.isFinite(result.low) && Number.isFinite(result.high) } : undefined;
  }
  switch (name) {
    case 'sum':
    case 'add':
      return shapes.reduce<Shape | undefined>((a, b) => a && sum(a, b), point(0));
    case 'mean':
    case 'avg': {
      const total = called('sum', shapes);
      return total && product(total, point(1 / shapes.length));
    }
    case 'multi':
    case 'prod':
      return shapes.reduce<Shape | undefined>((a, b) => a && product(a, b), point(1));
    case 'percentile': {
      const share = shapes.at(-1)!;
      return share.low === share.high ? called('median', shapes.slice(0, -1), (...v) => compute(...v, share.low)) : undefined;
    }
    case 'median':
    case 'med':
      // What lies between two infinite values may be undefined.
      return shapes.every((s) => s.finite) ? called('max', shapes, compute) : undefined;
    case 'min':
    case 'max':
      return { ...bounds(), trend: together(...shapes.map((s) => s.trend)), finite: shapes.every((s) => s.finite) };
    case 'pow':
      return powered(x, shapes[1]!);
    case 'abs':
      return x.low >= 0 ? x : x.high <= 0 ? negated(x) : { low: 0, high: Math.max(-x.low, x.high), trend: 'mixed', finite: x.finite };
    case 'sin':
    case 'cos':
      return x.finite && Number.isFinite(x.low) && Number.isFinite(x.high) ? { low: -1, high: 1, trend: x.trend === 'constant' ? 'constant' : 'mixed', finite: true } : undefined;
    default:
      // Any other function of constants alone is a constant.
      return shapes.every((s) => s.low === s.high) ? point(compute(...shapes.map((s) => s.low))) : undefined;
  }
}
