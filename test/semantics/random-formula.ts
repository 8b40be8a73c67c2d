/** Random formulas: of the shapes that utilities have, and of every function there is. */
import { binary, call, chain, grouped, negative, number, opposite, type Formula } from './formula.js';
import { meanings, type Kind, type Meaning } from './functions.js';
import type { Random } from './random.js';
import type { UserFunction } from './user-functions.js';

/** What formulas may speak of. */
export interface Vocabulary {
  components: readonly string[];
  /** Variables of components, `<Component><What>`. */
  variables: Readonly<Record<string, Formula>>;
  /** What a component has beside its number: nothing in shared placement. */
  hardware: readonly string[];
  cost: Formula;
  hosts: Formula;
  /** A metric. */
  average: Formula;
  userFunctions: readonly UserFunction[];
  /** Makes a variable of a formula, so that others can name it. */
  asVariable(formula: Formula): Formula;
  /** Notes that something is in the model. */
  note(feature: string): void;
}

const constants = [0, 1, 2, 3, 0.5, 0.1, 7, 2.5] as const;

const ofComponent = (v: Vocabulary, component: string, what: string): Formula => v.variables[component + what]!;
const countOf = (v: Vocabulary, component: string): Formula => ofComponent(v, component, 'Number');

/** Something of a component that is greater with more instances, or better machines. */
const amount = (v: Vocabulary, component: string, r: Random): Formula =>
  v.hardware.length > 0 && r.chance(0.7)
    ? chain(countOf(v, component), ['*', ofComponent(v, component, r.of(v.hardware.filter((h) => !h.endsWith('itude'))))])
    : countOf(v, component);

function leaf(v: Vocabulary, r: Random): Formula {
  const component = r.of(v.components);
  switch (r.below(9)) {
    case 0:
    case 1:
      return number(r.of(constants));
    case 2:
      return r.chance(0.5) ? v.cost : v.hosts;
    case 3:
      v.note('metric');
      return v.average;
    case 4:
      v.note('current');
      return ofComponent(v, component, v.hardware.length > 0 && r.chance(0.4) ? 'EarlierPrice' : 'Earlier');
    case 5:
    case 6:
      return v.hardware.length > 0 ? ofComponent(v, component, r.of(v.hardware)) : countOf(v, component);
    default:
      return countOf(v, component);
  }
}

/** A formula of functions and operators as they come. */
export function anyFormula(v: Vocabulary, depth: number, r: Random): Formula {
  if (depth <= 0 || r.chance(0.15)) return leaf(v, r);
  const inner = (): Formula => anyFormula(v, depth - 1, r);
  switch (r.below(8)) {
    case 0:
    case 1: {
      const operator = r.of(['+', '-', '*', '/', '#', '^'] as const);
      const [a, b] = [inner(), inner()];
      if (operator === '^') return binary(r.chance(0.7) ? positive(a) : a, '^', number(r.of([2, 3, 0.5, -1])));
      return r.chance(0.1) ? negative(binary(a, operator, b)) : binary(a, operator, operator === '#' ? positive(b) : b);
    }
    case 2:
      return ofGroup(v, 'list', depth, r);
    case 3:
      return ofGroup(v, 'rounding', depth, r);
    case 4:
      return ofGroup(v, 'power', depth, r);
    case 5:
      return ofGroup(v, 'trigonometry', depth, r);
    case 6:
      v.note('logic');
      return logic(v, depth, r);
    default: {
      if (r.chance(0.3)) return v.asVariable(inner());
      v.note('user function');
      return r.of(v.userFunctions).of(inner(), leaf(v, r));
    }
  }
}

const positive = (f: Formula): Formula => binary(number(1), '+', call('abs', f));

function ofGroup(v: Vocabulary, group: Meaning['group'], depth: number, r: Random): Formula {
  v.note(group);
  const name = r.of(Object.keys(meanings).filter((m) => meanings[m]!.group === group));
  const { kinds, many } = meanings[name]!;
  const parameters = kinds.flatMap((kind, i) => {
    if (!many || i > 0) return [argument(v, kind, depth, r)];
    const list = kind === 'any' && r.chance(0.3) ? [listOf(v, r)] : [];
    // What is counted should be defined.
    const others = Array.from({ length: r.below(4) + (list.length > 0 ? 0 : 1) }, () => (name === 'count' ? leaf(v, r) : argument(v, kind, depth, r)));
    return r.shuffled([...others, ...list]);
  });
  if (name === 'round' && r.chance(0.5)) parameters.pop();
  return call(name, ...parameters);
}

