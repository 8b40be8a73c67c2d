/** What shall be done, and what is said of it. All of it is data: a plan that was saved needs neither model nor candidates to be applied. */
import type { Place } from '@camelc/diagnostics';
import type { Json } from './json.js';
import type { Revision, Worth } from './resource.js';
import type { SecretReference } from './secret.js';

export interface Plan {
  formatVersion: 1;
  /** `swarm` or `cloudiator`, and which one: a plan for one swarm is refused by another. */
  target: { kind: string; name: string; id: string };
  application: string;
  id: string;
  /** What it was made from, each by the SHA-256 of its canonical form; absent where it was made from what is recorded, as to roll back. */
  inputs?: { models: string; candidates: string; metrics: string };
  basis: Basis;
  /** Absent where nothing is known of the former state. */
  before?: Worth;
  after: Worth;
  /** What differs, for people; ordered by kind and name. */
  changes: readonly Change[];
  /** Kinds with the number of wanted resources that are as they shall be. */
  unchanged: Readonly<Record<string, number>>;
  hosts: HostReport;
  /** Data that stays on hosts where nothing uses it any more: it is not wanted, or elsewhere from now on. Absent where there is none. */
  leftBehind?: readonly { key: string; kind: string; name: string; component?: string; hosts: readonly string[] }[];
  /** Where the values of credentials come from when it is applied, by their names. */
  secrets: Readonly<Record<string, SecretReference>>;
  /** In an order in which they may be done one by one. */
  steps: readonly Step[];
  /** What is recorded as applied when all steps are done. */
  wanted: Revision;
}

/** The state that a plan was made against. It is refused when any of this has moved on; what it neither reads nor writes does not count. */
export interface Basis {
  /** The number of the revision that was applied last; 0: none. */
  revision: number;
  /** By key of all that steps read or write, the SHA-256 of the running spec; null: not there. */
  resources: Readonly<Record<string, string | null>>;
}

export type Action = 'create' | 'update' | 'remove';

export interface Change {
  action: Action;
  key: string;
  kind: string;
  name: string;
  /**
   * Why it differs: another deployment is wanted than was applied (`model`), what runs changed since it was applied (`drift`), or what it needs changes
   * (`follows`). Where the first two come together it is `model`, and `drift` lists what changed.
   */
  cause: 'model' | 'drift' | 'follows';
  /** Of an update: what will be otherwise than it runs now. */
  parts: readonly Part[];
  /** What runs otherwise than it was applied; `wanted` is what was applied. */
  drift: readonly Part[];
  disruption: Disruption;
  why: string;
  from: readonly Place[];
}

/** A part of a spec, by JSON pointer. */
export interface Part {
  pointer: string;
  before?: Json;
  wanted?: Json;
}

/**
 * What users of the application notice. `none`: nothing restarts. `rolling`: replicas are replaced in turn, and `available` of `of` serve at any
 * time (all, where a new one is healthy before an old one stops). `recreate`: it stops before it starts anew. `migrate`: it comes to another host.
 */
export interface Disruption {
  kind: 'none' | 'rolling' | 'recreate' | 'migrate';
  /** Replicas that serve at least, and all of them; 0: interrupted. */
  available?: number;
  of?: number;
}

/** One thing to do in the target, and how it is undone. Doing it again changes nothing. */
export interface Step {
  /** The key of its resource, with `#2` and so on where it is touched more than once. */
  id: string;
  action: Action;
  key: string;
  kind: string;
  name: string;
  /** Ids of the steps that must be done, and up, before it. */
  after: readonly string[];
  /** The spec as it is before and afterwards; absent: it is not there. Undoing brings `before` back. */
  before?: Json;
  wanted?: Json;
  /** Whether its failure, or that of another step, brings `before` back. What is collected when all is done is not. */
  undone: boolean;
  disruption: Disruption;
  why: string;
}

/** Hosts are leased by their users; a plan says what is missing, and what is no longer needed. */
export interface HostReport {
  missing: readonly { group: string; candidate: string; hardware: string; number: number; command: string; why: string }[];
  /** Hosts that carry nothing any more, with the price of each per hour where it is known. */
  surplus: readonly { host: string; candidate?: string; price?: number; why: string }[];
}
