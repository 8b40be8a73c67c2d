import { byPosition } from '@camelc/diagnostics';
import { nameOf, pathOf, rangeBetween, symbolIndexOf } from '@camelc/language';
import { AstUtils, CstUtils, UriUtils, type AstNode, type CstNode, type LangiumDocument, type Reference, type URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { Position, Range } from 'vscode-languageserver';
import { usesOf } from './uses.js';

/** A name in a text: that of an element where it is declared, or a segment of a path. */
export interface Name {
  /** Where the name stands, without quotes. */
  range: Range;
  /** What it names; a segment of `D.Web.Http` names the element of that segment. Undefined where nothing has the name. */
  element: AstNode | undefined;
  /** The reference that it is a part of. */
  reference?: Reference;
}

/** The name at the position or directly before it. */
export function nameAt({ parseResult, textDocument }: LangiumDocument, position: Position, services: LangiumServices): Name | undefined {
  const { references, parser } = services;
  const root = parseResult.value.$cstNode;
  const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, textDocument.offsetAt(position), parser.GrammarConfig.nameRegexp);
  if (!leaf || leaf.hidden) return undefined;
  const declared = references.NameProvider.getNameNode(leaf.astNode);
  if (declared && declared.offset <= leaf.offset && leaf.end <= declared.end) return { range: rangeOfName(declared), element: leaf.astNode };
  const reference = referenceAt(leaf);
  if (!reference || leaf.text === '.') return undefined;
  const segments = segmentsOf(reference.$refNode!.text);
  const after = segments.filter(({ offset }) => reference.$refNode!.offset + offset > leaf.offset).length;
  const element = reference.ref ? enclosing(reference.ref, after) : after > 0 ? beginning(reference, segments.slice(0, -after), services) : undefined;
  return { range: rangeOfName(leaf), element, reference };
}

/** What the beginning of a path names that leads nowhere as a whole. */
function beginning({ $refNode }: Reference, segments: readonly Segment[], { shared }: LangiumServices): AstNode | undefined {
  const index = symbolIndexOf(shared);
  const path = segments.map(({ text }) => text.replace('^', '')).join('.');
  const { uri } = AstUtils.getDocument($refNode!.astNode);
  const own = index.tableOf(uri);
  for (let within = pathOf($refNode!.astNode); within.length > 0; within = within.slice(0, -1)) {
    const [found] = own?.atPath([...within, path].join('.')) ?? [];
    if (found?.node) return found.node;
  }
  return index.allTables(uri).flatMap((table) => table.atPath(path).map(({ node }) => node))[0];
}

const referenceAt = (leaf: CstNode): Reference | undefined =>
  AstUtils.streamReferences(leaf.astNode)
    .map(({ reference }) => reference as Reference)
    .find(({ $refNode }) => $refNode && $refNode.offset <= leaf.offset && leaf.end <= $refNode.end);

/** The name of a parameter of a function may stand in quotes. */
export function rangeOfName({ text, range: { start, end } }: CstNode): Range {
  if (!/^["']/.test(text)) return { start, end };
  return { start: { ...start, character: start.character + 1 }, end: { ...end, character: end.character - 1 } };
}

/** The named element so many levels above. */
function enclosing(element: AstNode | undefined, levels: number): AstNode | undefined {
  for (let node = element; node; node = node.$container) if (nameOf(node) && levels-- === 0) return node;
  return undefined;
}

export interface Segment {
  /** In the text of the path. */
  offset: number;
  text: string;
}

/** The names of a path. Blanks and comments may stand around its dots. */
export const segmentsOf = (path: string): Segment[] =>
  [...path.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*|\^?\w+/g)].filter(([text]) => !text.startsWith('/')).map(({ index, 0: text }) => ({ offset: index, text }));

/** A place where an element is named. */
export interface Place {
  uri: URI;
  range: Range;
  /** Whether it is declared there. */
  isDeclaration: boolean;
  /** The path in the tree of what is declared there, or of what holds the reference. */
  holder: string;
}

/** The places of a reference, and of a declaration, that name the element: paths that lead to it or through it. By file, in the order of the text. */
export function placesNaming(element: AstNode, services: LangiumServices): Place[] {
  const { shared, workspace, references } = services;
  const { uri } = AstUtils.getDocument(element);
  const path = workspace.AstNodeLocator.getAstNodePath(element);
  const places: Place[] = [];
  const declared = references.NameProvider.getNameNode(element);
  if (declared) places.push({ uri, range: rangeOfName(declared), isDeclaration: true, holder: path });
  const root = AstUtils.findRootNode(element);
  const levels = new Map<string, number>();
  for (const { sourceUri, sourcePath, targetPath, segment } of usesOf(element, services)) {
    const text = shared.workspace.LangiumDocuments.getDocument(sourceUri)?.textDocument;
    if (!text) continue;
    const level = levels.get(targetPath) ?? levelsBetween(element, workspace.AstNodeLocator.getAstNode(root, targetPath));
    levels.set(targetPath, level);
    const name = segmentsOf(text.getText(segment.range)).at(-1 - level);
    if (!name) continue;
    const start = segment.offset + name.offset;
    places.push({ uri: sourceUri, range: rangeBetween(text, start, start + name.text.length), isDeclaration: false, holder: sourcePath });
  }
  return places.sort((a, b) => compare(a.uri.toString(), b.uri.toString()) || byPosition(a.range.start, b.range.start));
}

/** How many names a path that ends at the inner element has after the name of the outer one. */
function levelsBetween(outer: AstNode, inner: AstNode | undefined): number {
  let levels = 0;
  for (let node = inner; node && node !== outer; node = node.$container) if (nameOf(node)) levels++;
  return levels;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `file:line` of the element's name. */
export function placeText(element: AstNode, { references }: LangiumServices): string {
  const { uri } = AstUtils.getDocument(element);
  const node = references.NameProvider.getNameNode(element) ?? element.$cstNode;
  return `${UriUtils.basename(uri)}:${(node?.range.start.line ?? 0) + 1}`;
}
