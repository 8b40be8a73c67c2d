/** Machines that may be leased, for tests that say what they cost. */

/** One of our own with 4 GB of memory. */
export const machine = (id: string, cores: number, price: number): object => ({
  id,
  type: 'IAAS',
  hardware: id,
  cloud: { id: 'c', provider: 'own', type: 'private' },
  cores,
  memory: 4096,
  price,
});

/** The text of a candidates file. */
export const machines = (...offered: object[]): string => JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: offered });
