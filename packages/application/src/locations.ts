/** Regions and cloud locations, with all that they contain. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { lastName, placeOf, type CloudLocation, type LocationModel, type LocationRequirement, type Region } from '@camelc/language';

/** Every region in sight, and what names it, or a cloud location, as what it is in. */
export interface Regions {
  children(region: Region): readonly Region[];
  cloudLocations(container: Region | CloudLocation): readonly CloudLocation[];
  /** The standard library's region of that id. */
  standard(id: string): Region | undefined;
  report(d: Diagnostic): void;
}

/** Makes the index of regions when it is first asked. @param ofModels the location models given @param ofLibrary the regions of the standard library, read only when needed */
export function indexRegions(ofModels: readonly LocationModel[], ofLibrary: () => readonly Region[], report: (d: Diagnostic) => void): Regions {
  const withSubLocations = (location: CloudLocation): CloudLocation[] => [location, ...location.subLocations.flatMap(withSubLocations)];
  const cloudLocations = ofModels.flatMap((m) => m.cloudLocations).flatMap(withSubLocations);
  let children: Map<Region, Region[]> | undefined;
  const index = (): Map<Region, Region[]> => {
    if (children) return children;
    children = new Map();
    for (const region of [...ofModels.flatMap((m) => m.regions), ...ofLibrary()]) {
      for (const parent of region.parents) {
        if (!parent.ref) continue;
        const list = children.get(parent.ref);
        if (list) list.push(region);
        else children.set(parent.ref, [region]);
      }
    }
    return children;
  };
  return {
    children: (region) => index().get(region) ?? [],
    cloudLocations: (container) => cloudLocations.filter((l) => l.parent?.ref === container || l.region?.ref === container || l.$container === container),
    standard: (id) => ofLibrary().find((r) => r.name === id && (index().get(r)?.length ?? 0) > 0),
    report,
  };
}

/** Ids of the regions and cloud locations that a location requirement names, with all below them. */
export function closureOf(requirement: LocationRequirement, regions: Regions): { regions: string[]; locations: string[] } {
  const ids = new Set<string>();
  const locations = new Set<string>();
  const addRegion = (region: Region, seen: Set<Region>): void => {
    if (seen.has(region)) return;
    seen.add(region);
    ids.add(region.name);
    for (const child of regions.children(region)) addRegion(child, seen);
    for (const location of regions.cloudLocations(region)) addLocation(location);
  };
  const added = new Set<CloudLocation>();
  const addLocation = (location: CloudLocation): void => {
    if (added.has(location)) return;
    added.add(location);
    locations.add(location.name);
    for (const inside of regions.cloudLocations(location)) addLocation(inside);
  };
  for (const reference of requirement.locations) {
    const location = reference.ref;
    if (!location) continue;
    if (location.$type === 'CloudLocation') {
      addLocation(location);
      continue;
    }
    addRegion(location, new Set());
    const standard = regions.children(location).length === 0 ? regions.standard(lastName(location.name)) : undefined;
    if (standard && standard !== location) {
      regions.report(diagnose('location/standard', { id: location.name }, placeOf(location, 'name')));
      addRegion(standard, new Set());
    }
  }
  return { regions: [...ids].sort(), locations: [...locations].sort() };
}
