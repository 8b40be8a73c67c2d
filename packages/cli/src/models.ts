/** From paths to models and to the application. */
import { buildApplication, applicationModels, chooseApplication, type Application } from '@camelc/application';
import { DiagnosticError, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { loadModels, type LoadedModels } from '@camelc/language';
import type { Console } from './console.js';
import { readModels } from './files.js';

/** Reads, links and checks the models that the user names. Faulty ones come with their diagnostics. */
export async function loadPaths(paths: readonly string[], c: Console): Promise<LoadedModels & { files: number }> {
  const { files, diagnostics } = readModels(paths);
  for (const file of files) c.sources.set(file.path, file.text);
  const loaded = await loadModels(files);
  return { ...loaded, diagnostics: [...diagnostics, ...loaded.diagnostics], files: files.length };
}

/** All that is wrong with the models, as text and as applications. */
export async function checkPaths(paths: readonly string[], c: Console): Promise<{ diagnostics: Diagnostic[]; files: number }> {
  const { models, diagnostics, files, libraryRegions } = await loadPaths(paths, c);
  if (hasErrors(diagnostics)) return { diagnostics, files };
  const ofApplications = applicationModels(models).flatMap((model) => buildApplication(model, models, libraryRegions).diagnostics);
  return { diagnostics: [...diagnostics, ...ofApplications], files };
}

/** The application of a run, with the warnings on the way. @throws DiagnosticError where the models have errors */
export async function loadApplication(paths: readonly string[], name: string | undefined, c: Console): Promise<{ application: Application; diagnostics: Diagnostic[] }> {
  const { models, diagnostics, libraryRegions } = await loadPaths(paths, c);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const model = chooseApplication(models, name);
  const built = buildApplication(model, models, libraryRegions);
  const all = [...diagnostics, ...built.diagnostics];
  if (hasErrors(all)) throw new DiagnosticError(all);
  return { application: built.application, diagnostics: all };
}
