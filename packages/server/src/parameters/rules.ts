/** What the parameters of requests have to be, which any client may send. */

/** @returns what is wrong with the value, if something is */
export type Rule = (value: unknown, name: string) => Fault | undefined;

export interface Fault {
  /** Of the parameter, such as `range.start`. */
  name: string;
  /** What it must be, for people. */
  what: string;
  value: unknown;
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const rule =
  (fits: (value: unknown) => boolean, what: string): Rule =>
  (value, name) =>
    fits(value) ? undefined : { name, what, value };

export const optional =
  (other: Rule): Rule =>
  (value, name) =>
    value === undefined || value === null ? undefined : other(value, name);

export const list =
  (of: Rule): Rule =>
  (value, name) =>
    Array.isArray(value) ? first(value.map((item, i) => () => of(item, `${name}[${i}]`))) : { name, what: 'a list', value };

export const record =
  (fields: Readonly<Record<string, Rule>>): Rule =>
  (value, name) =>
    isRecord(value)
      ? first(
          Object.entries(fields).map(
            ([field, of]) =>
              () =>
                of(value[field], name ? `${name}.${field}` : field),
          ),
        )
      : { name, what: `an object with ${namesOf(fields)}`, value };

const namesOf = (fields: object): string =>
  Object.keys(fields)
    .map((name) => `\`${name}\``)
    .join(', ');

function first(checks: readonly (() => Fault | undefined)[]): Fault | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault) return fault;
  }
  return undefined;
}

/** What is wrong with the parameters of a request, as a sentence. */
export function complaint(method: string, of: Rule, params: unknown): string | undefined {
  const fault = of(params, '');
  if (!fault) return undefined;
  const { name, what, value } = fault;
  if (name === '') return `${method} takes ${what}`;
  return `\`${name}\` of ${method} must be ${what}, ${value === undefined ? 'and is missing' : `not ${JSON.stringify(value)}`}`;
}
