import { existsSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import { isFolder } from '../files.js';
import { unreadable, type Reading } from '../reading.js';
import { placeOfSettings, readSettings, settingsFile, type Settings } from './settings.js';

/**
 * The settings of a path: of its folder or the nearest one above that has some, up to `top`; outside of `top` of its folder alone.
 * @returns the path of the file
 */
export function settingsFileOf(path: string, top: string): string | undefined {
  for (let folder = normalize(isFolder(path) ? path : dirname(path)); ; folder = dirname(folder)) {
    const file = join(folder, settingsFile);
    if (existsSync(file)) return file;
    const way = relative(top, resolve(folder));
    if (way === '' || way.startsWith('..')) return undefined;
  }
}

/**
 * The settings of a run: those of the first of its paths that has some.
 * @param top the folder above which none are looked for
 * @returns the settings, and warnings for paths that would have others
 * @throws DiagnosticError where the file is wrong
 */
export function findSettings(paths: readonly string[], reading: Reading, top = process.cwd()): { settings?: Settings; diagnostics: Diagnostic[] } {
  const files = paths.flatMap((path) => settingsFileOf(path, top) ?? []);
  const [used] = files;
  if (used === undefined) return { diagnostics: [] };
  const others = new Map(files.filter((file) => resolve(file) !== resolve(used)).map((file) => [resolve(file), file]));
  return {
    settings: readSettings(used, reading),
    diagnostics: [...others.values()].map((file) => diagnose('config/several', { used }, placeOfSettings(file, reading))),
  };
}

/** The same, with all that is wrong with the settings and with the files that they name, where `findSettings` gives up. */
export function checkSettings(...[paths, reading, top]: Parameters<typeof findSettings>): ReturnType<typeof findSettings> {
  try {
    const { settings, diagnostics } = findSettings(paths, reading, top);
    const named = [...(settings?.candidates ?? []).filter((path) => path !== 'built-in'), ...(settings?.metrics === undefined ? [] : [settings.metrics])];
    return { settings, diagnostics: [...diagnostics, ...named.flatMap((path) => unreadable(path, reading))] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { diagnostics: error.diagnostics };
  }
}
