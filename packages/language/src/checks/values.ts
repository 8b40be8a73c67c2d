import type { Fix } from '@camelc/diagnostics';
import type { Reference } from 'langium';
import {
  isStringValue,
  type Attribute,
  type CertifiableAttribute,
  type IntValue,
  type QualityAttribute,
  type SecurityAttribute,
  type Value,
  type ValueList,
  type ValueRange,
  type ValueRangeUnion,
  type ValueType,
} from '../generated/ast.js';
import type { Limits } from '../meaning/facts.js';
import { describe, isIn, limitsOf, limitsOfRange } from '../meaning/quantity.js';
import { lastName } from '../scoping/symbols.js';
import { given, type Checks, type Report } from './check.js';
import { fix, removed, replaced } from '../edits.js';

type ValuedAttribute = Attribute | QualityAttribute | SecurityAttribute | CertifiableAttribute;

function attributeHasAValueARangeOrAType(attribute: ValuedAttribute, report: Report): void {
  const { name, value, min, max, valueType } = attribute;
  if (!value && !min && !max && !valueType) report('model/attribute-without-value', { name: name ?? '' }, attribute, 'name');
  if (value && (min || max)) report('model/value-and-range', {}, attribute, 'value').fixes = fix('Remove the value', removed(value));
}

function attributeRangeIsNotEmpty({ min, max, minInclusive, maxInclusive }: ValuedAttribute, report: Report): void {
  if (!min || !max) return;
  if (min.$type !== max.$type) {
    report('model/range-types-differ', { low: typeOf(min), high: typeOf(max) }, max).fixes = oneType(min, max);
  } else if (isEmpty(min, minInclusive, max, maxInclusive)) report('model/range-empty', { low: shown(min), high: shown(max) }, min).fixes = swapped(min, max);
}

/** Both ends as `double`, or as `float` where one of them is; texts and truths cannot be converted. */
function oneType(min: Value, max: Value): Fix[] {
  if (numberOf(min) === undefined || numberOf(max) === undefined) return [];
  const type = typeOf(min) === 'int' ? typeOf(max) : typeOf(min);
  const other = typeOf(min) === type ? max : min;
  return fix(`Make both \`${type}\``, replaced(`${type} ${numberOf(other)}`, other));
}

function swapped(min: Value, max: Value): Fix[] {
  const [low, high] = [numberOf(min), numberOf(max)];
  if (low === undefined || high === undefined || low <= high) return [];
  return fix('Exchange the ends', [...replaced(`${typeOf(max)} ${high}`, min), ...replaced(`${typeOf(min)} ${low}`, max)]);
}

function attributeLiesInItsValueType({ value, min, max, minInclusive, maxInclusive, valueType }: ValuedAttribute, report: Report): void {
  for (const v of [value, minInclusive ? min : undefined, maxInclusive ? max : undefined]) {
    const wanted = v && valueType && outside(v, valueType);
    if (wanted) report('model/value-out-of-type', { value: shown(v), type: lastName(valueType.$refText), range: wanted }, v);
  }
}

/** What the values of the type are, if this is none of them. */
function outside(value: Value, reference: Reference<ValueType>): string | undefined {
  const limits = limitsOf(reference);
  if (limits) return fits(value, limits) ? undefined : describe(limits);
  const type = reference.$nodeDescription?.type;
  if (type === 'StringType') return isStringValue(value) ? undefined : 'a text';
  if (type === 'BooleanType') return value.$type === 'BooleanValue' ? undefined : '`boolean true` or `boolean false`';
  const node = given(reference);
  if (node?.$type === 'ValueList') return node.values.some((v) => v.value === value.value) ? undefined : `one of ${node.values.map(shown).join(', ')}`;
  if (node?.$type !== 'ValueRangeUnion') return undefined;
  const ranges = node.ranges.map(limitsOfRange);
  return ranges.some((range) => fits(value, range)) ? undefined : ranges.map(describe).join(', or ');
}

