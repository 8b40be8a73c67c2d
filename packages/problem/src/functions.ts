/**
 * The functions of formulas: names and meanings as mXparser has them (https://mathparser.org/mxparser-math-collection/), with the sample statistics
 * that CAMEL models use (`sum`, `percentile`, `median`, `count`). Those that draw at random are left out: one input has one answer.
 * A value that is not defined is NaN. Angles are radians.
 */
import { atLeast, binomial, divide, factorial, gcd, lcm, logarithm, modulo, nearlyEqual, nearlyWhole, permutations, power, root, round } from './arithmetic.js';
import { mean, mode, position, product, quantile, sum, variance } from './statistics.js';

export interface FormulaFunction {
  /** Least and greatest number of arguments. */
  arity: [number, number];
  /** Takes several values, as arguments, as lists, or both; `but-last`: the last argument is one number. */
  list?: 'all' | 'but-last';
  /** One line for the documentation. */
  meaning: string;
  /** `if` and `iff` evaluate only the branch they choose; see evaluate.ts. */
  compute?: (...values: number[]) => number;
}

const any = Number.POSITIVE_INFINITY;
const unary = (meaning: string, compute: (x: number) => number): FormulaFunction => ({ arity: [1, 1], meaning, compute });
const binary = (meaning: string, compute: (x: number, y: number) => number): FormulaFunction => ({ arity: [2, 2], meaning, compute });
const within = (interval: string, holds: (x: number, a: number, b: number) => boolean): FormulaFunction => ({
  arity: [3, 3],
  meaning: `1 where x lies in ${interval}, else 0`,
  compute: (x, a, b) => truth(holds(x!, a!, b!), x!, a!, b!),
});
const several = (meaning: string, compute: (...values: number[]) => number): FormulaFunction => ({ arity: [1, any], list: 'all', meaning, compute });

/** One function under several names. */
const named = (names: string, f: FormulaFunction): Record<string, FormulaFunction> => Object.fromEntries(names.split(' ').map((name) => [name, f]));

/** 1 or 0; undefined where one of the operands is. */
export const truth = (holds: boolean, ...operands: number[]): number => (operands.some(Number.isNaN) ? Number.NaN : Number(holds));

const reciprocal =
  (f: (x: number) => number) =>
  (x: number): number =>
    divide(1, f(x));
const ofReciprocal =
  (f: (x: number) => number) =>
  (x: number): number =>
    f(divide(1, x));
const below = (a: number, b: number): boolean => !atLeast(a, b);
const sinc = (x: number): number => (x === 0 ? 1 : divide(Math.sin(x), x));
const noiseFree = (x: number): number => (nearlyEqual(x, 0) ? 0 : x);
/** A function defined from `low` to `high`; what rounding errors have moved out of there counts as its end, so that the distance of a place from itself is 0. */
const from =
  (low: number, high: number, f: (x: number) => number) =>
  (x: number): number =>
    f(x < low && nearlyEqual(x, low) ? low : x > high && nearlyEqual(x, high) ? high : x);

