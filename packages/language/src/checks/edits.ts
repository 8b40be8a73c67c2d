/** Edits of quick fixes, made from what the parser knows of the text. */
import type { Edit, Fix } from '@camelc/diagnostics';
import { AstUtils, GrammarAST, GrammarUtils, type AstNode, type CompositeCstNode, type CstNode } from 'langium';
import { fileOf, rangeBetween } from '../place.js';

/** The part of a document's text from one offset to another, to be replaced. */
function editAt(node: AstNode, start: number, end: number, text: string): Edit {
  const document = AstUtils.getDocument(node);
  return { place: { file: fileOf(document), range: rangeBetween(document.textDocument, start, end) }, text };
}

/** The same of a part whose place the parser knows. */
const editIn = (node: AstNode, { start, end }: CstNode['range'], text: string): Edit => ({ place: { file: fileOf(AstUtils.getDocument(node)), range: { start, end } }, text });

/** The concrete syntax of a property's value, or of the node. */
const cstOf = (node: AstNode, property?: string, index?: number): CstNode | undefined =>
  property === undefined ? node.$cstNode : GrammarUtils.findNodeForProperty(node.$cstNode, property, index);

/** Writes another text for a node, or for the value of one of its properties. */
export function replaced(text: string, node: AstNode, property?: string, index?: number): Edit[] {
  const cst = cstOf(node, property, index);
  return cst ? [editIn(node, cst.range, text)] : [];
}

/** Writes a text after a node or value. */
export function insertedAfter(text: string, node: AstNode, property?: string): Edit[] {
  const cst = cstOf(node, property);
  return cst ? [editIn(node, { start: cst.range.end, end: cst.range.end }, text)] : [];
}

/** Takes an element out of the text, with its line or lines if nothing else stands there. */
export const removed = (node: AstNode): Edit[] => (node.$cstNode ? [cut(node, node.$cstNode.offset, node.$cstNode.end)] : []);

/** Takes a property out of the text: its keywords and its value. */
export function propertyRemoved(node: AstNode, property: string): Edit[] {
  const value = cstOf(node, property);
  return value ? [memberRemoved(node, value)] : [];
}

/** Takes the member of a block out of the text to which the value belongs. */
export function memberRemoved(node: AstNode, value: CstNode): Edit {
  const siblings = (value.container as CompositeCstNode).content;
  const member = memberOf(value);
  const isOfMember = (other: CstNode | undefined): boolean => other !== undefined && (other.hidden || memberOf(other) === member);
  const at = siblings.indexOf(value);
  let [first, last] = [at, at];
  // A member may stand several times; the keywords of this one go back to the first of its grammar.
  while (first > 0 && isOfMember(siblings[first - 1]) && !isValue(siblings[first - 1]!)) first--;
  while (isOfMember(siblings[last + 1]) && !GrammarAST.isKeyword(siblings[last + 1]!.grammarSource)) last++;
  while (siblings[first]!.hidden) first++;
  while (siblings[last]!.hidden) last--;
  return cut(node, siblings[first]!.offset, siblings[last]!.end);
}

const isValue = ({ grammarSource, hidden }: CstNode): boolean => !hidden && AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment) !== undefined;

/** The alternative of the loop in a block that the grammar has for it. */
function memberOf({ grammarSource }: CstNode): AstNode | undefined {
  let element: AstNode | undefined = grammarSource;
  while (element?.$container && !GrammarAST.isAlternatives(element.$container) && !GrammarAST.isParserRule(element.$container)) element = element.$container;
  return element;
}

function cut(node: AstNode, start: number, end: number): Edit {
  const text = AstUtils.getDocument(node).textDocument.getText();
  let [from, to] = [start, end];
  while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
  while (to < text.length && /[ \t]/.test(text[to]!)) to++;
  const beginsLine = from === 0 || text[from - 1] === '\n';
  const endsLine = to === text.length || /[\r\n]/.test(text[to]!);
  if (beginsLine && endsLine) {
    if (text[to] === '\r') to++;
    return editAt(node, from, Math.min(to + 1, text.length), '');
  }
  // One blank is left between what stands on both sides.
  return endsLine ? editAt(node, from, end, '') : editAt(node, start, to, '');
}

/** A quick fix, unless there is nothing to edit. */
export const fix = (title: string, edits: Edit[]): Fix[] => (edits.length > 0 ? [{ title, edits }] : []);
