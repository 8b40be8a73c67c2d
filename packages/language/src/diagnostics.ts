import { byPosition, groupOf, type Diagnostic } from '@camelc/diagnostics';
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { modelDiagnostics } from './checks/checks.js';
import { dependenciesOf } from './documents/document-builder.js';
import { syntaxDiagnostics } from './parser/syntax-diagnostics.js';
import { ambiguousNames } from './scoping/ambiguous.js';
import { referenceDiagnostics } from './scoping/unresolved.js';

/** Whether diagnostics of the code come from the language, not from a later step. */
export const isOfLanguage = (code: string): boolean => topics.has(groupOf(code)) || code === 'objective/constant';
const topics = new Set(['syntax', 'reference', 'model', 'unit', 'requirement', 'hint', 'component', 'port', 'credential']);

/** All that is wrong with a linked document, by position. */
export function diagnosticsOf(document: LangiumDocument, services: LangiumCoreServices): Diagnostic[] {
  const dependencies = dependenciesOf(services.shared);
  const syntax = syntaxDiagnostics(document, services);
  const lines = new Set(syntax.map((d) => d.place!.range.start.line));
  // Where the parser got lost, it took for names what are none; and what it could not read would be reported as missing.
  const references = [...referenceDiagnostics(document, services, (other) => dependencies.noteMention(document, other)), ...ambiguousNames(document, services)].filter(
    (d) => !lines.has(d.place!.range.start.line),
  );
  const model = syntax.length > 0 ? [] : modelDiagnostics(document, dependencies);
  return [...syntax, ...references, ...model].sort((a, b) => byPosition(a.place!.range.start, b.place!.range.start));
}
