import { rangeBetween } from '@camelc/language';
import type { LangiumDocument } from 'langium';
import { InsertTextFormat, TextEdit, type CompletionItem, type Range } from 'vscode-languageserver';

export interface ListState {
  /** There is more than is offered. */
  isPart: boolean;
}

/** Makes items that replace one stretch of a text. */
export class ItemMaker {
  private readonly range: Range;

  /** @param list what is known of the list that the items are for */
  constructor(
    document: LangiumDocument,
    from: number,
    to: number,
    private readonly list: ListState,
  ) {
    this.range = rangeBetween(document.textDocument, from, to);
  }

  /** @param sortText groups of items sort by its first characters: values 0, references 1, keywords 2, rare ones 3 */
  plain(label: string, sortText: string, more: Partial<CompletionItem> & { newText?: string }): CompletionItem {
    const { newText = label, ...rest } = more;
    return { label, sortText, textEdit: TextEdit.replace(this.range, newText), ...rest };
  }

  /** Says that there is more than is offered. */
  leaveOut(): void {
    this.list.isPart = true;
  }

  snippet(label: string, sortText: string, body: string, more: Partial<CompletionItem>): CompletionItem {
    return { ...this.plain(label, sortText, { newText: body, ...more }), insertTextFormat: InsertTextFormat.Snippet };
  }
}

/** A number as text of so many digits, for sorting. */
export const rank = (n: number): string => String(n).padStart(5, '0');
