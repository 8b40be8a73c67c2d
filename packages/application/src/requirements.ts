/** Requirements of a component on its candidates, one by one. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import {
  placeOf,
  type LocationRequirement,
  type OsRequirement,
  type PaasRequirement,
  type ProviderRequirement,
  type RequirementSet,
  type ResourceRequirement,
  type Value,
} from '@camelc/language';
import { annotationNames, attributesOf, canonicalName, lastName, valueOf, type LocatedAttribute } from './attributes.js';
import { closureOf, type Regions } from './locations.js';
import { meaningOfRequirement, type Meaning } from './meaning.js';
import type { AttributeRequirement, Requirement } from './model.js';
import { canonicalUnits, conversion, unitByName } from './units.js';

/** The requirement sets of a component by precedence: its configuration's, its own, the global one. Each kind counts as a whole, from the first that says it. */
export function requirementsOf(sets: readonly { set: RequirementSet; global: boolean }[], regions: Regions, report: (d: Diagnostic) => void): Requirement[] {
  const first = <T>(get: (set: RequirementSet) => T | undefined): { requirement: T; global: boolean } | undefined => {
    for (const { set, global } of sets) {
      const requirement = get(set);
      if (requirement) return { requirement, global };
    }
    return undefined;
  };
  const out: Requirement[] = [];
  const resource = first((s) => s.resource?.ref);
  if (resource) out.push(...resourceRequirements(resource.requirement, resource.global, report));
  const paas = first((s) => s.paas?.ref);
  if (paas) out.push(...runtimeRequirements(paas.requirement, paas.global));
  const provider = first((s) => s.provider?.ref);
  if (provider) out.push(...providerRequirements(provider.requirement, provider.global));
  const location = first((s) => s.location?.ref);
  if (location) {
    if (location.requirement.all) report(diagnose('location/all', { name: location.requirement.name }, placeOf(location.requirement, 'name')));
    out.push(locationRequirement(location.requirement, location.global, regions));
  }
  const os = first((s) => s.os?.ref);
  if (os) out.push(...osRequirements(os.requirement, os.global));
  const image = first((s) => s.image?.ref);
  if (image) {
    const names = image.requirement.images;
    out.push({
      kind: 'image',
      id: image.requirement.name,
      place: placeOf(image.requirement, 'images', 0),
      global: image.global,
      names: [...names],
      text: `machine image ${names.join(' or ')}`,
    });
  }
  return out;
}

const labels: Readonly<Record<string, string>> = { cores: 'cores', memory: 'memory', storage: 'storage', frequency: 'CPU frequency', fpga: 'FPGAs' };
const defaultUnits: Readonly<Record<string, string>> = { memory: 'MegaBytes', storage: 'GigaBytes', frequency: 'GigaHertz' };

/** An attribute's name for people. */
export const attributeLabel = (attribute: string): string => labels[attribute] ?? attribute;

function resourceRequirements(requirement: ResourceRequirement, global: boolean, report: (d: Diagnostic) => void): Requirement[] {
  const out: Requirement[] = [];
  const said = new Map<string, string>();
  for (const located of attributesOf(requirement)) {
    const { node } = located;
    const id = `${requirement.name}.${node.name ?? ''}`;
    const placement = placementRequirement(located, id, global);
    if (placement) {
      out.push(placement);
      continue;
    }
    const meaning = meaningOfRequirement(located);
    if (meaning.guessed) report(diagnose('requirement/guessed', { attribute: attributeLabel(meaning.attribute), name: node.name ?? '' }, placeOf(node, 'name')));
    for (const bound of boundsOf(located, meaning, id, global, report)) {
      const key = `${bound.attribute} ${bound.bound}`;
      const other = said.get(key);
      if (other)
        report(diagnose('requirement/duplicate', { attribute: attributeLabel(bound.attribute), bound: bound.bound === 'equal' ? 'value' : bound.bound, other }, bound.place));
      else said.set(key, bound.id);
      out.push(bound);
    }
  }
  return out;
}

function placementRequirement({ node }: LocatedAttribute, id: string, global: boolean): Requirement | undefined {
  if (!node.value) return undefined;
  const base = { id, place: placeOf(node.value, 'value'), global };
  const value = String(valueOf(node.value));
  for (const annotation of annotationNames(node).map(canonicalName)) {
    if (annotation === 'placementtype' || annotation === 'hasplacementtype') {
      return {
        ...base,
        kind: 'placement-type',
        types: value
          .split(/[\s,]+/)
          .filter(Boolean)
          .map((t) => t.toUpperCase()),
        text: `placement type ${value}`,
      };
    }
    if (annotation === 'placementname' || annotation === 'hasplacementname') return { ...base, kind: 'placement-name', name: value, text: `the node named ${value}` };
  }
  return undefined;
}

