/** Formulas as text with their meaning beside it, so that nothing of the project has to say what the text means. */
import type { Random } from './random.js';

export interface Machine {
  id: string;
  type: 'IAAS' | 'BYON';
  cores?: number;
  memory?: number;
  price: number;
  limit?: number;
  provider: string;
  cloudType: 'public' | 'private';
  country?: string;
  latitude?: number;
  family?: string;
  architecture?: string;
}

/** What is chosen for each component, and what was given with the run. */
export interface World {
  chosen: Readonly<Record<string, { machine?: Machine; number: number }>>;
  fitting: Readonly<Record<string, readonly Machine[]>>;
}

export interface Formula {
  text: string;
  value(world: World): number;
  /** Facts of machines that must be known, `Component.fact`. */
  facts: readonly string[];
}

export const number = (value: number): Formula => ({ text: String(value), value: () => value, facts: [] });

const operators: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  // Of a positive number and zero: without end.
  '/': (a, b) => (b === 0 ? (a > 0 ? Infinity : a < 0 ? -Infinity : NaN) : a / b),
  '#': (a, b) => a % b,
  '>=': (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a >= b ? 1 : 0),
  '<': (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a < b ? 1 : 0),
};

/** Operators from left to right, without parentheses: all of one precedence. */
export const chain = (first: Formula, ...rest: (readonly [string, Formula])[]): Formula => ({
  text: [first.text, ...rest.map(([operator, f]) => `${operator} ${f.text}`)].join(' '),
  value: (w) => rest.reduce((sum, [operator, f]) => operators[operator]!(sum, f.value(w)), first.value(w)),
  facts: [...first.facts, ...rest.flatMap(([, f]) => f.facts)],
});

export const grouped = (f: Formula): Formula => ({ ...f, text: `(${f.text})` });

const mean = (v: number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
const called: Record<string, (...v: number[]) => number> = {
  min: (...v) => Math.min(...v),
  max: (...v) => Math.max(...v),
  mean: (...v) => mean(v),
  count: (...v) => v.length,
  median: (...v) => {
    const sorted = [...v].sort((a, b) => a - b);
    return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  },
  abs: Math.abs,
  ceil: Math.ceil,
  ln: Math.log,
  sqrt: Math.sqrt,
  if: (c, a, b) => (Number.isNaN(c) ? NaN : c !== 0 ? a! : b!) as number,
};

export const call = (name: string, ...parameters: Formula[]): Formula => ({
  text: `${name}(${parameters.map((p) => p.text).join(', ')})`,
  value: (w) => called[name]!(...parameters.map((p) => p.value(w))),
  facts: parameters.flatMap((p) => p.facts),
});

/** A function over the prices of all machines that fit a component. */
export const overPrices = (name: string, list: string, component: string): Formula => ({
  text: `${name}(${list})`,
  value: (w) => {
    const prices = w.fitting[component]!.map((m) => m.price);
    return prices.length === 0 ? (name === 'count' ? 0 : NaN) : called[name]!(...prices);
  },
  facts: [],
});

/** A part of a sum that speaks of one component alone; what it needs of the component is named `<Component><What>`. */
export function part(component: string, variables: Readonly<Record<string, Formula>>, r: Random): Formula {
  const v = (what: string): Formula => variables[component + what]!;
  const weight = number(r.of([1, 2, 3, 0.5, 0.1, 7]));
  const times = (...factors: Formula[]): Formula => chain(weight, ...factors.map((f) => ['*', f] as const));
  switch (r.below(16)) {
    case 0:
      return times(v('Number'));
    case 1:
      return times(v('Price'), v('Number'));
    case 2:
      return times(v('Cores'), v('Number'));
    case 3:
      return times(v('Memory'), v('Number'));
    case 4:
      return chain(weight, ['/', v('Number')]);
    case 5:
      return chain(weight, ['/', grouped(chain(v('Price'), ['*', v('Number')]))]);
    case 6:
      return call('ceil', chain(number(7), ['/', grouped(chain(v('Number'), ['+', number(1)]))]));
    case 7:
      return call('if', chain(v('Cores'), ['>=', number(r.of([2, 3, 4]))]), weight, v('Number'));
    case 8:
      return grouped(chain(v('Number'), [r.of(['>=', '<']), number(2)]));
    case 9:
      return grouped(chain(v('Cores'), ['#', number(3)]));
    case 10:
      return call('abs', chain(v('Latitude'), ['-', number(50)]));
    case 11:
      return call('min', chain(v('Price'), ['*', v('Number')]), number(0.4));
    case 12:
      return chain(v('Price'), ['/', overPrices(r.of(['min', 'max', 'mean', 'median', 'count']), `${component}Prices`, component)]);
    case 13:
      return chain(v('Cores'), ['/', v('Number')]);
    case 14:
      return call('ln', v('Number'));
    default:
      return times(v('Earlier'));
  }
}
