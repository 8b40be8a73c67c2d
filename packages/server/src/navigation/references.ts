import type { LangiumDocument, MaybePromise } from 'langium';
import type { LangiumServices, ReferencesProvider } from 'langium/lsp';
import { Location, type ReferenceParams } from 'vscode-languageserver';
import { nameAt, placesNaming } from './names.js';

/** All places that name an element, in all files and in formulas; a path through the element counts. */
export class CamelReferencesProvider implements ReferencesProvider {
  constructor(private readonly services: LangiumServices) {}

  findReferences(document: LangiumDocument, { position, context }: ReferenceParams): MaybePromise<Location[]> {
    const element = nameAt(document, position, this.services)?.element;
    const places = element ? placesNaming(element, this.services) : [];
    return places.filter((p) => context.includeDeclaration || !p.isDeclaration).map(({ uri, range }) => Location.create(uri.toString(), range));
  }
}
