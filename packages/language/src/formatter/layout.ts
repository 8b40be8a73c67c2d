import { pairBrackets, type Brackets } from './brackets.js';
import type { Piece } from './pieces.js';

export interface FormatOptions {
  /** Columns of an indentation. */
  tabSize: number;
  insertSpaces: boolean;
}

/** Blocks and lists that would end behind this column are spread over several lines. */
export const lineWidth = 120;

/** What is around the place where the layout stands. */
interface Surroundings {
  /** Whether its members or items stand on lines of their own. */
  broken: boolean;
  /** How far these are indented. */
  level: number;
  /** Whether the present line is a clause of a member, which is indented once more. */
  inClause: boolean;
}

/** How each piece is to be written: what stands before it, and its text. The last one is the end of the file. */
export type Written = { before: string; text: string }[];

/** Lays the pieces of a text out anew. Takes time in proportion to their number. */
export function layOut(pieces: readonly Piece[], options: FormatOptions, eol: string): Written {
  return new Layout(pieces, options, eol).run();
}

class Layout {
  private readonly written: Written = [];
  private readonly pairs: Map<number, Brackets>;
  /** Where each piece would begin and end if all stood on one line. */
  private readonly flatStart: number[] = [];
  private readonly flatEnd: number[] = [];
  private readonly around: Surroundings[] = [{ broken: true, level: 0, inClause: false }];
  private readonly unit: string;
  private column = 0;
  /** The token before the comments that are being placed. */
  private previous = -1;
  /** A separator that a comment has forced to the beginning of a line. */
  private leadingSeparator = -1;

