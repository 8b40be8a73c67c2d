import { CompositeCstNodeImpl, type AstNode, type CstNode, type LangiumDocument, type LeafCstNodeImpl, type Mutable, type ParseResult, type RootCstNodeImpl } from 'langium';
import type { IToken } from 'chevrotain';
import type { CamelFile } from '../generated/ast.js';
import { strayInFormula, type TextPart } from '../parser/lexer.js';
import type { CamelParser, CamelParseResult } from '../parser/parser.js';
import type { RepairedError } from '../parser/repair.js';
import { isEndOfFile, isOfCamel } from '../parser/failures.js';

/** What a splice did: the element that stood in the tree, and the one that stands there now. */
export interface Splice {
  before: AstNode;
  after: AstNode;
}

/**
 * Brings the tree of a document up to date with its text by parsing only the innermost block that was changed, with the heads of the blocks around it.
 * The result equals that of parsing the whole text.
 * @returns undefined, and leaves the document alone, where that cannot be known
 */
export function spliceText(document: LangiumDocument, text: string, parser: CamelParser): Splice | undefined {
  const root = document.parseResult.value.$cstNode?.root as RootCstNodeImpl | undefined;
  // What the lexer could not read may become the beginning of a text or comment that ends anywhere.
  if (!root || document.parseResult.lexerErrors.some((e) => e.message !== strayInFormula)) return undefined;
  const edit = editBetween(root.fullText, text);
  const path = blocksAround(root, edit);
  const block = path.pop();
  if (!block) return undefined;
  const grown = text.length - root.fullText.length;
  const parts = [...path.map((b) => headOf(b, root.fullText)), partOf(block.node, text.slice(block.node.offset, block.node.end + grown))];
  // Their ends tell the parser that nothing is missing; where they stand does not matter.
  parts.push({ ...parts.at(-1)!, text: '}'.repeat(path.length) });
  const result = parser.parseParts<CamelFile>(text, parts);
  const parsed = nodeAt(result.value.$cstNode!, block.node.offset, path.length);
  if (!parsed || !isSound(result, parsed, block.node, grown) || !isIndependent(document.parseResult, result, block.node)) return undefined;
  return exchange(document, block.node, parsed, result, text);
}

/** Where two texts differ: in the old one from `start` to `end`. */
function editBetween(before: string, after: string): { start: number; end: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let kept = 0;
  while (kept < shorter - start && before.charCodeAt(before.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept)) kept++;
  return { start, end: before.length - kept };
}

interface Block {
  /** The node of an element. */
  node: CompositeCstNodeImpl;
  /** The brace that opens its body. */
  open: CstNode;
}

/** The elements whose braces enclose the edit, outermost first. */
function blocksAround(root: RootCstNodeImpl, { start, end }: { start: number; end: number }): Block[] {
  const blocks: Block[] = [];
  let children: readonly CstNode[] | undefined = root.content;
  while (children) {
    const node = childAround(children, start);
    const block: Block | undefined = node instanceof CompositeCstNodeImpl ? blockOf(node) : undefined;
    if (!block || start < block.open.end || end >= block.node.end) return blocks;
    blocks.push(block);
    children = bodyOf(block.node).content;
  }
  return blocks;
}

/** The last child that begins before the offset. */
function childAround(children: readonly CstNode[], offset: number): CstNode | undefined {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return children[low - 1];
}

/** A rule that only chooses another has a node of its own around that of the other. */
function bodyOf(node: CompositeCstNodeImpl): CompositeCstNodeImpl {
  const [only, second] = node.content;
  return second === undefined && only instanceof CompositeCstNodeImpl ? bodyOf(only) : node;
}

function blockOf(node: CompositeCstNodeImpl): Block | undefined {
  const { content } = bodyOf(node);
  const open = content.find((child) => child.text === '{' && !child.hidden);
  const isClosed = content.at(-1)!.text === '}';
  return open && isClosed && node.astNode.$cstNode === node ? { node, open } : undefined;
}

const headOf = ({ node, open }: Block, text: string): TextPart => partOf(node, text.slice(node.offset, open.end));

function partOf({ offset, range }: CstNode, text: string): TextPart {
  const { line, character } = range.start;
  return { text, offset, line, character };
}

/** The element that begins at the offset, below that many others. */
function nodeAt(root: CstNode, offset: number, depth: number): CompositeCstNodeImpl | undefined {
  let { content } = root as CompositeCstNodeImpl;
  for (let level = 0; ; level++) {
    const node = content.findLast((child) => child instanceof CompositeCstNodeImpl);
    if (!node) return undefined;
    if (level === depth) return node.offset === offset ? node : undefined;
    content = bodyOf(node).content;
  }
}

/** Whether the parser stayed within the block, so that what follows it is read as before. */
function isSound({ lexerErrors, parserErrors }: ParseResult, parsed: CompositeCstNodeImpl, former: CompositeCstNodeImpl, grown: number): boolean {
  const [start, end] = [parsed.offset, former.end + grown];
  // At its first word the parser may complain of what stands before.
  const isWithin = (offset: number): boolean => offset > start && offset < end;
  return (
    parsed.end === end &&
    blockOf(parsed) !== undefined &&
    parsed.astNode.$type === former.astNode.$type &&
    lexerErrors.every((e) => e.message === strayInFormula) &&
    parserErrors.every((e) => !isEndOfFile(e.token) && isWithin(e.token.startOffset))
  );
}

