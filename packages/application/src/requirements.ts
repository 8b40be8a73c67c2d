/** Requirements of a component on its candidates, one by one. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import {
  annotationNames,
  attributeLabel,
  attributesOf,
  canonicalName,
  canonicalUnits,
  conversion,
  defaultUnits,
  isKnownAttribute,
  lastName,
  meaningOfRequirement,
  placementOf,
  placeOf,
  unitByName,
  valueOf,
  type LocatedAttribute,
  type Meaning,
  type LocationRequirement,
  type OsRequirement,
  type PaasRequirement,
  type ProviderRequirement,
  type RequirementSet,
  type ResourceRequirement,
  type Value,
} from '@camelc/language';
import { closureOf, type Regions } from './locations.js';
import type { AttributeRequirement, Requirement } from './model.js';

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
  if (resource) out.push(...resourceRequirements(resource.requirement, resource.global));
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

function resourceRequirements(requirement: ResourceRequirement, global: boolean): Requirement[] {
  return attributesOf(requirement).flatMap((located) => {
    const id = `${requirement.name}.${located.node.name ?? ''}`;
    const placement = placementRequirement(located, id, global);
    return placement ? [placement] : boundsOf(located, meaningOfRequirement(located), id, global);
  });
}

function placementRequirement(located: LocatedAttribute, id: string, global: boolean): Requirement | undefined {
  const kind = placementOf(located);
  if (!kind || !located.node.value) return undefined;
  const base = { id, place: placeOf(located.node.value, 'value'), global };
  const value = String(valueOf(located.node.value));
  if (kind === 'placement-name') return { ...base, kind, name: value, text: `the node named ${value}` };
  const types = value.split(/[\s,]+/).filter(Boolean);
  return { ...base, kind, types: types.map((t) => t.toUpperCase()), text: `placement type ${value}` };
}

/** The bounds that one attribute says: its interval's, or that of its plain value. What is no bound is reported by the language. */
function boundsOf({ node }: LocatedAttribute, meaning: Meaning, id: string, global: boolean): AttributeRequirement[] {
  const unitName = node.unit && lastName(node.unit.$refText);
  const factor = factorOf(node.unit?.$refText, meaning.attribute);
  const make = (bound: AttributeRequirement['bound'], value: Value, inclusive: boolean): AttributeRequirement[] => {
    const plain = valueOf(value);
    if (typeof plain !== 'number' && (bound !== 'equal' || isKnownAttribute(meaning.attribute))) return [];
    const words = { minimum: inclusive ? 'at least' : 'more than', maximum: inclusive ? 'at most' : 'less than', equal: 'exactly' }[bound];
    const label = attributeLabel(meaning.attribute);
    const unit = unitName ?? defaultUnits[meaning.attribute];
    const counted = meaning.attribute === 'cores' || meaning.attribute === 'fpga';
    const amount = counted ? label.replace(/s$/, plain === 1 ? '' : 's') : `${unit} of ${label}`;
    const plainly = bound === 'equal' ? `${label} ${plain}` : `${label} of ${words} ${plain}`;
    return [
      {
        kind: 'attribute',
        id,
        place: placeOf(value, 'value'),
        global,
        attribute: meaning.attribute,
        bound,
        inclusive,
        guessed: meaning.guessed,
        value: typeof plain === 'number' ? plain * factor : plain,
        original: { value: plain, ...(unitName && { unit: unitName }) },
        text: counted || unit ? `${words} ${plain} ${amount}` : plainly,
      },
    ];
  };
  return [
    ...(node.min ? make('minimum', node.min, node.minInclusive) : []),
    ...(node.max ? make('maximum', node.max, node.maxInclusive) : []),
    ...(node.value ? make(meaning.bound, node.value, true) : []),
  ];
}

/** Factor from the unit of the model to the canonical one. */
function factorOf(unitName: string | undefined, attribute: string): number {
  const canonical = canonicalUnits[attribute as keyof typeof canonicalUnits];
  const unit = unitName === undefined ? undefined : unitByName(unitName);
  return (canonical && unit && conversion(unit, canonical)) ?? 1;
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
