import { format, rangeBetween, type FormatOptions, type Lines } from '@camelc/language';
import type { LangiumDocument } from 'langium';
import type { Formatter, LangiumServices } from 'langium/lsp';
import type { DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver';
import { reindent } from './on-type.js';

/** Formats documents and ranges of them, and indents lines while they are typed. A document whose syntax is broken stays as it is. */
export class CamelFormatter implements Formatter {
  readonly formatOnTypeOptions = { firstTriggerCharacter: '}', moreTriggerCharacter: [']', '\n'] };

  constructor(private readonly services: LangiumServices) {}

  formatDocument(document: LangiumDocument, { options }: DocumentFormattingParams): TextEdit[] {
    return this.edits(document, options);
  }

  formatDocumentRange(document: LangiumDocument, { options, range: { start, end } }: DocumentRangeFormattingParams): TextEdit[] {
    // A range that ends at the beginning of a line does not mean that line.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return this.edits(document, options, { first: start.line, last });
  }

  formatDocumentOnType({ textDocument }: LangiumDocument, { position, ch, options }: DocumentOnTypeFormattingParams): TextEdit[] {
    const edit = reindent(textDocument, position, ch, usable(options));
    return edit ? [edit] : [];
  }

  private edits(document: LangiumDocument, options: FormatOptions, lines?: Lines): TextEdit[] {
    const { textDocument } = document;
    const replacements = format(document, this.services, usable(options), lines) ?? [];
    return replacements.map(({ start, end, text }) => ({ range: rangeBetween(textDocument, start, end), newText: text }));
  }
}

/** What a client sends may be anything. */
const usable = ({ tabSize, insertSpaces }: FormatOptions): FormatOptions => ({ tabSize: tabSize >= 1 && tabSize <= 32 ? Math.floor(tabSize) : 2, insertSpaces });
