/** Where the block began whose closing brace is missing. */
import { marksOf } from './marks.js';

interface Opening {
  offset: number;
  /** How far its line is indented. */
  indent: number;
}

/**
 * The brace that most likely lacks its counterpart: the innermost that was open when a line with a closing brace was indented less
 * than it, else the innermost that is open at the end.
 * @returns its offset; undefined where all are closed
 */
export function findUnclosed(text: string): number | undefined {
  const open: Opening[] = [];
  let suspect: Opening | undefined;
  let line = { start: 0, indent: indentAt(text, 0) };
  for (const { kind, start: offset } of marksOf(text)) {
    const sign = text[offset];
    if (kind !== 'bracket' || (sign !== '{' && sign !== '}')) continue;
    const start = text.lastIndexOf('\n', offset) + 1;
    if (start !== line.start) line = { start, indent: indentAt(text, start) };
    if (sign === '{') open.push({ offset, indent: line.indent });
    else {
      const closed = open.pop();
      const isFirst = text.slice(line.start, offset).trim() === '';
      if (closed && isFirst && line.indent < closed.indent) suspect ??= closed;
    }
  }
  return open.length === 0 ? undefined : (suspect ?? open.at(-1)!).offset;
}

const indentAt = (text: string, start: number): number => /^[ \t]*/.exec(text.slice(start, start + 200))![0].length;
