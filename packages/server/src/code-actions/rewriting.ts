import { removed } from '@camelc/language';
import { AstUtils, CstUtils, type AstNode, type CompositeCstNode, type CstNode, type Reference, type ReferenceInfo } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { TextEdit } from 'vscode-languageserver';
import { textEdit, type Request } from './action.js';

/** The element of a kind that the selection begins in. */
export function elementAt<T extends AstNode>({ document, range }: Request, isKind: (node: AstNode | undefined) => node is T): T | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(range.start);
  const leaf = root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset));
  return leaf && AstUtils.getContainerOfType(leaf.astNode, isKind);
}

/** Writes another text for a part of the document. */
export const rewrite = ({ range }: CstNode, newText: string): TextEdit => TextEdit.replace(range, newText);

/** Takes an element out of the text, with its lines if nothing else stands there. */
export const remove = (node: AstNode): TextEdit[] => removed(node).map(textEdit);

/** The words and signs that the grammar has for an element, without those of its parts. */
export function ownLeaves(node: AstNode): CstNode[] {
  const leaves: CstNode[] = [];
  const visit = (cst: CstNode): void => {
    if (cst.astNode !== node || cst.hidden) return;
    if ('content' in cst) (cst as CompositeCstNode).content.forEach(visit);
    else leaves.push(cst);
  };
  if (node.$cstNode) visit(node.$cstNode);
  return leaves;
}

/** Whether the property of the node could refer to something by that path. */
export function resolves(container: AstNode, property: string, path: string, { references }: LangiumServices): boolean {
  const reference: Reference = { $refText: path, ref: undefined } as Reference;
  const info: ReferenceInfo = { container, property, reference };
  return references.ScopeProvider.getScope(info).getElement(path) !== undefined;
}
