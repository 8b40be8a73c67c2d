import { BracketPairs, marksOf, type FormatOptions, type Mark } from '@camelc/language';
import type { TextDocument } from 'langium';
import type { Position, TextEdit } from 'vscode-languageserver';

/**
 * Indents the line that is being typed, also where the syntax is broken: one that begins with a closing bracket as the line that opens it; a new
 * one as the line above, or deeper if that opens something. What goes on from a line above, as texts do, stays.
 * @param position behind what was typed
 */
export function reindent(document: TextDocument, position: Position, typed: string, options: FormatOptions): TextEdit | undefined {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const lineStart = document.offsetAt({ line: position.line, character: 0 });
  const present = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1000))![0];
  const first = lineStart + present.length;
  const isClosing = /[}\])]/.test(text[first] ?? '');
  if (typed !== '\n' && !(isClosing && first === offset - 1)) return undefined;

  const marks = marksUpTo(text, first);
  if (marks.some((m) => m.kind !== 'bracket' && m.start < lineStart && m.end > lineStart)) return undefined;
  if (endsInText(text, marks, lineStart)) return undefined;
  const wanted = isClosing ? indentOfOpener(text, marks, first) : indentBelow(text, marks, lineStart, options);
  if (wanted === undefined || wanted === present) return undefined;
  return { range: { start: { line: position.line, character: 0 }, end: { line: position.line, character: present.length } }, newText: wanted };
}

function marksUpTo(text: string, last: number): Mark[] {
  const marks: Mark[] = [];
  for (const mark of marksOf(text)) {
    if (mark.start > last) break;
    marks.push(mark);
  }
  return marks;
}

/** Whether the line above begins a text that nothing closes yet: blanks would become part of it. */
function endsInText(text: string, marks: readonly Mark[], lineStart: number): boolean {
  const above = startOfLine(text, lineStart - 1);
  const quotes = [...text.slice(above, lineStart).matchAll(/["']/g)].map(({ index }) => above + index);
  return quotes.some((at) => !marks.some((m) => m.start <= at && at < m.end));
}

function indentOfOpener(text: string, marks: readonly Mark[], at: number): string | undefined {
  const brackets = new BracketPairs();
  let opener: number | undefined;
  for (const { kind, start } of marks) {
    if (kind !== 'bracket') continue;
    const pair = brackets.add(text[start]!, start);
    if (start === at) opener = pair?.open;
  }
  return opener === undefined ? undefined : indentAt(text, marks, opener);
}

function indentBelow(text: string, marks: readonly Mark[], lineStart: number, { tabSize, insertSpaces }: FormatOptions): string {
  // Comments at the end of the line above say nothing of its indentation.
  const before = marks.filter((m) => m.start < lineStart);
  let end = lineStart;
  for (;;) {
    end = text.slice(0, end).trimEnd().length;
    const comment = before.findLast((m) => m.end === end && m.kind !== 'bracket' && m.kind !== 'text');
    if (!comment || isFirstInLine(text, comment.start)) break;
    end = comment.start;
  }
  if (end === 0) return '';
  const indent = indentAt(text, marks, end - 1);
  const opens = /[{[(]/.test(text[end - 1]!) && before.some((m) => m.kind === 'bracket' && m.start === end - 1);
  return opens ? indent + (insertSpaces ? ' '.repeat(tabSize) : '\t') : indent;
}

/** The indentation of the line at a place; of one that begins inside a text or comment that of the line where this begins. */
function indentAt(text: string, marks: readonly Mark[], at: number): string {
  let start = startOfLine(text, at);
  for (let around; (around = marks.findLast((m) => m.start < start && m.end > start)); ) start = startOfLine(text, around.start);
  return /^[ \t]*/.exec(text.slice(start, at + 1))![0];
}

const startOfLine = (text: string, at: number): number => Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
const isFirstInLine = (text: string, at: number): boolean => text.slice(startOfLine(text, at), at).trim() === '';
