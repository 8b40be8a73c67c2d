import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { strayInFormula } from '../parser/lexer.js';
import { lostText } from '../parser/failures.js';
import { layOut, type FormatOptions } from './layout.js';
import { layoutRules } from './layout-rules.js';
import { lineBreaks, piecesOf } from './pieces.js';

export type { FormatOptions } from './layout.js';

/** A part of a text, by offsets, and what shall stand there. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** Lines counted from 0, both included. */
export interface Lines {
  first: number;
  last: number;
}

/**
 * What to change for a text to be laid out by the rules of docs/formatting.md: only white space, and that in comments.
 * @param lines changes no other line
 * @returns undefined where the syntax is broken: it is not known then what belongs together. Mistakes in formulas do no harm.
 */
export function format(document: LangiumDocument, services: LangiumCoreServices, options: FormatOptions, lines?: Lines): Replacement[] | undefined {
  const root = document.parseResult.value.$cstNode?.root;
  if (!root || hasBrokenSyntax(document)) return undefined;
  const text = document.textDocument.getText();
  const pieces = piecesOf(root, text, layoutRules(services.Grammar));
  const written = layOut(pieces, options, /\r\n|\n|\r/.exec(text)?.[0] ?? '\n');
  const replacements: Replacement[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  for (const [i, { before, text: image }] of written.entries()) {
    const piece = pieces[i] ?? { start: text.length, end: text.length };
    replacements.push({ start: end, end: piece.start, text: before }, { start: piece.start, end: piece.end, text: image });
    end = piece.end;
  }
  const wanted = lines ? within(replacements, text, document, lines) : replacements;
  return wanted.filter((r) => text.slice(r.start, r.end) !== r.text);
}

/** The text with the replacements, which are in order. */
export function applyReplacements(text: string, replacements: readonly Replacement[]): string {
  let end = 0;
  const parts: string[] = [];
  for (const r of replacements) {
    parts.push(text.slice(end, r.start), r.text);
    end = r.end;
  }
  parts.push(text.slice(end));
  return parts.join('');
}

const hasBrokenSyntax = (document: LangiumDocument): boolean => lostText(document) || document.parseResult.lexerErrors.some((e) => e.message !== strayInFormula);

/** The part of each replacement that lies on the lines. */
function within(replacements: readonly Replacement[], text: string, { textDocument }: LangiumDocument, { first, last }: Lines): Replacement[] {
  const from = textDocument.offsetAt({ line: first, character: 0 });
  const next = textDocument.offsetAt({ line: last + 1, character: 0 });
  // Without the line break of the last line.
  const to = next - /(\r\n|\r|\n|)$/.exec(text.slice(from, next))![0].length;
  return replacements.flatMap((r) => {
    if (r.end < from || r.start > to) return [];
    if (r.start >= from && r.end <= to) return [r];
    const breaks = r.text.match(/\r\n|\r|\n/g);
    // A comment that reaches out of the lines, or lines that would be joined with others.
    if (!breaks || /\S/.test(r.text)) return [];
    const [start, end] = [Math.max(r.start, from), Math.min(r.end, to)];
    const outside = lineBreaks(text.slice(r.start, start)) + lineBreaks(text.slice(end, r.end));
    const indent = end === r.end ? /[^\r\n]*$/.exec(r.text)![0] : '';
    return [{ start, end, text: breaks.slice(outside).join('') + indent }];
  });
}
