/** What the attributes of a resource requirement ask of a host: whether their units measure it, and whether a host can have it. */
import type { Fix } from '@camelc/diagnostics';
import type { Attribute, ResourceRequirement, Value } from '../generated/ast.js';
import { attributesOf } from '../meaning/attributes.js';
import { annotationFor, attributeLabel, boundByName, defaultUnits, isKnownAttribute, meaningOfRequirement, placementOf, type Meaning } from '../meaning/meaning.js';
import { unitPath } from '../library/paths.js';
import { canonicalUnits, conversion, unitByName } from '../meaning/units.js';
import { placeOf } from '../place.js';
import { lastName } from '../scoping/symbols.js';
import type { Checks, Report } from './check.js';
import { fix, insertedAfter, removed, replaced } from '../edits.js';

/** One end of what a host may have. */
interface Bound {
  kind: Meaning['bound'];
  /** In the canonical unit of its attribute; undefined where its unit measures something else. */
  amount: number | undefined;
  inclusive: boolean;
  name: string;
  value: Value;
}

/** What a requirement says in one of its attributes. */
interface Said {
  node: Attribute;
  meaning: Meaning;
}

function attributesMakeSense(requirement: ResourceRequirement, report: Report): void {
  const attributes = attributesOf(requirement)
    .filter((located) => !placementOf(located))
    .map((located) => ({ node: located.node, meaning: meaningOfRequirement(located) }));
  for (const attribute of attributes) meaningIsSaid(attribute, report);
  for (const attribute of attributes) unitMeasuresTheAttribute(attribute, report);
  boundsCanBeMetTogether(attributes, report);
}

function boundsCanBeMetTogether(attributes: readonly Said[], report: Report): void {
  const said = new Map<string, Bound[]>();
  for (const { node, meaning } of attributes) {
    const { attribute } = meaning;
    const bounds = said.get(attribute) ?? [];
    said.set(attribute, bounds);
    for (const bound of boundsOf(node, meaning)) {
      const same = bounds.find((b) => b.kind === bound.kind);
      const opposite = bounds.find((b) => excludes(b, bound));
      const label = attributeLabel(attribute);
      if (same) {
        const d = report('requirement/duplicate', { attribute: label, bound: bound.kind === 'equal' ? 'value' : bound.kind, other: same.name }, bound.value, 'value');
        d.fixes = bound.name === same.name ? [] : fix('Remove this attribute', removed(node));
      } else if (opposite) {
        const d = report('requirement/contradiction', { attribute: label, name: bound.name, other: opposite.name }, bound.value, 'value');
        d.related = [{ message: `\`${opposite.name}\``, place: placeOf(opposite.value, 'value') }];
      }
      bounds.push(bound);
    }
  }
}

function boundsOf(node: Attribute, meaning: Meaning): Bound[] {
  const factor = factorOf(node, meaning.attribute);
  const bound = (kind: Bound['kind'], value: Value | undefined, inclusive: boolean): Bound[] =>
    value ? [{ kind, value, inclusive, name: node.name ?? '', amount: typeof value.value === 'number' && factor !== undefined ? value.value * factor : undefined }] : [];
  return [...bound('minimum', node.min, node.minInclusive), ...bound('maximum', node.max, node.maxInclusive), ...bound(meaning.bound, node.value, true)];
}

/** Whether no host can meet both: the ends of one interval are compared where they are checked as a range. */
function excludes(a: Bound, b: Bound): boolean {
  if (a.name === b.name || a.amount === undefined || b.amount === undefined) return false;
  const isAbove = (low: Bound, high: Bound): boolean => low.amount! > high.amount! || (low.amount === high.amount && !(low.inclusive && high.inclusive));
  const isLow = (x: Bound): boolean => x.kind !== 'maximum';
  const isHigh = (x: Bound): boolean => x.kind !== 'minimum';
  return (isLow(a) && isHigh(b) && isAbove(a, b)) || (isLow(b) && isHigh(a) && isAbove(b, a));
}