/** Every function by its name. Names of one function stand together. */
export const functions: Readonly<Record<string, FormulaFunction>> = {
  if: { arity: [3, 3], meaning: 'if(condition, then, else): `then` where the condition is not 0, `else` where it is' },
  iff: { arity: [2, any], meaning: 'iff(c1, a1, c2, a2, …): the value after the first condition that is not 0; undefined without one' },

  min: several('smallest of the values', (...v) => (v.length ? Math.min(...v) : Number.NaN)),
  max: several('greatest of the values', (...v) => (v.length ? Math.max(...v) : Number.NaN)),
  ...named('sum add', several('sum of the values', sum)),
  ...named('multi prod', several('product of the values', product)),
  ...named('mean avg', several('arithmetic mean of the values', mean)),
  ...named(
    'median med',
    several('middle value, or the mean of the two in the middle', (...v) => quantile(v, 0.5)),
  ),
  percentile: {
    arity: [2, any],
    list: 'but-last',
    meaning: 'percentile(x, p): the value below which the share p (0 to 1) of the values lies, interpolated linearly',
    compute: (...v) => quantile(v.slice(0, -1), v.at(-1)!),
  },
  mode: several('value that occurs most often; of several such values the smallest', mode),
  std: several('standard deviation of a sample; 0 of one value', (...v) => Math.sqrt(variance(...v))),
  var: several('variance of a sample; 0 of one value', variance),
  count: several('how many values there are', (...v) => v.length),
  ndist: several('how many different values there are', (...v) => (v.some(Number.isNaN) ? Number.NaN : new Set(v).size)),
  argmin: several('which of the values is the smallest, counted from 1; the first of equal ones', (...v) => position(Math.min(...v), v)),
  argmax: several('which of the values is the greatest, counted from 1; the first of equal ones', (...v) => position(Math.max(...v), v)),
  gcd: several('greatest common divisor of whole numbers', (...v) => (v.length ? v.reduce(gcd, 0) : Number.NaN)),
  lcm: several('least common multiple of whole numbers', (...v) => (v.length ? v.reduce(lcm, 1) : Number.NaN)),
  coalesce: several('first of the values that is defined', (...v) => v.find((x) => !Number.isNaN(x)) ?? Number.NaN),

  and: several('1 where no value is 0, else 0', (...v) => truth(!v.includes(0), ...v)),
  or: several('1 where some value is not 0, else 0', (...v) =>
    truth(
      v.some((x) => x !== 0),
      ...v,
    ),
  ),
  xor: several('1 where an odd number of the values is not 0, else 0', (...v) => truth(v.filter((x) => x !== 0).length % 2 === 1, ...v)),
  not: unary('1 of 0, else 0', (x) => truth(x === 0, x)),
  isNaN: unary('1 of what is undefined, else 0', (x) => Number(Number.isNaN(x))),
  chi: within('a < x < b', (x, a, b) => below(a, x) && below(x, b)),
  CHi: within('a ≤ x ≤ b', (x, a, b) => atLeast(x, a) && atLeast(b, x)),
  Chi: within('a ≤ x < b', (x, a, b) => atLeast(x, a) && below(x, b)),
  cHi: within('a < x ≤ b', (x, a, b) => below(a, x) && atLeast(b, x)),
  KDelta: binary('1 where both are equal, else 0', (a, b) => truth(nearlyEqual(a, b), a, b)),

  abs: unary('absolute value', Math.abs),
  sgn: unary('-1, 0 or 1: the sign; what differs from 0 by less than 1e-9 is 0', (x) => Math.sign(noiseFree(x))),
  floor: unary('greatest whole number that is not greater; what differs from a whole number by less than 1e-9 of its size is that number', (x) => nearlyWhole(x) ?? Math.floor(x)),
  ceil: unary('least whole number that is not smaller; what differs from a whole number by less than 1e-9 of its size is that number', (x) => nearlyWhole(x) ?? Math.ceil(x)),
  round: { arity: [1, 2], meaning: 'round(x, n): to n decimal places (0 without n), half away from zero', compute: round },
  fact: unary('factorial of a whole number', factorial),
  ...named('C nCk', binary('C(n, k): ways to choose k of n', binomial)),
  nPk: binary('nPk(n, k): ways to choose k of n in order', permutations),

  sqrt: unary('square root', from(0, any, Math.sqrt)),
  cbrt: unary('cube root', Math.cbrt),
  root: binary('root(n, x): the n-th root of x', root),
  pow: binary('pow(x, y): x to the power of y', power),
  exp: unary('e to the power of x', Math.exp),
  ln: unary('natural logarithm', Math.log),
  ...named('log2 ld', unary('logarithm with base 2', Math.log2)),
  ...named('log10 lg', unary('logarithm with base 10', Math.log10)),
  log: binary('log(b, x): logarithm of x with base b', logarithm),
  mod: binary('mod(a, b): remainder of a divided by b, with the sign of a', modulo),

  sin: unary('sine of an angle in radians', Math.sin),
  cos: unary('cosine of an angle in radians', Math.cos),
  ...named('tan tg', unary('tangent of an angle in radians', Math.tan)),
  ...named('cot ctg ctan', unary('cotangent of an angle in radians', reciprocal(Math.tan))),
  sec: unary('secant of an angle in radians', reciprocal(Math.cos)),
  ...named('csc cosec', unary('cosecant of an angle in radians', reciprocal(Math.sin))),
  ...named('asin arsin arcsin', unary('angle in radians whose sine is x', from(-1, 1, Math.asin))),
  ...named('acos arcos arccos', unary('angle in radians whose cosine is x', from(-1, 1, Math.acos))),
  ...named('atan arctan atg arctg', unary('angle in radians whose tangent is x', Math.atan)),
  ...named(
    'acot arccot actan arcctan actg arcctg',
    unary('angle in radians, between 0 and π, whose cotangent is x', (x) => Math.PI / 2 - Math.atan(x)),
  ),
  ...named('asec arsec arcsec', unary('angle in radians whose secant is x', ofReciprocal(Math.acos))),
  ...named('acsc arcsc arccsc acosec arcosec arccosec', unary('angle in radians whose cosecant is x', ofReciprocal(Math.asin))),
  sinh: unary('hyperbolic sine', Math.sinh),
  cosh: unary('hyperbolic cosine', Math.cosh),
  ...named('tanh tgh', unary('hyperbolic tangent', Math.tanh)),
  ...named('coth ctanh ctgh', unary('hyperbolic cotangent', reciprocal(Math.tanh))),
  sech: unary('hyperbolic secant', reciprocal(Math.cosh)),
  ...named('csch cosech', unary('hyperbolic cosecant', reciprocal(Math.sinh))),
  ...named('asinh arsinh arcsinh', unary('inverse hyperbolic sine', Math.asinh)),
  ...named('acosh arcosh arccosh', unary('inverse hyperbolic cosine', from(1, any, Math.acosh))),
  ...named('atanh arctanh atgh arctgh', unary('inverse hyperbolic tangent', Math.atanh)),
  ...named('acoth arcoth arccoth actanh arcctanh actgh arcctgh', unary('inverse hyperbolic cotangent', ofReciprocal(Math.atanh))),
  ...named('asech arsech arcsech', unary('inverse hyperbolic secant', ofReciprocal(Math.acosh))),
  ...named('acsch arcsch arccsch acosech arcosech arccosech', unary('inverse hyperbolic cosecant', ofReciprocal(Math.asinh))),
  ...named(
    'sinc Sa',
    unary('sin(πx)/(πx), 1 at 0', (x) => sinc(Math.PI * x)),
  ),
  Sinc: unary('sin(x)/x, 1 at 0', sinc),
  rad: unary('degrees to radians', (x) => (x * Math.PI) / 180),
  deg: unary('radians to degrees', (x) => (x * 180) / Math.PI),
};

/** True when there is a function of that name that takes so many arguments. */
export const takes = (name: string, count: number): boolean => {
  const f = Object.hasOwn(functions, name) ? functions[name]! : undefined;
  return f !== undefined && count >= f.arity[0] && count <= f.arity[1] && (name !== 'iff' || count % 2 === 0);
};
