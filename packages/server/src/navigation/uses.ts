import { isLibraryUri, symbolIndexOf, type CamelLinker } from '@camelc/language';
import { AstUtils, type AstNode, type ReferenceDescription, type URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';

/** The references, of all documents, to the element and to what lies within it. */
export function usesOf(element: AstNode, { shared, workspace }: LangiumServices): ReferenceDescription[] {
  return symbolIndexOf(shared).referencesInto(AstUtils.getDocument(element).uri, workspace.AstNodeLocator.getAstNodePath(element));
}

/** What stands at a path in the tree of a document, also of one of the standard library; undefined where the document has gone. */
export function nodeAtPath(uri: URI, path: string, { shared, workspace, references }: LangiumServices): AstNode | undefined {
  const document = isLibraryUri(uri) ? (references.Linker as CamelLinker).libraryDocument(uri) : shared.workspace.LangiumDocuments.getDocument(uri);
  return document && workspace.AstNodeLocator.getAstNode(document.parseResult.value, path);
}
