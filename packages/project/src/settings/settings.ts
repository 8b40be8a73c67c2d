/** The settings file `camelc.config.json`. */
import type { Currency } from '@camelc/candidates';
import { DiagnosticError, nodeAt, parseJsonPlaces, rangeIn, type Place, type Severities } from '@camelc/diagnostics';
import { dirname, join } from 'node:path';
import { readSource, type Reading } from '../reading.js';
import { namedIn } from '../secrets/reference.js';
import { settingsFaults } from './faults.js';

export const settingsFile = 'camelc.config.json';

/** What the settings file says, paths in it made relative to where the run stands. */
export interface Settings {
  /** Its path. */
  file: string;
  severities?: Severities;
  candidates?: string[];
  metrics?: string;
  currency?: Currency;
  rates?: Readonly<Record<string, number>>;
  /** References of credentials, by their names. */
  secrets?: Readonly<Record<string, string>>;
  /** Where each of them stands. */
  secretPlaces?: ReadonlyMap<string, Place>;
  timeLimit?: number;
  ignore?: string[];
}

/** Reads a settings file. @throws DiagnosticError with all that is wrong with it */
export function readSettings(file: string, reading: Reading): Settings {
  const text = readSource(file, reading);
  const faults = settingsFaults(text, file);
  if (faults.length > 0) throw new DiagnosticError(faults);
  const { candidates, metrics, secrets, ...rest } = JSON.parse(text) as Omit<Settings, 'file'>;
  const root = parseJsonPlaces(text);
  const placeOf = (...at: (string | number)[]): Place => {
    const { start, end } = nodeAt(root, at);
    return { file, range: rangeIn(text, start, end) };
  };
  const here = (path: string, ...at: (string | number)[]): string => {
    const named = join(dirname(file), path);
    (reading.namedAt ??= new Map()).set(named, placeOf(...at));
    return named;
  };
  return {
    ...rest,
    file,
    ...(candidates && { candidates: candidates.map((path, i) => (path === 'built-in' ? path : here(path, 'candidates', i))) }),
    ...(secrets && {
      secrets: Object.fromEntries(Object.entries(secrets).map(([name, reference]) => [name, namedIn(dirname(file), reference)])),
      secretPlaces: new Map(Object.keys(secrets).map((name) => [name, placeOf('secrets', name)])),
    }),
    ...(metrics !== undefined && { metrics: here(metrics, 'metrics') }),
  };
}

/** The whole of a settings file, to mark it in a diagnostic. */
export function placeOfSettings(file: string, reading: Reading): { file: string; range: ReturnType<typeof rangeIn> } {
  const text = readSource(file, reading);
  const { start, end } = parseJsonPlaces(text);
  return { file, range: rangeIn(text, start, end) };
}
