/** Requirement sets: of a configuration, of a component, global; each kind of requirement counts as a whole from the first that says it. */
import type { Machine } from './random-machines.js';
import type { Random } from './random.js';

export type Fact = 'cores' | 'memory' | 'country' | 'family';

/** One thing that is required: one bound of one attribute, or a requirement of another kind. */
export interface Bound {
  /** As a conflict calls it. */
  name: string;
  /** A word of what it says, where another has the same name. */
  kind?: string;
  fits: (m: Machine) => boolean;
  asks: readonly Fact[];
}

interface Requirement {
  text: string;
  bounds: Bound[];
  /** What an instance takes of a host that it shares. */
  demands: { cores?: number; memory?: number };
}

export interface RequirementSet {
  byKind: Partial<Record<Kind, Requirement>>;
  scale?: { name: string; minimum: number; maximum: number | null };
  body: string;
}

const kinds = ['resource', 'provider', 'location', 'os'] as const;
type Kind = (typeof kinds)[number];

const hardware = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing';
const units = 'UnitTemplateCamelModel.UnitTemplateModel';

function requirement(kind: Kind, name: string, r: Random): Requirement {
  const make = (body: string, bounds: Bound[], demands: Requirement['demands'] = {}): Requirement => ({ text: `${kind} requirement ${name} ${body}`, bounds, demands });
  switch (kind) {
    case 'resource': {
      const least = r.of([1, 1, 2, 4]);
      const open = r.chance(0.15);
      const cores = open
        ? `attribute c [${hardware}.CPU.hasNumberofCores] : (int ${least}`
        : r.of([`attribute c [${hardware}.CPU.hasNumberofCores] : [int ${least}`, `attribute c [${hardware}.CPU.hasMinNumberofCores] : int ${least}`]);
      const bounds: Bound[] = [{ name: `${name}.c`, fits: (m) => m.cores !== undefined && (open ? m.cores > least : m.cores >= least), asks: ['cores'] }];
      if (r.chance(0.4)) return make(`{ feature f { ${cores} } }`, bounds, { cores: least });
      const gigabytes = r.of([0.5, 1, 2]);
      const memory = r.of([
        `attribute m [${hardware}.RAM.TotalMemory.totalMemoryHasMin] : int ${gigabytes * 1024}`,
        `attribute m [${hardware}.RAM.TotalMemory] : [double ${gigabytes.toFixed(1)} ${units}.GigaBytes`,
      ]);
      bounds.push({ name: `${name}.m`, fits: (m) => m.memory !== undefined && m.memory >= gigabytes * 1024, asks: ['memory'] });
      return make(`{ feature f { ${cores} ${memory} } }`, bounds, { cores: least, memory: gigabytes * 1024 });
    }
    case 'provider': {
      const names = r.chance(0.6) ? r.of([['aws'], ['aws', 'ovh'], ['AWS', 'ovh']]) : undefined;
      const type = r.of(['public', 'private', names ? 'any' : 'public', names ? 'any' : 'public']);
      return make(`{ ${names ? `provider names [${names.map((n) => `'${n}'`).join(', ')}]` : ''} cloud type ${type} }`, [
        ...(names ? [{ name, kind: 'provider', fits: (m: Machine) => names.includes(m.provider), asks: [] }] : []),
        ...(type !== 'any' ? [{ name, kind: 'cloud', fits: (m: Machine) => m.cloudType === type, asks: [] }] : []),
      ]);
    }
    case 'location': {
      const [region, countries] = r.of([
        ['Locations.EU', ['DE', 'FR']],
        ['Locations.DE', ['DE']],
        ['Own.Home', ['FR', 'US']],
      ] as const);
      return make(`[${region}]`, [{ name, fits: (m) => m.country !== undefined && (countries as readonly string[]).includes(m.country), asks: ['country'] }]);
    }
    case 'os': {
      const bits64 = r.chance(0.4);
      return make(`{ os '${r.of(['Ubuntu', 'UBUNTU', 'ubuntu'])}' ${bits64 ? '64os' : ''} }`, [
        { name, fits: (m) => m.family === 'ubuntu' && (!bits64 || m.architecture === 'amd64' || m.architecture === 'arm64'), asks: ['family'] },
      ]);
    }
  }
}

/**
 * A set of an owner.
 * @param share how likely each kind of requirement is
 * @param width by how much its cardinality may vary, at most
 * @param texts gets the requirements
 */
export function randomSet(owner: string, share: number, width: number, r: Random, texts: string[]): RequirementSet {
  const set: RequirementSet = { byKind: {}, body: '' };
  for (const kind of kinds.filter((k) => r.chance(k === 'resource' ? 3 * share : share))) {
    const made = requirement(kind, `${owner}_${kind}`, r);
    set.byKind[kind] = made;
    texts.push(made.text);
    set.body += `${kind} Reqs.${owner}_${kind} `;
  }
  // A set that requires nothing is an error.
  if (set.body === '' || r.chance(Math.max(0.8, share))) {
    const minimum = r.of([0, 1, 1, 1, 1, 2]);
    set.scale = { name: `${owner}_scale`, minimum, maximum: r.chance(0.06) ? null : Math.max(1, minimum + r.below(width + 1)) };
    texts.push(`horizontal scale requirement ${owner}_scale [${minimum}, ${set.scale.maximum ?? -1}]`);
    set.body += `horizontal scale Reqs.${owner}_scale `;
  }
  return set;
}

/** What counts of some sets, the first one first. */
export function effective(sets: readonly RequirementSet[]): { bounds: Bound[]; demands: Requirement['demands']; scale?: RequirementSet['scale'] } {
  const requirements = kinds.flatMap((kind) => sets.map((s) => s.byKind[kind]).find((q) => q !== undefined) ?? []);
  return {
    bounds: requirements.flatMap((q) => q.bounds),
    demands: Object.assign({}, ...requirements.map((q) => q.demands)) as Requirement['demands'],
    scale: sets.map((s) => s.scale).find((s) => s !== undefined),
  };
}
