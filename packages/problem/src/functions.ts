/**
 * The functions of formulas: names and meanings as mXparser has them, with the sample statistics that CAMEL models use
 * (`sum`, `percentile`, `median`, `count`). A value that is not defined is NaN. Angles are radians.
 */

export interface FormulaFunction {
  /** Least and greatest number of arguments. */
  arity: [number, number];
  /** Takes several values: as arguments, as lists, or both. */
  list?: true;
  /** One line for the documentation. */
  meaning: string;
  /** `if` and `iff` evaluate only the branch they choose; see evaluate.ts. */
  compute?: (...values: number[]) => number;
}

const any = Number.POSITIVE_INFINITY;
const unary = (meaning: string, compute: (x: number) => number): FormulaFunction => ({ arity: [1, 1], meaning, compute });
const binary = (meaning: string, compute: (x: number, y: number) => number): FormulaFunction => ({ arity: [2, 2], meaning, compute });
const several = (meaning: string, compute: (...values: number[]) => number): FormulaFunction => ({ arity: [1, any], list: true, meaning, compute });

/** Division of extended reals: a positive number by zero is +∞, a negative one -∞, zero by zero is undefined. */
export const divide = (a: number, b: number): number => (b === 0 ? (a === 0 ? Number.NaN : a * Number.POSITIVE_INFINITY) : a / b);

/** Power; undefined where an operand is (JavaScript says NaN^0 = 1), and 0 to a negative power is +∞. */
export const power = (a: number, b: number): number => (Number.isNaN(a) ? Number.NaN : a === 0 && b < 0 ? Number.POSITIVE_INFINITY : a ** b);

/** Remainder with the sign of the dividend, as in Java. */
export const modulo = (a: number, b: number): number => a % b;

/** n! of a whole number that is not negative. */
export function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0) return n === Number.POSITIVE_INFINITY ? n : Number.NaN;
  let product = 1;
  for (let i = 2; i <= n && product !== Number.POSITIVE_INFINITY; i++) product *= i;
  return product;
}

