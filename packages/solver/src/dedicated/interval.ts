/**
 * Interval extensions of operations: between which values a result lies when each argument lies between two values, whether it may be undefined,
 * and in which direction it moves with each argument (Moore, "Interval Analysis", 1966). Sound, but not always tight. Here those of arithmetic.
 */
import { divide, power } from '@camelc/problem';
import { valueOf, type Expr } from './expression.js';

/** Values of registers: NaN in both bounds is surely undefined. */
export interface Registers {
  low: Float64Array;
  high: Float64Array;
  /** 1: may be undefined. */
  open: Uint8Array;
}

/** How a value moves with another: 1 where it never falls as the other grows, 2 where it never rises, 0 where it does not move, else: */
export const mixed = 3;
/** Whether the value is defined may change with the other: only an equal value is as good. */
export const unsafe = 7;
/** The bit of `unsafe` that outlives every operation. */
export const undefinedBit = 4;

export const opposite = (trend: number): number => ((trend & 1) << 1) | ((trend & 2) >> 1) | (trend & undefinedBit);

/** An operation over registers. */
export interface Rule {
  /** Sets the range of the result, all arguments being defined; true where it may still be undefined. */
  range(r: Registers, args: readonly number[], out: number, e: Expr): boolean;
  /** The trend of the result from those of its arguments, by register; without: mixed. */
  trend?(r: Registers, args: readonly number[], trends: Uint8Array, e: Expr): number;
}

export const set = (r: Registers, out: number, low: number, high: number): false => {
  r.low[out] = low;
  r.high[out] = high;
  return false;
};
export const isPoint = (r: Registers, a: number): boolean => r.low[a] === r.high[a];
export const mayBeInfinite = (r: Registers, a: number): boolean => r.low[a] === -Infinity || r.high[a] === Infinity;
export const mayBeZero = (r: Registers, a: number): boolean => r.low[a]! <= 0 && r.high[a]! >= 0;
export const all = (args: readonly number[], trends: Uint8Array): number => args.reduce((bits, a) => bits | trends[a]!, 0);

/** The trend of a value multiplied by one that lies in a register and keeps its value. */
const weighted = (trend: number, r: Registers, by: number): number => (trend === 0 || r.low[by]! >= 0 ? trend : r.high[by]! <= 0 ? opposite(trend) : trend | mixed);

/** What is known of no operation in particular: exact for single values. */
export const anything = (low: number, high: number): Rule => ({
  range: (r, args, out, e) => {
    if (!args.every((a) => isPoint(r, a))) {
      set(r, out, low, high);
      return low === -Infinity;
    }
    const value = valueOf(
      e,
      args.map((a) => r.low[a]!),
    );
    set(r, out, value, value);
    return Number.isNaN(value);
  },
});

export const sum: Rule = {
  range: (r, args, out, { weights }) => {
    let [low, high] = [0, 0];
    let [up, down] = [false, false];
    for (let i = 0; i < args.length; i++) {
      const weight = weights![i]!;
      let [least, most] = weight >= 0 ? [weight * r.low[args[i]!]!, weight * r.high[args[i]!]!] : [weight * r.high[args[i]!]!, weight * r.low[args[i]!]!];
      // 0 · ∞
      if (Number.isNaN(least) || Number.isNaN(most)) [least, most, up, down] = [0, 0, true, true];
      up ||= most === Infinity;
      down ||= least === -Infinity;
      low += least;
      high += most;
    }
    if (up && down && args.every((a) => isPoint(r, a))) return set(r, out, Number.NaN, Number.NaN) || true;
    set(r, out, Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high);
    return up && down;
  },
  trend: (_, args, trends, { weights }) => args.reduce((bits, a, i) => bits | (weights![i]! >= 0 ? trends[a]! : opposite(trends[a]!)), 0),
};

