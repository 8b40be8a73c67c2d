import type { Json } from './json.js';

/**
 * The one text of a JSON value, as RFC 8785 has it: members sorted by their names' UTF-16 code units, no blanks. Members that are `undefined` are left
 * out, as JSON does.
 */
export function canonicalJson(value: Json | object | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item as Json)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member as Json)}`);
  return `{${members.join()}}`;
}

/** Sorts texts by their code units, whatever the machine's language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether two values have the same canonical JSON. */
export const alike = (a: Json | undefined, b: Json | undefined): boolean => a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