/** An int is a double too, and floats and doubles are not told apart. */
const fits = (value: Value, limits: Limits): boolean => {
  const n = numberOf(value);
  return n !== undefined && (limits.type !== 'int' || Number.isInteger(n)) && isIn(n, limits);
};

function rangeLimitsAreNumbersOfItsType(range: ValueRange, report: Report): void {
  const { primitiveType, lower, lowerInclusive, upper, upperInclusive } = range;
  if (primitiveType === 'string' || primitiveType === 'boolean') report('model/range-type', { type: primitiveType }, range, 'primitiveType');
  for (const limit of [lower, upper]) {
    if (limit && primitiveType && typeOf(limit) !== primitiveType) report('model/value-type', { expected: primitiveType, found: typeOf(limit) }, limit);
  }
  if (lower && upper && isEmpty(lower, lowerInclusive, upper, upperInclusive)) {
    report('model/range-empty', { low: shown(lower), high: shown(upper) }, lower).fixes = swapped(lower, upper);
  }
}

function unionIsOfOneTypeInOrder({ primitiveType, ranges }: ValueRangeUnion, report: Report): void {
  for (const [i, range] of ranges.entries()) {
    const wanted = primitiveType ?? ranges[0]!.primitiveType;
    if (wanted && range.primitiveType && range.primitiveType !== wanted) report('model/value-type', { expected: wanted, found: range.primitiveType }, range, 'primitiveType');
    const former = ranges[i - 1];
    if (!former) continue;
    const end = former.upper && numberOf(former.upper);
    const start = range.lower && numberOf(range.lower);
    if (end === undefined || start === undefined || start < end || (start === end && former.upperInclusive && range.lowerInclusive))
      report('model/union-overlap', {}, range, 'name');
  }
}

function listIsOfOneType(list: ValueList, report: Report): void {
  const { name, primitiveType, type, values } = list;
  if ((primitiveType === undefined) === (type === undefined)) report('model/list-type', { name }, list, 'name');
  for (const value of values) {
    if (primitiveType && typeOf(value) !== primitiveType) report('model/value-type', { expected: primitiveType, found: typeOf(value) }, value);
    const wanted = type && outside(value, type);
    if (wanted) report('model/value-out-of-type', { value: shown(value), type: lastName(type.$refText), range: wanted }, value);
  }
}

function intIsWhole(value: IntValue, report: Report): void {
  if (!Number.isInteger(value.value))
    report('model/whole-number', { value: value.value }, value, 'value').fixes = fix('Make it a `double`', replaced(`double ${value.value}`, value));
}

/** `int`, `float`, … as written. */
const typeOf = (value: Value): string => value.$type.replace('Value', '').toLowerCase();
const numberOf = (value: Value): number | undefined => (typeof value.value === 'number' ? value.value : undefined);
const shown = (value: Value): string => (isStringValue(value) ? `'${value.value}'` : `${value.value}`);

function isEmpty(min: Value, minInclusive: boolean, max: Value, maxInclusive: boolean): boolean {
  const [low, high] = [numberOf(min), numberOf(max)];
  if (low === undefined || high === undefined) return false;
  if (min.$type === 'IntValue' && max.$type === 'IntValue') return low + (minInclusive ? 0 : 1) > high - (maxInclusive ? 0 : 1);
  return low > high || (low === high && !(minInclusive && maxInclusive));
}

const valued = [attributeHasAValueARangeOrAType, attributeRangeIsNotEmpty, attributeLiesInItsValueType] as const;
export const valueChecks: Checks = {
  Attribute: valued,
  QualityAttribute: valued,
  SecurityAttribute: valued,
  CertifiableAttribute: valued,
  ValueRange: [rangeLimitsAreNumbersOfItsType],
  ValueRangeUnion: [unionIsOfOneTypeInOrder],
  IntValue: [intIsWhole],
  ValueList: [listIsOfOneType],
};
