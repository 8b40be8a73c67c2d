import type { CandidateList, NodeCandidate } from '../candidate.js';
import type { Rates } from '../currency.js';
import data from './catalogue.json' with { type: 'json' };

/** Rows of one cloud at one location, as `scripts/refresh.mjs` writes them. */
interface CataloguePart {
  cloud: string;
  location: string;
  currency: string;
  source: string;
  date: string;
  /** Hardware name, architecture, cores, MegaBytes, GigaBytes of included disk or null, price per hour in `currency`. */
  rows: [string, string, number, number, number | null, number][];
}

interface CatalogueFile {
  rates: { date: string; source: string; perEuro: Record<string, number> };
  /** Operating system families that each cloud offers as public images, by architecture; only those without a licence fee, as prices are for Linux. */
  images: Record<string, Record<string, string[]>>;
  locations: Record<string, { name: string; city: string; country: string; latitude: number; longitude: number }>;
  parts: CataloguePart[];
}

const file = data as unknown as CatalogueFile;

/** Exchange rates of the catalogue (worth in euros), and their date. */
export function catalogueRates(): { date: string; rates: Rates } {
  return { date: file.rates.date, rates: Object.fromEntries(Object.entries(file.rates.perEuro).map(([currency, rate]) => [currency, 1 / rate])) };
}

/**
 * Machine types of public clouds with prices in euros, each with source and date; `docs/catalogue.md` says what it covers. Prices of other
 * currencies are converted at the catalogue's rate and kept as `listPrice` and `listCurrency`.
 */
export function builtInCatalogue(): CandidateList {
  const { rates } = catalogueRates();
  const candidates = file.parts.flatMap((part) => part.rows.map((row) => candidateOf(part, row, part.currency === 'EUR' ? 1 : rates[part.currency]!)));
  return {
    formatVersion: 1,
    currency: 'EUR',
    name: 'built-in catalogue',
    date: file.parts
      .map(({ date }) => date)
      .sort()
      .at(-1)!,
    candidates,
  };
}

function candidateOf(part: CataloguePart, [hardware, architecture, cores, memory, storage, price]: CataloguePart['rows'][number], rate: number): NodeCandidate {
  const { cloud, location, currency, source, date } = part;
  return {
    id: `${cloud}/${location}/${hardware}`,
    type: 'IAAS',
    hardware,
    cloud: { id: cloud, provider: cloud, type: 'public' },
    cores,
    memory,
    ...(storage !== null && { storage }),
    architecture,
    location: { id: location, ...file.locations[location]!, within: [cloud] },
    images: file.images[cloud]![architecture]!.map((family) => ({ family })),
    price: currency === 'EUR' ? price : Math.round(price * rate * 1e6) / 1e6,
    ...(currency !== 'EUR' && { attributes: { listPrice: price, listCurrency: currency } }),
    source,
    date,
  };
}
