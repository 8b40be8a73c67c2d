/** What the attribute of a requirement or a template means: from its annotation, else from its name and unit. */
import { annotationNames, annotationPaths, canonicalName, type LocatedAttribute } from './attributes.js';
import type { DecisionAttribute } from './facts.js';
import { lastName } from '../scoping/symbols.js';
import { unitByName } from './units.js';

export type KnownAttribute = 'cores' | 'memory' | 'storage' | 'frequency' | 'fpga';

export interface Meaning {
  attribute: KnownAttribute | string;
  /** What a plain value says. */
  bound: 'minimum' | 'maximum' | 'equal';
  guessed: boolean;
}

/** Last names of annotations, spelt canonically, that say both attribute and bound; or the attribute alone. */
const annotations: Readonly<Record<string, [KnownAttribute, Meaning['bound']?]>> = {
  hasminnumberofcores: ['cores', 'minimum'],
  hasmaxnumberofcores: ['cores', 'maximum'],
  hasnumberofcores: ['cores'],
  totalmemoryhasmin: ['memory', 'minimum'],
  totalmemoryhasmax: ['memory', 'maximum'],
  totalmemory: ['memory'],
  mincpu: ['frequency', 'minimum'],
  maxcpu: ['frequency', 'maximum'],
  hasfrequency: ['frequency'],
  hasfpganumber: ['fpga'],
};

/** Last names that mean something only below a concept of the path. */
const below: readonly { last: readonly string[]; concept: readonly string[]; attribute: KnownAttribute; bound?: Meaning['bound'] }[] = [
  { last: ['hassize', 'size'], concept: ['totalmemory', 'ram', 'memory'], attribute: 'memory' },
  { last: ['hascapacity', 'capacity', 'hassize', 'size'], concept: ['storage'], attribute: 'storage' },
  { last: ['hasmin'], concept: ['storage', 'capacity'], attribute: 'storage', bound: 'minimum' },
  { last: ['hasmax'], concept: ['storage', 'capacity'], attribute: 'storage', bound: 'maximum' },
  { last: ['hasmin'], concept: ['totalmemory', 'ram', 'memory'], attribute: 'memory', bound: 'minimum' },
  { last: ['hasmax'], concept: ['totalmemory', 'ram', 'memory'], attribute: 'memory', bound: 'maximum' },
  { last: ['hasmin'], concept: ['cpu'], attribute: 'cores', bound: 'minimum' },
  { last: ['hasmax'], concept: ['cpu'], attribute: 'cores', bound: 'maximum' },
];

/** Names of attributes without a known annotation, and the units that confirm them. */
const names: readonly [RegExp, KnownAttribute, dimension: string | undefined][] = [
  [/cores?$|^v?cpus?$|^cpu/, 'cores', undefined],
  [/frequency|freq|clock/, 'frequency', 'frequency'],
  [/ram|memory|^mem/, 'memory', 'information'],
  [/storage|disk|ssd|hdd|capacity/, 'storage', 'information'],
  [/fpga/, 'fpga', undefined],
];

/** Names that mean an attribute in whatever unit: one that measures something else is a mistake. */
const plainNames: readonly [RegExp, KnownAttribute][] = [
  [/^(v?cpu|numberof)?cores?$|^v?cpus$/, 'cores'],
  [/^(total)?(ram|memory|mem)(size)?$/, 'memory'],
  [/^(total)?(storage|disk|diskspace)(size)?$/, 'storage'],
];

/** What the name of an attribute says of a plain value. */
export const boundByName = (name: string): Meaning['bound'] => (/^min/i.test(name) ? 'minimum' : /^max/i.test(name) ? 'maximum' : 'equal');

const hardware = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS';
const [cpu, ram, storage] = [`${hardware}.Processing.CPU`, `${hardware}.Processing.RAM.TotalMemory`, `${hardware}.Storage`];
const paths: Readonly<Record<string, { [B in Meaning['bound']]: string }>> = {
  cores: { minimum: `${cpu}.hasMinNumberofCores`, maximum: `${cpu}.hasMaxNumberofCores`, equal: `${cpu}.hasNumberofCores` },
  memory: { minimum: `${ram}.totalMemoryHasMin`, maximum: `${ram}.totalMemoryHasMax`, equal: ram },
  storage: { minimum: `${storage}.Capacity.hasMin`, maximum: `${storage}.Capacity.hasMax`, equal: `${storage}.hasCapacity` },
  frequency: { minimum: `${cpu}.hasFrequency`, maximum: `${cpu}.hasFrequency`, equal: `${cpu}.hasFrequency` },
};

