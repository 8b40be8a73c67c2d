/** Arithmetic of MiniZinc models: in whole numbers while they are small enough, else in floats. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Term } from '@camelc/problem';
import { addWholes, constant, divideWhole, fixed, floatText, multiplyWholes, sameScale, whole, type Float, type Value } from './minizinc-values.js';

/** Something that MiniZinc models cannot say. */
export class Inexpressible extends Error {
  constructor(
    readonly what: string,
    readonly place: Place | undefined,
  ) {
    super(what);
  }
}

/** What a refusal tells the user. */
export const inexpressible = ({ what, place }: Inexpressible): Diagnostic => diagnose('export/not-expressible', { what }, place);

/** What is true where something is asked for. */
export type Under = readonly string[];

/** What functions ask about their arguments. */
export interface Formulas extends Arithmetic {
  value(term: Term, under?: Under): Value;
  /** Whether a term is not 0. */
  bool(term: Term, under?: Under): string;
}

/** Collects the lines of a model. */
export class Arithmetic {
  readonly lines: string[] = [];
  private count = 0;

  name = (kind: string): string => `${kind}${++this.count}`;

  /** Asks for something, where all in `under` is true. */
  require(bool: string, under: Under): void {
    this.lines.push(`constraint ${under.length > 0 ? `(${under.join(' /\\ ')}) -> ` : ''}(${bool});`);
  }

  /** A float variable that equals an expression. It gets more room than it needs: bounds that are rounded would cut its least and greatest value off. */
  float(text: string | undefined, low: number, high: number, place?: Place): Float {
    if (!Number.isFinite(low) || !Number.isFinite(high)) throw new Inexpressible('a value that may be infinite or undefined', place);
    const room = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
    const name = this.name('f');
    this.lines.push(`var ${floatText(low - room)}..${floatText(high + room)}: ${name}${text === undefined ? '' : ` = ${text}`};`);
    return { kind: 'float', text: name, low, high };
  }

  toFloat(value: Value): Float {
    if (value.kind === 'float') return value;
    const known = fixed(value);
    if (known !== undefined) return { kind: 'float', text: floatText(known), low: known, high: known };
    const float = this.float(undefined, value.low / value.scale, value.high / value.scale);
    this.lines.push(`constraint int2float(${value.text}) = ${floatText(value.scale)} * ${float.text};`);
    return float;
  }

  add(a: Value, b: Value, sign: 1 | -1): Value {
    const exact = a.kind === 'whole' && b.kind === 'whole' ? addWholes(a, b, sign) : undefined;
    if (exact) return exact;
    const [x, y] = [this.toFloat(a), this.toFloat(b)];
    return this.float(`${x.text} ${sign === 1 ? '+' : '-'} ${y.text}`, sign === 1 ? x.low + y.low : x.low - y.high, sign === 1 ? x.high + y.high : x.high - y.low);
  }

  multiply(a: Value, b: Value): Value {
    const exact = a.kind === 'whole' && b.kind === 'whole' ? multiplyWholes(a, b) : undefined;
    if (exact) return exact;
    const [x, y] = [this.toFloat(a), this.toFloat(b)];
    const corners = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
    return this.float(`${x.text} * ${y.text}`, Math.min(...corners), Math.max(...corners));
  }

  divide(a: Value, b: Value, place?: Place): Value {
    const exact = a.kind === 'whole' && b.kind === 'whole' ? divideWhole(a, b) : undefined;
    if (exact) return exact;
    if (b.low <= 0 && b.high >= 0) throw new Inexpressible('a division by what may be 0', place);
    const [x, y] = [this.toFloat(a), this.toFloat(b)];
    const corners = [x.low / y.low, x.low / y.high, x.high / y.low, x.high / y.high];
    return this.float(`${x.text} / ${y.text}`, Math.min(...corners), Math.max(...corners));
  }

  power(base: Value, exponent: Value, place?: Place): Value {
    const k = fixed(exponent);
    if (k !== undefined && Number.isInteger(k) && Math.abs(k) <= 8) {
      const product = Array.from({ length: Math.abs(k) }, () => base).reduce<Value>((p, x) => this.multiply(p, x), constant(1));
      return k < 0 ? this.divide(constant(1), product, place) : product;
    }
    // b^x = e^(x ln b)
    const x = this.toFloat(base);
    if (x.low <= 0) throw new Inexpressible('a power of what may be 0 or negative', place);
    const inner = this.toFloat(this.multiply(this.float(`ln(${x.text})`, Math.log(x.low), Math.log(x.high)), exponent));
    return this.float(`exp(${inner.text})`, Math.exp(inner.low), Math.exp(inner.high), place);
  }

  /** One of two values. */
  choose(condition: string, a: Value, b: Value): Value {
    const both = a.kind === 'whole' && b.kind === 'whole' ? sameScale(a, b) : undefined;
    if (both) {
      const [x, y] = both;
      return whole(`(if ${condition} then ${x.text} else ${y.text} endif)`, Math.min(x.low, y.low), Math.max(x.high, y.high), x.scale);
    }
    const [x, y] = [this.toFloat(a), this.toFloat(b)];
    const result = this.float(undefined, Math.min(x.low, y.low), Math.max(x.high, y.high));
    this.require(`${result.text} = ${x.text}`, [condition]);
    this.require(`${result.text} = ${y.text}`, [`not (${condition})`]);
    return result;
  }
}
