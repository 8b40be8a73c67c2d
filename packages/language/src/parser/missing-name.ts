import type { LangiumCoreServices } from 'langium';
import type { CamelParser } from './parser.js';
import { firstFailure } from './failures.js';

export interface MissingName {
  /** The keyword or brace before which the name is missing. */
  before: string;
  offset: number;
  /** Whether the whole text is right with a name there. */
  isCure: boolean;
}

/**
 * A keyword may be a name. Where a name is missing, the next keyword is taken for it, and the parser fails only some words later.
 * So each keyword and brace shortly before its failure is tried: is the text right for longer with a name before it?
 * @param failure where the parser failed
 */
export function findMissingName(text: string, failure: number, services: LangiumCoreServices): MissingName | undefined {
  const start = Math.max(text.lastIndexOf('\n', text.lastIndexOf('\n', failure - 1) - 1), failure - 200, 0);
  const words = [...text.slice(start, failure).matchAll(/\{|[A-Za-z_]\w*(-\w+)*/g)].slice(-4).reverse();
  for (const { 0: word, index } of words) {
    const offset = start + index;
    if (word !== '{' && !(isKeyword(word, services) && standsAlone(text, offset, word))) continue;
    const next = firstMistake(`${text.slice(0, offset)}x ${text.slice(offset)}`, services);
    // Past the place of the failure, and not just by a word or two.
    const past = text
      .slice(failure, Math.max(failure, next - 2))
      .trim()
      .split(/\s+/).length;
    if (next === Infinity || past > 2) return { before: word, offset, isCure: next === Infinity };
  }
  return undefined;
}

const isKeyword = (word: string, services: LangiumCoreServices): boolean => /^[a-z]/.test(word) && word in services.parser.Lexer.definition;
/** Not a part of a path, of a word with a dash, or of a text. */
const standsAlone = (text: string, offset: number, word: string): boolean => /\s$/.test(text.slice(0, offset)) && /^[\s[({}]/.test(text.slice(offset + word.length));

function firstMistake(text: string, services: LangiumCoreServices): number {
  const { parserErrors, lexerErrors } = (services.parser.LangiumParser as CamelParser).parse(text, { once: true });
  return Math.min(...lexerErrors.map((e) => e.offset), firstFailure(parserErrors, text));
}
