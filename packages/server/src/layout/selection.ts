import { isFormula, layoutRules, marksOf, rangeBetween } from '@camelc/language';
import { isCompositeCstNode, isLeafCstNode, type CompositeCstNode, type CstNode, type Grammar, type LangiumDocument } from 'langium';
import type { Position, SelectionRange } from 'vscode-languageserver';

type Span = readonly [start: number, end: number];

/**
 * What an editor selects when the selection grows from a place: the word, the path or the text that it is a part of, the property, the inside of the
 * block, the element, and so on up to the file.
 */
export function selectionRange({ textDocument, parseResult }: LangiumDocument, position: Position, grammar: Grammar): SelectionRange {
  const text = textDocument.getText();
  const offset = textDocument.offsetAt(position);
  const root = parseResult.value.$cstNode?.root;
  const spans: Span[] = [[0, text.length], ...(root ? spansAround(root, offset, text, grammar) : []), ...commentAt(text, offset), ...wordAt(text, offset)];
  let selection: SelectionRange | undefined;
  let outer: Span | undefined;
  for (const span of spans) {
    const [start, end] = span;
    const grows = outer && (start < outer[0] || end > outer[1] || end - start === outer[1] - outer[0]);
    if (start > offset || end < offset || grows) continue;
    outer = span;
    selection = { range: rangeBetween(textDocument, start, end), ...(selection && { parent: selection }) };
  }
  return selection!;
}

/** From the outermost to the innermost. */
function* spansAround(root: CompositeCstNode, offset: number, text: string, grammar: Grammar): Generator<Span> {
  const { roles, memberStarts } = layoutRules(grammar);
  let node: CstNode = root;
  for (;;) {
    const span: Span = [node.offset, node.end];
    yield span;
    if ((isLeafCstNode(node) || isFormula(node.astNode)) && /["']/.test(text[node.offset]!)) yield [span[0] + 1, span[1] - 1];
    if (!isCompositeCstNode(node)) return;
    const content: CstNode[] = node.content.filter((c) => !c.hidden);
    // Where two meet, the place belongs to the one that is a word.
    const at = content.filter((c) => c.offset <= offset && c.end >= offset);
    const next = at.find((c) => /\w/.test(text[c.offset]!)) ?? at[0];
    for (const [open, close] of bracketsAround(content, offset)) {
      yield [content[open]!.offset, content[close]!.end];
      if (close === open + 1) continue;
      yield [content[open + 1]!.offset, content[close - 1]!.end];
      const inside = content.slice(open + 1, close);
      const starts = inside.filter((c) => memberStarts.has(c.grammarSource!));
      const start = starts.findLast((c) => c.offset <= offset);
      const after = start && starts[starts.indexOf(start) + 1];
      if (start) yield [start.offset, inside[after ? inside.indexOf(after) - 1 : inside.length - 1]!.end];
    }
    if (!next) return;
    node = next;
  }

  function bracketsAround(content: readonly CstNode[], place: number): [number, number][] {
    const stack: number[] = [];
    const pairs: [number, number][] = [];
    for (const [i, { grammarSource }] of content.entries()) {
      const role = roles.get(grammarSource!);
      if (role === 'open' || role === 'list') stack.push(i);
      if (role !== 'close' && role !== 'list-end') continue;
      const open = stack.pop();
      if (open !== undefined && content[open]!.offset <= place && content[i]!.end >= place) pairs.push([open, i]);
    }
    return pairs.reverse();
  }
}

function commentAt(text: string, offset: number): Span[] {
  for (const { kind, start, end } of marksOf(text)) {
    if (start > offset) break;
    if (end >= offset && (kind === 'line-comment' || kind === 'block-comment')) return [[start, end]];
  }
  return [];
}

/** The word at a place, also within a text or comment. */
function wordAt(text: string, offset: number): Span[] {
  const start = offset - /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))![0].length;
  const end = offset + /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 200))![0].length;
  return end > start ? [[start, end]] : [];
}
