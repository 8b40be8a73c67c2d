/** Values of metrics. */
import { diagnose, DiagnosticError, parseJsonPlaces, rangeIn, readJson, type Place } from '@camelc/diagnostics';
import { conventionFiles } from './convention-files.js';
import type { ProblemOptions } from './options.js';
import { readSource, type Reading } from './reading.js';

export interface Metrics {
  metrics: Record<string, number>;
  files: string[];
  /** Where files name the metrics that they and not the command line give values to. */
  names: Record<string, Place>;
  /** Where a file gives the value of a metric; undefined: the command line does. */
  placeOfMetric: (name: string) => Place | undefined;
}

/** Values of metrics: of files first, then of the command line, which wins. @throws DiagnosticError */
export function readMetrics(paths: readonly string[], options: ProblemOptions, reading: Reading): Metrics {
  const files = options.metrics ? [options.metrics] : conventionFiles(paths, 'metrics.json');
  const metrics: Record<string, number> = {};
  const places = new Map<string, Place>();
  const names: Metrics['names'] = {};
  for (const path of files) {
    const text = readSource(path, reading);
    Object.assign(metrics, metricsOf(text, path));
    for (const [key, value] of parseJsonPlaces(text).children) {
      const place = ({ start, end }: { start: number; end: number }): Place => ({ file: path, range: rangeIn(text, start, end) });
      places.set(String(key), place(value));
      if (options.metric?.[key] === undefined) names[key] = place(value.name!);
    }
  }
  // Names may be qualified.
  const isFor = (name: string) => (given: string) => given === name || given.endsWith(`.${name}`);
  const placeOfMetric = (name: string): Place | undefined =>
    Object.keys(options.metric ?? {}).some(isFor(name)) ? undefined : [...places].find(([given]) => isFor(name)(given))?.[1];
  return { metrics: { ...metrics, ...options.metric }, files, names, placeOfMetric };
}

function metricsOf(text: string, file: string): Record<string, number> {
  const fail = (why: string, start: number, end: number): never => {
    throw new DiagnosticError([diagnose('file/metrics', { why }, { file, range: rangeIn(text, start, end) })]);
  };
  const read = readJson(text);
  if ('fault' in read) return fail(`not JSON: ${read.fault.message}`, read.fault.start, read.fault.end);
  const { root } = read;
  const json = read.value as Record<string, unknown>;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail('no object of names and numbers', root.start, root.end);
  const [repeated] = root.repeated;
  // Of two members with a name, JSON keeps the last.
  if (repeated) fail(`${text.slice(repeated.name!.start, repeated.name!.end)} is there twice`, repeated.name!.start, repeated.name!.end);
  for (const [name, node] of root.children) if (!Number.isFinite(json[name])) fail(`the value of ${name} is no finite number`, node.start, node.end);
  return json as Record<string, number>;
}
