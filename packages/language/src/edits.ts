/** Edits of quick fixes, made from what the parser knows of the text. */
import type { Edit, Fix, Place } from '@camelc/diagnostics';
import { AstUtils, GrammarAST, type AstNode, type CompositeCstNode, type CstNode } from 'langium';
import { assignmentOf, nodeOfProperty } from './cst.js';
import { fileOf } from './place.js';

/** A part of a document's text, to be replaced. */
const editIn = (node: AstNode, { start, end }: CstNode['range'], text: string): Edit => ({ place: { file: fileOf(AstUtils.getDocument(node)), range: { start, end } }, text });

/** The concrete syntax of a property's value, or of the node. */
const cstOf = (node: AstNode, property?: string, index?: number): CstNode | undefined => (property === undefined ? node.$cstNode : nodeOfProperty(node, property, index));

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
export const removed = (node: AstNode): Edit[] => (node.$cstNode ? [cut(node, node.$cstNode, node.$cstNode)] : []);

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
  return cut(node, siblings[first]!, siblings[last]!);
}

const isValue = (cst: CstNode): boolean => !cst.hidden && assignmentOf(cst) !== undefined;

/** The alternative of the loop in a block that the grammar has for it. */
function memberOf({ grammarSource }: CstNode): AstNode | undefined {
  let element: AstNode | undefined = grammarSource;
  while (element?.$container && !GrammarAST.isAlternatives(element.$container) && !GrammarAST.isParserRule(element.$container)) element = element.$container;
  return element;
}

/** From the one node to the other. Where they stand is known from the nodes: the text would first have to be divided into lines. */
function cut(node: AstNode, first: CstNode, last: CstNode): Edit {
  const text = AstUtils.getDocument(node).textDocument.getText();
  const [start, end] = [first.offset, last.end];
  let [from, to] = [start, end];
  while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
  while (to < text.length && /[ \t]/.test(text[to]!)) to++;
  const beginsLine = from === 0 || text[from - 1] === '\n';
  const endsLine = to === text.length || /[\r\n]/.test(text[to]!);
  const before = { line: first.range.start.line, character: first.range.start.character - (start - from) };
  const after = { line: last.range.end.line, character: last.range.end.character + (to - end) };
  if (beginsLine && endsLine) return editIn(node, { start: before, end: to === text.length ? after : { line: after.line + 1, character: 0 } }, '');
  // One blank is left between what stands on both sides.
  return endsLine ? editIn(node, { start: before, end: last.range.end }, '') : editIn(node, { start: first.range.start, end: after }, '');
}

/** A quick fix that writes another text in a place, or takes the word out that stands there. */
export const rewritten = (place: Place, text: string, word = ''): Fix[] => [{ title: text === '' ? `Remove \`${word}\`` : `Replace by \`${text}\``, edits: [{ place, text }] }];

/** A quick fix, unless there is nothing to edit. */
export const fix = (title: string, edits: Edit[]): Fix[] => (edits.length > 0 ? [{ title, edits }] : []);
