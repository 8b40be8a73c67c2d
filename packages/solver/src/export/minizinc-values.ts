/** Values in MiniZinc models: whole numbers of a scale where that is exact, floats otherwise. With bounds, which solvers of floats need. */

export interface Whole {
  kind: 'whole';
  /** An integer expression; the value is that divided by `scale`, a positive whole number. */
  text: string;
  scale: number;
  /** Bounds of the expression. */
  low: number;
  high: number;
}

export interface Float {
  kind: 'float';
  /** The name of a variable, or a number. */
  text: string;
  low: number;
  high: number;
}

export type Value = Whole | Float;

/** Integers that solvers take are smaller than 2^31. */
const greatest = 1_000_000_000;
const scales = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

export const whole = (text: string, low: number, high: number, scale = 1): Whole => ({ kind: 'whole', text, scale, low, high });
export const truth = (bool: string): Whole => whole(`bool2int(${bool})`, 0, 1);

/** The least scale with which all these numbers are whole, rounding errors aside. */
export function scaleOf(values: readonly number[]): number | undefined {
  return scales.find((s) => values.every((v) => Math.abs(v * s) <= greatest && Math.abs(v * s - Math.round(v * s)) <= 1e-9 * Math.max(1, Math.abs(v * s))));
}

export function constant(value: number): Value {
  const scale = scaleOf([value]);
  return scale
    ? whole(`${Math.round(value * scale)}`, Math.round(value * scale), Math.round(value * scale), scale)
    : { kind: 'float', text: floatText(value), low: value, high: value };
}

/** A number as MiniZinc writes a float. */
export function floatText(value: number): string {
  const text = `${value + 0}`;
  return /[.e]/.test(text) ? text.replace(/^(-?\d+)e/, '$1.0e') : `${text}.0`;
}

/** The number that a value is, where it does not vary. */
export const fixed = (v: Value): number | undefined => (v.low !== v.high ? undefined : v.kind === 'whole' ? v.low / v.scale : v.low);

const fits = (v: Whole): Whole | undefined => (Math.max(Math.abs(v.low), Math.abs(v.high)) <= greatest ? v : undefined);

/** Two whole values with one scale; undefined where the numbers get too large. */
export function sameScale(a: Whole, b: Whole): [Whole, Whole] | undefined {
  const scale = (a.scale / commonDivisor(a.scale, b.scale)) * b.scale;
  const [x, y] = [times(a, scale / a.scale), times(b, scale / b.scale)];
  return x && y && [x, y];
}

/** The same value with a scale that is `factor` times as large. */
function times(v: Whole, factor: number): Whole | undefined {
  return factor === 1 ? v : fits({ ...v, text: `${factor} * (${v.text})`, scale: v.scale * factor, low: v.low * factor, high: v.high * factor });
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

export function addWholes(a: Whole, b: Whole, sign: 1 | -1): Whole | undefined {
  const both = sameScale(a, b);
  if (!both) return undefined;
  const [x, y] = both;
  const [low, high] = sign === 1 ? [x.low + y.low, x.high + y.high] : [x.low - y.high, x.high - y.low];
  return fits(whole(sign === 1 ? `${x.text} + ${y.text}` : `${x.text} - (${y.text})`, low, high, x.scale));
}

export function multiplyWholes(a: Whole, b: Whole): Whole | undefined {
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  const scale = a.scale * b.scale;
  return scale > 1e12 ? undefined : fits(whole(`(${a.text}) * (${b.text})`, Math.min(...corners), Math.max(...corners), scale));
}

/** Division by a number: the scale grows instead. */
export function divideWhole(a: Whole, b: Whole): Whole | undefined {
  if (b.low !== b.high || b.low === 0) return undefined;
  const [by, sign] = [Math.abs(b.low), Math.sign(b.low)];
  const scaled = times(sign > 0 ? a : { ...a, text: `-(${a.text})`, low: -a.high, high: -a.low }, b.scale);
  return scaled && { ...scaled, scale: a.scale * by };
}
