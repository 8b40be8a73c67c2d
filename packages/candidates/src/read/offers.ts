import type { JsonPath } from '@camelc/diagnostics';

interface Offer {
  cpu?: unknown;
  memory?: unknown;
  storage?: unknown;
  operatingSystem?: unknown;
  price?: unknown;
}

/**
 * Offer lists of the deployment-optimisation literature: `{ id: { cpu, memory, storage, operatingSystem, price } }`, memory in
 * MegaBytes, storage in GigaBytes. Prices are taken as they stand, whatever fraction of a dollar they count.
 */
export function fromOffers(offers: Readonly<Record<string, unknown>>): { candidates: unknown[]; pathOf: (path: JsonPath) => JsonPath } {
  const ids = Object.keys(offers);
  const candidates = ids.map((id) => {
    const { cpu, memory, storage, operatingSystem, price } = (offers[id] ?? {}) as Offer;
    return Object.fromEntries(
      Object.entries({
        id,
        type: 'IAAS',
        hardware: id,
        cloud: { id: 'offers', provider: 'offers', type: 'public' },
        cores: cpu,
        memory,
        storage,
        price,
        images: typeof operatingSystem === 'string' ? [{ family: operatingSystem.toLowerCase() }] : undefined,
      }).filter(([, value]) => value !== undefined),
    );
  });
  const pathOf = ([, index, name]: JsonPath): JsonPath => (typeof index !== 'number' ? [] : name === undefined ? [ids[index]!] : [ids[index]!, name === 'cores' ? 'cpu' : name]);
  return { candidates, pathOf };
}

/** Whether an object looks like an offer list: its first value is an object with a price and processors. */
export function isOfferList(value: object): boolean {
  const first: unknown = Object.values(value)[0];
  return typeof first === 'object' && first !== null && 'cpu' in first && 'price' in first;
}
