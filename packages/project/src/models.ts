/** From the texts of models to the application. */
import { applicationModels, buildApplication, chooseApplication, measuredNames, type Application } from '@camelc/application';
import { adjustSeverities, applyIgnores, DiagnosticError, groupOf, hasErrors, shownOf, type Diagnostic, type Severities } from '@camelc/diagnostics';
import { isOfLanguage, loadModels } from '@camelc/language';
import type { SourceFile } from './files.js';

/** Models as they were read, with what was wrong with reading them. */
export interface ModelTexts {
  files: readonly SourceFile[];
  diagnostics: readonly Diagnostic[];
  /** As the settings have them. */
  severities?: Severities;
}

/** All that is wrong with models, as text and as applications. */
export async function checkModels(texts: ModelTexts): Promise<Diagnostic[]> {
  const loaded = await loadModels(texts.files);
  const diagnostics = [...texts.diagnostics, ...loaded.diagnostics];
  if (hasErrors(settled(diagnostics, texts, isOfLanguage))) return settled(diagnostics, texts, isOfLanguage);
  const ofApplications = applicationModels(loaded.models).flatMap((model) => buildApplication(model, loaded.models, loaded.libraryRegions).diagnostics);
  return settled([...diagnostics, ...ofApplications], texts, isOfModels);
}

/** With the severities of the settings; what a comment keeps back is marked. */
const settled = (diagnostics: readonly Diagnostic[], { files, severities }: ModelTexts, wasLookedFor: (code: string) => boolean): Diagnostic[] =>
  adjustSeverities(applyIgnores(diagnostics, files, wasLookedFor), severities);

const ofApplication = new Set(['application', 'location', 'placement', 'scale', 'variable', 'formula', 'objective']);
const isOfModels = (code: string): boolean => isOfLanguage(code) || ofApplication.has(groupOf(code));

/** An application with the warnings on the way to it. */
export interface LoadedApplication {
  application: Application;
  diagnostics: Diagnostic[];
  severities?: Severities;
  /** Names of the metrics and variables of all models that were read. */
  namesInSight: ReadonlySet<string>;
}

/**
 * The application that models describe.
 * @param name which of several
 * @throws DiagnosticError where the models have errors
 */
export async function loadApplication(texts: ModelTexts, name: string | undefined): Promise<LoadedApplication> {
  const { models, diagnostics: ofModels, libraryRegions } = await loadModels(texts.files);
  const diagnostics = shownOf(settled([...texts.diagnostics, ...ofModels], texts, isOfLanguage));
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const { application, diagnostics: ofThis } = buildApplication(chooseApplication(models, name), models, libraryRegions);
  const all = shownOf(settled([...texts.diagnostics, ...ofModels, ...ofThis], texts, isOfModels));
  if (hasErrors(all)) throw new DiagnosticError(all);
  return { application, diagnostics: all, severities: texts.severities, namesInSight: measuredNames(models) };
}
