import type { Place, Range } from '@camelc/diagnostics';
import { AstUtils, type AstNode, type CstNode, type LangiumDocument, type TextDocument } from 'langium';
import { nodeOfProperty } from './cst.js';

const paths = new WeakMap<LangiumDocument, string>();

/** Remembers the path under which the user knows the document. */
export const setPath = (document: LangiumDocument, path: string): void => void paths.set(document, path);

/** The path as the user gave it; the URI of a document of the library; the path of a file that an editor has open. */
export const fileOf = (document: LangiumDocument): string => paths.get(document) ?? (document.uri.scheme === 'file' ? document.uri.fsPath : document.uri.toString());

/**
 * Where a node stands in its file, or the value of one of its properties.
 * @param property marks the whole node where the property is absent; for a list without index its first item
 */
export function placeOf(node: AstNode, property?: string, index?: number): Place {
  const cst = (property && nodeOfProperty(node, property, index)) || node.$cstNode;
  return placeOfCst(cst, AstUtils.getDocument(node));
}

export const placeOfCst = (cst: CstNode | undefined, document: LangiumDocument): Place => ({
  file: fileOf(document),
  range: cst?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
});

/** The part of a text from one offset up to another. */
export const rangeBetween = (text: TextDocument, start: number, end: number): Range => ({ start: text.positionAt(start), end: text.positionAt(end) });

/** The part of a document from one offset up to another. */
export const placeBetween = (document: LangiumDocument, start: number, end: number): Place => ({ file: fileOf(document), range: rangeBetween(document.textDocument, start, end) });

/** Where the element's name stands, or its first word when it has none. */
export const placeOfName = (node: AstNode): Place => placeOf(node, 'name');
