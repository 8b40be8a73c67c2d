import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { IRecognitionException } from 'chevrotain';
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { placeBetween } from '../place.js';
import type { GrammarWords } from './expectations.js';
import { withoutCredential } from './confidential.js';
import { depthOf, firstFailure, offsetOf } from './failures.js';
import { isTooDeep, nestingLimit, strayInFormula } from './lexer.js';
import { marksOf, type Mark } from './marks.js';
import { findMissingName } from './missing-name.js';
import type { CamelParser, CamelParseResult } from './parser.js';
import type { RepairedError } from './repair.js';
import { apart, strayCharacters, type Stray } from './stray.js';
import { unexpected } from './unexpected.js';

/** What breaks the grammar, one diagnostic for each mistake, in source order. */
export function syntaxDiagnostics(document: LangiumDocument, services: LangiumCoreServices): Diagnostic[] {
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [];
  const text = document.textDocument.getText();
  // What a decoder puts where bytes are no UTF-8, and what no text has.
  const noText = Math.min(...['\0', '\ufffd'].map((c) => text.indexOf(c)).filter((i) => i >= 0));
  if (noText < Infinity) {
    const what = text[noText] === '\0' ? 'it has a zero byte' : 'it is not UTF-8';
    return [diagnose('syntax/not-text', { what }, placeBetween(document, noText, noText + 1))];
  }
  const deep = lexerErrors.filter(isTooDeep);
  if (deep.length > 0) return deep.map(({ offset, length }) => diagnose('syntax/too-deep', { limit: nestingLimit }, placeBetween(document, offset, offset + length)));

  const opening = unclosedText(document);
  if (opening) return [strayCharacters(opening, document)];

  const { words } = services.parser.LangiumParser as CamelParser;
  const repaired = new Set((document.parseResult as CamelParseResult).repaired);
  const noModel = parserErrors.find((e) => e.message === 'camel');
  // A file of something else.
  if (noModel && !/\bcamel\s+model\b/.test(text)) return [unexpected(noModel, document, words, services)];
  const shifted = quotesShiftedFrom(text, parserErrors);
  const mistakes = [
    ...apart(lexerErrors, text)
      .filter(({ offset }) => offset < shifted || !/["']/.test(text[offset]!))
      .map((e) => ({ offset: e.offset, depth: undefined, isRepaired: false, describe: () => strayCharacters(e, document) })),
    ...parserErrors.map((e) => ({
      offset: offsetOf(e, text),
      depth: depthOf(e),
      isRepaired: repaired.has(e),
      describe: () => unfinished(e, document, words) ?? withSuperfluous(unexpected(e, document, words, services), e, document),
    })),
  ].sort((a, b) => a.offset - b.offset);

  // After a mistake the parser finds its way again only where a later member of the same block begins. What it reports until then,
  // and of blocks around it when it has lost that block, follows from the mistake.
  const first: typeof mistakes = [];
  let depth = 0;
  let last = 0;
  for (const mistake of mistakes) {
    if (
      first.length === 0 ||
      mistake.depth === undefined ||
      mistake.depth === Infinity ||
      ((mistake.isRepaired || mistake.depth >= depth) && linesBetween(text, last, mistake.offset) >= (mistake.isRepaired ? 1 : linesToRecover))
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
    result.push(missing ? nameMissing(missing.before, document, missing.offset) : withoutCredential(diagnostic, document));
    // All other mistakes followed from this one.
    if (missing?.isCure && lexerErrors.length === 0) break;
  }
  const more = first.slice(mostMistakes);
  if (more.length > 0) {
    const at = more[0]!.offset;
    result.push(diagnose('syntax/more', { shown: mostMistakes, more: more.length }, placeBetween(document, at, at)));
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
function unclosedText({ parseResult: { lexerErrors, parserErrors }, textDocument }: LangiumDocument): Stray | undefined {
  const text = textDocument.getText();
  const failure = firstFailure(parserErrors, text);
  if (failure === Infinity || !lexerErrors.some((e) => /^["']/.test(text[e.offset] ?? '') && e.message !== strayInFormula)) return undefined;
  let last: Mark | undefined;
  for (const mark of marksOf(text)) {
    if (mark.end > failure) break;
    if (mark.kind === 'text') last = mark;
  }
  if (!last || !text.slice(last.start, last.end).includes('\n') || text.slice(last.end, failure).trim() !== '') return undefined;
  const { start, end } = last;
  const ofFormula = lexerErrors.find((e) => e.message === strayInFormula && e.offset > start && e.offset < end);
  return ofFormula ?? { offset: start, length: 1, message: '' };
}

/** From where on quotes close nothing as one is missing, or too many, farther above: since then texts have been taken for what is between them. */
function quotesShiftedFrom(text: string, parserErrors: readonly IRecognitionException[]): number {
  const failure = firstFailure(parserErrors, text);
  if (failure === Infinity) return Infinity;
  for (const { kind, start, end } of marksOf(text)) {
    if (kind === 'text' && start >= failure && text.slice(start, end).includes('\n')) return end;
  }
  return Infinity;
}

/** A statement that ends with its line, before the name or text that must follow. */
function unfinished({ unfinished: last, context }: RepairedError, document: LangiumDocument, words: GrammarWords): Diagnostic | undefined {
  if (!last) return undefined;
  const missing = words.takesText(context.ruleStack.at(-1) ?? '', last.image) ? 'a text' : 'a name';
  return diagnose('syntax/unexpected', { message: `${missing} is missing after \`${last.image}\`` }, placeBetween(document, last.startOffset, last.endOffset! + 1));
}

/** Where a brace closed a block too early, of which this would be a member. */
function withSuperfluous(d: Diagnostic, { token, superfluous }: RepairedError, document: LangiumDocument): Diagnostic {
  // It may be that brace itself.
  if (!superfluous || token.image === '}') return d;
  const place = placeBetween(document, superfluous.startOffset, superfluous.endOffset! + 1);
  return {
    ...d,
    help: [d.help?.startsWith('it belongs') && d.help, 'is there a `}` too many before it?'].filter(Boolean).join(': '),
    related: [{ message: 'this may close the block too early', place }],
    fixes: [{ title: 'Remove the `}` before it', edits: [{ place, text: '' }] }],
  };
}

function nameMissing(before: string, document: LangiumDocument, offset: number): Diagnostic {
  return diagnose('syntax/unexpected', { message: `a name is missing before \`${before}\`` }, placeBetween(document, offset, offset + before.length));
}

const linesToRecover = 4;

const linesBetween = (text: string, start: number, end: number): number => text.slice(start, end).split('\n').length - 1;
