import { PriceLists, type PriceList } from './price-list.js';

interface Server {
  provider: string;
  instanceType: string;
  vCPU: number;
  memoryGiB: number;
  diskSizeGB?: number;
  architecture: string;
  lastUpdated: string;
  regionalPricing?: { location: string; hourly_net: number }[];
}

/**
 * Prices of Hetzner Cloud in CloudPriceFinder's `cloud-server` lists, net and without the separately charged IPv4 address. The list's other
 * clouds are left out: they have one price for all regions, which does not agree with the providers' own.
 */
export function readCloudPriceFinder(text: string): PriceList[] {
  const servers = (JSON.parse(text) as Server[]).filter(({ provider, regionalPricing }) => provider === 'hetzner' && regionalPricing);
  const lists = new PriceLists({ cloud: 'hetzner', currency: 'EUR', date: servers.map(({ lastUpdated }) => lastUpdated.slice(0, 10)).sort()[0] });
  for (const server of servers) {
    for (const { location, hourly_net: price } of server.regionalPricing!) {
      lists.add(location, {
        hardware: server.instanceType,
        architecture: server.architecture.toLowerCase() === 'arm' ? 'arm64' : 'amd64',
        cores: server.vCPU,
        memory: server.memoryGiB * 1024,
        ...(server.diskSizeGB && { storage: server.diskSizeGB }),
        price,
      });
    }
  }
  return lists.all();
}
