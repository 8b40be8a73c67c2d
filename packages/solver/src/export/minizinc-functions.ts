/** The functions of formulas that MiniZinc has, over values of several components. */
import type { Term } from '@camelc/problem';
import { Inexpressible, type Formulas, type Under } from './minizinc-arithmetic.js';
import { constant, fixed, sameScale, truth, whole, type Float, type Value, type Whole } from './minizinc-values.js';

type Call = Extract<Term, { kind: 'call' }>;

/** Functions of one value that never fall: how MiniZinc writes them, and the least argument that they are defined for. */
const rising: Record<string, { text: (x: string) => string; compute: (x: number) => number; least?: number }> = {
  sqrt: { text: (x) => `sqrt(${x})`, compute: Math.sqrt, least: 0 },
  exp: { text: (x) => `exp(${x})`, compute: Math.exp },
  ln: { text: (x) => `ln(${x})`, compute: Math.log, least: Number.MIN_VALUE },
  atan: { text: (x) => `atan(${x})`, compute: Math.atan },
  sinh: { text: (x) => `(exp(${x}) - exp(-${x})) / 2.0`, compute: Math.sinh },
  tanh: { text: (x) => `1.0 - 2.0 / (exp(2.0 * ${x}) + 1.0)`, compute: Math.tanh },
};

/** Other names of functions. */
const alias: Record<string, string> = {
  add: 'sum',
  avg: 'mean',
  tg: 'tan',
  arctan: 'atan',
  atg: 'atan',
  arctg: 'atan',
  arcsin: 'asin',
  arsin: 'asin',
  arccos: 'acos',
  arcos: 'acos',
};

/** The value of a call. @throws Inexpressible */
export function callOf(writer: Formulas, call: Call, under: Under): Value {
  const { arguments: parameters, place } = call;
  const name = alias[call.function] ?? call.function;
  if (name === 'if') return choice(writer, parameters.slice(0, 2), parameters[2], under);
  if (name === 'iff') return choice(writer, parameters, undefined, under);
  if (parameters.some((p) => p.kind === 'list')) throw new Inexpressible(`\`${call.function}\` of a list and of several components`, place);

  const values = (): Value[] => parameters.map((p) => writer.value(p, under));
  const one = (): Float => writer.toFloat(values()[0]!);
  const fold = (f: (a: Value, b: Value) => Value): Value => values().reduce(f);
  const monotone = rising[name];
  if (monotone) return risingOf(writer, monotone, values()[0]!, call);
  switch (name) {
    case 'sum':
      return fold((a, b) => writer.add(a, b, 1));
    case 'mean':
      return writer.divide(
        fold((a, b) => writer.add(a, b, 1)),
        constant(parameters.length),
      );
    case 'multi':
      return fold((a, b) => writer.multiply(a, b));
    case 'min':
    case 'max':
      return fold((a, b) => extreme(writer, name, a, b));
    case 'and':
    case 'or':
      return truth(`(${parameters.map((p) => writer.bool(p, under)).join(name === 'and' ? ' /\\ ' : ' \\/ ')})`);
    case 'xor':
      return whole(`sum([${parameters.map((p) => `bool2int(${writer.bool(p, under)})`).join(', ')}]) mod 2`, 0, 1);
    case 'not':
      return truth(`not (${writer.bool(parameters[0]!, under)})`);
    case 'abs':
      return extreme(writer, 'max', ...both(values()[0]!, (x) => writer.multiply(constant(-1), x)));
    case 'floor':
    case 'ceil':
      return rounded(name, values()[0]!, call);
    case 'pow':
      return writer.power(writer.value(parameters[0]!, under), writer.value(parameters[1]!, under), place);
    case 'root':
      return writer.power(writer.value(parameters[1]!, under), writer.divide(constant(1), writer.value(parameters[0]!, under), place), place);
    case 'log2':
    case 'log10':
      return writer.divide(risingOf(writer, rising.ln!, values()[0]!, call), constant(Math.log(name === 'log2' ? 2 : 10)));
    case 'log': {
      const [base, x] = values().map((v) => risingOf(writer, rising.ln!, v, call)) as [Value, Value];
      return writer.divide(x, base, place);
    }
    case 'rad':
      return writer.multiply(one(), constant(Math.PI / 180));
    case 'deg':
      return writer.multiply(one(), constant(180 / Math.PI));
    case 'sin':
    case 'cos':
      return writer.float(`${name}(${one().text})`, -1, 1);
    case 'cosh':
      return writer.divide(
        writer.add(writer.value({ ...call, function: 'exp' }, under), writer.divide(constant(1), writer.value({ ...call, function: 'exp' }, under), place), 1),
        constant(2),
      );
    case 'asin':
    case 'acos': {
      const x = one();
      inside(writer, x, -1, 1, call, under);
      return writer.float(`${name}(${x.text})`, name === 'asin' ? -Math.PI / 2 : 0, name === 'asin' ? Math.PI / 2 : Math.PI);
    }
    default:
      throw new Inexpressible(`the function \`${call.function}\` over several components`, place);
  }
}