/** A function's argument of a kind. */
function argument(v: Vocabulary, kind: Kind, depth: number, r: Random): Formula {
  const any = (): Formula => anyFormula(v, depth - 1, r);
  switch (kind) {
    case 'any':
      return any();
    case 'positive':
      return r.chance(0.75) ? positive(any()) : any();
    case 'great':
      return r.chance(0.85) ? positive(any()) : any();
    case 'truth':
      return relation(v, depth, r);
    case 'unit':
      return r.chance(0.85) ? binary(number(1), '/', grouped(positive(any()))) : any();
    case 'small':
      return call('min', any(), number(r.of([1, 2, 3])));
    case 'whole':
      return r.chance(0.6) ? countOf(v, r.of(v.components)) : r.chance(0.5) ? number(r.below(5)) : call('min', call('floor', any()), number(6));
    case 'share':
      return number(r.of([0, 0.25, 0.5, 0.95, 1]));
    case 'places':
      return number(r.below(3));
    case 'base':
      return number(r.of([2, 3, 10]));
  }
}

function listOf(v: Vocabulary, r: Random): Formula {
  v.note('on candidates');
  return ofComponent(v, r.of(v.components), r.of(['Prices', 'Prices', 'AllCores']));
}

/** 1 or 0. */
const relation = (v: Vocabulary, depth: number, r: Random): Formula =>
  binary(r.chance(0.6) ? countOf(v, r.of(v.components)) : anyFormula(v, depth - 1, r), r.of(['>=', '>', '<', '<=', '==', '<>']), number(r.of([0, 1, 2, 3])));

function logic(v: Vocabulary, depth: number, r: Random): Formula {
  const inner = (): Formula => anyFormula(v, depth - 1, r);
  const truth = (): Formula => relation(v, depth, r);
  switch (r.below(7)) {
    case 0:
      return call('if', truth(), inner(), inner());
    case 1:
      return call('iff', truth(), inner(), truth(), inner(), number(1), leaf(v, r));
    case 2:
      return chain(truth(), ['&&', truth()], ['||', truth()]);
    case 3:
      return binary(truth(), '*', inner());
    case 4:
      return binary(binary(truth(), r.of(['-->', '<->', '(+)', '~|', '~&']), truth()), '+', opposite(leaf(v, r)));
    case 5:
      return call('if', binary(truth(), r.of(['||', '&&']), truth()), inner(), call('not', inner()));
    default:
      return ofGroup(v, 'logic', depth, r);
  }
}

/** One that speaks of several components, in a shape of its own. */
export function across(v: Vocabulary, r: Random): Formula {
  const each = v.components.map((c) => amount(v, c, r));
  const [a, b] = [each[0]!, each.at(-1)!];
  const weight = (): Formula => number(r.of([1, 2, 3, 0.5, 0.1]));
  switch (r.below(7)) {
    case 0: {
      v.note('product');
      const factors = each.map((f) => grouped(binary(weight(), '+', f)));
      return chain(factors[0]!, ...factors.slice(1).map((f) => ['*', f] as const));
    }
    case 1: {
      v.note('ratio');
      const below = r.of([binary(number(1), '+', b), binary(b, '*', countOf(v, r.of(v.components))), binary(weight(), '+', v.cost)]);
      return binary(a, '/', grouped(below));
    }
    case 2: {
      v.note('bottleneck');
      return call(r.of(['min', 'min', 'max']), ...each.map((f) => binary(f, '/', weight())), ...(r.chance(0.3) ? [weight()] : []));
    }
    case 3: {
      v.note('statistic');
      const name = r.of(['mean', 'std', 'var', 'median', 'percentile', 'sum']);
      return call(name, ...each, ...(name === 'percentile' ? [number(r.of([0.25, 0.5, 0.9]))] : []));
    }
    case 4: {
      if (v.hardware.length === 0) return binary(call('sqrt', a), '*', call('ln', grouped(binary(number(1), '+', b))));
      v.note('distance');
      return distance(v, v.components[0]!, v.components.at(-1)!, r);
    }
    case 5: {
      v.note('condition');
      return r.chance(0.5)
        ? call('if', binary(countOf(v, v.components[0]!), r.of(['>=', '<', '==']), countOf(v, v.components.at(-1)!)), a, binary(b, '-', weight()))
        : call('iff', binary(a, '>=', number(4)), weight(), binary(b, '>=', number(2)), a, number(1), b);
    }
    default: {
      v.note('ratio');
      return binary(number(1), '/', grouped(chain(a, ['*', v.cost], ['+', number(r.of([0, 1, 0.1]))])));
    }
  }
}

