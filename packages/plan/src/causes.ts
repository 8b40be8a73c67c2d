/** Why a resource is changed. */
import type { Place } from '@camelc/diagnostics';
import { alike, canonicalJson, compare } from './canonical.js';
import type { Change, Part } from './plan.js';
import type { Resource } from './resource.js';
import type { Thing } from './touch.js';

interface Changed {
  future?: Thing;
  current?: Thing;
  /** As it was applied last. */
  record?: Resource;
  /** What shall run when all is done. */
  goal: ReadonlyMap<string, Thing>;
}

export function causeOf({ future, current, record, records, goal }: Changed & { records: ReadonlyMap<string, Thing> }): Change['cause'] {
  if (!future) return record || records.size === 0 ? 'model' : 'drift';
  if (!record) return 'model';
  if (!alike(record.spec, future.spec)) return textWithout(record, records) === textWithout(future, goal) ? 'follows' : 'model';
  return alike(current?.spec, record.spec) ? 'follows' : 'drift';
}

/** The spec with the plain names of what it needs in place of those that have a hash in them. */
function textWithout({ spec, needs }: Thing, all: ReadonlyMap<string, Thing>): string {
  let text = canonicalJson(spec);
  for (const need of needs) {
    const thing = all.get(need);
    const own = thing?.key.slice(thing.kind.length + 1);
    if (thing && own && own !== thing.name) text = text.replaceAll(own, thing.name);
  }
  return text;
}

/**
 * In sentences, and where in the model they come from.
 * @param replaced keys of what it needs that is removed and made anew
 */
export function reasonsOf(
  { future, current, record, goal }: Changed,
  parts: readonly Part[],
  cause: Change['cause'],
  replaced: readonly string[] = [],
): { why: string; from: readonly Place[] } {
  if (!future) return { why: record ? 'it is not wanted any more' : 'it is neither wanted nor was it applied', from: [] };
  if (cause === 'follows') {
    const before = record && !alike(record.spec, future.spec) ? record : current;
    const names = future.needs.filter((need) => !before?.needs.includes(need) || replaced.includes(need)).map((need) => goal.get(need)?.name ?? need);
    if (names.length > 0) return { why: `follows ${[...new Set(names)].sort(compare).join(', ')}`, from: [] };
  }
  const { why, from, reasons = [] } = future as Partial<Resource>;
  const ofParts = parts.flatMap(({ pointer }) => {
    const fitting = reasons.filter((reason) => pointer === reason.pointer || pointer.startsWith(`${reason.pointer}/`));
    return fitting.length > 0 ? [fitting.reduce((a, b) => (b.pointer.length > a.pointer.length ? b : a))] : [];
  });
  if (ofParts.length === 0) return { why: why ?? '', from: from ?? [] };
  const places = new Map(ofParts.flatMap((reason) => reason.from).map((place) => [canonicalJson(place), place]));
  return { why: [...new Set(ofParts.map((reason) => reason.why))].join('; '), from: [...places.values()] };
}
