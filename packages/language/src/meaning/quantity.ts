/** What checks must know of templates, metrics and value types. Of the standard library it stands in the index, so that no file of it need be read. */
import type { Reference } from 'langium';
import type { FormulaSymbol, Metric, MetricTemplate, ValueRange, ValueType } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';
import { lastName, type CamelSymbol } from '../scoping/symbols.js';
import type { DecisionAttribute, Facts, Limits } from './facts.js';
import { decisionOf } from './meaning.js';
import { unitByName, unitOf, type Unit } from './units.js';

/** What the values of a metric or variable are. */
export interface Quantity {
  unit?: { name: string; meaning: Unit };
  limits?: Limits;
  decision?: DecisionAttribute;
}

const factsOf = (reference: Reference): Facts | undefined => {
  const description = reference.$nodeDescription as CamelSymbol | undefined;
  return description && isLibraryUri(description.documentUri) ? (description.facts ?? {}) : undefined;
};

export function limitsOfRange({ name, primitiveType, lower, lowerInclusive, upper, upperInclusive }: ValueRange): Limits {
  return {
    name,
    ...(primitiveType && { type: primitiveType }),
    ...(typeof lower?.value === 'number' && { lower: lower.value }),
    lowerInclusive,
    ...(typeof upper?.value === 'number' && { upper: upper.value }),
    upperInclusive,
  };
}

/** The limits of a value type, where it is a range. */
export function limitsOf(reference: Reference<ValueType> | undefined): Limits | undefined {
  if (!reference) return undefined;
  const known = factsOf(reference);
  if (known) return known.limits;
  return reference.ref?.$type === 'ValueRange' ? limitsOfRange(reference.ref) : undefined;
}

/** What the values of a template are. */
export function quantityOfTemplate(reference: Reference<MetricTemplate> | undefined): Quantity {
  if (!reference) return {};
  const known = factsOf(reference);
  if (known) return quantityOfFacts(known);
  const { unit, valueType, attribute } = reference.ref ?? {};
  const limits = limitsOf(valueType);
  const ofAttribute = attribute && factsOf(attribute);
  const decision = ofAttribute ? ofAttribute.decision : attribute?.ref && decisionOf(attribute.ref)?.attribute;
  const meaning = unit && (factsOf(unit) || !unit.ref ? unitByName(unit.$refText) : unitOf(unit.ref));
  return { ...(meaning && { unit: { name: lastName(unit.$refText), meaning } }), ...(limits && { limits }), ...(decision && { decision }) };
}

/** What the values of a metric or variable are. */
export function quantityOf(reference: Reference<FormulaSymbol> | Reference<Metric> | undefined): Quantity {
  if (!reference) return {};
  const known = factsOf(reference);
  if (known) return quantityOfFacts(known);
  const node = reference.ref;
  return node && 'template' in node ? quantityOfTemplate(node.template) : {};
}

function quantityOfFacts({ unit: name, limits, decision }: Facts): Quantity {
  const meaning = name === undefined ? undefined : unitByName(name);
  return { ...(meaning && { unit: { name: name!, meaning } }), ...(limits && { limits }), ...(decision && { decision }) };
}

/** Whether a number lies between the limits. */
export function isIn(n: number, { lower, lowerInclusive, upper, upperInclusive }: Limits): boolean {
  return (lower === undefined || n > lower || (lowerInclusive && n === lower)) && (upper === undefined || n < upper || (upperInclusive && n === upper));
}

/** The limits in words. */
export function describe({ type, lower, lowerInclusive, upper, upperInclusive }: Limits): string {
  const low = lower === undefined ? undefined : `${lowerInclusive ? 'at least' : 'more than'} ${lower}`;
  const high = upper === undefined ? undefined : `${upperInclusive ? 'at most' : 'less than'} ${upper}`;
  return [type === 'int' ? 'a whole number' : 'a number', [low, high].filter(Boolean).join(' and ')].filter(Boolean).join(' of ');
}