function gcd(a: number, b: number): number {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return Number.NaN;
  [a, b] = [Math.abs(a), Math.abs(b)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function lcm(a: number, b: number): number {
  const divisor = gcd(a, b);
  return divisor === 0 ? 0 : Math.abs(a / divisor) * Math.abs(b);
}

function binomial(n: number, k: number): number {
  if (!Number.isInteger(n) || !Number.isInteger(k) || n < 0 || k < 0) return Number.NaN;
  let product = 1;
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i;
  return Math.round(product);
}

const sum = (...values: number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (...values: number[]): number => divide(sum(...values), values.length);
/** Of a sample; of one value 0, of none undefined. */
function variance(...values: number[]): number {
  if (values.length < 2) return values.length === 0 || Number.isNaN(values[0]) ? Number.NaN : 0;
  const centre = mean(...values);
  return sum(...values.map((v) => (v - centre) ** 2)) / (values.length - 1);
}

/** Linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996). */
function quantile(values: number[], share: number): number {
  if (values.length === 0 || values.some(Number.isNaN) || !(share >= 0 && share <= 1)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const rest = position - below;
  return rest === 0 ? sorted[below]! : sorted[below]! + rest * (sorted[below + 1]! - sorted[below]!);
}

function round(x: number, places = 0): number {
  if (!Number.isInteger(places)) return Number.NaN;
  const scale = 10 ** places;
  // Half away from zero, as people round; Math.round would round -2.5 up.
  return Number.isFinite(x) ? (Math.sign(x) * Math.round(Math.abs(x) * scale)) / scale : x;
}

/** The whole number that rounding errors have moved x away from, so that ceil(10 * 0.3) is 3. */
const nearlyWhole = (x: number): number | undefined => (Math.abs(x - Math.round(x)) <= 1e-9 * Math.max(1, Math.abs(x)) ? Math.round(x) : undefined);

const reciprocal =
  (f: (x: number) => number) =>
  (x: number): number =>
    divide(1, f(x));
const sine = unary('sine of an angle in radians', Math.sin);
const cosine = unary('cosine of an angle in radians', Math.cos);
const tangent = unary('tangent of an angle in radians', Math.tan);
const cotangent = unary('cotangent of an angle in radians', reciprocal(Math.tan));
const cosecant = unary('cosecant of an angle in radians', reciprocal(Math.sin));
const arcsine = unary('angle in radians whose sine is x', Math.asin);
const arccosine = unary('angle in radians whose cosine is x', Math.acos);
const arctangent = unary('angle in radians whose tangent is x', Math.atan);
const arccotangent = unary('angle in radians whose cotangent is x', (x) => Math.PI / 2 - Math.atan(x));
const addition = several('sum of the values', sum);
const arithmeticMean = several('arithmetic mean of the values', mean);

/** Every function by its name. */
export const functions: Readonly<Record<string, FormulaFunction>> = {
  if: { arity: [3, 3], meaning: 'if(c, a, b): a where c is not 0, else b' },
  iff: { arity: [2, any], meaning: 'iff(c1, a1, c2, a2, …): the value after the first condition that is not 0; undefined without one' },

  min: several('smallest of the values', (...v) => (v.length ? Math.min(...v) : Number.NaN)),
  max: several('greatest of the values', (...v) => (v.length ? Math.max(...v) : Number.NaN)),
  sum: addition,
  add: addition,
  multi: several('product of the values', (...v) => v.reduce((a, b) => a * b, 1)),
  mean: arithmeticMean,
  avg: arithmeticMean,
  median: several('middle value, or the mean of the two in the middle', (...v) => quantile(v, 0.5)),
  percentile: {
    arity: [2, any],
    list: true,
    meaning: 'percentile(x, p): the value below which the share p (0 to 1) of the values lies, interpolated linearly',
    compute: (...v) => quantile(v.slice(0, -1), v.at(-1)!),
  },
  std: several('standard deviation of a sample; 0 of one value', (...v) => Math.sqrt(variance(...v))),
  var: several('variance of a sample; 0 of one value', variance),
  count: several('how many values there are', (...v) => v.length),
  gcd: several('greatest common divisor of whole numbers', (...v) => (v.length ? v.reduce(gcd, 0) : Number.NaN)),
  lcm: several('least common multiple of whole numbers', (...v) => (v.length ? v.reduce(lcm, 1) : Number.NaN)),

  abs: unary('absolute value', Math.abs),
  sgn: unary('-1, 0 or 1: the sign', Math.sign),
  floor: unary('greatest whole number that is not greater; what differs from a whole number by less than 1e-9 of its size is that number', (x) => nearlyWhole(x) ?? Math.floor(x)),
  ceil: unary('least whole number that is not smaller; what differs from a whole number by less than 1e-9 of its size is that number', (x) => nearlyWhole(x) ?? Math.ceil(x)),
  round: { arity: [1, 2], meaning: 'round(x, n): to n decimal places (0 without n), half away from zero', compute: round },
  not: unary('1 of 0, else 0', (x) => (Number.isNaN(x) ? x : Number(x === 0))),
  fact: unary('factorial of a whole number', factorial),

  sqrt: unary('square root', Math.sqrt),
  root: binary('root(n, x): the n-th root of x', (n, x) => (x < 0 && Math.abs(n % 2) === 1 ? -power(-x, divide(1, n)) : power(x, divide(1, n)))),
  pow: binary('pow(x, y): x to the power of y', power),
  exp: unary('e to the power of x', Math.exp),
  ln: unary('natural logarithm', Math.log),
  log2: unary('logarithm with base 2', Math.log2),
  log10: unary('logarithm with base 10', Math.log10),
  log: binary('log(b, x): logarithm of x with base b', (b, x) => divide(Math.log(x), Math.log(b))),
  mod: binary('mod(a, b): remainder of a divided by b', modulo),
  C: binary('C(n, k): binomial coefficient', binomial),

  sin: sine,
  cos: cosine,
  tan: tangent,
  tg: tangent,
  cot: cotangent,
  ctg: cotangent,
  ctan: cotangent,
  sec: unary('secant of an angle in radians', reciprocal(Math.cos)),
  csc: cosecant,
  cosec: cosecant,
  asin: arcsine,
  arcsin: arcsine,
  arsin: arcsine,
  acos: arccosine,
  arccos: arccosine,
  arcos: arccosine,
  atan: arctangent,
  arctan: arctangent,
  atg: arctangent,
  arctg: arctangent,
  actan: arccotangent,
  arcctan: arccotangent,
  actg: arccotangent,
  arcctg: arccotangent,
  sinh: unary('hyperbolic sine', Math.sinh),
  cosh: unary('hyperbolic cosine', Math.cosh),
  tanh: unary('hyperbolic tangent', Math.tanh),
  asinh: unary('inverse hyperbolic sine', Math.asinh),
  acosh: unary('inverse hyperbolic cosine', Math.acosh),
  atanh: unary('inverse hyperbolic tangent', Math.atanh),
  rad: unary('degrees to radians', (x) => (x * Math.PI) / 180),
  deg: unary('radians to degrees', (x) => (x * 180) / Math.PI),
};

/** True when there is a function of that name that takes so many arguments. */
export const takes = (name: string, count: number): boolean => {
  const f = Object.hasOwn(functions, name) ? functions[name]! : undefined;
  return f !== undefined && count >= f.arity[0] && count <= f.arity[1] && (name !== 'iff' || count % 2 === 0);
};
