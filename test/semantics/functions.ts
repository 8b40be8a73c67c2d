/** The functions of formulas, written anew from what docs/language.md says of them. */
import { atEdge, doubtful } from './doubt.js';

/** What an argument should be, so that most calls are defined. */
export type Kind = 'any' | 'positive' | 'great' | 'unit' | 'whole' | 'small' | 'share' | 'places' | 'base' | 'truth';

export interface Meaning {
  group: 'list' | 'rounding' | 'power' | 'trigonometry' | 'logic';
  /** Of each argument. */
  kinds: readonly Kind[];
  /** There may be several of the first kind, and lists. */
  many?: true;
  value: (...v: number[]) => number;
}

const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
const anyUndefined = (v: readonly number[]): boolean => v.some(Number.isNaN);
const truth = (holds: boolean, ...of: number[]): number => (anyUndefined(of) ? NaN : holds ? 1 : 0);

/** Equal but for rounding. */
export function same(a: number, b: number): boolean {
  if (a === b) return true;
  const tolerance = 1e-9 * Math.max(1, Math.min(Math.abs(a), Math.abs(b)));
  atEdge(Math.abs(a - b), tolerance);
  return Math.abs(a - b) < tolerance;
}
const less = (a: number, b: number): boolean => a < b && !same(a, b);

/** x, or the whole number that it is but for rounding. */
function settled(x: number): number {
  const next = Math.round(x);
  const tolerance = 1e-9 * Math.max(1, Math.abs(x));
  atEdge(Math.abs(x - next), tolerance);
  return Math.abs(x - next) <= tolerance ? next : x;
}
const whole = (x: number): boolean => Number.isInteger(settled(x));

function percentile(v: number[], p: number): number {
  if (v.length === 0 || anyUndefined(v) || !(p >= 0 && p <= 1)) return NaN;
  const sorted = [...v].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const [a, b] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return a === b ? a : a + (b - a) * (at - Math.floor(at));
}

function variance(v: number[]): number {
  if (v.length === 0 || anyUndefined(v)) return NaN;
  if (v.length === 1) return 0;
  const mean = sum(v) / v.length;
  return sum(v.map((x) => (x - mean) * (x - mean))) / (v.length - 1);
}

/** Values that are compared exactly, so that nearly equal ones are in doubt. */
function distinct(v: readonly number[]): number[] {
  v.forEach((a, i) => v.slice(i + 1).forEach((b) => a !== b && doubtful(a, b)));
  return [...new Set(v)].sort((a, b) => a - b);
}

function mode(v: number[]): number {
  if (v.length === 0 || anyUndefined(v)) return NaN;
  const times = (x: number): number => v.filter((y) => y === x).length;
  return distinct(v).reduce((best, x) => (times(x) > times(best) ? x : best));
}

function first(v: number[], isBetter: (a: number, b: number) => boolean): number {
  if (v.length === 0 || anyUndefined(v)) return NaN;
  distinct(v);
  return v.reduce((best, x, i) => (isBetter(x, v[best]!) ? i : best), 0) + 1;
}

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));
const inverse = (x: number): number => (x === 0 ? Infinity : 1 / x);

function power(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === 0 && y < 0) return Infinity;
  if (x < 0) doubtful(y, Math.round(y));
  return Math.pow(x, y);
}

function root(n: number, x: number): number {
  if (x < 0 && Math.abs(n % 2) === 1) return -root(n, -x);
  return power(x, inverse(n));
}

/** In order, or not. */
function choices(n: number, k: number, ordered: boolean): number {
  if (!whole(n) || !whole(k) || settled(n) < 0 || settled(k) < 0) return NaN;
  let result = 1;
  for (let i = 0; i < settled(k); i++) result = ordered ? result * (settled(n) - i) : (result * (settled(n) - i)) / (i + 1);
  return Math.round(result);
}

/** With the sign of a; 0 where a is a multiple of b but for rounding. */
function remainder(a: number, b: number): number {
  if (!Number.isFinite(b) || (Number.isInteger(a) && Number.isInteger(b))) return a % b;
  const left = Math.abs((a % b) / b);
  return same(left, 0) || same(left, 1) ? 0 : a % b;
}