export const product: Rule = {
  range: (r, args, out) => {
    let [low, high] = [r.low[args[0]!]!, r.high[args[0]!]!];
    let [zero, infinite] = [mayBeZero(r, args[0]!), mayBeInfinite(r, args[0]!)];
    for (let i = 1; i < args.length; i++) {
      const b = args[i]!;
      const [c, d] = [r.low[b]!, r.high[b]!];
      // The product of 0 and ∞ is undefined, but that of what lies beside them may be anything of that sign.
      if (low >= 0 && c >= 0) [low, high] = [low * c || 0, high * d || 0];
      else {
        const [p, q, s, t] = [low * c || 0, low * d || 0, high * c || 0, high * d || 0];
        [low, high] = [Math.min(p, q, s, t), Math.max(p, q, s, t)];
      }
      zero ||= mayBeZero(r, b);
      infinite ||= mayBeInfinite(r, b);
    }
    if (zero && infinite && args.every((a) => isPoint(r, a))) return set(r, out, Number.NaN, Number.NaN) || true;
    set(r, out, low, high);
    return zero && infinite;
  },
  trend: (r, args, trends) => args.reduce((bits, a, i) => bits | args.reduce((trend, b, j) => (i === j ? trend : weighted(trend, r, b)), trends[a]!), 0),
};

export const quotient: Rule = {
  range: (r, [a, b], out) => {
    const [low, high, c, d] = [r.low[a!]!, r.high[a!]!, r.low[b!]!, r.high[b!]!];
    const open = (mayBeZero(r, a!) && mayBeZero(r, b!)) || (mayBeInfinite(r, a!) && mayBeInfinite(r, b!));
    if (low === high && c === d) {
      const value = divide(low, c);
      set(r, out, value, value);
      return Number.isNaN(value);
    }
    if (c < 0 && d >= 0) {
      set(r, out, -Infinity, Infinity);
      return open;
    }
    const corners = [divide(low, c), divide(low, d), divide(high, c), divide(high, d)];
    for (let i = 0; i < 4; i++) if (Number.isNaN(corners[i])) corners[i] = 0;
    let [least, most] = [Math.min(...corners), Math.max(...corners)];
    // Where 0/0 is undefined, what lies beside it may be infinite.
    if (c === 0 && high > 0) most = Infinity;
    if (c === 0 && low < 0) least = -Infinity;
    set(r, out, least, most);
    return open;
  },
  trend: (r, [a, b], trends) => {
    const crosses = r.low[b!]! < 0 && r.high[b!]! >= 0;
    const above = crosses ? trends[a!]! && trends[a!]! | mixed : weighted(trends[a!]!, r, b!);
    const below = crosses ? trends[b!]! && trends[b!]! | mixed : weighted(opposite(trends[b!]!), r, a!);
    return above | below;
  },
};

export const powers: Rule = {
  range: (r, [a, b], out) => {
    const [low, high, c, d] = [r.low[a!]!, r.high[a!]!, r.low[b!]!, r.high[b!]!];
    if (low === high && c === d) {
      const value = power(low, c);
      set(r, out, value, value);
      return Number.isNaN(value);
    }
    // 1^∞
    const open = mayBeInfinite(r, b!);
    if (low >= 0) {
      const corners = [power(low, c), power(low, d), power(high, c), power(high, d)].map((v) => (Number.isNaN(v) ? 1 : v));
      // 0^x jumps at 0.
      if (low === 0 && c <= 0 && d >= 0) corners.push(0, 1, ...(c < 0 ? [Infinity] : []));
      set(r, out, Math.min(...corners), Math.max(...corners));
      return open;
    }
    if (c === d && Number.isInteger(c) && c > 0) {
      const ends = [low ** c, high ** c] as const;
      set(r, out, c % 2 === 0 && high > 0 ? 0 : Math.min(...ends), Math.max(...ends));
      return false;
    }
    if (c === d && Number.isInteger(c) && high < 0) {
      const ends = [low ** c, high ** c] as const;
      set(r, out, Math.min(...ends), Math.max(...ends));
      return false;
    }
    set(r, out, -Infinity, Infinity);
    return true;
  },
  trend: (r, [a, b], trends) => {
    const [low, high, c, d] = [r.low[a!]!, r.high[a!]!, r.low[b!]!, r.high[b!]!];
    const keep = (trend: number, up: boolean, down: boolean): number => (trend === 0 || up ? trend : down ? opposite(trend) : trend | mixed);
    const whole = c === d && Number.isInteger(c);
    const base =
      low >= 0
        ? keep(trends[a!]!, c >= 0, d <= 0)
        : whole
          ? keep(trends[a!]!, (c > 0 && c % 2 === 1) || (high < 0 && c < 0 && c % 2 === 0), high <= 0 && ((c > 0 && c % 2 === 0) || (high < 0 && c < 0)))
          : keep(trends[a!]!, false, false);
    return base | keep(trends[b!]!, low >= 1, low >= 0 && high <= 1);
  },
};
