/** Formatting, indentation while typing, folding, growing selections. */
import { TextDocument, type LangiumDocument } from 'langium';
import type { FoldingRange, FormattingOptions, SelectionRange, TextEdit } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { selectionRange } from '../src/layout/selection.js';
import { openCase, showPosition, showRange, testCases } from './cases.js';

const options: FormattingOptions = { tabSize: 2, insertSpaces: true };
const uriOf = ({ uri }: LangiumDocument): { uri: string } => ({ uri: uri.toString() });
const edited = ({ textDocument }: LangiumDocument, edits: TextEdit[]): string => TextDocument.applyEdits(textDocument, edits);

testCases('formatting', async ({ services, document }) => edited(document, await services.lsp.Formatter!.formatDocument(document, { textDocument: uriOf(document), options })));

testCases('range-formatting', async ({ services, document, ranges }) =>
  edited(document, await services.lsp.Formatter!.formatDocumentRange(document, { textDocument: uriOf(document), options, range: ranges[0]! })),
);

/** The cursor stands behind what was typed. */
testCases('on-type', async ({ services, document, cursors }) => {
  const results = cursors.map(async (position) => {
    const offset = document.textDocument.offsetAt(position);
    const before = document.textDocument.getText()[offset - 1]!;
    const ch = /\s/.test(before) ? '\n' : before;
    const edits = await services.lsp.Formatter!.formatDocumentOnType(document, { textDocument: uriOf(document), options, position, ch });
    const line = edited(document, edits).split('\n')[position.line]!;
    return `${showPosition(position)} ${edits.length === 0 ? 'stays' : 'becomes'} |${line}`;
  });
  return (await Promise.all(results)).join('\n');
});

testCases('folding', async ({ services, document, text }) => {
  const folds: FoldingRange[] = await services.lsp.FoldingRangeProvider!.getFoldingRanges(document, { textDocument: uriOf(document) });
  const lines = text.split('\n');
  return folds.map((f) => `${f.startLine + 1}-${f.endLine + 1}${f.kind ? ` ${f.kind}` : ''}  ${lines[f.startLine]!.trim()} … ${lines[f.endLine]!.trim()}`).join('\n');
});

testCases('selection', ({ services, document, cursors }) => {
  const show = (selection: SelectionRange | undefined): string[] => {
    if (!selection) return [];
    const text = document.textDocument.getText(selection.range).replace(/\s+/g, ' ');
    return [`${showRange(selection.range)}  ${text.length > 70 ? `${text.slice(0, 45)} … ${text.slice(-22)}` : text}`, ...show(selection.parent)];
  };
  return cursors.map((position) => [showPosition(position), ...show(selectionRange(document, position, services.Grammar))].join('\n  ')).join('\n\n');
});

describe('where the syntax is broken', () => {
  const broken = 'camel model M {\nsoftwre A {\n}\n';
  it('nothing is formatted', async () => {
    const { services, document } = await openCase(broken);
    expect(await services.lsp.Formatter!.formatDocument(document, { textDocument: uriOf(document), options })).toEqual([]);
  });
  it('selections still grow from everywhere', async () => {
    const { services, document, text } = await openCase(broken);
    for (let offset = 0; offset <= text.length; offset++) {
      let [inner, outer] = [undefined, selectionRange(document, document.textDocument.positionAt(offset), services.Grammar)] as [
        SelectionRange | undefined,
        SelectionRange | undefined,
      ];
      for (; outer; [inner, outer] = [outer, outer.parent])
        if (inner) expect(document.textDocument.getText(outer.range).length).toBeGreaterThan(document.textDocument.getText(inner.range).length);
      expect(document.textDocument.getText(inner!.range)).toBe(text);
    }
  });
});