function round(x: number, places = 0): number {
  const scaled = Math.abs(x) * 10 ** places;
  const half = settled(2 * scaled) / 2;
  return Number.isFinite(x) ? (Math.sign(x) * Math.floor(half + 0.5)) / 10 ** places : x;
}

const one = (group: Meaning['group'], kind: Kind, value: (x: number) => number): Meaning => ({ group, kinds: [kind], value });
const many = (kind: Kind, value: (v: number[]) => number): Meaning => ({ group: 'list', kinds: [kind], many: true, value: (...v) => value(v) });
const logic = (kinds: readonly Kind[], value: Meaning['value'], several?: 'many'): Meaning => ({ group: 'logic', kinds, ...(several && { many: true }), value });
const angle = (value: (x: number) => number): Meaning => one('trigonometry', 'any', value);
const trigonometric = (kind: Kind, value: (x: number) => number): Meaning => one('trigonometry', kind, value);
const ofInverse =
  (value: (x: number) => number): ((x: number) => number) =>
  (x) =>
    value(inverse(x));
const inverseOf =
  (value: (x: number) => number): ((x: number) => number) =>
  (x) =>
    inverse(value(x));
const sinc = (x: number): number => (x === 0 ? 1 : Number.isFinite(x) ? Math.sin(x) / x : NaN);

