import { PriceLists, type PriceList } from './price-list.js';

interface AwsOffer {
  name: string;
  vcpu: number;
  memoryMiB: number;
  arch: string;
  localNvmeGB?: number;
  priceUsdHour: Record<string, number>;
}

/** On-demand Linux prices of AWS: `{ offers: [{ name, vcpu, memoryMiB, arch, priceUsdHour: { region: price } }] }`, made of karpenter-provider-aws' generated files. */
export function readKarpenterAws(text: string): PriceList[] {
  const { provenance, offers } = JSON.parse(text) as { provenance?: string; offers: AwsOffer[] };
  const lists = new PriceLists({ cloud: 'aws', currency: 'USD', date: /generated (\d{4}-\d{2}-\d{2})/.exec(provenance ?? '')?.[1] });
  for (const { name, vcpu, memoryMiB, arch, localNvmeGB, priceUsdHour } of offers) {
    for (const [region, price] of Object.entries(priceUsdHour)) {
      lists.add(region, { hardware: name, architecture: arch, cores: vcpu, memory: memoryMiB, ...(localNvmeGB && { storage: localNvmeGB }), price });
    }
  }
  return lists.all();
}

/** On-demand prices of Google Compute Engine in karpenter-provider-gcp's `initial-on-demand-prices.json`: `{ region: { type: USD per hour } }`. */
export function readKarpenterGcp(text: string): PriceList[] {
  const lists = new PriceLists({ cloud: 'gcp', currency: 'USD' });
  for (const [region, prices] of Object.entries(JSON.parse(text) as Record<string, Record<string, number>>)) {
    for (const [hardware, price] of Object.entries(prices)) {
      const size = gcpSize(hardware);
      if (size) lists.add(region, { hardware, ...size, price });
    }
  }
  return lists.all();
}

type Size = { architecture: string; cores: number; memory: number };

/** GigaBytes of memory for each virtual CPU, as Compute Engine documents its families; others are left out. */
const gcpMemory: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  e2: { standard: 4, highmem: 8, highcpu: 1 },
  n2: { standard: 4, highmem: 8, highcpu: 1 },
  n2d: { standard: 4, highmem: 8, highcpu: 1 },
  n4: { standard: 4, highmem: 8, highcpu: 2 },
  c4a: { standard: 4, highmem: 8, highcpu: 2 },
  t2d: { standard: 4 },
};
const gcpShared: Readonly<Record<string, number>> = { 'e2-micro': 1024, 'e2-small': 2048, 'e2-medium': 4096 };

function gcpSize(type: string): Size | undefined {
  const shared = gcpShared[type];
  if (shared) return { architecture: 'amd64', cores: 2, memory: shared };
  const [, family = '', kind = '', cores = ''] = /^(\w+)-(\w+)-(\d+)$/.exec(type) ?? [];
  const gigabytes = gcpMemory[family]?.[kind];
  return gigabytes === undefined ? undefined : { architecture: family === 'c4a' ? 'arm64' : 'amd64', cores: Number(cores), memory: Number(cores) * gigabytes * 1024 };
}

/** Consumption prices of Azure in karpenter-provider-azure's `zz_generated.pricing.go`: a Go map for each region. */
export function readKarpenterAzure(text: string): PriceList[] {
  const lists = new PriceLists({ cloud: 'azure', currency: 'USD', date: /generated at (\d{4}-\d{2}-\d{2})/.exec(text)?.[1] });
  let region = '';
  for (const line of text.split('\n')) {
    region = /initialOnDemandPrices\["(\w+)"\]/.exec(line)?.[1] ?? region;
    const [, type, price] = /^\s*"Standard_([\w-]+)":\s*([\d.]+),/.exec(line) ?? [];
    const size = type && azureSize(type);
    if (region && size) lists.add(region, { hardware: `Standard_${type}`, ...size, price: Number(price) });
  }
  return lists.all();
}

/** GigaBytes of memory of Azure's first burstable series, by size. */
const azureBurstable: Readonly<Record<string, number>> = { B1ls: 0.5, B1s: 1, B1ms: 2, B2s: 4, B2ms: 8, B4ms: 16, B8ms: 32, B12ms: 48, B16ms: 64, B20ms: 80 };
/** GigaBytes for each virtual CPU of the series D, E and F, as Azure documents them. */
const azureMemory: Readonly<Record<string, number>> = { Ds_v5: 4, Dps_v5: 4, Es_v5: 8, Fs_v2: 2 };

function azureSize(type: string): Size | undefined {
  const burstable = azureBurstable[type];
  if (burstable) return { architecture: 'amd64', cores: Number(/\d+/.exec(type)![0]), memory: burstable * 1024 };
  const [, letter, cores, rest] = /^([DEF])(\d+)(\w+)$/.exec(type) ?? [];
  const gigabytes = azureMemory[`${letter}${rest}`];
  return gigabytes === undefined ? undefined : { architecture: rest!.startsWith('p') ? 'arm64' : 'amd64', cores: Number(cores), memory: Number(cores) * gigabytes * 1024 };
}
