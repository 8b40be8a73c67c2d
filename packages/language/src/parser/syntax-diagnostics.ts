import { diagnose, type Diagnostic, type Range } from '@camelc/diagnostics';
import type { ILexingError, IRecognitionException } from 'chevrotain';
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { fileOf } from '../place.js';
import { GrammarWords } from './expectations.js';
import { isTooDeep, nestingLimit } from './lexer.js';
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
    const range = { start: document.textDocument.positionAt(noText), end: document.textDocument.positionAt(noText + 1) };
    return [diagnose('syntax/not-text', { what: text[noText] === '\0' ? 'it has a zero byte' : 'it is not UTF-8' }, { file, range })];
  }
  const deep = lexerErrors.filter(isTooDeep);
  if (deep.length > 0) return deep.map((e) => diagnose('syntax/too-deep', { limit: nestingLimit }, { file, range: rangeOfLexerError(e) }));

  const words = new GrammarWords(services);
  const mistakes = [
    ...lexerErrors.map((e) => ({ offset: e.offset, depth: undefined, diagnostic: strayCharacters(e, text, file) })),
    ...parserErrors.map((e) => ({ offset: offsetOf(e, text), depth: depthOf(e), diagnostic: unexpected(e, document, words, services) })),
  ].sort((a, b) => a.offset - b.offset);

  // After a mistake the parser finds its way again only where a later member of the same block begins. What it reports until then,
  // and of blocks around it when it has lost that block, follows from the mistake.
  const result: Diagnostic[] = [];
  let depth = 0;
  let last = -Infinity;
  for (const mistake of mistakes) {
    const lines = text.slice(Math.max(last, 0), mistake.offset).split('\n').length - 1;
    if (result.length === 0 || mistake.depth === undefined || mistake.depth === Infinity || (mistake.depth >= depth && lines >= linesToRecover)) {
      result.push(mistake.diagnostic);
      if (mistake.depth !== undefined && mistake.depth !== Infinity) depth = mistake.depth;
    }
    if (mistake.depth !== Infinity) last = mistake.offset;
  }
  return result;
}

const linesToRecover = 4;

/** Whether the tree lacks parts of the text. A mistake in a formula costs that formula only. */
export const lostText = ({ parseResult }: LangiumDocument): boolean => parseResult.lexerErrors.some(isTooDeep) || parseResult.parserErrors.some((e) => depthOf(e) !== Infinity);

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
  const quote = /^["']/.exec(line)?.[0];
  if (quote) {
    range.end = { line: range.start.line, character: range.start.character + line.length };
    return diagnose('syntax/unexpected', { message: 'this text is not closed', help: `close it with ${quote}` }, { file, range });
  }
  const message = line.startsWith('\\') ? 'there are no escapes in formulas' : `\`${line.slice(0, Math.min(e.length, 20))}\` has no meaning here`;
  return diagnose('syntax/unexpected', { message }, { file, range });
}
