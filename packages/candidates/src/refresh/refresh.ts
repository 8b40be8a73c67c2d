import { readCloudPriceFinder } from './cloud-price-finder.js';
import { readKarpenterAws, readKarpenterAzure, readKarpenterGcp } from './karpenter.js';
import type { PriceList } from './price-list.js';
import { readSkypilot } from './skypilot.js';

/** What the catalogue takes from a list: a sensible choice of a cloud's machine types, at one location. */
export interface Selection {
  cloud: string;
  location: string;
  types: RegExp;
}

const selections: readonly Selection[] = [
  {
    cloud: 'aws',
    location: 'us-east-1',
    types:
      /^(t2|t3|t3a|t4g)\.(nano|micro|small|medium|large|xlarge|2xlarge)$|^(m7i|m7a|m7g|c7i|c7a|c7g|r7i|r7g)\.(medium|large|xlarge|2xlarge|4xlarge)$|^(m6id|c6id)\.(large|xlarge|2xlarge)$/,
  },
  { cloud: 'aws', location: 'eu-central-1', types: /^(t2|t3|t3a)\.|^(m6i|c7a)\.(medium|large|xlarge|2xlarge|4xlarge|8xlarge)$/ },
  { cloud: 'azure', location: 'westeurope', types: /^Standard_(B|(D\d+p?s|E(2|4|8|16|32)s)_v5$|F(2|4|8|16|32)s_v2$)/ },
  { cloud: 'gcp', location: 'europe-west3', types: /^e2-|^(n2|n2d|t2d)-(standard|highmem)-(1|2|4|8|16|32)$|^(n4|c4a)-standard-(1|2|4|8|16)$/ },
  { cloud: 'gcp', location: 'europe-west4', types: /^e2-/ },
  { cloud: 'oci', location: 'eu-frankfurt-1', types: /_(2_8|2_16|4_16|4_32|8_32|8_64|16_64|16_128|32_128)$/ },
  { cloud: 'hetzner', location: 'fsn1', types: /./ },
  { cloud: 'hetzner', location: 'hel1', types: /./ },
  { cloud: 'hetzner', location: 'ash', types: /./ },
];

/**
 * Reads a public price list, whichever of the known formats it has.
 * @param cloud of a list that does not name its own
 * @throws Error where the format is none of them
 */
export function readPriceList(text: string, cloud?: string): PriceList[] {
  if (text.includes('initialOnDemandPrices')) return readKarpenterAzure(text);
  if (text.startsWith('InstanceType,')) {
    if (cloud !== 'aws' && cloud !== 'oci') throw new Error('say whose list it is: --cloud aws or oci');
    return readSkypilot(text, cloud);
  }
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) return readCloudPriceFinder(text);
  if (typeof value === 'object' && value !== null && 'offers' in value) return readKarpenterAws(text);
  if (typeof value === 'object' && value !== null) return readKarpenterGcp(text);
  throw new Error('not a price list of a known format');
}

/** The part of price lists that the catalogue takes, in the order of the selections. */
export function selected(lists: readonly PriceList[]): PriceList[] {
  return selections.flatMap(({ cloud, location, types }) => {
    const list = lists.find((l) => l.cloud === cloud && l.location === location);
    const rows = list?.rows.filter(({ hardware }) => types.test(hardware)) ?? [];
    return list && rows.length ? [{ ...list, rows }] : [];
  });
}
