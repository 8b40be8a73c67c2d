import type { Currency } from '../candidate.js';

/** What a public price list says of one cloud at one of its locations. */
export interface PriceList {
  cloud: string;
  /** The provider's id of the region or data centre. */
  location: string;
  currency: Currency;
  /** When the prices held, YYYY-MM-DD; absent: the list does not say. */
  date?: string;
  rows: PriceRow[];
}

export interface PriceRow {
  hardware: string;
  architecture: string;
  cores: number;
  /** MegaBytes. */
  memory: number;
  /** GigaBytes, only of disk that the price includes. */
  storage?: number;
  /** For one machine and hour, in the currency of the list. */
  price: number;
}

/** Rows of a list, by location: for readers that meet machine types one after the other. */
export class PriceLists {
  readonly #lists = new Map<string, PriceList>();

  constructor(private readonly head: Omit<PriceList, 'location' | 'rows'>) {}

  add(location: string, row: PriceRow): void {
    const list = this.#lists.get(location) ?? { ...this.head, location, rows: [] };
    this.#lists.set(location, list);
    const same = list.rows.find(({ hardware }) => hardware === row.hardware);
    // Zones of one region are listed one by one; a region's price is that of its cheapest zone.
    if (same) same.price = Math.min(same.price, row.price);
    else if (row.price > 0) list.rows.push(row);
  }

  all(): PriceList[] {
    return [...this.#lists.values()];
  }
}
