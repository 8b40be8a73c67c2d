import { diagnose, type Diagnostic, type Range } from '@camelc/diagnostics';
import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { fileOf, rangeBetween } from '../place.js';
import { isTooDeep, nestingLimit, strayInFormula } from './lexer.js';
import { findMissingName } from './missing-name.js';
import type { CamelParser, CamelParseResult } from './parser.js';
import type { RepairedError } from './repair.js';
import { isEndOfFile, unexpected } from './unexpected.js';

/** What breaks the grammar, one diagnostic for each mistake, in source order. */
export function syntaxDiagnostics(document: LangiumDocument, services: LangiumCoreServices): Diagnostic[] {
  const file = fileOf(document);
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [];
  const text = document.textDocument.getText();
  // What a decoder puts where bytes are no UTF-8, and what no text has.
  const noText = Math.min(...['\0', '\ufffd'].map((c) => text.indexOf(c)).filter((i) => i >= 0));
  if (noText < Infinity) {
    const range = rangeBetween(document.textDocument, noText, noText + 1);
    return [diagnose('syntax/not-text', { what: text[noText] === '\0' ? 'it has a zero byte' : 'it is not UTF-8' }, { file, range })];
  }
  const deep = lexerErrors.filter(isTooDeep);
  if (deep.length > 0) return deep.map((e) => diagnose('syntax/too-deep', { limit: nestingLimit }, { file, range: rangeOfLexerError(e) }));

  const opening = unclosedText(document);
  if (opening) return [strayCharacters(opening, text, file)];

  const { words } = services.parser.LangiumParser as CamelParser;
  const repaired = new Set((document.parseResult as CamelParseResult).repaired);
  const mistakes = [
    ...lexerErrors.map((e) => ({ offset: e.offset, depth: undefined, isRepaired: false, describe: () => strayCharacters(e, text, file) })),
    ...parserErrors.map((e) => ({
      offset: offsetOf(e, text),
      depth: depthOf(e),
      isRepaired: repaired.has(e),
      describe: () => unfinished(e, document) ?? withSuperfluous(unexpected(e, document, words, services), e, document),
    })),
  ].sort((a, b) => a.offset - b.offset);

  // After a mistake the parser finds its way again only where a later member of the same block begins. What it reports until then,
  // and of blocks around it when it has lost that block, follows from the mistake.
  const first: typeof mistakes = [];
  let depth = 0;
  let last = -Infinity;
  for (const mistake of mistakes) {
    const lines = text.slice(Math.max(last, 0), mistake.offset).split('\n').length - 1;
    if (
      first.length === 0 ||
      mistake.depth === undefined ||
      mistake.depth === Infinity ||
      ((mistake.isRepaired || mistake.depth >= depth) && lines >= (mistake.isRepaired ? 1 : linesToRecover))
    ) {
      first.push(mistake);
      if (mistake.depth !== undefined && mistake.depth !== Infinity) depth = mistake.depth;
    }
    if (mistake.depth !== Infinity) last = mistake.offset;
  }

  const result: Diagnostic[] = [];
  for (const mistake of first.slice(0, mostMistakes)) {
    const diagnostic = mistake.describe();
    const failure = document.textDocument.offsetAt(diagnostic.place!.range.start);
    const missing =
      mistake.depth !== undefined && mistake.depth !== Infinity && result.length < mostSearches && text.length <= searchableLength
        ? findMissingName(text, failure, services)
        : undefined;
    result.push(missing ? nameMissing(missing.before, document, missing.offset) : diagnostic);
    // All other mistakes followed from this one.
    if (missing?.isCure && lexerErrors.length === 0) break;
  }
  const more = first.slice(mostMistakes);
  if (more.length > 0) {
    const at = document.textDocument.positionAt(more[0]!.offset);
    result.push(diagnose('syntax/more', { shown: mostMistakes, more: more.length }, { file, range: { start: at, end: at } }));
  }
  return result;
}

/** More than a person mends before the next run. */
const mostMistakes = 100;
/** To look for a missing name takes a parse or a few of the whole text. */
const mostSearches = 3;
const searchableLength = 50_000;

/**
 * Where a text is not closed, it ends with the quote that should open the next: what stands behind that makes no sense, and the last quote closes nothing.
 * @returns an error at the first quote; in a formula, where that stops to make sense
 */
