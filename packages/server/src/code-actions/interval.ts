import { conversion, insertBefore, isAttribute, lastName, meaningOfRequirement, parentPath, unitByName, type Attribute, type Meaning } from '@camelc/language';
import { AstUtils, type AstNode, type LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CodeActionKind, type TextEdit } from 'vscode-languageserver';
import { usesOf } from '../navigation/uses.js';
import { editOf, type Action, type Request, type Source } from './action.js';
import { convertedText } from './convert-unit.js';
import { elementAt, remove, resolves, rewrite } from './rewriting.js';

/** CAMEL 3.0 has an interval where 2.5 has an attribute for the least and one for the most. */
export const interval: Source = {
  kinds: [CodeActionKind.RefactorRewrite],
  actions(request: Request): Action[] {
    const { document, services } = request;
    const attribute = elementAt(request, isAttribute);
    if (!attribute || !AstUtils.hasContainerOfType(attribute, (n) => n.$type === 'ResourceRequirement')) return [];
    const partner = partnerOf(attribute);
    const joined = partner && joinPair(attribute, partner, services);
    const parted = joined ? undefined : partInterval(attribute, services);
    return [
      ...(joined ? [action(`Join \`${attribute.name}\` and \`${partner!.name}\` to an interval`, joined, document)] : []),
      ...(parted ? [action(`Part the interval of \`${attribute.name}\` into minimum and maximum`, parted, document)] : []),
    ];
  },
};

const action = (title: string, edits: TextEdit[], document: LangiumDocument): Action => ({ title, kind: CodeActionKind.RefactorRewrite, edit: () => editOf(document, edits) });

type Described = Pick<Attribute, 'name' | 'unit'> & { annotations: { $refText: string }[] };
const meaningOf = (node: Described): Meaning => meaningOfRequirement({ node: node as Attribute, features: [] });

/** The attribute that says the other bound of the same thing, in a unit that can be converted. */
export function partnerOf(attribute: Attribute): Attribute | undefined {
  const { attribute: what, bound } = meaningOf(attribute);
  if (bound === 'equal' || !isPlain(attribute)) return undefined;
  const partners = siblingsOf(attribute).filter((other) => {
    const meaning = meaningOf(other);
    return other !== attribute && meaning.attribute === what && meaning.bound !== 'equal' && isPlain(other);
  });
  const [other] = partners;
  return partners.length === 1 &&
    other &&
    meaningOf(other).bound !== bound &&
    (sameText(other.unit, attribute.unit) || factorTo(attribute, other) !== undefined) &&
    sameText(other.valueType, attribute.valueType)
    ? other
    : undefined;
}

const siblingsOf = ({ $container }: Attribute): Attribute[] => (($container as { attributes?: AstNode[] }).attributes ?? []).filter(isAttribute);

const isPlain = ({ value, min, max }: Attribute): boolean => typeof value?.value === 'number' && !min && !max;
const sameText = (a: { $refText: string } | undefined, b: { $refText: string } | undefined): boolean => a?.$refText === b?.$refText;

const numberIn = (text: string): number => Number(/-?\s*[\d.eE+-]+$/.exec(text)?.[0].replace(/\s/g, ''));

/** What the unit of the attribute is in that of the other one. */
function factorTo(other: Attribute, { unit }: Attribute): number | undefined {
  const [from, to] = [unit, other.unit].map((u) => u && unitByName(u.$refText));
  return from && to ? conversion(from, to) : undefined;
}

/** The value of the attribute in the unit of the other one, if it can be written so. */
function valueIn(other: Attribute, attribute: Attribute): string | undefined {
  const { value, unit } = attribute;
  if (sameText(unit, other.unit)) return value!.$cstNode!.text;
  const factor = factorTo(other, attribute);
  const isWhole = value!.$type === 'IntValue';
  const number = factor === undefined ? undefined : convertedText({ value: Number(value!.value), isWhole }, factor);
  return number === undefined ? undefined : `${value!.$cstNode!.text.split(/\s/, 1)[0]} ${number}`;
}

