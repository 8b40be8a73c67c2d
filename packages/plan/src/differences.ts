/** What differs between two JSON values, by JSON pointer (RFC 6901). */
import { alike, canonicalJson, compare } from './canonical.js';
import type { Json } from './json.js';
import type { Part } from './plan.js';

type Members = { readonly [name: string]: Json };

/** The smallest parts that differ, in the order of their pointers' members. */
export function differences(before: Json | undefined, wanted: Json | undefined, pointer = ''): Part[] {
  if (alike(before, wanted)) return [];
  if (isList(before) && isList(wanted)) return ofLists(before, wanted, pointer);
  if (isObject(before) && isObject(wanted))
    return [...new Set([...Object.keys(before), ...Object.keys(wanted)])]
      .filter((name) => !alike(before[name], wanted[name]))
      .sort(compare)
      .flatMap((name) => differences(before[name], wanted[name], `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  return [{ pointer, ...(before !== undefined && { before }), ...(wanted !== undefined && { wanted }) }];
}

/** Items that are the same thing to people (by name, or what stands before `=`) are compared with each other; the rest came or went. */
function ofLists(before: readonly Json[], wanted: readonly Json[], pointer: string): Part[] {
  const left = new Map(before.map((item, index) => [index, item]));
  const texts = Map.groupBy(left.keys(), (index) => canonicalJson(before[index]!));
  const fresh = [...wanted.entries()].filter(([, item]) => {
    const same = texts.get(canonicalJson(item))?.shift();
    return same === undefined || !left.delete(same);
  });
  if (left.size + fresh.length === 0) return [{ pointer, before, wanted }];
  const named = Map.groupBy(left.keys(), (index) => nameOf(before[index]!));
  const parts = fresh.flatMap(([index, item]) => {
    const former = named.get(nameOf(item))?.shift();
    if (former === undefined) return [{ pointer: `${pointer}/${index}`, wanted: item }];
    left.delete(former);
    return differences(before[former], item, `${pointer}/${index}`);
  });
  return [...parts, ...[...left].map(([index, item]) => ({ pointer: `${pointer}/${index}`, before: item }))];
}

function nameOf(item: Json): string | undefined {
  if (typeof item === 'string') return item.split('=', 1)[0];
  if (!isObject(item)) return undefined;
  const name = item['name'] ?? item['key'] ?? item['target'] ?? item['source'] ?? item['id'];
  return name === undefined ? undefined : canonicalJson(name);
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
