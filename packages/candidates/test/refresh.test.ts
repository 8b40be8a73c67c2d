import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInCatalogue } from '../src/index.js';
import { readPriceList, selected } from '../src/refresh/refresh.js';
import type { PriceList } from '../src/refresh/price-list.js';

const benchmarks = join(import.meta.dirname, '../../../../shared/benchmarks');
const file = (name: string) => join(benchmarks, name);

describe('readers of public price lists', () => {
  test('karpenter, AWS', () => {
    const text = JSON.stringify({
      provenance: 'x, generated 2026-07-20 for us-east-1',
      offers: [
        { name: 'c6id.large', vcpu: 2, memoryMiB: 4096, arch: 'amd64', localNvmeGB: 118, priceUsdHour: { 'us-east-1': 0.1, 'eu-west-1': 0.2 } },
        { name: 'free', vcpu: 2, memoryMiB: 4096, arch: 'amd64', priceUsdHour: { 'us-east-1': 0 } },
      ],
    });
    const row = { hardware: 'c6id.large', architecture: 'amd64', cores: 2, memory: 4096, storage: 118 };
    const head = { cloud: 'aws', currency: 'USD', date: '2026-07-20' };
    expect(readPriceList(text)).toEqual([
      { ...head, location: 'us-east-1', rows: [{ ...row, price: 0.1 }] },
      { ...head, location: 'eu-west-1', rows: [{ ...row, price: 0.2 }] },
    ]);
  });

  test('karpenter, Google: sizes follow from names, unknown families are left out', () => {
    const text = JSON.stringify({ 'europe-west3': { 'e2-micro': 0.01, 'n2-highmem-4': 0.3, 'c4a-standard-2': 0.1, 'a2-highgpu-1g': 3.7, 'c3-standard-4-lssd': 0.2 } });
    expect(readPriceList(text)[0]!.rows).toEqual([
      { hardware: 'e2-micro', architecture: 'amd64', cores: 2, memory: 1024, price: 0.01 },
      { hardware: 'n2-highmem-4', architecture: 'amd64', cores: 4, memory: 32768, price: 0.3 },
      { hardware: 'c4a-standard-2', architecture: 'arm64', cores: 2, memory: 8192, price: 0.1 },
    ]);
  });

  test('karpenter, Azure', () => {
    const text =
      '// generated at 2023-12-18T14:34:50Z\n\tinitialOnDemandPrices["westeurope"] = map[string]float64{\n\t\t"Basic_A0": 0.018,\n\t\t"Standard_B1s":  0.012000,\n\t\t"Standard_D2ps_v5": 0.092,\n\t\t"Standard_E16-4s_v5": 1.2,\n\t}\n\tinitialOnDemandPrices["westus"] = map[string]float64{\n\t\t"Standard_F4s_v2": 0.2,\n\t}\n';
    expect(readPriceList(text)).toEqual<PriceList[]>([
      {
        cloud: 'azure',
        currency: 'USD',
        date: '2023-12-18',
        location: 'westeurope',
        rows: [
          { hardware: 'Standard_B1s', architecture: 'amd64', cores: 1, memory: 1024, price: 0.012 },
          { hardware: 'Standard_D2ps_v5', architecture: 'arm64', cores: 2, memory: 8192, price: 0.092 },
        ],
      },
      {
        cloud: 'azure',
        currency: 'USD',
        date: '2023-12-18',
        location: 'westus',
        rows: [{ hardware: 'Standard_F4s_v2', architecture: 'amd64', cores: 4, memory: 8192, price: 0.2 }],
      },
    ]);
  });

  test('SkyPilot: zones of a region are one row at the lowest price, accelerators are left out', () => {
    const text =
      "InstanceType,AcceleratorName,vCPUs,MemoryGiB,GpuInfo,Price,Region\nt4g.nano,,2,0.5,,0.005,eu-1\nt4g.nano,,2,0.5,,0.004,eu-1\np2.x,K80,4,61,\"{'a': 1, 'b': 2}\",0.9,eu-1\nt3.nano,,2,0.5,,,eu-1\n";
    expect(readPriceList(text, 'aws')).toEqual([
      { cloud: 'aws', currency: 'USD', location: 'eu-1', rows: [{ hardware: 't4g.nano', architecture: 'arm64', cores: 2, memory: 512, price: 0.004 }] },
    ]);
    expect(() => readPriceList(text)).toThrow(/--cloud/);
  });

  test('what is no price list is refused', () => {
    expect(() => readPriceList('7')).toThrow(/known format/);
  });
});

describe.runIf(existsSync(benchmarks))('the catalogue agrees with the lists that it was made from', () => {
  test.each([
    ['aws-us-east-1-karpenter.json', ['aws us-east-1']],
    ['hetzner-oci-cloud-server.json', ['hetzner fsn1', 'hetzner hel1', 'hetzner ash']],
  ])('%s', (name, parts) => {
    const lists = selected(readPriceList(readFileSync(file(name), 'utf8')));
    expect(lists.map(({ cloud, location }) => `${cloud} ${location}`)).toEqual(parts);
    const { candidates } = builtInCatalogue();
    for (const { cloud, location, currency, date, rows } of lists) {
      const committed = candidates.filter((c) => c.cloud.id === cloud && c.location!.id === location);
      expect(committed.map(({ hardware }) => hardware)).toEqual(rows.map(({ hardware }) => hardware));
      committed.forEach((c, i) => {
        const { price, ...facts } = rows[i]!;
        expect(c).toMatchObject({ ...facts, date });
        expect(currency === 'EUR' ? c.price : c.attributes!['listPrice']).toBe(price);
      });
    }
  });
});
