import { createCamelServices } from '../camel-module.js';
import { syntaxDiagnostics } from '../parser/syntax-diagnostics.js';
import { symbolsOf } from '../scoping/symbols.js';
import { Library, type LibraryFile } from './library.js';
import { libraryUri } from './uris.js';

/**
 * Makes the library's files, to be written into src/library/generated/library.ts (scripts/generate.mjs).
 * @throws when a text is not CAMEL
 */
export function buildLibrary(texts: readonly { name: string; text: string }[]): LibraryFile[] {
  const { shared, Camel } = createCamelServices(new Library([]));
  return texts.map(({ name, text }) => {
    const document = shared.workspace.LangiumDocumentFactory.fromString(text, libraryUri(name));
    const [error] = syntaxDiagnostics(document, Camel);
    if (error) throw new Error(`${name}:${error.place!.range.start.line + 1}: ${error.message}`);
    const types: string[] = [];
    const camelModels: string[] = [];
    const numberOf = (list: string[], item: string): number => (list.includes(item) ? list.indexOf(item) : list.push(item) - 1);
    const rows = symbolsOf(document).map((s) => [s.name, numberOf(types, s.type), numberOf(camelModels, s.camelModel), s.path] as const);
    return { name, text, types, camelModels, rows };
  });
}
