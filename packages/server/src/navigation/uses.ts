import { symbolIndexOf } from '@camelc/language';
import { AstUtils, type AstNode, type ReferenceDescription, type URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';

/** The references, of all documents, to the element and to what lies within it. */
export function usesOf(element: AstNode, { shared, workspace }: LangiumServices): ReferenceDescription[] {
  return symbolIndexOf(shared).referencesInto(AstUtils.getDocument(element).uri, workspace.AstNodeLocator.getAstNodePath(element));
}

/** What stands at a path in the tree of a document, unless the document has gone. */
export function nodeAtPath(uri: URI, path: string, { shared, workspace }: LangiumServices): AstNode | undefined {
  const root = shared.workspace.LangiumDocuments.getDocument(uri)?.parseResult.value;
  return root && workspace.AstNodeLocator.getAstNode(root, path);
}
