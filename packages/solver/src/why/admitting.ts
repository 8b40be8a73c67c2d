/** Requirements that admit a little more. */
import type { Requirement } from '@camelc/application/model';
import { attributeOf, unmetBy, type NodeCandidate } from '@camelc/candidates';

/** A requirement that some candidate meets which does not meet the given one. */
export interface Admitting {
  /** Undefined: none of the kind is left. */
  requirement: Requirement | undefined;
  to: string;
  /** The change in a few words. */
  text: string;
}

/** The changes of a requirement that admit one of the candidates, each once, those first that more candidates need. */
export function admitting(requirement: Requirement, candidates: readonly NodeCandidate[]): Admitting[] {
  const counted = new Map<string, { option: Admitting; count: number }>();
  for (const candidate of candidates) {
    if (unmetBy(candidate, requirement) === undefined) continue;
    for (const option of optionsFor(requirement, candidate)) {
      const known = counted.get(option.text);
      if (known) known.count++;
      else counted.set(option.text, { option, count: 1 });
    }
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).map(({ option }) => option);
}

function optionsFor(r: Requirement, candidate: NodeCandidate): Admitting[] {
  const also = (name: string, requirement: Requirement): Admitting => ({ requirement, to: `${r.text} or ${name}`, text: `also ${name}` });
  const instead = (from: string, to: string, requirement: Requirement | undefined): Admitting => ({ requirement, to, text: `${from} → ${to}` });
  const each = (names: readonly (string | undefined)[] | undefined, make: (name: string) => Admitting): Admitting[] => [...new Set(names)].filter((n) => n !== undefined).map(make);
  switch (r.kind) {
    case 'location': {
      const { location } = candidate;
      if (location?.country) return [also(`Locations.${location.country}`, { ...r, regions: [...r.regions, location.country] })];
      return location ? [also(location.id, { ...r, locations: [...r.locations, location.id] })] : [];
    }
    case 'provider': {
      const { provider } = candidate.cloud;
      return [also(provider, { ...r, names: [...r.names, provider] })];
    }
    case 'cloud-type':
      return [instead(r.cloudType, 'any', undefined)];
    case 'image':
      return each(
        candidate.images?.map((i) => i.name),
        (name) => also(name, { ...r, names: [...r.names, name] }),
      );
    case 'os':
      return each(
        candidate.images?.map((i) => i.family),
        (family) => instead(r.text, family, { ...r, family, version: undefined, bits64: false, text: family }),
      );
    case 'runtime':
      return each(candidate.runtimes, (runtime) => instead(r.runtime, runtime, { ...r, runtime }));
    case 'placement-type':
      return [also(candidate.type, { ...r, types: [...r.types, candidate.type] })];
    case 'placement-name':
      return [instead(r.name, candidate.hardware, { ...r, name: candidate.hardware })];
    case 'attribute': {
      const value = attributeOf(candidate, r.attribute);
      if (value === undefined || r.original.value === 0) return [];
      const shown = typeof value === 'number' && typeof r.value === 'number' ? (value * Number(r.original.value)) / r.value : value;
      const unit = r.original.unit ? ` ${r.original.unit}` : '';
      return [instead(String(r.original.value), `${shown}${unit}`, { ...r, value, original: { ...r.original, value: shown } })];
    }
  }
}
