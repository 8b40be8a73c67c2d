/** The deployment that runs, from a file: what `solve --format json` printed, or the same fields written by hand. */
import { diagnose, nodeAt, rangeIn, readJson, type Diagnostic, type JsonNode, type JsonPath, type Place } from '@camelc/diagnostics';

/** What runs, with where the file says it. */
export interface RunningDeployment {
  hosts: RunningHosts[];
  /** Currency of the recorded prices; absent: that of the candidates. */
  currency?: string;
  /** Where each component that it names stands. */
  places: ReadonlyMap<string, Place>;
}

/** Hosts of one candidate that carry the same instances. */
export interface RunningHosts {
  /** Its id. */
  candidate: string;
  number: number;
  /** Names of components; one with several instances on each of the hosts stands there as often. */
  components: string[];
  /** Per host and hour, as recorded. */
  price?: number;
  place: Place;
}

type Json = { [name: string]: unknown };
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/**
 * Reads `{ "components": [{ "name", "cardinality", "candidate" }], "hosts": [{ "candidate", "number", "components": [NAME, …] }] }`, where a candidate
 * is its id or `{ "id", "price" }`, and `prices` has the recorded prices by id. Without `hosts` every instance has a host of its own. Other fields are not
 * looked at.
 * @returns what runs, absent when a diagnostic is an error
 */
export function readRunning(text: string, file: string): { running?: RunningDeployment; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const place = ({ start, end }: { start: number; end: number }): Place => ({ file, range: rangeIn(text, start, end) });
  const refuse = (why: string, at: { start: number; end: number }): void => void diagnostics.push(diagnose('file/current', { why }, place(at)));
  const read = readJson(text);
  if ('fault' in read) {
    refuse(`not JSON: ${read.fault.message}`, read.fault);
    return { diagnostics };
  }
  const { root, value: json } = read;
  const node = (...path: JsonPath): JsonNode => nodeAt(root, path);
  const fault = (why: string, ...path: JsonPath): void => refuse(why, node(...path));

  const components = isObject(json) && list(json, 'components');
  const listed = isObject(json) && list(json, 'hosts');
  if (!isObject(json) || (components === undefined && listed === undefined)) fault('it has neither `components` nor `hosts`');
  else if (json['status'] === 'infeasible') fault('its status is infeasible, so nothing runs', 'status');
  if (!isObject(json) || diagnostics.length > 0) return { diagnostics };

  const places = new Map<string, Place>();
  const numbers = new Map<string, number>();
  const alone = (components || []).flatMap((c, i) => component(c, i));
  const hosts = (listed || []).flatMap((h, i) => hostsOf(h, i));
  if (hosts.length > 0 && diagnostics.length === 0) checkNumbers(hosts);
  if (diagnostics.length > 0) return { diagnostics };
  const { currency } = json;
  return { running: { hosts: hosts.length > 0 ? hosts : alone, ...(typeof currency === 'string' && { currency }), places }, diagnostics };

  function list(object: Json, name: string): unknown[] | undefined {
    const value = object[name];
    if (value !== undefined && !Array.isArray(value)) fault(`${name} is no list`, name);
    return Array.isArray(value) ? value : undefined;
  }

  /** The hosts of a component whose instances have hosts of their own. */
  function component(value: unknown, i: number): RunningHosts[] {
    const path = ['components', i] as const;
    const { name, cardinality, candidate } = isObject(value) ? value : {};
    if (typeof name !== 'string' || name === '') fault('a component has no `name`', ...path, 'name');
    else if (numbers.has(name)) fault(`${name} stands here twice`, ...path, 'name');
    else if (!isCount(cardinality)) fault(`the \`cardinality\` of ${name} is no whole number from 0 on`, ...path, 'cardinality');
    else {
      places.set(name, place(node(...path, 'name')));
      numbers.set(name, cardinality);
      if (cardinality === 0 || (listed && listed.length > 0)) return [];
      const known = candidateOf(candidate, [...path, 'candidate']);
      return known ? [{ ...known, number: cardinality, components: [name] }] : [];
    }
    return [];
  }

  function hostsOf(value: unknown, i: number): RunningHosts[] {
    const path = ['hosts', i] as const;
    const { number, components: names, candidate, price } = isObject(value) ? value : {};
    const known = candidateOf(candidate, [...path, 'candidate'], price);
    if (!isCount(number) || number === 0) fault('the `number` of hosts is no whole number from 1 on', ...path, 'number');
    else if (!Array.isArray(names) || names.length === 0 || !names.every((n) => typeof n === 'string')) fault('`components` is no list of names', ...path, 'components');
    else if (known) {
      for (const [k, name] of names.entries()) if (!places.has(name)) places.set(name, place(node(...path, 'components', k)));
      return [{ ...known, number, components: names }];
    }
    return [];
  }

  /** An id, or an object with it. */
  function candidateOf(value: unknown, path: JsonPath, beside?: unknown): Pick<RunningHosts, 'candidate' | 'price' | 'place'> | undefined {
    const { id, price: own = beside } = isObject(value) ? value : { id: value };
    const prices = (json as Json)['prices'];
    const price = own ?? (isObject(prices) && typeof id === 'string' ? prices[id] : undefined);
    if (typeof id !== 'string' || id === '') fault('`candidate` is neither the id of one nor an object with its `id`', ...path);
    else if (price !== undefined && !(typeof price === 'number' && price >= 0)) fault(`the \`price\` of ${id} is no number from 0 on`, ...path);
    else return { candidate: id, ...(price !== undefined && { price }), place: place(node(...path)) };
    return undefined;
  }

  /** Where components say how many there are, the hosts say the same. */
  function checkNumbers(hosts: readonly RunningHosts[]): void {
    for (const [name, number] of numbers) {
      const found = hosts.reduce((sum, h) => sum + h.number * h.components.filter((c) => c === name).length, 0);
      if (found !== number) refuse(`${name} has the cardinality ${number}, and ${found} on the hosts`, node('components', [...numbers.keys()].indexOf(name), 'cardinality'));
    }
  }
}
