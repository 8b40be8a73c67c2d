import type { LangiumDocument, MaybePromise } from 'langium';
import type { DocumentHighlightProvider, LangiumServices } from 'langium/lsp';
import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from 'vscode-languageserver';
import { nameAt, placesNaming } from './names.js';

/** The places of the document that name what the cursor is on: written where it is declared, read where it is referred to. */
export class CamelDocumentHighlightProvider implements DocumentHighlightProvider {
  constructor(private readonly services: LangiumServices) {}

  getDocumentHighlight(document: LangiumDocument, { position }: DocumentHighlightParams): MaybePromise<DocumentHighlight[] | undefined> {
    const element = nameAt(document, position, this.services)?.element;
    const places = element && placesNaming(element, this.services).filter(({ uri }) => uri.toString() === document.uri.toString());
    return places?.map(({ range, isDeclaration }) => ({ range, kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }));
  }
}