const both = (x: Value, f: (x: Value) => Value): [Value, Value] => [x, f(x)];

/** The value after the first condition that is true. */
function choice(writer: Formulas, pairs: readonly Term[], otherwise: Term | undefined, under: Under): Value {
  const [condition, value, ...rest] = pairs;
  const premise = writer.bool(condition!, under);
  const no = [...under, `not (${premise})`];
  const chosen = writer.value(value!, [...under, premise]);
  if (rest.length > 0) return writer.choose(premise, chosen, choice(writer, rest, otherwise, no));
  if (otherwise) return writer.choose(premise, chosen, writer.value(otherwise, no));
  writer.require(premise, under);
  return chosen;
}

function risingOf(writer: Formulas, { text, compute, least = -Infinity }: (typeof rising)[string], argument: Value, { function: name, place }: Call): Value {
  const x = writer.toFloat(argument);
  if (x.low < least) throw new Inexpressible(`\`${name}\` of what may be less than it takes`, place);
  return writer.float(text(x.text), compute(x.low), compute(x.high), place);
}

/** Asks that an argument lies where a function is defined. */
function inside(writer: Formulas, x: Float, low: number, high: number, { function: name, place }: Call, under: Under): void {
  if (x.low >= low && x.high <= high) return;
  if (under.length > 0) throw new Inexpressible(`\`${name}\` of what may lie where it is undefined`, place);
  writer.require(`${x.text} >= ${low.toFixed(1)} /\\ ${x.text} <= ${high.toFixed(1)}`, under);
}

function extreme(writer: Formulas, name: 'min' | 'max', a: Value, b: Value): Value {
  const bounds = (x: Value, y: Value): [number, number] =>
    name === 'min' ? [Math.min(x.low, y.low), Math.min(x.high, y.high)] : [Math.max(x.low, y.low), Math.max(x.high, y.high)];
  const scaled = a.kind === 'whole' && b.kind === 'whole' ? sameScale(a, b) : undefined;
  const [x, y] = scaled ?? [writer.toFloat(a), writer.toFloat(b)];
  const text = `${name}(${x.text}, ${y.text})`;
  return scaled ? whole(text, ...bounds(x, y), scaled[0].scale) : writer.float(text, ...bounds(x, y));
}

function rounded(name: 'floor' | 'ceil', value: Value, { place }: Call): Whole {
  const known = fixed(value);
  if (value.kind === 'whole' && value.scale === 1) return value;
  if (value.kind === 'float' || value.low < 0) throw new Inexpressible(`\`${name}\` of ${known === undefined ? 'what is no decimal number from 0 on' : known}`, place);
  const up = name === 'ceil' ? value.scale - 1 : 0;
  return whole(`(${value.text}${up > 0 ? ` + ${up}` : ''}) div ${value.scale}`, Math.floor((value.low + up) / value.scale), Math.floor((value.high + up) / value.scale));
}
