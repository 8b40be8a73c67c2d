/** Repairs of texts in which a brace is missing or too many. */
import type { IRecognitionException, IToken } from 'chevrotain';
import type { GrammarWords } from './expectations.js';
import { begins, beginsLine, isHead, openBlocks, signOf, type Repair } from './repair.js';
import { isEndOfFile } from './failures.js';

/**
 * The tokens with the braces that are missing before the one that cannot be read, which begins a member of a block around; or without the
 * brace before it that closed a block too early. The block in which it would have stood is not known, so nothing else is left out.
 * @returns undefined where no brace there is at fault
 */
export function withBraces(tokens: readonly IToken[], e: IRecognitionException, words: GrammarWords): Repair | undefined {
  const failure = isEndOfFile(e.token) ? -1 : tokens.indexOf(e.token);
  if (failure <= 0) return undefined;
  return withMissing(tokens, failure, e, words) ?? withoutSuperfluous(tokens, failure);
}

function withMissing(tokens: readonly IToken[], failure: number, e: IRecognitionException, words: GrammarWords): Repair | undefined {
  const { open, members } = openBlocks(tokens, failure, e, words);
  const depth = Math.min(open.length, members.length);
  const levels = [[words.of('CamelModel').title], ...members.slice(0, depth - 1)];
  // The first word may begin a member of the innermost block, too.
  const starts = beginsLine(tokens, failure - 1) ? [failure, failure - 1] : [failure];
  for (const start of starts) {
    const level = isHead(tokens, start) ? levels.findLastIndex((phrases) => begins(tokens, start, start === failure ? phrases : phrases.filter((p) => p.includes(' ')))) : -1;
    if (depth === 0 || level < 0) continue;
    const closing = tokens.find((t) => signOf(t) === '}');
    const braces = closing ? Array.from({ length: depth - level }, () => placedBehind(tokens[start - 1]!, closing)) : [];
    return { tokens: [...tokens.slice(0, start), ...braces, ...tokens.slice(start)] };
  }
  return undefined;
}

/** Another such token, which takes no place in the text. */
const placedBehind = ({ endOffset, endLine, endColumn }: IToken, token: IToken): IToken => ({
  ...token,
  image: '',
  startOffset: endOffset! + 1,
  endOffset,
  startLine: endLine,
  endLine,
  startColumn: endColumn! + 1,
  endColumn,
});

/** Where there are too many, the last one. */
function withoutSuperfluous(tokens: readonly IToken[], failure: number): Repair | undefined {
  const count = (sign: string): number => tokens.filter((t) => signOf(t) === sign).length;
  const last = tokens.findLastIndex((t, i) => i < failure && signOf(t) === '}');
  if (last < 0 || count('}') <= count('{')) return undefined;
  return { tokens: tokens.toSpliced(last, 1), superfluous: tokens[last]! };
}