  constructor(
    private readonly pieces: readonly Piece[],
    private readonly options: FormatOptions,
    private readonly eol: string,
  ) {
    this.pairs = pairBrackets(pieces);
    this.unit = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
    let column = 0;
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) column += space(pieces[i - 1]!, piece).length;
      this.flatStart.push(column);
      column += piece.text.length;
      this.flatEnd.push(column);
    }
  }

  run(): Written {
    for (let i = 0; i <= this.pieces.length; i++) {
      let next = i;
      while (this.pieces[next]?.comment) next++;
      if (this.breaksBefore(next)) this.breakLines(i, next);
      else this.joinLines(i, next);
      i = next;
      if (i < this.pieces.length) this.enterOrLeave(i);
      this.previous = i;
    }
    return this.written;
  }

  private get inner(): Surroundings {
    return this.around.at(-1)!;
  }

  private get level(): number {
    return this.inner.level + (this.inner.inClause ? 1 : 0);
  }

  /** Whether the token begins a line, as all members and items of what is broken do. */
  private breaksBefore(next: number): boolean {
    const [before, after] = [this.pieces[this.previous], this.pieces[next]];
    if (!before || !after) return true;
    const atEdge = isOpener(before) || isCloser(after) || after.startsMember || after.startsClause;
    return this.inner.broken && (atEdge || (before.role === 'separator' && this.leadingSeparator !== this.previous));
  }

  /** Writes the comments up to the token `next`, and the token, where a line begins: each comment stays on the line or lines of its own that it has. */
  private breakLines(from: number, next: number): void {
    const token = this.pieces[next];
    const isEnd = !token || isCloser(token);
    this.inner.inClause = token?.startsClause ?? false;
    // Comments directly before the token, on its line, lead it.
    let leading = next;
    if (!isEnd) while (leading > from && this.pieces[leading]!.breaks === 0) leading--;
    let isFirst = this.previous >= 0 && isOpener(this.pieces[this.previous]!);
    for (let i = from; i <= next; i++) {
      const piece = this.pieces[i];
      const staysOnLine = i < next ? piece!.breaks === 0 && i !== leading && i > 0 : leading < next;
      if (staysOnLine) this.write(i, ' ');
      else if (i === 0) this.write(i, '', '');
      else if (!piece) this.write(i, this.eol);
      else {
        const blank = piece.breaks > 1 && !isFirst && !(i === next && isEnd);
        const level = this.level - (i === next && isCloser(piece) ? 1 : 0);
        this.writeOnNewLine(i, level, blank ? 2 : 1);
        isFirst = false;
      }
    }
  }

  /** Writes the comments up to the token `next`, and the token, all on the line of the token before if comments allow it. */
  private joinLines(from: number, next: number): void {
    for (let i = from; i <= next; i++) {
      const piece = this.pieces[i]!;
      const before = this.pieces[i - 1]!;
      if (before.comment === 'line' || (piece.comment === 'line' && piece.breaks > 0)) {
        const isPunctuation = piece.role !== undefined && piece.role !== 'list';
        this.writeOnNewLine(i, this.level + (isPunctuation ? 0 : 1));
        if (piece.role === 'separator') this.leadingSeparator = i;
      } else {
        this.write(i, space(before, piece));
      }
    }
  }

  private enterOrLeave(i: number): void {
    const pair = this.pairs.get(i);
    if (pair) {
      const broken = pair.mustBreak || (pair.mayBreak && !this.fits(i, pair.end));
      this.around.push({ broken, level: this.level + (broken ? 1 : 0), inClause: false });
    } else if (isCloser(this.pieces[i]!)) this.around.pop();
  }

  /** Whether all up to the bracket `end` fits on the present line, with what follows there. */
  private fits(start: number, end: number): boolean {
    let depth = this.around.length - 1;
    let within = 0;
    let last = end;
    const room = lineWidth - this.column + this.flatEnd[start]!;
    for (let i = end + 1; this.flatEnd[last]! <= room; i++) {
      const piece = this.pieces[i];
      const { broken } = this.around[depth]!;
      if (!piece || piece.comment || (broken && within === 0 && (isCloser(piece) || piece.startsMember || piece.startsClause))) return true;
      last = i;
      if (isCloser(piece)) {
        if (within > 0) within--;
        else depth--;
      }
      if (isOpener(piece)) {
        if (this.pairs.get(i)!.mayBreak) break;
        within++;
      }
      if (piece.role === 'separator' && broken && within === 0) break;
    }
    return this.flatEnd[last]! <= room;
  }

  private writeOnNewLine(i: number, level: number, lines = 1): void {
    const indent = this.unit.repeat(level);
    this.column = level * this.options.tabSize;
    this.write(i, this.eol.repeat(lines) + indent, indent);
  }

  /** @param indent that of the new line which the piece begins, if it does */
  private write(i: number, before: string, indent?: string): void {
    const piece = this.pieces[i];
    const text = piece?.comment ? this.comment(piece, indent) : (piece?.text ?? '');
    this.written.push({ before, text });
    if (indent === undefined) this.column += before.length;
    const lastBreak = piece && piece.endLine > piece.line ? text.lastIndexOf('\n') : -1;
    this.column = lastBreak < 0 ? this.column + text.length : text.length - lastBreak - 1;
  }

  /** The lines of a comment move with its first one if that begins a line. Lines that all begin with stars have them below each other. */
  private comment({ text, indent: former = '', line, endLine }: Piece, indent: string | undefined): string {
    if (line === endLine) return text.trimEnd();
    const [first, ...lines] = text.split(/\r\n|\r|\n/).map((l) => l.trimEnd());
    if (indent === undefined) return [first!, ...lines].join(this.eol);
    const isStarred = lines.every((l) => l.trimStart().startsWith('*'));
    const shift = this.width(indent) - this.width(former);
    const moved = lines.map((l) => {
      const rest = l.trimStart();
      if (rest === '') return '';
      return isStarred ? `${indent} ${rest}` : this.spaces(this.width(l.slice(0, -rest.length)) + shift) + rest;
    });
    return [first!, ...moved].join(this.eol);
  }

  private width(indent: string): number {
    let width = 0;
    for (const c of indent) width += c === '\t' ? this.options.tabSize : 1;
    return width;
  }

  private spaces(width: number): string {
    const units = this.options.insertSpaces ? 0 : Math.floor(width / this.options.tabSize);
    return '\t'.repeat(Math.max(0, units)) + ' '.repeat(Math.max(0, width - units * this.options.tabSize));
  }
}

const isOpener = ({ role }: Piece): boolean => role === 'open' || role === 'list';
const isCloser = ({ role }: Piece): boolean => role === 'close' || role === 'list-end';

/** What stands between two pieces on one line. */
function space(left: Piece, right: Piece): '' | ' ' {
  const [l, r] = [left.text, right.text];
  if (right.comment) return isBracket(l) ? '' : ' ';
  if (r === '}' || l === '{') return l === '{' && r === '}' ? '' : ' ';
  // An open interval begins with a comma: `: , int 5]`.
  if (r === ',') return l === ':' ? ' ' : '';
  // `incl.` is a keyword.
  if (r === '.') return l === 'incl' ? ' ' : '';
  if (r === ']' || r === ')' || r === '^' || right.role === 'tight-colon') return '';
  return isBracket(l) || l === '.' || l === '-' || l === '^' ? '' : ' ';
}
const isBracket = (text: string): boolean => text === '[' || text === '(';
