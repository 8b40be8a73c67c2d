import type { IRecognitionException, IToken } from 'chevrotain';
import type { GrammarWords } from './expectations.js';
import { isEndOfFile } from './failures.js';

/** An error that costs its own statement only. */
export type RepairedError = IRecognitionException & Omit<Repair, 'tokens'>;

/**
 * The tokens without the statement that cannot be read: from where it begins to the next member of its block, or to the brace that
 * closes the block. A group in braces goes as one. So one mistake does not cost what stands behind it.
 * @param tokens up to the error, those that the parser could read
 * @returns undefined where no statement is at fault, as where a brace is missing
 */
export function withoutStatement(tokens: readonly IToken[], e: IRecognitionException, words: GrammarWords): Repair | undefined {
  const failure = isEndOfFile(e.token) ? -1 : tokens.indexOf(e.token);
  const block = failure < 0 ? undefined : blockAt(tokens, failure, e, words);
  if (!block) return undefined;
  const start = startOf(tokens, failure, e, block);
  const end = endOf(tokens, start, failure, block);
  if (end === undefined || end <= start) return undefined;
  return { tokens: [...tokens.slice(0, start), ...tokens.slice(end)], ...(end < failure && { unfinished: tokens[end - 1]! }) };
}

export interface Repair {
  tokens: IToken[];
  /** The last token of the statement, where the parser took the word after it, which begins the next statement, for a name. */
  unfinished?: IToken;
  /** The brace that was left out. */
  superfluous?: IToken;
}

interface OpenBlock {
  /** The index of its opening brace. */
  open: number;
  /** The phrases with which its members begin. */
  members: readonly string[];
  /** Those of the blocks around it. */
  outer: readonly string[];
}

/** The blocks that are open at the token, outermost first: the indices of their braces, and the phrases with which their members begin. */
export function openBlocks(tokens: readonly IToken[], index: number, e: IRecognitionException, words: GrammarWords): { open: number[]; members: (readonly string[])[] } {
  const open: number[] = [];
  for (let i = 0; i < index; i++) {
    if (signOf(tokens[i]!) === '{') open.push(i);
    else if (signOf(tokens[i]!) === '}') open.pop();
  }
  return { open, members: e.context.ruleStack.map((rule) => words.of(rule).members).filter((m) => m.length > 0) };
}

/** The innermost block that is open at the token. */
function blockAt(tokens: readonly IToken[], index: number, e: IRecognitionException, words: GrammarWords): OpenBlock | undefined {
  const { open, members } = openBlocks(tokens, index, e, words);
  // A rule that has not opened its block yet is a statement of the block around it.
  const depth = Math.min(open.length, members.length);
  return depth === 0 ? undefined : { open: open[depth - 1]!, members: members[depth - 1]!, outer: members.slice(0, depth - 1).flat() };
}

/** The index where the statement begins in which the parser failed. */
function startOf(tokens: readonly IToken[], failure: number, e: IRecognitionException, { open, members }: OpenBlock): number {
  const expected = e.message.split('\n').map((phrase) => phrase.split(' ')[0]);
  // Where a name is missing, the first word of the next member is taken for it, and the second is the one that cannot stand there.
  const isSecond = beginsLine(tokens, failure - 1) && begins(tokens, failure - 1, members);
  if (!isSecond && (e.message === '}' || (e.name === 'NoViableAltException' && expected.includes(tokens[failure]!.image)))) return failure;
  const firstWords = new Set(members.map((m) => m.split(' ')[0]!));
  const isFirst = (i: number): boolean => i > open && firstWords.has(tokens[i]!.image) && isHead(tokens, i);
  let depth = 0;
  for (let i = isSecond ? failure - 2 : failure - 1; i > open; i--) {
    const sign = signOf(tokens[i]!);
    if (sign === '}') depth++;
    else if (sign === '{') depth--;
    else if (depth === 0 && isFirst(i)) {
      while (isFirst(i - 1)) i--;
      return i;
    }
  }
  return open + 1;
}

/** The index of the first token behind it. */
function endOf(tokens: readonly IToken[], start: number, failure: number, { members, outer }: OpenBlock): number | undefined {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const sign = signOf(tokens[i]!);
    if (sign === '}' && depth-- === 0) return i;
    if (sign === '}' && depth === 0 && beginsLine(tokens, i + 1)) return i + 1;
    if (sign === '{') depth++;
    if (depth > 0 || !/^\w/.test(tokens[i]!.image) || !isHead(tokens, i)) continue;
    const isNext = beginsLine(tokens, i) || (i >= failure && i > start + 1);
    if (i > start && isNext && begins(tokens, i, members)) return i;
    if (beginsLine(tokens, i) && !begins(tokens, i, members) && begins(tokens, i, outer)) return undefined;
  }
  return undefined;
}

/** A keyword or sign. One that was put in to repair a text has no image. */
export const signOf = ({ tokenType }: IToken): string => tokenType.name;

export const beginsLine = (tokens: readonly IToken[], i: number): boolean => i > 0 && i < tokens.length && tokens[i]!.startLine !== tokens[i - 1]!.endLine;

/** Whether it is no item of a list and no part of a path. */
export const isHead = (tokens: readonly IToken[], i: number): boolean => !/^[[,.:(]$/.test(tokens[i - 1]?.image ?? '') && tokens[i + 1]?.image !== '.';

/** Whether one of the phrases stands there. */
export const begins = (tokens: readonly IToken[], i: number, phrases: readonly string[]): boolean => {
  const { image } = tokens[i]!;
  return phrases.some((p) => p === image || (p.startsWith(`${image} `) && (p.split(' ')[1] === tokens[i + 1]?.image || isLast(tokens, i))));
};
/** Of a phrase that is just being written, only the first word may stand there. */
const isLast = (tokens: readonly IToken[], i: number): boolean => tokens[i + 1] === undefined || tokens[i + 1]!.image === '}' || beginsLine(tokens, i + 1);

/** Whether every block is closed. Else it is not known where the block of a statement ends. */
export function isBalanced(tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (signOf(token) === '{') depth++;
    else if (signOf(token) === '}' && --depth < 0) return false;
  }
  return depth === 0;
}
