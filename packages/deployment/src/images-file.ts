import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { diagnose, hasErrors, nearest, nodeAt, rangeIn, readJson, type Diagnostic, type JsonNode, type Place } from '@camelc/diagnostics';
import { imagesSchema } from './images-schema.js';

/** What an images file says about each component it names. */
export type Images = Record<string, ImageEntry>;

export interface ImageEntry {
  place: Place;
  image?: { text: string; place: Place };
  command?: string | string[];
  environment: NamedText[];
  /** Names of settings, each with the `$VARIABLE` that stands for its credential. */
  secrets: NamedText[];
  /** Paths of the container, each with the file that stands there. */
  configs: NamedText[];
  healthCheck?: { command: string | string[]; interval?: number; timeout?: number; retries?: number; startPeriod?: number };
}

export interface NamedText {
  name: string;
  text: string;
  place: Place;
}

type Group = 'environment' | 'secrets' | 'configs';
type Written = Partial<Record<Group, Record<string, string | number | boolean>>> & Pick<ImageEntry, 'command' | 'healthCheck'> & { image?: string };

let validate: ValidateFunction | undefined;

/**
 * Reads an images file: JSON, component → image, or component → what `images-schema.ts` says.
 * @param file its path, for places
 * @param components names of the application's components; any other is an error
 */
export function readImages(text: string, file: string, components: readonly string[]): { images?: Images; diagnostics: Diagnostic[] } {
  const placeOf = ({ start, end }: { start: number; end: number }): Place => ({ file, range: rangeIn(text, start, end) });
  const read = readJson(text);
  if ('fault' in read) {
    const why = text.trim() === '' ? 'it is empty' : read.fault.message;
    return { diagnostics: [diagnose('deployment/images-not-json', { why }, placeOf(read.fault))] };
  }
  const { root } = read;

  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(imagesSchema);
  const value = read.value as Record<string, string | Written>;
  const diagnostics = validate(value) ? [] : (validate.errors ?? []).map((error) => shapeError(error, root, placeOf));
  if (hasErrors(diagnostics)) return { diagnostics };

  const images: Images = Object.create(null);
  // Of two members with a name, JSON keeps the last.
  for (const { name } of [root, ...root.children.values()].flatMap((node) => [node, ...node.children.values()]).flatMap(({ repeated }) => repeated))
    diagnostics.push(diagnose('deployment/images-shape', { path: text.slice(name!.start + 1, name!.end - 1), problem: 'is there twice' }, placeOf(name!)));
  for (const [key, content] of root.children) {
    const name = String(key);
    if (!components.includes(name)) {
      diagnostics.push(diagnose('deployment/images-unknown-component', { name, suggestion: nearest(name, components), components: [...components] }, placeOf(content.name!)));
      continue;
    }
    const written = value[name]!;
    const at = (...path: string[]): Place => placeOf(nodeAt(content, path));
    const texts = (group: Group): NamedText[] =>
      typeof written === 'string' ? [] : Object.entries(written[group] ?? {}).map(([setting, text]) => ({ name: setting, text: String(text), place: at(group, setting) }));
    const image = typeof written === 'string' ? written : written.image;
    images[name] = {
      place: placeOf(content.name!),
      ...(image !== undefined && { image: { text: image, place: at('image') } }),
      ...(typeof written !== 'string' && { command: written.command, healthCheck: written.healthCheck }),
      environment: texts('environment'),
      secrets: texts('secrets'),
      configs: texts('configs'),
    };
  }
  return hasErrors(diagnostics) ? { diagnostics } : { images, diagnostics };
}

function shapeError(error: ErrorObject, root: JsonNode, placeOf: (node: { start: number; end: number }) => Place): Diagnostic {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = error.params['additionalProperty'] as string | undefined;
  const node = nodeAt(
    root,
    path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
  );
  const name = extra === undefined ? undefined : node.children.get(extra)?.name;
  const known = (error.parentSchema as { properties?: object } | undefined)?.properties;
  const problem = extra === undefined ? expected(error) : `has no \`${extra}\`, only ${Object.keys(known ?? {}).join(', ')}`;
  return diagnose('deployment/images-shape', { path: path.join('.') || 'the file', problem }, placeOf(name ?? node));
}

/** What the schema wants, in words. */
function expected({ keyword, params, message }: ErrorObject): string {
  const names: Record<string, string> = { string: 'a text', object: 'an object', array: 'a list', number: 'a number', integer: 'a whole number', boolean: 'true or false' };
  if (keyword !== 'type') return message ?? 'is not understood';
  return `must be ${[params['type'] as string | string[]]
    .flat()
    .map((type) => names[type] ?? type)
    .join(' or ')}`;
}
