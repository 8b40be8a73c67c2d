import { byPosition } from '@camelc/diagnostics';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ResponseError, type DocumentSymbol, type Range } from 'vscode-languageserver';
import { openCase } from './cases.js';

const whole = readFileSync(path.resolve(import.meta.dirname, '../../language/test/every-aspect.camel'), 'utf8');
const stray = ['{', '}', "'", '"', '[', ',', '.', 'requirements ', 'model ', '/*', '^', 'ü', ' 1 '];

/** The text with parts cut out and signs put in. */
const broken = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: whole.length }), cut: fc.integer({ min: 0, max: 80 }), put: fc.constantFrom('', ...stray) }), { minLength: 1, maxLength: 4 })
  .map((edits) => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), whole));

const encloses = (outer: Range, inner: Range): boolean => byPosition(outer.start, inner.start) <= 0 && byPosition(inner.end, outer.end) <= 0;
const wellPlaced = ({ range, selectionRange, children = [] }: DocumentSymbol): boolean =>
  encloses(range, selectionRange) && children.every((child) => encloses(range, child.range) && wellPlaced(child));

test('in a broken file every service answers', async () => {
  await fc.assert(
    fc.asyncProperty(broken, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), async (text, places) => {
      const { services, document } = await openCase(text);
      const { lsp, shared } = services;
      const textDocument = { uri: document.uri.toString() };
      const symbols = await lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument });
      expect(symbols.every(wellPlaced)).toBe(true);
      await lsp.DocumentLinkProvider!.getDocumentLinks(document, { textDocument });
      await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'e' });
      for (const place of places) {
        const position = document.textDocument.positionAt(place % (text.length + 1));
        const at = { textDocument, position };
        await lsp.DefinitionProvider!.getDefinition(document, at);
        await lsp.TypeProvider!.getTypeDefinition(document, at);
        await lsp.ImplementationProvider!.getImplementation(document, at);
        await lsp.ReferencesProvider!.findReferences(document, { ...at, context: { includeDeclaration: true } });
        await lsp.DocumentHighlightProvider!.getDocumentHighlight(document, at);
        await refusals(() => lsp.RenameProvider!.prepareRename(document, at));
        await refusals(() => lsp.RenameProvider!.rename(document, { ...at, newName: 'New' }));
        const [item] = (await lsp.CallHierarchyProvider!.prepareCallHierarchy(document, at)) ?? [];
        if (item) await Promise.all([lsp.CallHierarchyProvider!.incomingCalls({ item }), lsp.CallHierarchyProvider!.outgoingCalls({ item })]);
        const range = { start: position, end: document.textDocument.positionAt((place % (text.length + 1)) + 12) };
        for (const only of [undefined, ['source']])
          await lsp.CodeActionProvider!.getCodeActions(document, { textDocument, range, context: { diagnostics: [], ...(only && { only }) } });
      }
    }),
    { numRuns: 40 },
  );
});

/** A refusal is an answer. */
async function refusals(ask: () => unknown): Promise<void> {
  try {
    await ask();
  } catch (e) {
    if (!(e instanceof ResponseError)) throw e;
  }
}
