/** Formulas as text with their meaning beside it, so that nothing of the project has to say what the text means. */
import { doubt } from './doubt.js';
import { meanings, same } from './functions.js';
import type { Machine } from './random-machines.js';

/** A deployment, as formulas see it. In shared placement nothing is said of machines. */
export interface World {
  chosen: Readonly<Record<string, { machine?: Machine; number: number }>>;
  /** Of all hosts; per hour. */
  cost: number;
  hosts: number;
  /** What passes each component's filter, in the order of the ids. */
  fitting: Readonly<Record<string, readonly Machine[]>>;
}

export interface Formula {
  text: string;
  /** How tightly it binds, from -1 (`-->`) to 7 (a name, a call). */
  binding: number;
  value(world: World): number;
  /** Of a variable that is a list, in place of its value. */
  list?(world: World): number[];
  /** Facts of machines that must be known, `Component.fact`; and metrics, `metric Name`. */
  facts: readonly string[];
}

export const named = (text: string, value: Formula['value'], facts: readonly string[] = []): Formula => ({ text, binding: 7, value, facts });

export const number = (value: number): Formula => ({ text: String(value), binding: value < 0 ? 5 : 7, value: () => value, facts: [] });

/** Of a positive number and zero: without end. */
export const ratio = (a: number, b: number): number => (b === 0 ? (a > 0 ? Infinity : a < 0 ? -Infinity : NaN) : a / b);

/** 1 or 0; undefined where one of the operands is. */
const truth = (holds: (a: number, b: number) => boolean) => (a: number, b: number) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : holds(a, b) ? 1 : 0);

const operators: Record<string, { binding: number; compute: (a: number, b: number) => number }> = {
  '-->': { binding: -1, compute: truth((a, b) => a === 0 || b !== 0) },
  '<->': { binding: -1, compute: truth((a, b) => (a === 0) === (b === 0)) },
  '||': { binding: 0, compute: truth((a, b) => a !== 0 || b !== 0) },
  '(+)': { binding: 0, compute: truth((a, b) => (a === 0) !== (b === 0)) },
  '~|': { binding: 0, compute: truth((a, b) => a === 0 && b === 0) },
  '&&': { binding: 1, compute: truth((a, b) => a !== 0 && b !== 0) },
  '~&': { binding: 1, compute: truth((a, b) => a === 0 || b === 0) },
  '>=': { binding: 2, compute: truth((a, b) => a >= b || same(a, b)) },
  '>': { binding: 2, compute: truth((a, b) => a > b && !same(a, b)) },
  '<=': { binding: 2, compute: truth((a, b) => a <= b || same(a, b)) },
  '<': { binding: 2, compute: truth((a, b) => a < b && !same(a, b)) },
  '==': { binding: 2, compute: truth((a, b) => same(a, b)) },
  '<>': { binding: 2, compute: truth((a, b) => !same(a, b)) },
  '+': { binding: 3, compute: (a, b) => a + b },
  '-': { binding: 3, compute: (a, b) => a - b },
  '*': { binding: 4, compute: (a, b) => a * b },
  '/': { binding: 4, compute: ratio },
  '#': { binding: 4, compute: meanings['mod']!.value },
  '^': { binding: 6, compute: meanings['pow']!.value },
};

const atLeast = (binding: number, f: Formula): string => (f.binding >= binding ? f.text : `(${f.text})`);

/** Of two operands, with parentheses only where the meaning needs them. */
export function binary(a: Formula, operator: string, b: Formula): Formula {
  const { binding, compute } = operators[operator]!;
  // Powers group from the right; their exponent may have a sign, their base not.
  const [left, right] = operator === '^' ? [7, 5] : [binding, binding + 1];
  return {
    text: `${atLeast(left, a)} ${operator} ${atLeast(right, b)}`,
    binding,
    value: (w) => doubt(compute(a.value(w), b.value(w))),
    facts: [...a.facts, ...b.facts],
  };
}

/** Operators from left to right. */
export const chain = (first: Formula, ...rest: (readonly [string, Formula])[]): Formula => rest.reduce((sum, [operator, f]) => binary(sum, operator, f), first);

export const negative = (f: Formula): Formula => ({ text: `-${atLeast(6, f)}`, binding: 5, value: (w) => -f.value(w), facts: f.facts });

/** 1 of 0, else 0. */
export const opposite = (f: Formula): Formula => ({ text: `~${atLeast(6, f)}`, binding: 5, value: (w) => meanings['not']!.value(f.value(w)), facts: f.facts });

export const grouped = (f: Formula): Formula => ({ ...f, text: `(${f.text})`, binding: 7 });

/** A call of a function; a list among the parameters stands for its values. */
export function call(name: string, ...parameters: Formula[]): Formula {
  const facts = parameters.flatMap((p) => p.facts);
  const text = `${name}(${parameters.map((p) => p.text).join(', ')})`;
  if (name === 'if' || name === 'iff') return { text, binding: 7, value: (w) => chosenBy(name, parameters, w), facts };
  const { value } = meanings[name]!;
  return { text, binding: 7, value: (w) => doubt(value(...parameters.flatMap((p) => p.list?.(w) ?? [p.value(w)]))), facts };
}

/** Only the branch that is chosen has to be defined. */
function chosenBy(name: string, parameters: readonly Formula[], world: World): number {
  for (let i = 0; i + 1 < parameters.length; i += 2) {
    const condition = parameters[i]!.value(world);
    if (Number.isNaN(condition)) return NaN;
    if (condition !== 0) return parameters[i + 1]!.value(world);
    if (name === 'if') return parameters[2]!.value(world);
  }
  return NaN;
}
