/** What a run is given besides the models: candidates, metrics, values of variables. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, DiagnosticError, JsonFault, parseJsonPlaces, rangeIn, type Diagnostic, type JsonNode, type Place } from '@camelc/diagnostics';
import type { CandidateList, Currency } from '@camelc/candidates';
import type { RunningDeployment } from '@camelc/problem';
import type { Console } from './console.js';
import { readText } from './files.js';

/** Those that a candidates file may name. */
export const currencies = ['EUR', 'USD', 'GBP', 'CHF'] as const satisfies readonly Currency[];

export interface CandidateOptions {
  application?: string;
  candidates?: string[];
  currency: Currency;
  rate?: Record<string, number>;
}

export interface ProblemOptions extends CandidateOptions {
  metric?: Record<string, number>;
  metrics?: string;
  current?: CurrentOption;
  minGain?: number;
}

/** What `--current` says: values of variables, and the file of the running deployment. */
export interface CurrentOption {
  values: Record<string, number>;
  file?: string;
}

/** A file that a folder given on the command line holds beside its models, and that is read without being named. */
function conventionFiles(paths: readonly string[], name: 'candidates.json' | 'metrics.json' | 'images.json'): string[] {
  return paths
    .filter((p) => statSync(p, { throwIfNoEntry: false })?.isDirectory())
    .map((p) => join(p, name))
    .filter((p) => existsSync(p));
}

export interface Metrics {
  metrics: Record<string, number>;
  files: string[];
  /** Where a file gives the value of a metric; undefined: the command line does. */
  placeOfMetric: (name: string) => Place | undefined;
}

/** Values of metrics: of files first, then of the command line, which wins. @throws DiagnosticError */
export function readMetrics(paths: readonly string[], options: ProblemOptions, c: Console): Metrics {
  const files = options.metrics ? [options.metrics] : conventionFiles(paths, 'metrics.json');
  const metrics: Record<string, number> = {};
  const places = new Map<string, Place>();
  for (const path of files) {
    const text = readText(path);
    c.sources.set(path, text);
    Object.assign(metrics, metricsOf(text, path));
    for (const [name, { start, end }] of parseJsonPlaces(text).children) places.set(String(name), { file: path, range: rangeIn(text, start, end) });
  }
  // Names may be qualified.
  const isFor = (name: string) => (given: string) => given === name || given.endsWith(`.${name}`);
  const placeOfMetric = (name: string): Place | undefined =>
    Object.keys(options.metric ?? {}).some(isFor(name)) ? undefined : [...places].find(([given]) => isFor(name)(given))?.[1];
  return { metrics: { ...metrics, ...options.metric }, files, placeOfMetric };
}

/** The running deployment of `--current FILE`; absent without one. @throws DiagnosticError */
export async function readRunningFile({ current, minGain }: ProblemOptions, c: Console): Promise<RunningDeployment | undefined> {
  const path = current?.file;
  if (path === undefined) {
    if (minGain !== undefined) throw new DiagnosticError([diagnose('usage/invalid', { message: '--min-gain compares with what runs: give that with `--current FILE`' })]);
    return undefined;
  }
  const { readRunning } = await import('@camelc/problem');
  const text = readText(path);
  c.sources.set(path, text);
  const { running, diagnostics } = readRunning(text, path);
  if (!running) throw new DiagnosticError(diagnostics);
  return running;
}

function metricsOf(text: string, file: string): Record<string, number> {
  const fail = (why: string, start: number, end: number): never => {
    throw new DiagnosticError([diagnose('file/metrics', { why }, { file, range: rangeIn(text, start, end) })]);
  };
  let root: JsonNode;
  try {
    root = parseJsonPlaces(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return fail(`not JSON: ${error.message}`, error.offset, error.offset + 1);
  }
  const json = JSON.parse(text) as Record<string, unknown>;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail('no object of names and numbers', root.start, root.end);
  for (const [name, node] of root.children) if (!Number.isFinite(json[name])) fail(`the value of ${name} is no finite number`, node.start, node.end);
  return json as Record<string, number>;
}

/** The images file that is named, or that lies beside the models. */
export function imagesFile(paths: readonly string[], named: string | undefined): string | undefined {
  return named ?? conventionFiles(paths, 'images.json')[0];
}

export interface Candidates {
  list: CandidateList;
  /** What one unit of each currency is worth in euros. */
  rates: Record<string, number>;
  /** The lists it is made of, for people. */
  sources: string;
  /** Where a file says how many there are of a candidate. */
  placeOfLimit: (id: string) => Place | undefined;
  diagnostics: Diagnostic[];
}

/**
 * The candidates of a run: the files that are named, else the built-in catalogue with what lies beside the models.
 * @throws DiagnosticError where a file cannot be read as candidates
 */
export async function readCandidateLists(paths: readonly string[], options: CandidateOptions, c: Console): Promise<Candidates> {
  const { builtInCatalogue, catalogueRates, mergeLists, readCandidates } = await import('@camelc/candidates');
  const rates = { ...catalogueRates().rates, ...options.rate };
  const named = options.candidates ?? ['built-in', ...conventionFiles(paths, 'candidates.json')];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const lists = named.map((name): { list: CandidateList; label: string } => {
    if (name === 'built-in') {
      const list = builtInCatalogue();
      return { list, label: `built-in catalogue of ${list.date}` };
    }
    const text = readText(name);
    c.sources.set(name, maskCredentials(text));
    texts.set(name, text);
    const read = readCandidates(text, name, { currency: options.currency });
    diagnostics.push(...read.diagnostics);
    if (!read.list) throw new DiagnosticError(diagnostics);
    return { list: read.list, label: name };
  });
  const [first, ...more] = lists.map((l) => l.list);
  const merged = mergeLists([first!, ...more], rates);
  diagnostics.push(...merged.diagnostics);
  if (!merged.list) throw new DiagnosticError(diagnostics);
  return { list: merged.list, rates, sources: lists.map((l) => l.label).join(', '), placeOfLimit: (id) => placeOfLimit(texts, id), diagnostics };
}

/** In a file of the project's own format where the limit is stated; in another one, which tells own machines one by one, where the id is. */
function placeOfLimit(texts: ReadonlyMap<string, string>, id: string): Place | undefined {
  for (const [file, text] of texts) {
    for (const { children } of parseJsonPlaces(text).children.get('candidates')?.children.values() ?? []) {
      const name = children.get('id');
      if (!name || JSON.parse(text.slice(name.start, name.end)) !== id) continue;
      const { start, end } = children.get('limit') ?? name;
      return { file, range: rangeIn(text, start, end) };
    }
  }
  for (const [file, text] of texts) {
    const start = text.indexOf(JSON.stringify(id));
    if (start >= 0) return { file, range: rangeIn(text, start + 1, start + 1 + id.length) };
  }
  return undefined;
}

/** The executor's JSON holds credentials of clouds, which no quoted line may show. */
const maskCredentials = (text: string): string =>
  text.replace(
    /("(?:secret|password|token|user|key|value|privateKey)"\s*:\s*")((?:[^"\\]|\\.)*)"/gi,
    (_, before: string, value: string) => `${before}${'•'.repeat(value.length)}"`,
  );
