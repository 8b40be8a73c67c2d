/** Edits that add elements, written as what stands around them is. */
import type { Edit } from '@camelc/diagnostics';
import { AstUtils, GrammarAST, type AstNode, type CompositeCstNode, type CstNode, type LangiumDocument } from 'langium';
import { placeBetween } from './place.js';

/** Lines of a new element; `>` at the beginning of a line stands for one step of indentation. */
export type NewLines = readonly string[];

/** A block around the lines. */
export const block = (head: string, lines: NewLines): NewLines => [`${head} {`, ...lines.map((line) => `>${line}`), '}'];

/** Adds members at the end of an element's block, written as its surroundings are; undefined where the block is not closed. */
export function appendTo(element: AstNode, lines: NewLines): Edit | undefined {
  const leaves = contentOf(element.$cstNode).filter((n) => !n.hidden && GrammarAST.isKeyword(n.grammarSource));
  const open = leaves.find((n) => n.text === '{');
  const close = leaves.findLast((n) => n.text === '}');
  if (!open || !close) return undefined;
  const document = AstUtils.getDocument(element);
  const text = document.textDocument.getText();
  const inLine = text.slice(open.offset, close.offset);
  if (!inLine.includes('\n')) return insertion(document, close.offset, `${/\s$/.test(inLine) ? '' : ' '}${inOneLine(lines)} `);
  const outer = indentationAt(text, close.offset);
  const written = indented(lines, indentationWithin(element) ?? outer + stepOf(document), document);
  const newLine = endOfLine(text);
  const lineStart = text.lastIndexOf('\n', close.offset - 1) + 1;
  return text.slice(lineStart, close.offset) === outer
    ? insertion(document, lineStart, written.map((line) => line + newLine).join(''))
    : insertion(document, close.offset, `${newLine}${written.join(newLine)}${newLine}${outer}`);
}

function insertion(document: LangiumDocument, offset: number, text: string): Edit {
  return { place: placeBetween(document, offset, offset), text };
}

const inOneLine = (lines: NewLines): string => lines.map((line) => line.replace(/^>+/, '')).join(' ');

/** The parts of an element; those of a rule that only chooses another one are the parts of that. */
function contentOf(node: CstNode | undefined): readonly CstNode[] {
  const content = (node as CompositeCstNode | undefined)?.content ?? [];
  const [only] = content;
  return only && content.length === 1 && 'content' in only ? contentOf(only) : content;
}

/** Adds an element before another one, in lines of its own where that one begins a line. */
export function insertBefore(element: AstNode, lines: NewLines): Edit {
  const document = AstUtils.getDocument(element);
  const text = document.textDocument.getText();
  const { offset } = element.$cstNode!;
  const indentation = indentationAt(text, offset);
  const startsLine = /(^|\n)[ \t]*$/.test(text.slice(0, offset));
  if (!startsLine) return insertion(document, offset, `${inOneLine(lines)} `);
  const newLine = endOfLine(text);
  return insertion(document, offset, `${indented(lines, indentation, document).join(newLine).trimStart()}${newLine}${indentation}`);
}

function indented(lines: NewLines, indentation: string, document: LangiumDocument): string[] {
  const step = stepOf(document);
  return lines.map((line) => {
    const depth = /^>*/.exec(line)![0].length;
    return indentation + step.repeat(depth) + line.slice(depth);
  });
}

/** The blanks at the beginning of the line. */
export const indentationAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))![0];

/** That of the first part of the element which begins a line. */
function indentationWithin(element: AstNode): string | undefined {
  const text = AstUtils.getDocument(element).textDocument.getText();
  const first = AstUtils.streamContents(element).find(({ $cstNode }) => $cstNode && /\n[ \t]*$/.test(text.slice(Math.max(0, $cstNode.offset - 200), $cstNode.offset)));
  return first && indentationAt(text, first.$cstNode!.offset);
}

/** One step of indentation: as the first line that is indented. */
function stepOf({ textDocument }: LangiumDocument): string {
  const [, step = '  '] = /\n([ \t]+)\S/.exec(textDocument.getText({ start: { line: 0, character: 0 }, end: { line: 200, character: 0 } })) ?? [];
  return step.startsWith('\t') ? '\t' : step.length > 8 ? '  ' : step;
}

export const endOfLine = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
