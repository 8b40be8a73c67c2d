/** Where the block began whose closing brace is missing. */
import type { LangiumDocument, ParseResult } from 'langium';
import { marksOf } from './marks.js';

interface Opening {
  offset: number;
  /** How far its line is indented. */
  indent: number;
}

/** Of each text that was parsed: a text with many mistakes is looked through once. */
const known = new WeakMap<ParseResult, { unclosed: number | undefined }>();

/** The offset of the brace that most likely is not closed; undefined where all are closed. */
export function unclosedIn({ parseResult, textDocument }: LangiumDocument): number | undefined {
  const found = known.get(parseResult) ?? { unclosed: findUnclosed(textDocument.getText()) };
  known.set(parseResult, found);
  return found.unclosed;
}

/**
 * The brace that most likely lacks its counterpart: the innermost that was open when a line with a closing brace was indented less
 * than it, else the innermost that is open at the end.
 * @returns its offset; undefined where all are closed
 */
function findUnclosed(text: string): number | undefined {
  const open: Opening[] = [];
  let suspect: Opening | undefined;
  let line = { start: 0, indent: indentAt(text, 0) };
  let lineEnd = text.indexOf('\n');
  for (const { kind, start: offset } of marksOf(text)) {
    const sign = text[offset];
    if (kind !== 'bracket' || (sign !== '{' && sign !== '}')) continue;
    while (lineEnd >= 0 && lineEnd < offset) {
      const start = lineEnd + 1;
      lineEnd = text.indexOf('\n', start);
      if (lineEnd < 0 || lineEnd >= offset) line = { start, indent: indentAt(text, start) };
    }
    if (sign === '{') open.push({ offset, indent: line.indent });
    else {
      const closed = open.pop();
      const isFirst = offset === line.start + line.indent;
      if (closed && isFirst && line.indent < closed.indent) suspect ??= closed;
    }
  }
  return open.length === 0 ? undefined : (suspect ?? open.at(-1)!).offset;
}

const indentAt = (text: string, start: number): number => /^[ \t]*/.exec(text.slice(start, start + 200))![0].length;