const meaningsByNames: Readonly<Record<string, Meaning>> = {
  min: many('any', (v) => (v.length ? Math.min(...v) : NaN)),
  max: many('any', (v) => (v.length ? Math.max(...v) : NaN)),
  'sum add': many('any', sum),
  'multi prod': many('any', (v) => v.reduce((a, b) => a * b, 1)),
  'mean avg': many('any', (v) => (v.length ? sum(v) / v.length : NaN)),
  'median med': many('any', (v) => percentile(v, 0.5)),
  percentile: { group: 'list', kinds: ['any', 'share'], many: true, value: (...v) => percentile(v.slice(0, -1), v.at(-1)!) },
  mode: many('any', mode),
  std: many('any', (v) => Math.sqrt(variance(v))),
  var: many('any', variance),
  count: many('any', (v) => v.length),
  ndist: many('any', (v) => (anyUndefined(v) ? NaN : distinct(v).length)),
  argmin: many('any', (v) => first(v, (a, b) => a < b)),
  argmax: many('any', (v) => first(v, (a, b) => a > b)),
  gcd: many('whole', (v) => (v.every(whole) && v.length ? v.map(settled).reduce(divisor, 0) : NaN)),
  lcm: many('whole', (v) => (v.every(whole) && v.length ? v.map(settled).reduce((a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / divisor(a, b)), 1) : NaN)),

  coalesce: logic(['any'], (...v) => v.find((x) => !Number.isNaN(x)) ?? NaN, 'many'),
  and: logic(
    ['truth'],
    (...v) =>
      truth(
        v.every((x) => x !== 0),
        ...v,
      ),
    'many',
  ),
  or: logic(
    ['truth'],
    (...v) =>
      truth(
        v.some((x) => x !== 0),
        ...v,
      ),
    'many',
  ),
  xor: logic(
    ['truth'],
    (...v) =>
      truth(
        v.reduce((odd, x) => odd !== (x !== 0), false),
        ...v,
      ),
    'many',
  ),
  not: logic(['truth'], (x) => truth(x === 0, x!)),
  isNaN: logic(['any'], (x) => (Number.isNaN(x) ? 1 : 0)),
  chi: logic(['any', 'whole', 'whole'], (x, a, b) => truth(less(a!, x!) && less(x!, b!), x!, a!, b!)),
  CHi: logic(['any', 'whole', 'whole'], (x, a, b) => truth(!less(x!, a!) && !less(b!, x!), x!, a!, b!)),
  Chi: logic(['any', 'whole', 'whole'], (x, a, b) => truth(!less(x!, a!) && less(x!, b!), x!, a!, b!)),
  cHi: logic(['any', 'whole', 'whole'], (x, a, b) => truth(less(a!, x!) && !less(b!, x!), x!, a!, b!)),
  KDelta: logic(['whole', 'whole'], (a, b) => truth(same(a!, b!), a!, b!)),

  abs: one('rounding', 'any', Math.abs),
  sgn: one('rounding', 'any', (x) => (same(x, 0) ? 0 : Math.sign(x))),
  floor: one('rounding', 'any', (x) => Math.floor(settled(x))),
  ceil: one('rounding', 'any', (x) => Math.ceil(settled(x))),
  round: { group: 'rounding', kinds: ['any', 'places'], value: round },

  sqrt: one('power', 'positive', Math.sqrt),
  cbrt: one('power', 'any', (x) => Math.sign(x) * Math.abs(x) ** (1 / 3)),
  root: { group: 'power', kinds: ['base', 'positive'], value: root },
  pow: { group: 'power', kinds: ['positive', 'small'], value: power },
  exp: one('power', 'small', Math.exp),
  ln: one('power', 'positive', Math.log),
  'log2 ld': one('power', 'positive', Math.log2),
  'log10 lg': one('power', 'positive', Math.log10),
  log: { group: 'power', kinds: ['base', 'positive'], value: (b, x) => Math.log(x!) / Math.log(b!) },
  fact: one('power', 'whole', (n) => choices(n, n, true)),
  'C nCk': { group: 'power', kinds: ['whole', 'whole'], value: (n, k) => choices(n!, k!, false) },
  nPk: { group: 'power', kinds: ['whole', 'whole'], value: (n, k) => choices(n!, k!, true) },
  mod: { group: 'power', kinds: ['any', 'positive'], value: remainder },

  sin: angle(Math.sin),
  cos: angle(Math.cos),
  'tan tg': angle(Math.tan),
  'cot ctg ctan': angle(inverseOf(Math.tan)),
  sec: angle(inverseOf(Math.cos)),
  'csc cosec': angle(inverseOf(Math.sin)),
  'asin arsin arcsin': trigonometric('unit', Math.asin),
  'acos arcos arccos': trigonometric('unit', Math.acos),
  'atan arctan atg arctg': angle(Math.atan),
  'acot arccot actan arcctan actg arcctg': angle((x) => Math.PI / 2 - Math.atan(x)),
  'asec arsec arcsec': trigonometric('great', ofInverse(Math.acos)),
  'acsc arcsc arccsc acosec arcosec arccosec': trigonometric('great', ofInverse(Math.asin)),
  sinh: trigonometric('small', Math.sinh),
  cosh: trigonometric('small', Math.cosh),
  'tanh tgh': angle(Math.tanh),
  'coth ctanh ctgh': angle(inverseOf(Math.tanh)),
  sech: trigonometric('small', inverseOf(Math.cosh)),
  'csch cosech': trigonometric('small', inverseOf(Math.sinh)),
  'asinh arsinh arcsinh': angle(Math.asinh),
  'acosh arcosh arccosh': trigonometric('positive', Math.acosh),
  'atanh arctanh atgh arctgh': trigonometric('unit', Math.atanh),
  'acoth arcoth arccoth actanh arcctanh actgh arcctgh': trigonometric('great', ofInverse(Math.atanh)),
  'asech arsech arcsech': trigonometric('unit', ofInverse(Math.acosh)),
  'acsch arcsch arccsch acosech arcosech arccosech': angle(ofInverse(Math.asinh)),
  'sinc Sa': angle((x) => sinc(Math.PI * x)),
  Sinc: angle(sinc),
  rad: angle((x) => (x / 180) * Math.PI),
  deg: angle((x) => (x / Math.PI) * 180),
};

/** All but `if` and `iff`, by name. */
export const meanings: Readonly<Record<string, Meaning>> = Object.fromEntries(
  Object.entries(meaningsByNames).flatMap(([names, meaning]) => names.split(' ').map((name) => [name, meaning] as const)),
);
