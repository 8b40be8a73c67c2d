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

const significant = () => /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]/g;

/** Finds what stands around the place by its braces alone, so that it does not matter what else is wrong with the text. */
export function surroundings(text: string, offset: number): Surroundings {
  const open: { from: number; pieces: Piece[] }[] = [{ from: 0, pieces: [] }];
  const pattern = significant();
  for (let match = pattern.exec(text); match && match.index < offset; match = pattern.exec(text)) {
    const [found] = match;
    const end = match.index + found.length;
    const isLineComment = found.startsWith('//');
    if (end > offset || (end === offset && isLineComment)) {
      if (found.startsWith('/')) return { levels: levelsOf(open, match.index), comment: match.index };
      return { levels: levelsOf(open, match.index), string: match.index };
    }
    const at = open.at(-1)!;
    if (found === '{') {
      at.pieces.push({ from: at.from, to: match.index });
      open.push({ from: end, pieces: [] });
    } else if (found === '}' && open.length > 1) {
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
  const pattern = significant();
  pattern.lastIndex = offset;
  for (let match = pattern.exec(text); match && pieces.length < mostPieces; match = pattern.exec(text)) {
    if (match[0] === '{' && depth++ === 0) pieces.push({ from, to: match.index });
    if (match[0] !== '}') continue;
    if (depth === 0) return [...pieces, { from, to: match.index }];
    if (--depth === 0) {
      pieces.push('block');
      from = match.index + 1;
    }
  }
  return pieces;
}
const mostPieces = 60;
