import type { NodeCandidate } from '../candidate.js';

/** Shown where a candidate does not state a fact. */
export const unknown = 'unknown';

const units: Readonly<Record<string, string>> = { cores: 'cores', memory: 'MegaBytes', storage: 'GigaBytes', frequency: 'GigaHertz' };

/** The value of an attribute of a candidate with its unit: `2048 MegaBytes`, `unknown`. */
export function describeValue(attribute: string, value: number | string | boolean | undefined): string {
  if (value === undefined) return unknown;
  const unit = typeof value === 'number' ? units[attribute] : undefined;
  return unit ? `${value} ${value === 1 && unit === 'cores' ? 'core' : unit}` : String(value);
}

/** Where a candidate stands, for people: `Frankfurt, DE`, `own machine`, `private`, `unknown`. */
export function describeLocation({ type, cloud, location }: NodeCandidate): string {
  const parts = [location?.city ?? location?.name ?? location?.id, location?.country].filter((part) => part !== undefined);
  if (parts.length) return parts.join(', ');
  return type === 'BYON' || type === 'EDGE' ? 'own machine' : cloud.type === 'private' ? 'private' : unknown;
}

/** A candidate in a line: `aws t3a.large: 2 cores, 8192 MegaBytes, Frankfurt, DE`. */
export function describeCandidate(candidate: NodeCandidate): string {
  const { cores, memory, storage } = candidate;
  const facts = Object.entries({ cores, memory, storage }).flatMap(([name, value]) => (value === undefined ? [] : describeValue(name, value)));
  return `${candidate.cloud.provider} ${candidate.hardware}: ${[...facts, describeLocation(candidate)].join(', ')}`;
}