/** The bounds that one attribute says: its interval's, or that of its plain value. */
function boundsOf(located: LocatedAttribute, meaning: Meaning, id: string, global: boolean, report: (d: Diagnostic) => void): AttributeRequirement[] {
  const { node } = located;
  const unitName = node.unit && lastName(node.unit.$refText);
  const factor = factorOf(located, meaning.attribute, report);
  const make = (bound: AttributeRequirement['bound'], value: Value, inclusive: boolean): AttributeRequirement | undefined => {
    const plain = valueOf(value);
    const place = placeOf(value, 'value');
    if (typeof plain !== 'number' && (bound !== 'equal' || meaning.attribute in labels)) {
      report(diagnose('requirement/not-a-bound', { name: node.name ?? '', attribute: attributeLabel(meaning.attribute) }, place));
      return undefined;
    }
    const words = { minimum: inclusive ? 'at least' : 'more than', maximum: inclusive ? 'at most' : 'less than', equal: 'exactly' }[bound];
    const unit = unitName ?? defaultUnits[meaning.attribute];
    const amount =
      meaning.attribute === 'cores' || meaning.attribute === 'fpga'
        ? `${plain} ${attributeLabel(meaning.attribute).replace(/s$/, plain === 1 ? '' : 's')}`
        : unit
          ? `${plain} ${unit} of ${attributeLabel(meaning.attribute)}`
          : `${attributeLabel(meaning.attribute)} ${plain}`;
    checkPlausible(meaning.attribute, bound, plain, factor, unit, place, report);
    return {
      kind: 'attribute',
      id,
      place,
      global,
      attribute: meaning.attribute,
      bound,
      inclusive,
      guessed: meaning.guessed,
      value: typeof plain === 'number' ? plain * factor : plain,
      original: { value: plain, ...(unitName && { unit: unitName }) },
      text: `${words} ${amount}`,
    };
  };
  const bounds: (AttributeRequirement | undefined)[] = [];
  if (node.min) bounds.push(make('minimum', node.min, node.minInclusive));
  if (node.max) bounds.push(make('maximum', node.max, node.maxInclusive));
  if (node.value) {
    const bound = make(meaning.bound, node.value, true);
    bounds.push(bound);
    if (bound?.bound === 'equal' && ['memory', 'storage', 'frequency'].includes(bound.attribute)) {
      report(diagnose('requirement/exact', { name: node.name ?? '', value: bound.text.replace(/^exactly /, '') }, bound.place));
    }
  }
  return bounds.filter((b) => b !== undefined);
}

/** Factor from the unit of the model to the canonical one. */
function factorOf({ node }: LocatedAttribute, attribute: string, report: (d: Diagnostic) => void): number {
  const canonical = canonicalUnits[attribute as keyof typeof canonicalUnits];
  if (!canonical || !node.unit) return 1;
  const unit = unitByName(node.unit.$refText);
  const factor = unit && conversion(unit, canonical);
  if (unit && factor === undefined) {
    const expected = defaultUnits[attribute] ?? 'Cores';
    report(diagnose('unit/mismatch', { unit: lastName(node.unit.$refText), attribute: attributeLabel(attribute), expected }, placeOf(node, 'unit')));
  }
  return factor ?? 1;
}

/** Beyond these hardly any machine goes: cores, MegaBytes of memory, GigaBytes of storage, GigaHertz. */
const plausible: Readonly<Record<string, number>> = { cores: 2048, memory: 4 * 1024 ** 2, storage: 1024 ** 2, frequency: 10 };

function checkPlausible(
  attribute: string,
  bound: string,
  value: unknown,
  factor: number,
  unit: string | undefined,
  place: AttributeRequirement['place'],
  report: (d: Diagnostic) => void,
): void {
  const limit = plausible[attribute];
  if (typeof value !== 'number' || limit === undefined || bound === 'maximum' || value * factor <= limit) return;
  const smaller = { TeraBytes: 'GigaBytes', GigaBytes: 'MegaBytes', MegaBytes: 'KiloBytes', GigaHertz: 'MegaHertz' }[unit ?? ''];
  report(diagnose('unit/implausible', { value, unit: unit ?? '', attribute: attributeLabel(attribute), meant: smaller }, place));
}

function runtimeRequirements(requirement: PaasRequirement, global: boolean): Requirement[] {
  return attributesOf(requirement).flatMap(({ node }): Requirement[] => {
    const isRuntime =
      annotationNames(node)
        .map(canonicalName)
        .some((a) => a === 'runtime' || a === 'haslanguagesupport') ||
      (node.annotations.length === 0 && /^runtime$/i.test(node.name ?? ''));
    if (!node.value || !isRuntime) return [];
    const runtime = String(valueOf(node.value));
    return [{ kind: 'runtime', id: `${requirement.name}.${node.name ?? ''}`, place: placeOf(node.value, 'value'), global, runtime, text: `runtime ${runtime}` }];
  });
}

function providerRequirements(requirement: ProviderRequirement, global: boolean): Requirement[] {
  const out: Requirement[] = [];
  const { name: id, providerNames, cloudType } = requirement;
  if (providerNames.length)
    out.push({ kind: 'provider', id, place: placeOf(requirement, 'providerNames', 0), global, names: [...providerNames], text: `provider ${providerNames.join(' or ')}` });
  if (cloudType && cloudType !== 'any')
    out.push({ kind: 'cloud-type', id, place: placeOf(requirement, 'cloudType'), global, cloudType: cloudType as 'public' | 'private', text: `cloud type ${cloudType}` });
  return out;
}

function locationRequirement(requirement: LocationRequirement, global: boolean, regions: Regions): Requirement {
  const closure = closureOf(requirement, regions);
  return {
    kind: 'location',
    id: requirement.name,
    place: placeOf(requirement, 'locations', 0),
    global,
    ...closure,
    text: `a location in ${requirement.locations.map((l) => lastName(l.$refText)).join(' or ')}`,
  };
}

function osRequirements(requirement: OsRequirement, global: boolean): Requirement[] {
  if (!requirement.os && !requirement.is64os) return [];
  const version = attributesOf(requirement).find(({ node }) => annotationNames(node).map(canonicalName).includes('osversion'))?.node.value;
  const place = requirement.os ? placeOf(requirement, 'os') : placeOf(requirement, 'is64os');
  const family = requirement.os ?? '';
  const text = [family || 'an operating system', version && String(valueOf(version)), requirement.is64os && '64 bit'].filter(Boolean).join(', ');
  return [{ kind: 'os', id: requirement.name, place, global, family, bits64: requirement.is64os, text, ...(version && { version: String(valueOf(version)) }) }];
}
