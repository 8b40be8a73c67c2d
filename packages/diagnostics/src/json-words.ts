/** JSON in messages. */

/** Types of a JSON schema in words. */
export const typeNames = (types: string | string[]): string =>
  [types]
    .flat()
    .map((t) => ({ array: 'a list', object: 'an object', string: 'a text', number: 'a number', boolean: 'true or false' })[t] ?? t)
    .join(' or ');

/** A value in a message: short, on one line. */
export function shortly(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
