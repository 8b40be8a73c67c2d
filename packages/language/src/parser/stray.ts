import { diagnose, type Diagnostic, type Edit } from '@camelc/diagnostics';
import type { ILexingError } from 'chevrotain';
import type { LangiumDocument } from 'langium';
import { fix, rewritten } from '../edits.js';
import { placeBetween } from '../place.js';
import { strayInFormula } from './lexer.js';
import { runAt, withoutQuotes } from './near-misses.js';

/** Quotes of word processors and of other languages. */
const foreignQuote = /[\u2018-\u201f`\u00b4\u00ab\u00bb]/;

/** Of the characters that mean nothing, those that are a mistake of their own: not the rest of a word, nor the other quote of a text. */
export function apart(errors: readonly ILexingError[], text: string): ILexingError[] {
  // An edit leaves them in the order in which they were found.
  const inOrder = errors.toSorted((a, b) => a.offset - b.offset);
  return inOrder.filter((e, i) => {
    const before = inOrder[i - 1];
    if (!before || before.message !== e.message) return true;
    const between = text.slice(before.offset + before.length, e.offset);
    const isOtherQuote = foreignQuote.test(text[before.offset]!) && foreignQuote.test(text[e.offset]!) && !between.includes('\n');
    return !isOtherQuote && !/^\w*$/.test(between);
  });
}

/** Signs that are written otherwise here. */
const otherwise: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=', '≠': '<>', '×': '*', '÷': '/', '−': '-', '–': '-', '→': '-->' };

/** Characters that mean nothing where they stand. */
export type Stray = Pick<ILexingError, 'offset' | 'length' | 'message'>;

/** Says so in the words of their user. */
export function strayCharacters({ offset, length, message }: Stray, document: LangiumDocument): Diagnostic {
  const text = document.textDocument.getText();
  const line = text.slice(offset).split('\n', 1)[0]!.trimEnd();
  const say = (said: { message: string; help?: string }, start = offset, end = offset + length): Diagnostic =>
    diagnose('syntax/unexpected', said, placeBetween(document, start, end));
  const edit = (start: number, end: number, put: string): Edit => ({ place: placeBetween(document, start, end), text: put });
  if (message === strayInFormula) {
    if (line.startsWith('\\')) return say({ message: 'there are no escapes in formulas' });
    if (/^["']/.test(line)) return say({ message: 'there are no texts in formulas', help: 'a formula is made of numbers, names, operators and functions' });
    if (line.startsWith('.')) return say({ message: '`.` has no meaning here', help: 'a formula names a metric or a variable without its model' });
    if (/^[{}]/.test(line)) return say({ message: `\`${line[0]}\` has no meaning in a formula`, help: 'is the quote that closes the formula missing before it?' });
  }
  const quote = /^["']/.exec(line)?.[0];
  if (quote) {
    const end = offset + line.length;
    // With the other quote it does not end.
    const closing = /.["']$/.test(line) ? edit(end - 1, end, quote) : edit(end, end, quote);
    return { ...say({ message: 'this text is not closed', help: `close it with ${quote}` }, offset, end), fixes: fix(`Close it with ${quote}`, [closing]) };
  }
  const stray = line.slice(0, Math.min(length, 20));
  if (foreignQuote.test(stray[0]!)) {
    const d = say({ message: `\`${stray[0]}\` has no meaning here`, help: 'write \' or " around a text' }, offset, offset + 1);
    const close = line.slice(1).search(foreignQuote) + 1;
    return close === 0 || /['"]/.test(line.slice(0, close))
      ? d
      : { ...d, fixes: fix("Write ' around it", [edit(offset, offset + 1, "'"), edit(offset + close, offset + close + 1, "'")]) };
  }
  const other = otherwise[stray];
  if (other) {
    const d = say({ message: `\`${stray}\` has no meaning here`, help: `did you mean \`${other}\`?` });
    return { ...d, fixes: rewritten(d.place!, other) };
  }
  if (/^[\p{C}\p{Z}]+$/u.test(stray)) {
    const points = [...stray].map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
    return { ...say({ message: `an invisible character (${points}) has no meaning here`, help: 'remove it' }), fixes: fix('Remove it', [edit(offset, offset + length, '')]) };
  }
  const { run, from, to } = runAt(text, offset);
  if (message !== strayInFormula && /^[\w\p{L}]/u.test(run) && run.length > length) {
    if (/^[\w\u0080-\uffff]+$/.test(run))
      return say({ message: `\`${run}\` is no name`, help: 'a name has the letters A to Z, digits and `_` only; a text needs quotes' }, from, to);
    const { replacement, ...said } = withoutQuotes(run);
    const d = say(said, from, to);
    return { ...d, fixes: rewritten(d.place!, replacement) };
  }
  return say({ message: `\`${stray}\` has no meaning here` });
}