function meaningIsSaid({ node, meaning: { attribute, bound, guessed } }: Said, report: Report): void {
  const name = node.name ?? '';
  const annotation = guessed && node.annotations.length === 0 ? annotationFor(attribute, boundByName(name)) : undefined;
  if (guessed)
    report('requirement/guessed', { attribute: attributeLabel(attribute), name }, node, 'name').fixes = annotation
      ? fix(`Annotate it as ${lastName(annotation)}`, insertedAfter(` [${annotation}]`, node, 'name'))
      : [];
  const ends = [node.min, node.max, node.value].filter((v) => v !== undefined);
  for (const value of ends) {
    const isBound = value !== node.value || bound !== 'equal' || isKnownAttribute(attribute);
    if (isBound && typeof value.value !== 'number') report('requirement/not-a-bound', { name, attribute: attributeLabel(attribute) }, value, 'value');
  }
  if (node.value && bound === 'equal' && attribute in defaultUnits && typeof node.value.value === 'number') {
    const amount = `${node.value.value} ${unitNameOf(node, attribute)} of ${attributeLabel(attribute)}`;
    const interval = `[${node.value.$cstNode?.text ?? ''}`;
    report('requirement/exact', { name, value: amount }, node.value, 'value').fixes = fix('Ask for at least this', replaced(interval, node.value));
  }
}

function unitMeasuresTheAttribute({ node, meaning: { attribute, bound } }: Said, report: Report): void {
  const factor = factorOf(node, attribute);
  if (node.unit && factor === undefined && unitByName(node.unit.$refText)) {
    const expected = defaultUnits[attribute] ?? 'Cores';
    const d = report('unit/mismatch', { unit: lastName(node.unit.$refText), attribute: attributeLabel(attribute), expected }, node, 'unit');
    d.fixes = fix(`Use ${expected}`, replaced(unitPath(expected), node, 'unit'));
    return;
  }
  const ends: (readonly [Value | undefined, Meaning['bound']])[] = [
    [node.min, 'minimum'],
    [node.max, 'maximum'],
    [node.value, bound],
  ];
  for (const [value, kind] of ends) if (typeof value?.value === 'number') checkPlausible(node, value.value, value, attribute, kind, factor ?? 1, report);
}

/** Factor from the unit of the attribute to the canonical one; undefined where it measures something else. */
function factorOf(node: Attribute, attribute: string): number | undefined {
  const canonical = canonicalUnits[attribute as keyof typeof canonicalUnits];
  const unit = node.unit && unitByName(node.unit.$refText);
  return canonical && unit ? conversion(unit, canonical) : 1;
}

const unitNameOf = (node: Attribute, attribute: string): string => (node.unit ? lastName(node.unit.$refText) : (defaultUnits[attribute] ?? ''));

/** Between these are hardly any machines that are not: cores, MegaBytes of memory, GigaBytes of storage, GigaHertz. */
const plausible: Readonly<Record<string, readonly [number, number]>> = { cores: [0, 2048], memory: [1, 4 * 1024 ** 2], storage: [1 / 1024, 1024 ** 2], frequency: [0.01, 10] };
/** And between these are most. */
const usual: Readonly<Record<string, readonly [number, number]>> = { memory: [128, 1024 ** 2], storage: [1, 65536], frequency: [0.5, 6] };
const scales: Readonly<Record<string, readonly string[]>> = {
  memory: ['MegaBytes', 'GigaBytes', 'KiloBytes', 'Bytes', 'TeraBytes'],
  storage: ['GigaBytes', 'MegaBytes', 'TeraBytes', 'KiloBytes', 'Bytes'],
  frequency: ['GigaHertz', 'MegaHertz', 'KiloHertz', 'Hertz'],
};

function checkPlausible(node: Attribute, amount: number, value: Value, attribute: string, kind: Meaning['bound'], factor: number, report: Report): void {
  const [least, most] = plausible[attribute] ?? [0, Infinity];
  const canonical = amount * factor;
  const isTooMuch = canonical > most && kind !== 'maximum';
  const isTooLittle = canonical < 0 ? attribute in plausible : canonical > 0 && canonical < least;
  if (!isTooMuch && !isTooLittle) return;
  const [low, high] = usual[attribute] ?? [0, 0];
  const meant = scales[attribute]?.find((unit) => {
    const other = amount * conversion(unitByName(unit)!, canonicalUnits[attribute as keyof typeof canonicalUnits])!;
    return other >= low && other <= high;
  });
  const unit = unitNameOf(node, attribute);
  const d = report('unit/implausible', { value: amount, unit, attribute: attributeLabel(attribute), little: !isTooMuch, ...(meant && { meant }) }, value, 'value');
  d.fixes = meant ? convertTo(meant, node, value) : [];
}

function convertTo(unit: string, node: Attribute, value: Value): Fix[] {
  const isLast = value === node.value || node.value === undefined;
  return fix(`Use ${unit}`, node.unit ? replaced(unitPath(unit), node, 'unit') : isLast && !node.max ? insertedAfter(` ${unitPath(unit)}`, value) : []);
}

export const resourceChecks: Checks = { ResourceRequirement: [attributesMakeSense] };
