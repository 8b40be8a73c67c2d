/** Lists of machines whose prices tie, nearly tie, and differ, some without one or another fact. */
import type { Random } from './random.js';

export interface Machine {
  id: string;
  type: 'IAAS' | 'BYON';
  cores?: number;
  /** MegaBytes. */
  memory?: number;
  /** What is left of them for instances that share a host. */
  allocatable?: { cores?: number; memory?: number };
  price: number;
  limit?: number;
  provider: string;
  cloudType: 'public' | 'private';
  country?: string;
  latitude?: number;
  longitude?: number;
  family?: string;
  architecture?: string;
  /** The places where it stands, by names that hold in all clouds. */
  places: { zone: string; region: string; cloud: string };
  /** The same as the list says it. */
  location: { id: string; within?: string[] };
}

export function randomMachines(r: Random, count: number): Machine[] {
  const ids = r.shuffled(['b', 'B', 'a1', 'a10', 'a9', 'ä', '\u{10000}', '\uffff']).slice(0, count);
  const known = <T>(value: T): T | undefined => (r.chance(0.03) ? undefined : value);
  return ids.map((id): Machine => {
    const provider = r.of(['aws', 'AWS', 'ovh']);
    const cloud = `cloud-${provider}`;
    const region = r.of(['r1', 'r1', 'r2']);
    const zone = r.of(['z1', 'z1', 'z2', undefined]);
    const cores = known(r.of([1, 2, 4, 8]));
    const memory = known(r.of([1024, 2048, 4096, 8192]));
    return {
      id,
      type: 'IAAS',
      cores,
      memory,
      ...(r.chance(0.4) && { allocatable: { ...(cores && r.chance(0.5) && { cores: cores - 0.5 }), ...(memory && { memory: memory - r.of([100, 300]) }) } }),
      // Some differ by less than the tolerance, some by little more.
      price: r.of([0.1, 0.1, 0.1, 0.1 + 1.7e-10, 0.1001, 0.05, 0.25, 0.5, 0.02, 0]),
      ...(r.chance(0.2) && { limit: 1 + r.below(3) }),
      provider,
      cloudType: r.of(['public', 'public', 'private']),
      country: known(r.of(['DE', 'FR', 'US'])),
      latitude: known(r.of([48, 50, 52.5, 60])),
      longitude: known(r.of([-1, 2.5, 9, 13])),
      family: known(r.of(['ubuntu', 'ubuntu', 'debian'])),
      architecture: known(r.of(['amd64', 'arm64', 'i386'])),
      // Regions and zones of one name in two clouds are two.
      places: { cloud, region: `${cloud} ${region}`, zone: `${cloud} ${region} ${zone ?? ''}` },
      location: { id: zone ?? region, within: [...(zone ? [region] : []), ...(r.chance(0.5) ? [cloud] : [])] },
    };
  });
}

/** As a candidates file. */
export const candidatesText = (list: readonly Machine[]): string =>
  JSON.stringify({
    formatVersion: 1,
    currency: 'EUR',
    candidates: list.map(({ id, type, cores, memory, allocatable, price, limit, provider, cloudType, country, latitude, longitude, family, architecture, location }) => ({
      id,
      type,
      hardware: `type-${id}`,
      cloud: { id: `cloud-${provider}`, provider, type: cloudType },
      cores,
      memory,
      allocatable,
      price,
      limit,
      architecture,
      location: { ...location, country, latitude, longitude },
      ...(family && { images: [{ family }] }),
    })),
  });
