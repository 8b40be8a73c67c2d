import { rangeBetween } from '@camelc/language';
import { CstUtils, type LangiumDocument, type MaybePromise } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';

const address = /\b(?:https?|ftp|git|ssh):\/\/[^\s"'<>`\\]+/g;

/** Without the punctuation of the sentence around it, and a bracket that it does not open. */
const withoutEnd = (found: string): string => found.replace(found.includes('(') ? /[.,;:!?\]}]+$/ : /[.,;:!?)\]}]+$/, '');

/** Makes the addresses in the texts and comments of a model links. */
export class CamelDocumentLinkProvider implements DocumentLinkProvider {
  getDocumentLinks({ parseResult, textDocument }: LangiumDocument): MaybePromise<DocumentLink[]> {
    const root = parseResult.value.$cstNode;
    if (!root) return [];
    const text = textDocument.getText();
    return [...text.matchAll(address)].flatMap(({ 0: found, index }) => {
      const url = withoutEnd(found);
      const leaf = CstUtils.findLeafNodeAtOffset(root, index);
      if (!leaf || !/^["']|^\/[/*]/.test(leaf.text)) return [];
      return [{ range: rangeBetween(textDocument, index, index + url.length), target: url.replace(/^git:/, 'https:') }];
    });
  }
}