/** The annotation that says what is guessed without it; what a plain value says stays as the name has it. */
export const annotationFor = (attribute: string, bound: Meaning['bound']): string | undefined => paths[attribute]?.[bound];

/** What an attribute of a resource requirement means. Unknown ones keep their annotation's or their own name. */
export function meaningOfRequirement(located: LocatedAttribute): Meaning {
  const { node } = located;
  const name = node.name ?? '';
  for (const path of annotationPaths(node)) {
    const segments = path.split('.').map(canonicalName);
    const last = segments.at(-1)!;
    const known = annotations[last];
    if (known) return { attribute: known[0], bound: known[1] ?? boundByName(name), guessed: false };
    for (const row of below) {
      if (row.last.includes(last) && row.concept.some((c) => segments.slice(0, -1).includes(c))) {
        return { attribute: row.attribute, bound: row.bound ?? boundByName(name), guessed: false };
      }
    }
  }
  const unit = node.unit && unitByName(node.unit.$refText);
  const bare = name
    .replace(/^(min|max)(imum)?/i, '')
    .replaceAll('_', '')
    .toLowerCase();
  for (const [pattern, attribute, dimension] of names) {
    if (pattern.test(bare) && (unit === undefined || dimension === undefined ? Object.keys(unit?.dimension ?? {}).length === 0 : unit.dimension[dimension] === 1)) {
      return { attribute, bound: boundByName(name), guessed: true };
    }
  }
  const annotation = annotationPaths(node)[0];
  const plain = annotation ? undefined : plainNames.find(([pattern]) => pattern.test(bare));
  if (plain) return { attribute: plain[1], bound: boundByName(name), guessed: true };
  if (annotation) return { attribute: lastName(annotation), bound: boundByName(name), guessed: false };
  // `minGpus` and `maxGpus` bound `gpus`; `minutes` is a name of its own.
  const paired = /^(?:[mM]in|[mM]ax)(?:imum)?_?([A-Z].*)$/.exec(name)?.[1];
  return paired ? { attribute: paired[0]!.toLowerCase() + paired.slice(1), bound: boundByName(name), guessed: true } : { attribute: name, bound: 'equal', guessed: false };
}

/** Last names of the annotation on a template's attribute that make a variable without formula a decision. */
const decisions: Readonly<Record<string, DecisionAttribute>> = {
  cpu: 'cores',
  ram: 'memory',
  storage: 'storage',
  cardinality: 'cardinality',
  latitude: 'latitude',
  longitude: 'longitude',
  cost: 'price',
};

/** The same by the attribute's name, where it has no annotation. */
const decisionNames: Readonly<Record<string, DecisionAttribute>> = {
  ...decisions,
  cores: 'cores',
  memory: 'memory',
  price: 'price',
  componentinstances: 'cardinality',
  instances: 'cardinality',
};

/** Which decision a template's measurable attribute stands for, if any. */
export function decisionOf(attribute: { name?: string; annotations: { $refText: string }[] }): { attribute: DecisionAttribute; guessed: boolean } | undefined {
  const paths = annotationPaths(attribute);
  for (const path of paths) {
    const decision = decisions[canonicalName(lastName(path))];
    if (decision) return { attribute: decision, guessed: false };
  }
  const byName = paths.length === 0 ? decisionNames[canonicalName(attribute.name ?? '')] : undefined;
  return byName && { attribute: byName, guessed: true };
}

const labels: Readonly<Record<string, string>> = { cores: 'cores', memory: 'memory', storage: 'storage', frequency: 'CPU frequency', fpga: 'FPGAs' };

/** An attribute's name for people. */
export const attributeLabel = (attribute: string): string => labels[attribute] ?? attribute;

/** Whether the attribute is one that the language knows: its bounds are numbers. */
export const isKnownAttribute = (attribute: string): attribute is KnownAttribute => attribute in labels;

/** The unit of a number that has none, of attributes that have units. */
export const defaultUnits: Readonly<Record<string, string>> = { memory: 'MegaBytes', storage: 'GigaBytes', frequency: 'GigaHertz' };

const placements: Readonly<Record<string, 'placement-type' | 'placement-name'>> = {
  placementtype: 'placement-type',
  hasplacementtype: 'placement-type',
  placementname: 'placement-name',
  hasplacementname: 'placement-name',
};

/** Whether the attribute says where a component is placed, rather than what its host has. */
export function placementOf({ node }: LocatedAttribute): 'placement-type' | 'placement-name' | undefined {
  return (
    node.value &&
    annotationNames(node)
      .map((name) => placements[canonicalName(name)])
      .find(Boolean)
  );
}