/** Between two components: in degrees of a plane, or on the sphere (haversine, or the law of cosines). */
function distance(v: Vocabulary, a: string, b: string, r: Random): Formula {
  const coordinates = (component: string): [Formula, Formula] => [ofComponent(v, component, 'Latitude'), ofComponent(v, component, 'Longitude')];
  const [[lat1, lon1], [lat2, lon2]] = [coordinates(a), a === b ? [number(50), number(8)] : coordinates(b)];
  const square = (f: Formula): Formula => binary(f, '^', number(2));
  const rad = (f: Formula): Formula => call('rad', f);
  const half = (x: Formula, y: Formula): Formula => square(call('sin', binary(rad(binary(x, '-', y)), '/', number(2))));
  switch (r.below(3)) {
    case 0:
      return call('sqrt', binary(square(grouped(binary(lat1, '-', lat2))), '+', square(grouped(binary(lon1, '-', lon2)))));
    case 1: {
      const h = chain(half(lat1, lat2), ['+', chain(call('cos', rad(lat1)), ['*', call('cos', rad(lat2))], ['*', half(lon1, lon2)])]);
      return chain(number(2), ['*', number(6371)], ['*', call('asin', call('sqrt', call('min', number(1), h)))]);
    }
    default: {
      const c = chain(binary(call('sin', rad(lat1)), '*', call('sin', rad(lat2))), [
        '+',
        chain(call('cos', rad(lat1)), ['*', call('cos', rad(lat2))], ['*', call('cos', rad(grouped(binary(lon1, '-', lon2))))]),
      ]);
      // Rounded, since an arc cosine near 1 makes much of little.
      return call('round', binary(number(6371), '*', call('acos', call('min', number(1), c))));
    }
  }
}

/** A part of a sum that speaks of one component alone. */
export function part(v: Vocabulary, component: string, r: Random): Formula {
  const of = (what: string): Formula => ofComponent(v, component, what);
  const weight = number(r.of([1, 2, 3, 0.5, 0.1, 7]));
  const times = (...factors: Formula[]): Formula => chain(weight, ...factors.map((f) => ['*', f] as const));
  switch (r.below(v.hardware.length > 0 ? 15 : 7)) {
    case 0:
      return times(of('Number'));
    case 1:
      return chain(weight, ['/', of('Number')]);
    case 2:
      return call('ceil', chain(number(7), ['/', grouped(chain(of('Number'), ['+', number(1)]))]));
    case 3:
      return grouped(chain(of('Number'), [r.of(['>=', '<'] as const), number(2)]));
    case 4:
      return call('ln', of('Number'));
    case 5:
      v.note('current');
      return times(of('Earlier'));
    case 6:
      v.note('on candidates');
      return times(call(r.of(['min', 'max', 'mean', 'median', 'count']), of('Prices')), of('Number'));
    case 7:
      return times(of('Price'), of('Number'));
    case 8:
      return times(of(r.of(['Cores', 'Memory'])), of('Number'));
    case 9:
      return chain(weight, ['/', grouped(chain(of('Price'), ['*', of('Number')]))]);
    case 10:
      return call('if', chain(of('Cores'), ['>=', number(r.of([2, 3, 4]))]), weight, of('Number'));
    case 11:
      return grouped(chain(of('Cores'), ['#', number(3)]));
    case 12:
      return call('abs', chain(of('Latitude'), ['-', number(50)]));
    case 13:
      return call('min', chain(of('Price'), ['*', of('Number')]), number(0.4));
    default:
      return chain(of('Cores'), ['/', of('Number')]);
  }
}

/** A sum of parts, which need not be positive. */
export function sumOfParts(v: Vocabulary, r: Random): Formula {
  v.note('sum');
  const parts = Array.from({ length: 1 + r.below(3) }, () => part(v, r.of(v.components), r));
  if (r.chance(0.3)) {
    v.note('metric');
    parts.unshift(chain(v.average, ['*', countOf(v, r.of(v.components))]));
  }
  return chain(parts[0]!, ...parts.slice(1).map((f) => [r.of(['+', '-'] as const), grouped(f)] as const));
}

/** A utility. */
export function randomUtility(v: Vocabulary, r: Random): Formula {
  switch (r.below(11)) {
    case 0:
      v.note('function of a sum');
      return r.chance(0.5) ? chain(number(1), ['/', grouped(chain(number(1), ['+', v.cost]))]) : chain(number(1), ['/', v.cost]);
    case 1:
      return r.chance(0.5) ? v.hosts : v.cost;
    case 2:
    case 3:
      return sumOfParts(v, r);
    case 4:
    case 5:
    case 6:
      return across(v, r);
    case 7:
      return chain(across(v, r), [r.of(['+', '-'] as const), grouped(across(v, r))]);
    case 8: {
      v.note('user function');
      return r.of(v.userFunctions).of(part(v, r.of(v.components), r), sumOfParts(v, r));
    }
    default:
      v.note('any formula');
      return anyFormula(v, 3, r);
  }
}
