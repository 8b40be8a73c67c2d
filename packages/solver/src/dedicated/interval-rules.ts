/** Interval extensions of functions, and the table of all operations. */
import { valueOf, type Expr } from './expression.js';
import { all, anything, isPoint, mayBeInfinite, mayBeZero, opposite, powers, product, quotient, set, sum, undefinedBit, type Rule } from './interval.js';
import { choice, coalesce, equality, isUndefined, logic, not, relation, test, truthTrend } from './interval-logic.js';

const least: Rule = {
  range: (r, args, out) => {
    let [low, high] = [r.low[args[0]!]!, r.high[args[0]!]!];
    for (let i = 1; i < args.length; i++) [low, high] = [Math.min(low, r.low[args[i]!]!), Math.min(high, r.high[args[i]!]!)];
    return set(r, out, low, high);
  },
  // What is surely not the least has no influence, unless it is undefined.
  trend: (r, args, trends) => {
    const high = Math.min(...args.map((a) => r.high[a]!));
    return args.reduce((bits, a) => bits | (r.low[a]! > high ? trends[a]! & undefinedBit : trends[a]!), 0);
  },
};
const greatest: Rule = {
  range: (r, args, out) => {
    let [low, high] = [r.low[args[0]!]!, r.high[args[0]!]!];
    for (let i = 1; i < args.length; i++) [low, high] = [Math.max(low, r.low[args[i]!]!), Math.max(high, r.high[args[i]!]!)];
    return set(r, out, low, high);
  },
  trend: (r, args, trends) => {
    const low = Math.max(...args.map((a) => r.low[a]!));
    return args.reduce((bits, a) => bits | (r.high[a]! < low ? trends[a]! & undefinedBit : trends[a]!), 0);
  },
};

/** A function that never falls, or never rises, and is defined from one number to another, and where rounding errors alone lead out of there. */
const monotone = (up: boolean, from = -Infinity, to = Infinity): Rule => ({
  range: (r, [a], out, e) => {
    const ends = [r.low[a!]!, r.high[a!]!] as const;
    const values = ends.map((x) => valueOf(e, [x]));
    const open = values.some(Number.isNaN);
    if (values.every(Number.isNaN) && (ends[1] < from || ends[0] > to)) return set(r, out, Number.NaN, Number.NaN) || true;
    const [first, last] = open ? ends.map((x, i) => (Number.isNaN(values[i]) ? valueOf(e, [Math.min(to, Math.max(from, x))]) : values[i]!)) : values;
    if (up) set(r, out, first!, last!);
    else set(r, out, last!, first!);
    return open;
  },
  trend: (_, [a], trends) => (up ? trends[a!]! : opposite(trends[a!]!)),
});

/** A function of the size of a number, that never falls with it. */
const even: Rule = {
  range: (r, [a], out, e) => {
    const ends = [r.low[a!]!, r.high[a!]!] as const;
    const values = ends.map((x) => valueOf(e, [x]));
    return set(r, out, mayBeZero(r, a!) ? valueOf(e, [0]) : Math.min(...values), Math.max(...values));
  },
  trend: (r, [a], trends) => truthTrend(r, a!, trends),
};

const wave = (top: number): Rule => ({
  range: (r, args, out, e) => {
    const [low, high] = [r.low[args[0]!]!, r.high[args[0]!]!];
    if (low === high) return anything(-1, 1).range(r, args, out, e);
    const reaches = (at: number): boolean => Math.ceil((low - at) / (2 * Math.PI) - 1e-9) <= (high - at) / (2 * Math.PI) + 1e-9;
    const ends = [valueOf(e, [low]), valueOf(e, [high])] as const;
    const infinite = mayBeInfinite(r, args[0]!);
    set(r, out, infinite || reaches(top + Math.PI) ? -1 : Math.min(...ends), infinite || reaches(top) ? 1 : Math.max(...ends));
    return infinite;
  },
});

/** Defined for every finite argument. */
const wild: Rule = {
  range: (r, args, out, e) => anything(-Infinity, Infinity).range(r, args, out, e) && (mayBeInfinite(r, args[0]!) || Number.isNaN(r.low[out])),
};

/** |a # b| is no more than either, and has the sign of a. */
const remainder: Rule = {
  range: (r, [a, b], out, e) => {
    if (isPoint(r, a!) && isPoint(r, b!)) return anything(0, 0).range(r, [a!, b!], out, e);
    const most = Math.max(Math.abs(r.low[b!]!), Math.abs(r.high[b!]!));
    set(r, out, Math.min(0, Math.max(r.low[a!]!, -most)), Math.max(0, Math.min(r.high[a!]!, most)));
    return mayBeZero(r, b!) || mayBeInfinite(r, a!);
  },
};