function unclosedText({ parseResult: { lexerErrors, parserErrors }, textDocument }: LangiumDocument): ILexingError | undefined {
  const text = textDocument.getText();
  const ofCamel = parserErrors.filter(isOfCamel) as readonly (IRecognitionException & { previousToken?: IToken })[];
  if (ofCamel.length === 0 || !lexerErrors.some((e) => /^["']/.test(text[e.offset] ?? '') && e.message !== strayInFormula)) return undefined;
  const { previousToken: last } = ofCamel.reduce((a, b) => (offsetOf(b, text) < offsetOf(a, text) ? b : a));
  if (last?.tokenType.name !== 'STRING' || !last.image.includes('\n')) return undefined;
  const ofFormula = lexerErrors.find((e) => e.message === strayInFormula && e.offset > last.startOffset && e.offset <= last.endOffset!);
  return ofFormula ?? { offset: last.startOffset, line: last.startLine, column: last.startColumn, length: 1, message: '' };
}

/** A statement that ends with its line, before the name that must follow. */
function unfinished({ unfinished: last }: RepairedError, document: LangiumDocument): Diagnostic | undefined {
  if (!last) return undefined;
  const range = rangeBetween(document.textDocument, last.startOffset, last.endOffset! + 1);
  return diagnose('syntax/unexpected', { message: `a name is missing after \`${last.image}\`` }, { file: fileOf(document), range });
}

/** Where a brace closed a block too early, of which this would be a member. */
function withSuperfluous(d: Diagnostic, { superfluous }: RepairedError, document: LangiumDocument): Diagnostic {
  if (!superfluous) return d;
  const place = { file: fileOf(document), range: rangeBetween(document.textDocument, superfluous.startOffset, superfluous.endOffset! + 1) };
  return {
    ...d,
    help: [d.help, 'is there a `}` too many before it?'].filter(Boolean).join(': '),
    related: [{ message: 'this may close the block too early', place }],
    fixes: [{ title: 'Remove the `}` before it', edits: [{ place, text: '' }] }],
  };
}

function nameMissing(before: string, document: LangiumDocument, offset: number): Diagnostic {
  const range = rangeBetween(document.textDocument, offset, offset + before.length);
  return diagnose('syntax/unexpected', { message: `a name is missing before \`${before}\`` }, { file: fileOf(document), range });
}

const linesToRecover = 4;

/** Whether the tree lacks parts of the text. A mistake in a formula costs that formula only. */
export const lostText = ({ parseResult }: LangiumDocument): boolean => parseResult.lexerErrors.some(isTooDeep) || parseResult.parserErrors.some(isOfCamel);
/** Not of a formula. */
export const isOfCamel = (e: IRecognitionException): boolean => depthOf(e) !== Infinity;

/** How many rules deep the parser was. Formulas are parsed on their own. */
const depthOf = (e: IRecognitionException): number => (e.context.ruleStack[0]?.startsWith('Formula') ? Infinity : e.context.ruleStack.length);

const offsetOf = (e: IRecognitionException, text: string): number => (isEndOfFile(e.token) ? text.length : e.token.startOffset);

function rangeOfLexerError(e: ILexingError): Range {
  const start = { line: e.line! - 1, character: e.column! - 1 };
  return { start, end: { line: start.line, character: start.character + e.length } };
}

function strayCharacters(e: ILexingError, text: string, file: string): Diagnostic {
  const range = rangeOfLexerError(e);
  const line = text.slice(e.offset).split('\n', 1)[0]!.trimEnd();
  const isOfFormula = e.message === strayInFormula;
  if (isOfFormula && line.startsWith('\\')) return diagnose('syntax/unexpected', { message: 'there are no escapes in formulas' }, { file, range });
  if (isOfFormula && /^["']/.test(line))
    return diagnose('syntax/unexpected', { message: 'there are no texts in formulas', help: 'a formula is made of numbers, names, operators and functions' }, { file, range });
  if (isOfFormula && line.startsWith('.'))
    return diagnose('syntax/unexpected', { message: '`.` has no meaning here', help: 'a formula names a metric or a variable without its model' }, { file, range });
  if (isOfFormula && /^[{}]/.test(line))
    return diagnose(
      'syntax/unexpected',
      { message: `\`${line[0]}\` has no meaning in a formula`, help: 'is the quote that closes the formula missing before it?' },
      { file, range },
    );
  const quote = /^["']/.exec(line)?.[0];
  if (quote) {
    range.end = { line: range.start.line, character: range.start.character + line.length };
    const place = { file, range };
    const closing = { title: `Close it with ${quote}`, edits: [{ place: { file, range: { start: range.end, end: range.end } }, text: quote }] };
    return { ...diagnose('syntax/unexpected', { message: 'this text is not closed', help: `close it with ${quote}` }, place), fixes: [closing] };
  }
  const help = /^[\u2018-\u201e]/.test(line) ? 'write \' or " around a text' : undefined;
  return diagnose('syntax/unexpected', { message: `\`${line.slice(0, Math.min(e.length, 20))}\` has no meaning here`, ...(help && { help }) }, { file, range });
}
