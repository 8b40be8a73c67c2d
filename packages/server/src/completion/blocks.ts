import { marksOf } from '@camelc/language';

/** A stretch of text, or a block in braces that is passed over. */
export type Piece = { from: number; to: number } | 'block';

/** What stands around a place in a text, without what its neighbours contain. */
export interface Surroundings {
  /** What stands in each open block before the place, outermost first: the text between the blocks that are closed again. */
  levels: Piece[][];
  /** Where the string or comment begins that the place is in. */
  string?: number;
  comment?: number;
}

/** Finds what stands around the place by its braces alone, so that it does not matter what else is wrong with the text. */
export function surroundings(text: string, offset: number): Surroundings {
  const open: { from: number; pieces: Piece[] }[] = [{ from: 0, pieces: [] }];
  for (const { kind, start, end } of marksOf(text)) {
    if (start >= offset) break;
    if (end > offset || (end === offset && kind === 'line-comment')) {
      const levels = levelsOf(open, start);
      return kind === 'text' ? { levels, string: start } : { levels, comment: start };
    }
    if (kind !== 'bracket') continue;
    const at = open.at(-1)!;
    if (text[start] === '{') {
      at.pieces.push({ from: at.from, to: start });
      open.push({ from: end, pieces: [] });
    } else if (text[start] === '}' && open.length > 1) {
      open.pop();
      const outer = open.at(-1)!;
      outer.pieces.push('block');
      outer.from = end;
    }
  }
  return { levels: levelsOf(open, offset), string: unclosedString(text, offset) };
}

const levelsOf = (open: readonly { from: number; pieces: Piece[] }[], offset: number): Piece[][] =>
  open.map(({ from, pieces }, i) => (i === open.length - 1 ? [...pieces, { from, to: offset }] : pieces));

/** A string that is being typed has no end yet: an odd quote in the line. */
function unclosedString(text: string, offset: number): number | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const rest = text.slice(lineStart, offset).replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (string) => ' '.repeat(string.length));
  const quote = /["']/.exec(rest);
  return quote ? lineStart + quote.index : undefined;
}

/** What stands in the block from the place to its end. */
export function restOfBlock(text: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let from = offset;
  for (const { kind, start, end } of marksOf(text, offset)) {
    if (pieces.length >= mostPieces) break;
    if (kind !== 'bracket') continue;
    if (text[start] === '{' && depth++ === 0) pieces.push({ from, to: start });
    if (text[start] !== '}') continue;
    if (depth === 0) return [...pieces, { from, to: start }];
    if (--depth === 0) {
      pieces.push('block');
      from = end;
    }
  }
  return pieces;
}
const mostPieces = 60;