/** Rises with each of the values; the last argument of `percentile` is the share, between 0 and 1. */
const quantile = (shares: number): Rule => ({
  range: (r, args, out, e) => {
    const share = args.at(-1)!;
    const open = shares > 0 && (r.low[share]! < 0 || r.high[share]! > 1);
    const at = (bound: Float64Array): number =>
      valueOf(
        e,
        args.map((a, i) => (i < args.length - shares ? bound[a]! : Math.min(1, Math.max(0, bound[a]!)))),
      );
    if (open && (r.high[share]! < 0 || r.low[share]! > 1)) return set(r, out, Number.NaN, Number.NaN) || true;
    // Interpolation between infinite values is undefined.
    const infinite = args.some((a) => mayBeInfinite(r, a));
    const [low, high] = [at(r.low), at(r.high)];
    if (infinite && args.every((a) => isPoint(r, a))) set(r, out, low, low);
    else set(r, out, infinite ? Math.min(...args.map((a) => r.low[a]!)) : low, infinite ? Math.max(...args.map((a) => r.high[a]!)) : high);
    return open || infinite;
  },
  trend: (_, args, trends) => all(args, trends),
});

/** Variance or deviation of a sample. It is convex, so the greatest lies at ends; the least where all are as near to one value as they can be. */
const spread: Rule = {
  range: (r, args, out, e) => {
    const infinite = args.some((a) => mayBeInfinite(r, a));
    if (args.every((a) => isPoint(r, a))) return anything(0, 0).range(r, args, out, e);
    if (infinite) return set(r, out, 0, Infinity) || true;
    const at = (centre: number): number[] => args.map((a) => Math.min(Math.max(centre, r.low[a]!), r.high[a]!));
    let [from, to] = [Math.min(...args.map((a) => r.low[a]!)), Math.max(...args.map((a) => r.high[a]!))];
    const width = to - from;
    // The value that is the mean of what is nearest to it.
    for (let step = 0; step < 60; step++) {
      const centre = (from + to) / 2;
      if (at(centre).reduce((s, v) => s + v, 0) / args.length > centre) from = centre;
      else to = centre;
    }
    const nearest = valueOf(e, at(from));
    // Of n values within a width the variance is n/(n - 1) of width²/4 at most.
    const farthest = ((width * width) / 4) * (args.length / Math.max(1, args.length - 1));
    return set(r, out, Math.max(0, nearest * (1 - 1e-9) - 1e-12), e.op === 'std' ? Math.sqrt(farthest) : farthest);
  },
};

const truth = anything(0, 1);
const rules: Record<string, Rule> = {
  sum,
  product,
  '/': quotient,
  '^': powers,
  '#': remainder,
  '!': { ...monotone(true, 0), range: (r, args, out, e) => (isPoint(r, args[0]!) ? anything(0, 0).range(r, args, out, e) : set(r, out, 0, Infinity) || true) },
  '>': relation(true),
  '>=': relation(true),
  '<': relation(false),
  '<=': relation(false),
  '==': equality(true),
  '<>': equality(false),
  and: logic(false),
  or: logic(true),
  not,
  test,
  if: choice,
  min: least,
  max: greatest,
  median: quantile(0),
  percentile: quantile(1),
  std: spread,
  var: spread,
  coalesce,
  isNaN: isUndefined,
  xor: truth,
  chi: truth,
  CHi: truth,
  Chi: truth,
  cHi: truth,
  KDelta: truth,
  abs: even,
  cosh: even,
  sin: wave(Math.PI / 2),
  cos: wave(0),
  tan: wild,
  sgn: monotone(true),
  floor: monotone(true),
  ceil: monotone(true),
  cbrt: monotone(true),
  exp: monotone(true),
  sinh: monotone(true),
  tanh: monotone(true),
  asinh: monotone(true),
  atan: monotone(true),
  rad: monotone(true),
  deg: monotone(true),
  sqrt: monotone(true, 0),
  ln: monotone(true, 0),
  log2: monotone(true, 0),
  log10: monotone(true, 0),
  acosh: monotone(true, 1),
  asin: monotone(true, -1, 1),
  atanh: monotone(true, -1, 1),
  acos: monotone(false, -1, 1),
  acot: monotone(false),
};

const roundWhole = monotone(true);
const unknown = anything(-Infinity, Infinity);

/** The interval extension of an operation. */
export const ruleOf = (e: Expr): Rule => (Object.hasOwn(rules, e.op) ? rules[e.op]! : e.op === 'round' && e.args.length === 1 ? roundWhole : unknown);

/** Whether the value of an expression is a whole number whenever those of its arguments are. */
export const keepsWhole = ({ op, weights }: Expr): boolean =>
  op === 'sum' ? weights!.every(Number.isInteger) : op === 'product' || op === 'min' || op === 'max' || op === 'abs' || op === 'if';
