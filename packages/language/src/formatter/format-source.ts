import type { Diagnostic } from '@camelc/diagnostics';
import { URI } from 'langium';
import { createCamelServices, type CamelServices } from '../camel-module.js';
import { standardLibrary, type SourceFile } from '../load.js';
import { syntaxDiagnostics } from '../parser/syntax-diagnostics.js';
import { setPath } from '../place.js';
import { applyReplacements, format } from './formatter.js';

let services: CamelServices | undefined;

/** A file with two spaces for each indentation. Where its syntax is broken it stays as it is, and diagnostics say why. */
export function formatSource({ path, text }: SourceFile): { text: string; diagnostics: Diagnostic[] } {
  const { shared, Camel } = (services ??= createCamelServices(standardLibrary()));
  const document = shared.workspace.LangiumDocumentFactory.fromString(text, URI.from({ scheme: 'camel-file', path: '/fmt.camel' }));
  setPath(document, path);
  const replacements = format(document, Camel, { tabSize: 2, insertSpaces: true });
  return replacements ? { text: applyReplacements(text, replacements), diagnostics: [] } : { text, diagnostics: syntaxDiagnostics(document, Camel) };
}
