import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { builtInCatalogue, catalogueRates, describeCandidate, readCandidates } from '../src/index.js';

const { candidates } = builtInCatalogue();
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schema/candidates.schema.json'), 'utf8')) as object;

describe('the built-in catalogue', () => {
  test('keeps the schema, with unique ids', () => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    expect(ajv.validate(schema, builtInCatalogue()), ajv.errorsText()).toBe(true);
    expect(new Set(candidates.map(({ id }) => id)).size).toBe(candidates.length);
  });

  test('is read back from a file as it is', () => {
    expect(readCandidates(JSON.stringify(builtInCatalogue()), 'catalogue.json')).toEqual({ list: builtInCatalogue(), diagnostics: [] });
  });

  test('has at least 150 machine types of at least four public clouds and a European low-cost one', () => {
    expect(candidates.length).toBeGreaterThanOrEqual(150);
    const clouds = new Set(candidates.map(({ cloud }) => cloud.provider));
    for (const cloud of ['aws', 'azure', 'gcp', 'oci', 'hetzner']) expect(clouds).toContain(cloud);
    for (const cloud of ['aws', 'azure', 'gcp', 'oci', 'hetzner', 'ovh', 'scaleway'])
      expect(
        candidates.some((c) => c.cloud.provider === cloud && /^(DE|NL|FR|FI)$/.test(c.location!.country!)),
        `${cloud} in Europe`,
      ).toBe(true);
  });

  test('states of every row what requirements ask for, its source and its date', () => {
    for (const c of candidates) {
      expect(c, c.id).toMatchObject({
        type: 'IAAS',
        cores: expect.any(Number),
        memory: expect.any(Number),
        architecture: expect.stringMatching(/^(amd|arm)64$/),
        source: expect.stringMatching(/\S+\/\S+/),
        date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        location: { city: expect.any(String), country: expect.stringMatching(/^[A-Z]{2}$/), latitude: expect.any(Number), longitude: expect.any(Number) },
      });
      expect(c.price, c.id).toBeGreaterThan(0);
      expect(c.cores, c.id).toBeGreaterThanOrEqual(1);
      expect(c.memory! / c.cores! / 1024, `${c.id}: gigabytes for each core`).toSatisfy((ratio: number) => ratio >= 0.25 && ratio <= 16);
      expect(c.images!.length, c.id).toBeGreaterThan(0);
    }
  });

  test('prices are in euros, what was listed in another currency is kept', () => {
    expect(builtInCatalogue().currency).toBe('EUR');
    const { rates } = catalogueRates();
    for (const { id, price, attributes } of candidates.filter((c) => c.attributes)) {
      expect(price, id).toBeCloseTo((attributes!['listPrice'] as number) * rates[attributes!['listCurrency'] as string]!, 6);
    }
    expect(candidates.find(({ id }) => id === 'aws/eu-central-1/t3a.large')).toMatchObject({ price: 0.075617, attributes: { listPrice: 0.0864, listCurrency: 'USD' } });
  });

  test('within a family, more machine is never cheaper', () => {
    for (const a of candidates)
      for (const b of candidates) {
        const family = (id: string) => id.replace(/[\d.]+(?=[a-z_]*$)|(?<=\.)\w+$|(?<=-)\w+$/, '');
        if (
          a.location!.id === b.location!.id &&
          a.cloud.id === b.cloud.id &&
          family(a.id) === family(b.id) &&
          a.architecture === b.architecture &&
          a.cores! <= b.cores! &&
          a.memory! < b.memory!
        )
          expect(b.price, `${b.id} beside ${a.id}`).toBeGreaterThan(a.price);
      }
  });

  test('candidates describe themselves', () => {
    expect(describeCandidate(candidates.find(({ id }) => id === 'hetzner/fsn1/cx22')!)).toBe('hetzner cx22: 2 cores, 4096 MegaBytes, 40 GigaBytes, Falkenstein, DE');
    expect(describeCandidate({ id: 'n', type: 'BYON', hardware: 'node-1', cloud: { id: 'b', provider: 'byon', type: 'private' }, price: 0 })).toBe('byon node-1: own machine');
  });
});
