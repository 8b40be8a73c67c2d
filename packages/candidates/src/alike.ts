import type { CandidateList, NodeCandidate } from './candidate.js';
import { byCodePoint } from './order.js';

/**
 * Own machines (BYON, EDGE) that are alike become one candidate whose limit is their number. Alike: cloud, architecture, operating system
 * families, cores, location and price are equal, memory and storage are equal rounded down to the gigabyte; of those the smaller value counts.
 * The id is the smallest of the group by code point; images, runtimes and further attributes are those that all of them have.
 */
export function mergeAlikeMachines(list: CandidateList): CandidateList {
  const groups = new Map<string, NodeCandidate[]>();
  for (const candidate of list.candidates) {
    const key = candidate.type === 'BYON' || candidate.type === 'EDGE' ? likeness(candidate) : `id:${candidate.id}`;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return { ...list, candidates: [...groups.values()].map((group) => (isOwn(group[0]!) ? merged(group) : group[0]!)) };
}

const isOwn = (candidate: NodeCandidate): boolean => candidate.type === 'BYON' || candidate.type === 'EDGE';
const gigabytes = (megabytes?: number): number | undefined => (megabytes === undefined ? undefined : Math.floor(megabytes / 1024));

function likeness(c: NodeCandidate): string {
  const families = [...new Set(c.images?.map((image) => image.family?.toLowerCase()))].sort();
  const storage = c.storage === undefined ? undefined : Math.floor(c.storage);
  return JSON.stringify([c.type, c.cloud.id, c.cloud.type, c.architecture, families, c.cores, c.location?.id, c.price, gigabytes(c.memory), storage].map((v) => v ?? null));
}

function merged(group: readonly NodeCandidate[]): NodeCandidate {
  const [first, ...others] = [...group].sort((a, b) => byCodePoint(a.id, b.id)) as [NodeCandidate, ...NodeCandidate[]];
  const result: NodeCandidate = { ...first, limit: group.reduce((sum, machine) => sum + (machine.limit ?? 1), 0) };
  for (const name of ['memory', 'storage', 'frequency'] as const) setSmallest(result, name, group);
  if (group.some(({ frequency }) => frequency === undefined)) delete result.frequency;
  if (group.some((machine) => machine.allocatable)) {
    result.allocatable = {};
    for (const name of ['cores', 'memory', 'storage'] as const)
      setSmallest(
        result.allocatable,
        name,
        group.map((machine) => machine.allocatable ?? machine),
      );
  }
  const common = <T>(values: (machine: NodeCandidate) => readonly T[] | undefined): T[] | undefined => {
    const rest = others.map((machine) => new Set(values(machine)?.map((value) => JSON.stringify(value))));
    return values(first)?.filter((value) => rest.every((set) => set.has(JSON.stringify(value))));
  };
  if (first.images) result.images = common((machine) => machine.images);
  if (first.runtimes) result.runtimes = common((machine) => machine.runtimes);
  if (first.attributes) result.attributes = Object.fromEntries(common((machine) => Object.entries(machine.attributes ?? {})) ?? []);
  return result;
}

function setSmallest<N extends string>(target: { [name in N]?: number }, name: N, machines: readonly { [name in N]?: number }[]): void {
  const values = machines.flatMap((machine) => machine[name] ?? []);
  if (values.length) target[name] = Math.min(...values);
}