/** Whether what is left out of the block to read the rest, and what is left out elsewhere, does not depend on each other. */
function isIndependent({ parserErrors }: ParseResult, result: ParseResult, former: CompositeCstNodeImpl): boolean {
  const ofCamel = parserErrors.filter(isOfCamel);
  const outside = ofCamel.filter((e) => isEndOfFile(e.token) || isOutside(former, e.token.startOffset));
  return outside.length === 0 || (outside.length === ofCamel.length && !result.parserErrors.some(isOfCamel));
}

const isOutside = ({ offset: start, end }: CstNode, offset: number): boolean => offset <= start || offset >= end;

function exchange(document: Mutable<LangiumDocument>, former: CompositeCstNodeImpl, parsed: CompositeCstNodeImpl, result: CamelParseResult, text: string): Splice {
  const before = former.astNode;
  const after = parsed.astNode as Mutable<AstNode>;
  const { end } = former;
  const shift = shiftBetween(former, parsed);
  const lexerErrors = document.parseResult.lexerErrors.filter((e) => isOutside(former, e.offset));
  const parserErrors = document.parseResult.parserErrors.filter((e) => isEndOfFile(e.token) || isOutside(former, e.token.startOffset));
  const repaired = [document.parseResult as CamelParseResult, result].flatMap((r) => r.repaired ?? []).filter((e) => parserErrors.includes(e) || result.parserErrors.includes(e));
  const tokens = new Set<IToken>();
  for (const e of parserErrors as readonly (RepairedError & { previousToken?: IToken })[]) {
    // The brace that ends the block may be the token before an error.
    for (const t of [e.token, e.previousToken, e.unfinished, e.superfluous, ...e.resyncedTokens]) if (t && !isEndOfFile(t) && t.startOffset >= end - 1) tokens.add(t);
  }
  for (const t of tokens) shiftToken(t, shift);
  for (const e of lexerErrors) if (e.offset >= end) shiftError(e, shift);

  // The concrete tree: the new node in the place of the former, all that follows moved, and what was remembered of places around it forgotten.
  const root = former.root as RootCstNodeImpl;
  let child: CstNode = former;
  for (let parent = former.container as CompositeCstNodeImpl | undefined; parent; parent = parent.container as CompositeCstNodeImpl | undefined) {
    const index = parent.content.indexOf(child);
    if (shift.offset !== 0 || shift.lines !== 0 || shift.columns !== 0) for (let i = index + 1; i < parent.content.length; i++) shiftNode(parent.content[i]!, shift);
    if (child === former) parent.content[index] = parsed;
    (parent as unknown as Ranged)._rangeCache = undefined;
    child = parent;
  }
  (parsed as Mutable<CstNode>).container = former.container!;
  parsed.grammarSource = former.grammarSource;
  (root as unknown as { _text: string })._text = text;

  const { $container: holder, $containerProperty: property, $containerIndex: index } = before;
  const properties = holder as unknown as Record<string, AstNode | AstNode[]>;
  if (index === undefined) properties[property!] = after;
  else (properties[property!] as AstNode[])[index] = after;
  Object.assign(after, { $container: holder, $containerProperty: property, $containerIndex: index });
  const spliced: CamelParseResult = {
    value: document.parseResult.value,
    lexerErrors: [...lexerErrors, ...result.lexerErrors],
    parserErrors: [...parserErrors, ...result.parserErrors],
    repaired,
  };
  document.parseResult = spliced;
  return { before, after };
}

/** How what follows a block moves; columns change only on the line on which the block ended. */
interface Shift {
  line: number;
  offset: number;
  lines: number;
  columns: number;
}

function shiftBetween(former: CstNode, parsed: CstNode): Shift {
  const [from, to] = [former.range.end, parsed.range.end];
  return { line: from.line, offset: parsed.end - former.end, lines: to.line - from.line, columns: to.character - from.character };
}

// Langium does not let these be set, and a tree of which most stays as it is has to be moved.
interface Ranged {
  _rangeCache: unknown;
}
type Leaf = Record<'_offset' | '_startLine' | '_startColumn' | '_endLine' | '_endColumn', number>;

function shiftNode(node: CstNode, shift: Shift): void {
  if (node instanceof CompositeCstNodeImpl) {
    (node as unknown as Ranged)._rangeCache = undefined;
    for (const child of node.content) shiftNode(child, shift);
    return;
  }
  const leaf = node as LeafCstNodeImpl as unknown as Leaf;
  leaf._offset += shift.offset;
  if (leaf._startLine === shift.line) leaf._startColumn += shift.columns;
  if (leaf._endLine === shift.line) leaf._endColumn += shift.columns;
  leaf._startLine += shift.lines;
  leaf._endLine += shift.lines;
}

function shiftToken(t: IToken, shift: Shift): void {
  t.startOffset += shift.offset;
  t.endOffset! += shift.offset;
  if (t.startLine! - 1 === shift.line) t.startColumn! += shift.columns;
  if (t.endLine! - 1 === shift.line) t.endColumn! += shift.columns;
  t.startLine! += shift.lines;
  t.endLine! += shift.lines;
}

function shiftError(e: { offset: number; line: number | undefined; column: number | undefined }, shift: Shift): void {
  e.offset += shift.offset;
  if (e.line! - 1 === shift.line) e.column! += shift.columns;
  e.line! += shift.lines;
}