/** One attribute with an interval for two; undefined where that would mean something else. */
export function joinPair(a: Attribute, b: Attribute, services: LangiumServices): TextEdit[] | undefined {
  if (isReferredTo(a, services) || isReferredTo(b, services)) return undefined;
  const [low, high] = meaningOf(a).bound === 'minimum' ? [a, b] : [b, a];
  const highInLow = valueIn(low, high);
  const [unitOwner, lowText, highText] = highInLow === undefined ? [high, valueIn(high, low), high.value!.$cstNode!.text] : [low, low.value!.$cstNode!.text, highInLow];
  if (lowText === undefined || numberIn(lowText) > numberIn(highText) || hasComment(a) || hasComment(b)) return undefined;
  const [first, second] = a.$cstNode!.offset < b.$cstNode!.offset ? [a, b] : [b, a];
  const name = withoutBound(low.name ?? '') || meaningOf(low).attribute;
  const annotations = low.annotations.map((annotation) => neutral(annotation.$refText, low, services));
  const described: Described = { name, unit: low.unit, annotations: annotations.map(($refText) => ({ $refText })) };
  if (meaningOf(described).attribute !== meaningOf(low).attribute) return undefined;
  const text = attributeText(name, annotations, `[${lowText}, ${highText}]`, { ...low, unit: unitOwner.unit });
  return [rewrite(first.$cstNode!, text), ...remove(second)];
}

/** Two attributes for one with an interval whose ends belong to it. */
export function partInterval(attribute: Attribute, services: LangiumServices): TextEdit[] | undefined {
  const { min, max, minInclusive, maxInclusive, name, annotations } = attribute;
  if (!name || (!min && !max) || (min && !minInclusive) || (max && !maxInclusive) || attribute.value || hasComment(attribute) || isReferredTo(attribute, services))
    return undefined;
  const { attribute: what } = meaningOf(attribute);
  const parts: string[] = [];
  for (const [bound, value] of [
    ['minimum', min],
    ['maximum', max],
  ] as const) {
    if (!value) continue;
    const prefix = bound === 'minimum' ? 'min' : 'max';
    const partName = `${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`;
    if (siblingsOf(attribute).some((other) => other.name === partName)) return undefined;
    const paths = annotations.map((annotation) => bounded(annotation.$refText, prefix, attribute, services));
    if (paths.includes(undefined)) return undefined;
    const meaning = meaningOf({ name: partName, unit: attribute.unit, annotations: paths.map((path) => ({ $refText: path! })) });
    if (meaning.attribute !== what || meaning.bound !== bound) return undefined;
    parts.push(attributeText(partName, paths as string[], value.$cstNode!.text, attribute));
  }
  const [only, other] = parts;
  if (other === undefined) return [rewrite(attribute.$cstNode!, only!)];
  return [rewrite(attribute.$cstNode!, insertBefore(attribute, [only!]).text + other)];
}

/** It would be lost with the text around it. */
const hasComment = ({ $cstNode }: AstNode): boolean => /\/[/*]/.test($cstNode?.text ?? '');

function attributeText(
  name: string,
  annotations: readonly string[],
  value: string,
  { unit, valueType, description }: Pick<Attribute, 'unit' | 'valueType' | 'description'>,
): string {
  return [
    `attribute ${name}`,
    ...(annotations.length ? [`[${annotations.join(', ')}]`] : []),
    `: ${value}`,
    ...(unit ? [unit.$refText] : []),
    ...(valueType ? [`[${valueType.$refText}]`] : []),
    ...(description ? [`description ${JSON.stringify(description)}`] : []),
  ].join(' ');
}

function withoutBound(name: string): string {
  const bare = name.replace(/^(min|max)(imum)?_?/i, '');
  return /^[a-z]/.test(name) && /^[A-Z][a-z]/.test(bare) ? bare[0]!.toLowerCase() + bare.slice(1) : bare;
}

/** The annotation that says what is bounded, without saying how; the given one where the schema has none. */
function neutral(path: string, attribute: Attribute, services: LangiumServices): string {
  const [parent, last] = [parentPath(path), lastName(path)];
  const candidates = last.startsWith('totalMemory')
    ? [parent]
    : last === 'hasMin' || last === 'hasMax'
      ? [`${parent}.hasCapacity`, `${parent}.hasSize`]
      : [`${parent}.${last.replace(/Min|Max/, '')}`];
  return candidates.find((c) => c !== path && resolves(attribute, 'annotations', c, services)) ?? path;
}

/** The annotation that says the bound too. */
function bounded(path: string, prefix: 'min' | 'max', attribute: Attribute, services: LangiumServices): string | undefined {
  const [parent, last] = [parentPath(path), lastName(path)];
  const word = prefix === 'min' ? 'Min' : 'Max';
  const candidates = [`${path}.${last[0]!.toLowerCase()}${last.slice(1)}Has${word}`, `${parent}.${last.replace(/^has/, `has${word}`)}`, `${parent}.has${word}`];
  return candidates.find((c) => c !== path && resolves(attribute, 'annotations', c, services));
}

const isReferredTo = (node: AstNode, services: LangiumServices): boolean => usesOf(node, services).length > 0;
