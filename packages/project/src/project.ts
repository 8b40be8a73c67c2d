/** A run: the models it is about, and its options with the settings of their folder. */
import { readModels } from './model-files.js';
import type { ModelTexts } from './models.js';
import type { ProblemOptions } from './options.js';
import type { Reading } from './reading.js';
import { checkSettings, findSettings } from './settings/find-settings.js';
import { ignoring } from './settings/ignored.js';
import type { Settings } from './settings/settings.js';

export interface Project<O> {
  paths: readonly string[];
  options: O;
  models: ModelTexts;
  settings?: Settings;
}

/** Options that settings give where the command line does not. */
type Settable = Pick<ProblemOptions, 'candidates' | 'metrics' | 'currency' | 'rate'> & { timeLimit?: number };

/**
 * Reads the settings and the models of a run.
 * @param options of the command line, which win over the settings
 * @throws DiagnosticError where the settings are wrong
 */
export function openProject<O extends Settable>(paths: readonly string[], options: O, reading: Reading): Project<O> {
  const found = findSettings(paths, reading);
  return { paths, options: withSettings(options, found.settings), models: readTexts(paths, found, reading), settings: found.settings };
}

/** Reads the models of a run that is only to check them: a fault of the settings is told with those of the models. */
export const openToCheck = (paths: readonly string[], reading: Reading): ModelTexts => readTexts(paths, checkSettings(paths, reading), reading);

function readTexts(paths: readonly string[], { settings, diagnostics: ofSettings }: ReturnType<typeof findSettings>, reading: Reading): ModelTexts {
  const { files, diagnostics } = readModels(paths, reading, ignoring(settings));
  return { files, diagnostics: [...ofSettings, ...diagnostics], severities: settings?.severities };
}

/** The options, with the settings for those that are not given. */
export function withSettings<O extends Settable>(options: O, settings: Settings | undefined): O {
  const { candidates, metrics, currency, rates, timeLimit } = settings ?? {};
  return {
    ...options,
    candidates: options.candidates ?? candidates,
    metrics: options.metrics ?? metrics,
    currency: options.currency ?? currency,
    rate: { ...rates, ...options.rate },
    timeLimit: options.timeLimit ?? timeLimit,
  };
}
