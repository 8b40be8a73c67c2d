import type { Json } from './json.js';

/**
 * The one text of a JSON value, as RFC 8785 has it: members sorted by their names' UTF-16 code units, no blanks. Members that are `undefined` are left
 * out, as JSON does.
 */
export function canonicalJson(value: Json | object | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonicalJson(item as Json)}`;
    return `[${text}]`;
  }
  const members = value as { readonly [name: string]: Json | undefined };
  for (const name of Object.keys(value).sort()) if (members[name] !== undefined) text += `${text && ','}${quoted(name)}:${canonicalJson(members[name])}`;
  return `{${text}}`;
}

/** Names come again and again: a plan of hundreds of services is made noticeably faster when each is quoted once. */
const quotedNames = new Map<string, string>();

function quoted(name: string): string {
  let text = quotedNames.get(name);
  if (text === undefined) quotedNames.set(name, (text = JSON.stringify(name)));
  return text;
}

/** Sorts texts by their code units, whatever the machine's language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether two values have the same canonical JSON. */
export function alike(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => alike(item as Json, b[i] as Json));
  const [one, other] = [a, b] as readonly { readonly [name: string]: Json | undefined }[];
  const names = Object.keys(a).filter((name) => one![name] !== undefined);
  return names.length === Object.keys(b).filter((name) => other![name] !== undefined).length && names.every((name) => Object.hasOwn(b, name) && alike(one![name], other![name]));
}
