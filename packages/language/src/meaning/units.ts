/**
 * Units: what a unit's name means, by its last name, so that it needs no template model.
 * Information is binary, as CAMEL's models use it: 8 GigaBytes are 8192 MegaBytes. A month is 730 hours.
 */

import type { Expression as Node, Unit as UnitNode } from '../generated/ast.js';
import { lastName } from '../scoping/symbols.js';

/** Exponents of the base dimensions; dimensionless is empty. Money keeps its currency as dimension. */
export type Dimension = Readonly<Record<string, number>>;

export interface Unit {
  dimension: Dimension;
  /** One of this unit in canonical units: MegaBytes, hours, GigaHertz, degrees, the currency. */
  factor: number;
}

export type Currency = 'EUR' | 'USD' | 'GBP';

const unit = (dimension: string, factor: number): Unit => ({ dimension: { [dimension]: 1 }, factor });
const count = (factor: number): Unit => ({ dimension: {}, factor });
const binary = (power: number): Unit => unit('information', 1024 ** (power - 2));
const bits = (power: number): Unit => unit('information', 1000 ** power / 8 / 1024 ** 2);

/** Single units by name, without case. The currencies of a cost are per hour where nothing else is said. */
const singleUnits: Readonly<Record<string, Unit>> = {
  bytes: binary(0),
  kilobytes: binary(1),
  megabytes: binary(2),
  gigabytes: binary(3),
  terabytes: binary(4),
  petabytes: binary(5),
  kibibytes: binary(1),
  mebibytes: binary(2),
  gibibytes: binary(3),
  tebibytes: binary(4),
  pebibytes: binary(5),
  bits: bits(0),
  kilobits: bits(1),
  megabits: bits(2),
  gigabits: bits(3),
  terabits: bits(4),
  microseconds: unit('time', 1 / 3.6e9),
  milliseconds: unit('time', 1 / 3.6e6),
  seconds: unit('time', 1 / 3600),
  minutes: unit('time', 1 / 60),
  hours: unit('time', 1),
  days: unit('time', 24),
  weeks: unit('time', 168),
  months: unit('time', 730),
  years: unit('time', 8760),
  hertz: unit('frequency', 1e-9),
  kilohertz: unit('frequency', 1e-6),
  megahertz: unit('frequency', 1e-3),
  gigahertz: unit('frequency', 1),
  degrees: unit('angle', 1),
  radians: unit('angle', 180 / Math.PI),
  euros: unit('EUR', 1),
  eurocents: unit('EUR', 0.01),
  dollars: unit('USD', 1),
  pounds: unit('GBP', 1),
  percentage: count(0.01),
  ratio: count(1),
  cores: count(1),
  instances: count(1),
};

const short: Readonly<Record<string, string>> = {
  b: 'bytes',
  kb: 'kilobytes',
  mb: 'megabytes',
  gb: 'gigabytes',
  tb: 'terabytes',
  kib: 'kibibytes',
  mib: 'mebibytes',
  gib: 'gibibytes',
  tib: 'tebibytes',
  ms: 'milliseconds',
  s: 'seconds',
  h: 'hours',
  hz: 'hertz',
  khz: 'kilohertz',
  mhz: 'megahertz',
  ghz: 'gigahertz',
  eur: 'euros',
  euro: 'euros',
  usd: 'dollars',
  gbp: 'pounds',
  percent: 'percentage',
};

/** The unit that a name (its last name, any case, singular or plural) means; composite names such as `EurosPerMonth` too. */
export function unitByName(name: string): Unit | undefined {
  const known = knownUnits.get(name);
  if (known) return known;
  const found = findUnit(name);
  if (found) knownUnits.set(name, found);
  return found;
}
const knownUnits = new Map<string, Unit>();

function findUnit(name: string): Unit | undefined {
  const key = lastName(name).replaceAll('_', '').toLowerCase();
  const single = singleUnits[key] ?? singleUnits[`${key}s`] ?? singleUnits[short[key] ?? ''];
  if (single) return single;
  const per = /^(.+?)per(.+)$/.exec(key);
  const over = per && unitByName(per[1]!);
  const under = per && unitByName(per[2]!);
  return over && under ? divide(over, under) : undefined;
}

export const multiply = (a: Unit, b: Unit): Unit => combine(a, b, 1);
export const divide = (a: Unit, b: Unit): Unit => combine(a, b, -1);

function combine(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const dimension: Record<string, number> = { ...a.dimension };
  for (const [name, exponent] of Object.entries(b.dimension)) {
    const sum = (dimension[name] ?? 0) + sign * exponent;
    if (sum === 0) delete dimension[name];
    else dimension[name] = sum;
  }
  return { dimension, factor: sign === 1 ? a.factor * b.factor : a.factor / b.factor };
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

/** Canonical unit of each attribute that decisions and requirements are about. */
export const canonicalUnits = {
  cores: unitByName('Cores')!,
  memory: unitByName('MegaBytes')!,
  storage: unitByName('GigaBytes')!,
  frequency: unitByName('GigaHertz')!,
  latitude: unitByName('Degrees')!,
  longitude: unitByName('Degrees')!,
  cardinality: unitByName('Instances')!,
} as const;

/** Factor from a value in `from` to one in `to`; undefined where they measure different things. */
export function conversion(from: Unit, to: Unit): number | undefined {
  return sameDimension(from.dimension, to.dimension) ? from.factor / to.factor : undefined;
}

/** Of a unit of money, or money per time: its currency and the factor to that currency per hour. */
export function priceUnit(u: Unit): { currency: Currency; factor: number } | undefined {
  for (const currency of ['EUR', 'USD', 'GBP'] as const) {
    if (u.dimension[currency] !== 1) continue;
    const rest = { ...u.dimension };
    delete rest[currency];
    if (sameDimension(rest, {}) || sameDimension(rest, { time: -1 })) return { currency, factor: u.factor };
  }
  return undefined;
}

/** What a unit of a model means: by its name, or by the formula of a composite one. */
export function unitOf(node: UnitNode): Unit | undefined {
  if (node.$type === 'CompositeUnit' && node.formula?.expression) return unitOfFormula(node.formula.expression);
  return unitByName(node.name);
}

function unitOfFormula(node: Node): Unit | undefined {
  if (node.$type === 'NumberLiteral') return { dimension: {}, factor: node.value };
  if (node.$type === 'Variable') {
    const symbol = node.symbol.ref;
    return symbol && (symbol.$type === 'SingleUnit' || symbol.$type === 'CompositeUnit' || symbol.$type === 'Dimensionless') ? unitOf(symbol) : unitByName(node.symbol.$refText);
  }
  if (node.$type !== 'Operation') return undefined;
  return node.operands.map(unitOfFormula).reduce((left, right, i) => {
    const operator = node.operators[i - 1];
    if (!left || !right) return undefined;
    return operator === '*' ? multiply(left, right) : operator === '/' ? divide(left, right) : undefined;
  });
}
