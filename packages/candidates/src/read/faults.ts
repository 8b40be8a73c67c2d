import { byPosition, diagnose, nodeAt, parseJsonPlaces, rangeIn, shortly, typeNames, type Diagnostic, type JsonNode, type JsonPath, type Place } from '@camelc/diagnostics';
import type { ErrorObject } from 'ajv';

/** Faults beyond this many are counted, not shown. */
const shownFaults = 20;

/** A text that is JSON, and what leads from a fault in the candidates made of it to its place there. */
export class Source {
  #root?: JsonNode;

  /** @param pathOf where a value of the candidate list stands in the file; the same place unless the format is another's */
  constructor(
    readonly text: string,
    readonly file: string,
    readonly pathOf: (path: JsonPath) => JsonPath = (path) => path,
  ) {}

  /** The place of a value in the file: of the value itself, or of the innermost one around it where it is missing. */
  place(path: JsonPath): Place {
    this.#root ??= parseJsonPlaces(this.text);
    const node = nodeAt(this.#root, this.pathOf(path));
    return { file: this.file, range: rangeIn(this.text, node.start, node.end) };
  }

  /** The value's name as the file has it: `candidates[3].memory`. */
  name(path: JsonPath): string {
    return (
      this.pathOf(path)
        .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${step}`))
        .join('') || 'the file'
    );
  }
}

/** What is wrong with a value, by the schema's keyword that it breaks, and what to do. */
function problemOf(error: ErrorObject, value: unknown): { problem: string; help?: string } {
  const is = `is ${shortly(value)}`;
  const last = error.instancePath.slice(error.instancePath.lastIndexOf('/') + 1);
  switch (error.keyword) {
    case 'required':
      return { problem: 'is missing', help: 'add it' };
    case 'additionalProperties':
      return { problem: 'is not a field of candidates files', help: 'see candidates.schema.json; further facts go into "attributes"' };
    case 'type':
      if (last === 'limit') return { problem: `${is}, not a whole number`, help: 'a limit is a number of hosts; leave it out for as many as wanted' };
      return {
        problem: `${is}, not ${typeNames(error.params['type'])}`,
        help: typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? 'write the number without quotes' : undefined,
      };
    case 'enum':
      return { problem: `${is}, not one of ${(error.params['allowedValues'] as string[]).join(', ')}` };
    case 'minimum':
      return { problem: `${is}, below ${error.params['limit']}`, help: last === 'price' || last === 'limit' ? `a ${last} is 0 or more` : undefined };
    case 'maximum':
      return {
        problem: `${is}, above ${error.params['limit']}`,
        help: last === 'latitude' || last === 'longitude' ? 'degrees are meant; are latitude and longitude swapped?' : undefined,
      };
    case 'pattern':
      if (last === 'date') return { problem: `${is}, not a date`, help: 'write it as YYYY-MM-DD' };
      if (last === 'country') return { problem: `${is}, not a country`, help: 'write its two letters of ISO 3166-1, such as DE' };
      return { problem: 'is an empty text' };
    default:
      return { problem: `${is}, which the schema does not allow` };
  }
}

/**
 * Diagnostics of what the schema says against a list.
 * @param list the value that was validated
 */
export function schemaFaults(errors: readonly ErrorObject[], list: unknown, source: Source): Diagnostic[] {
  return errors.map((error) => {
    const path = pathOfPointer(error.instancePath);
    const missing = error.params['missingProperty'] ?? error.params['additionalProperty'];
    if (typeof missing === 'string') path.push(missing);
    const value = path.reduce<unknown>((v, step) => (v as Record<string | number, unknown> | undefined)?.[step], list);
    return diagnose('candidates/schema', { path: source.name(path), ...problemOf(error, value) }, source.place(path));
  });
}

const pathOfPointer = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step, i, all) => {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      return /^\d+$/.test(name) && ['candidates', 'images', 'runtimes', 'within'].includes(all[i - 1] ?? '') ? Number(name) : name;
    });

/** The first faults in the order of the file, and how many more there are. */
export function firstFaults(faults: readonly Diagnostic[]): Diagnostic[] {
  const sorted = faults.toSorted((a, b) => byPosition(a.place!.range.start, b.place!.range.start));
  const more = sorted.length - shownFaults;
  return more > 0 ? [...sorted.slice(0, shownFaults), diagnose('candidates/more-faults', { more })] : sorted;
}
