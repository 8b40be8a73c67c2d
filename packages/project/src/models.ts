/** From the texts of models to the application. */
import { applicationModels, buildApplication, chooseApplication, type Application } from '@camelc/application';
import { adjustSeverities, DiagnosticError, hasErrors, type Diagnostic, type Severities } from '@camelc/diagnostics';
import { loadModels } from '@camelc/language';
import type { SourceFile } from './files.js';

/** Models as they were read, with what was wrong with reading them. */
export interface ModelTexts {
  files: readonly SourceFile[];
  diagnostics: readonly Diagnostic[];
  /** Those of the settings. */
  severities?: Severities;
}

/** All that is wrong with models, as text and as applications. */
export async function checkModels({ files, diagnostics: ofFiles, severities }: ModelTexts): Promise<Diagnostic[]> {
  const loaded = await loadModels(files);
  const diagnostics = adjustSeverities([...ofFiles, ...loaded.diagnostics], severities);
  if (hasErrors(diagnostics)) return diagnostics;
  const ofApplications = applicationModels(loaded.models).flatMap((model) => buildApplication(model, loaded.models, loaded.libraryRegions).diagnostics);
  return [...diagnostics, ...adjustSeverities(ofApplications, severities)];
}

/** An application with the warnings on the way to it. */
export interface LoadedApplication {
  application: Application;
  diagnostics: Diagnostic[];
  severities?: Severities;
}

/**
 * The application that models describe.
 * @param name which of several
 * @throws DiagnosticError where the models have errors
 */
export async function loadApplication({ files, diagnostics: ofFiles, severities }: ModelTexts, name: string | undefined): Promise<LoadedApplication> {
  const { models, diagnostics: ofModels, libraryRegions } = await loadModels(files);
  const diagnostics = adjustSeverities([...ofFiles, ...ofModels], severities);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const { application, diagnostics: ofApplication } = buildApplication(chooseApplication(models, name), models, libraryRegions);
  const all = adjustSeverities([...diagnostics, ...ofApplication], severities);
  if (hasErrors(all)) throw new DiagnosticError(all);
  return { application, diagnostics: all, severities };
}
