/** What is wrong with a settings file. */
import { catalogue, diagnose, isFixed, nearest, nodeAt, rangeIn, readJson, severityNames, shortly, typeNames, type Code, type Diagnostic } from '@camelc/diagnostics';
import { currencies } from '../options.js';
import { validate } from '../generated/validate.js';
import { parseReference } from '../secrets/reference.js';

/** A fault as the validator tells it. */
interface SchemaFault {
  /** `/rates/USD`. */
  instancePath: string;
  keyword: string;
  params: { additionalProperty?: string; type?: string | string[]; allowedValues?: string[]; limit?: number };
}

const names = ['severities', 'candidates', 'metrics', 'currency', 'rates', 'secrets', 'timeLimit', 'ignore'] as const;

/** Diagnostics of a settings file, in the order of their places. */
export function settingsFaults(text: string, file: string): Diagnostic[] {
  const read = readJson(text);
  if ('fault' in read) {
    const { message, start, end } = read.fault;
    return [diagnose('config/not-json', { message: text.trim() === '' ? 'the file is empty' : message }, { file, range: rangeIn(text, start, end) })];
  }
  const { root } = read;
  const settings = read.value as { severities?: Record<string, unknown>; secrets?: unknown };
  const report = (path: readonly string[], make: (place: Diagnostic['place']) => Diagnostic): { at: number; diagnostic: Diagnostic } => {
    const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const node = nodeAt(root, steps);
    return { at: node.start, diagnostic: make({ file, range: rangeIn(text, node.start, node.end) }) };
  };
  const unknown = (path: readonly string[], known: readonly string[]): { at: number; diagnostic: Diagnostic } => {
    const suggestion = nearest(path.at(-1)!, known);
    const { name = root } = nodeAt(root, path);
    const place = { file, range: rangeIn(text, name.start, name.end) };
    return { at: name.start, diagnostic: diagnose('config/unknown', { path: path.join('.'), suggestion, known: known.slice(0, 10) }, place) };
  };

  const found: { at: number; diagnostic: Diagnostic }[] = [];
  if (!validate(settings)) {
    for (const { instancePath, keyword, params } of (validate as { errors?: SchemaFault[] }).errors ?? []) {
      const path = instancePath.split('/').slice(1).map(unescapePointer);
      if (path[0] === 'secrets') continue;
      if (params.additionalProperty !== undefined) found.push(unknown([...path, params.additionalProperty], path.length === 0 ? names : currencies));
      else {
        const value = path.reduce<unknown>((v, step) => (v as Record<string, unknown>)[step], settings);
        found.push(report(path, (place) => diagnose('config/value', { path: path.join('.'), problem: problemOf(value, keyword, params) }, place)));
      }
    }
  }
  // Told without what stands there: it may be the value of a credential.
  const { secrets = {} } = settings ?? {};
  const references = isObject(secrets) ? Object.entries(secrets) : [['', undefined] as const];
  for (const [name, reference] of references) {
    if (name && typeof reference === 'string' && parseReference(reference)) continue;
    found.push(report(isObject(secrets) ? ['secrets', name] : ['secrets'], (place) => diagnose('secret/reference', { name }, place)));
  }
  // Of two members with a name, JSON keeps the last.
  for (const [above, { repeated }] of [['', root] as const, ...root.children])
    for (const { name } of repeated) {
      const path = `${above === '' ? '' : `${above}.`}${text.slice(name!.start + 1, name!.end - 1)}`;
      found.push({ at: name!.start, diagnostic: diagnose('config/value', { path, problem: 'is there twice' }, { file, range: rangeIn(text, name!.start, name!.end) }) });
    }
  const severityKeys = severityNames();
  for (const [name, severity] of Object.entries(settings?.severities ?? {})) {
    if (!severityKeys.includes(name)) found.push(unknown(['severities', name], severityKeys));
    else if (name in catalogue && isFixed(name as Code) && ['warning', 'hint', 'off'].includes(String(severity)))
      found.push(report(['severities', name], (place) => diagnose('config/fixed-severity', { code: name }, place)));
  }
  return found.sort((a, b) => a.at - b.at).map((f) => f.diagnostic);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const unescapePointer = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

function problemOf(value: unknown, keyword: string, { type, allowedValues, limit }: SchemaFault['params']): string {
  const is = `is ${shortly(value)}`;
  switch (keyword) {
    case 'type':
      return `${is}, not ${typeNames(type!)}`;
    case 'enum':
      return `${is}, not one of ${allowedValues!.join(', ')}`;
    case 'exclusiveMinimum':
      return `${is}, not above ${limit}`;
    case 'minItems':
      return 'is an empty list';
    default:
      // pattern
      return 'is an empty text';
  }
}
