import type { Piece } from './pieces.js';

/** A block or a list, by the pieces of its brackets. */
export interface Brackets {
  /** The index of the closing piece. */
  end: number;
  /** Whether it cannot stand on one line. */
  mustBreak: boolean;
  /** Whether it may be spread over several lines. */
  mayBreak: boolean;
}

/** The blocks and lists of a text, by the index of the opening piece. */
export function pairBrackets(pieces: readonly Piece[]): Map<number, Brackets> {
  const pairs = new Map<number, Brackets>();
  const open: { start: number; separators: number; holdsBlock: boolean; holdsBreak: boolean; holdsLineBreak: boolean }[] = [];
  for (const [i, piece] of pieces.entries()) {
    const top = open.at(-1);
    if (top && (piece.comment === 'line' || piece.startsClause)) top.holdsBreak = true;
    if (top && piece.endLine > piece.line) top.holdsLineBreak = true;
    if (piece.role === 'separator' && top) top.separators++;
    if (piece.role === 'open' || piece.role === 'list') {
      if (top && piece.role === 'open') top.holdsBlock = true;
      open.push({ start: i, separators: 0, holdsBlock: false, holdsBreak: false, holdsLineBreak: false });
    }
    if (top && (piece.role === 'close' || piece.role === 'list-end')) {
      open.pop();
      const isEmpty = i === top.start + 1;
      const isBlock = piece.role === 'close';
      // A block that stands on several lines stays so. A list of one item is not worth lines of its own, unless the item is.
      const mayBreak = isBlock ? !isEmpty : top.separators > 0 || top.holdsBlock;
      const mustBreak = isBlock ? !isEmpty && (top.holdsBreak || piece.line > pieces[top.start]!.endLine) : top.holdsBreak || (mayBreak && top.holdsLineBreak);
      pairs.set(top.start, { end: i, mustBreak, mayBreak });
      const outer = open.at(-1);
      if (outer) {
        outer.holdsBreak ||= mustBreak;
        outer.holdsLineBreak ||= top.holdsLineBreak;
        outer.holdsBlock ||= top.holdsBlock;
      }
    }
  }
  return pairs;
}
