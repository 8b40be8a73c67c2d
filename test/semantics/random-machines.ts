/** Lists of machines whose prices tie, nearly tie, and differ, some without one or another fact. */
import type { Machine } from './random-formula.js';
import type { Random } from './random.js';

export function randomMachines(r: Random): Machine[] {
  const ids = r.shuffled(['b', 'B', 'a1', 'a10', 'a9', 'ä', '\u{10000}', '\uffff']).slice(0, 4 + r.below(4));
  const known = <T>(value: T): T | undefined => (r.chance(0.05) ? undefined : value);
  return ids.map(
    (id): Machine => ({
      id,
      type: 'IAAS',
      cores: known(r.of([1, 2, 4, 8])),
      memory: known(r.of([1024, 2048, 8192])),
      // Some differ by less than the tolerance, some by little more.
      price: r.of([0.1, 0.1, 0.1, 0.1 + 1.7e-10, 0.1001, 0.05, 0.25, 0.5, 0]),
      ...(r.chance(0.3) && { limit: 1 + r.below(3) }),
      provider: r.of(['aws', 'AWS', 'ovh']),
      cloudType: r.of(['public', 'public', 'private']),
      country: known(r.of(['DE', 'FR', 'US'])),
      latitude: known(r.of([48, 50, 52.5, 60])),
      family: known(r.of(['ubuntu', 'ubuntu', 'debian'])),
      architecture: known(r.of(['amd64', 'arm64', 'i386'])),
    }),
  );
}

/** As a candidates file. */
export const candidatesText = (list: readonly Machine[]): string =>
  JSON.stringify({
    formatVersion: 1,
    currency: 'EUR',
    candidates: list.map(({ id, type, cores, memory, price, limit, provider, cloudType, country, latitude, family, architecture }) => ({
      id,
      type,
      hardware: `type-${id}`,
      cloud: { id: `cloud-${provider}`, provider, type: cloudType },
      cores,
      memory,
      price,
      limit,
      architecture,
      location: { id: `place-${id}`, country, latitude },
      ...(family && { images: [{ family }] }),
    })),
  });
