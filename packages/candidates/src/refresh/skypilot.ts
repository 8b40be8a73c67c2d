import { PriceLists, type PriceList } from './price-list.js';

/**
 * On-demand prices in SkyPilot's catalogues (`vms.csv`: InstanceType, vCPUs, MemoryGiB, Price, Region among the columns, USD per hour, a row for
 * each zone). The list does not name its cloud. Machines with accelerators are left out.
 * @param cloud `aws` or `oci`, whose type names tell the architecture
 */
export function readSkypilot(text: string, cloud: 'aws' | 'oci'): PriceList[] {
  const [head = [], ...rows] = text.trim().split(/\r?\n/).map(fieldsOf);
  const lists = new PriceLists({ cloud, currency: 'USD' });
  for (const row of rows) {
    const field = (name: string): string => row[head.indexOf(name)] ?? '';
    const [hardware, cores, memory, price, region] = ['InstanceType', 'vCPUs', 'MemoryGiB', 'Price', 'Region'].map(field) as [string, string, string, string, string];
    if (field('AcceleratorName') !== '' || price === '' || region === '') continue;
    lists.add(region, { hardware, architecture: arm[cloud].test(hardware) ? 'arm64' : 'amd64', cores: Number(cores), memory: Number(memory) * 1024, price: Number(price) });
  }
  return lists.all();
}

/** Graviton and Ampere. */
const arm = { aws: /^(a1|[a-z]+\d+g[a-z]*)\./, oci: /\.A\d+\./ };

/** Fields of a line of CSV; quoted ones may hold commas. */
const fieldsOf = (line: string): string[] =>
  (line.match(/(?<=^|,)("(?:[^"]|"")*"|[^,]*)(?=,|$)/g) ?? []).map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
