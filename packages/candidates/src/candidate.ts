/** A list of what providers offer, at a price. What a candidates file holds; `schema/candidates.schema.json` is its schema. */
export interface CandidateList {
  formatVersion: 1;
  /** Currency of every price in the list. */
  currency: Currency;
  /** Name of the list, for people: `built-in catalogue`. */
  name?: string;
  /** When the prices held, YYYY-MM-DD. */
  date?: string;
  candidates: NodeCandidate[];
}

export type Currency = 'EUR' | 'USD' | 'GBP' | 'CHF';

/** A machine or function that a provider offers, at a price. Absent facts are unknown. */
export interface NodeCandidate {
  id: string;
  type: 'IAAS' | 'PAAS' | 'FAAS' | 'BYON' | 'EDGE' | 'SIMULATION';
  /** The provider's name of the machine type: `t3a.large`. */
  hardware: string;
  /** The cloud that offers it. `provider` is what provider requirements name. */
  cloud: { id: string; provider: string; type: 'public' | 'private' };
  cores?: number;
  /** MegaBytes, nominal. */
  memory?: number;
  /** GigaBytes. */
  storage?: number;
  /** GigaHertz. */
  frequency?: number;
  architecture?: string;
  /** What is left for applications, where the host says so; same units. */
  allocatable?: { cores?: number; memory?: number; storage?: number };
  location?: Location;
  /** Machine images and operating systems to be had on it. */
  images?: Image[];
  /** Function runtimes (FAAS). */
  runtimes?: string[];
  /** For one host and hour, in the currency of the list. */
  price: number;
  /** How many there are; absent: as many as wanted. */
  limit?: number;
  /** Further facts by attribute name. */
  attributes?: Record<string, number | string | boolean>;
  source?: string;
  date?: string;
}

export interface Location {
  id: string;
  name?: string;
  city?: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  /** Degrees. */
  latitude?: number;
  longitude?: number;
  /** The locations that contain it, nearest first, by id: zone, region, provider. */
  within?: string[];
}

export interface Image {
  id?: string;
  name?: string;
  family?: string;
  version?: string;
  architecture?: string;
}
