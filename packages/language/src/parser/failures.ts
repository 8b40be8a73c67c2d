/** Where the parser failed, and what of a text it could not read. */
import type { IRecognitionException, IToken } from 'chevrotain';
import type { LangiumDocument, ParseResult } from 'langium';
import { isTooDeep } from './lexer.js';

export const isEndOfFile = (token: IToken): boolean => Number.isNaN(token.startOffset) || token.startOffset < 0;

export const offsetOf = ({ token }: IRecognitionException, text: string): number => (isEndOfFile(token) ? text.length : token.startOffset);

/** How many rules deep the parser was; infinite in formulas, which are parsed on their own. */
export const depthOf = ({ context: { ruleStack } }: IRecognitionException): number => (ruleStack[0]?.startsWith('Formula') ? Infinity : ruleStack.length);

/** Not of a formula. */
export const isOfCamel = (e: IRecognitionException): boolean => depthOf(e) !== Infinity;

/** Where the parser failed first outside of formulas; infinite where it did not. */
export const firstFailure = (errors: readonly IRecognitionException[], text: string): number =>
  errors.reduce((first, e) => (isOfCamel(e) ? Math.min(first, offsetOf(e, text)) : first), Infinity);

/** The name that a rule has in the grammar: that in a stack of rules ends with a character that nobody sees. */
export const plainName = (ruleName: string): string => ruleName.replace(/\W+$/, '');

/** Whether the tree lacks parts of the text. A mistake in a formula costs that formula only. */
export const lostText = ({ parseResult }: LangiumDocument): boolean => parseResult.lexerErrors.some(isTooDeep) || parseResult.parserErrors.some(isOfCamel);

const kindsOfTexts = new WeakMap<ParseResult, ReadonlySet<string>>();
/** The kinds of the elements of which the parser could not read what stands before their blocks. */
export function lostKinds({ parseResult }: LangiumDocument): ReadonlySet<string> {
  let kinds = kindsOfTexts.get(parseResult);
  if (!kinds) {
    const failed = parseResult.parserErrors.filter((e) => isOfCamel(e) && e.message !== '}');
    kinds = new Set(failed.flatMap(({ context: { ruleStack } }) => (ruleStack.length > 0 ? [plainName(ruleStack.at(-1)!)] : [])));
    kindsOfTexts.set(parseResult, kinds);
  }
  return kinds;
}
