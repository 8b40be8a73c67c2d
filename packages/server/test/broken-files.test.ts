import { byPosition } from '@camelc/diagnostics';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ResponseError, type DocumentSymbol, type Range } from 'vscode-languageserver';
import { randomOf } from '../../../test/random.js';
import { openCase, type Case } from './cases.js';

const whole = readFileSync(path.resolve(import.meta.dirname, '../../language/test/every-aspect.camel'), 'utf8');
const stray = ['{', '}', "'", '"', '[', ',', '.', 'requirements ', 'model ', '/*', '^', 'ü', ' 1 '];

/** The text with parts cut out and signs put in. */
const broken = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: whole.length }), cut: fc.integer({ min: 0, max: 80 }), put: fc.constantFrom('', ...stray) }), { minLength: 1, maxLength: 4 })
  .map((edits) => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), whole));

const encloses = (outer: Range, inner: Range): boolean => byPosition(outer.start, inner.start) <= 0 && byPosition(inner.end, outer.end) <= 0;
const wellPlaced = ({ range, selectionRange, children = [] }: DocumentSymbol): boolean =>
  encloses(range, selectionRange) && children.every((child) => encloses(range, child.range) && wellPlaced(child));

/** Asks all services, those of a place at each of the offsets. */
async function askAll({ services, document }: Case, offsets: readonly number[]): Promise<void> {
  const { lsp, shared } = services;
  const textDocument = { uri: document.uri.toString() };
  const end = document.textDocument.positionAt(Infinity);
  const symbols = await lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument });
  expect(symbols.every(wellPlaced)).toBe(true);
  await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'e' });
  await lsp.DocumentLinkProvider!.getDocumentLinks(document, { textDocument });
  await lsp.InlayHintProvider!.getInlayHints(document, { textDocument, range: { start: { line: 0, character: 0 }, end } });
  await lsp.SemanticTokenProvider!.semanticHighlight(document, { textDocument });
  for (const offset of offsets) {
    const position = document.textDocument.positionAt(offset);
    const at = { textDocument, position };
    await lsp.CompletionProvider!.getCompletion(document, at);
    await lsp.HoverProvider!.getHoverContent(document, at);
    await lsp.SignatureHelp!.provideSignatureHelp(document, at);
    await lsp.DefinitionProvider!.getDefinition(document, at);
    await lsp.TypeProvider!.getTypeDefinition(document, at);
    await lsp.ImplementationProvider!.getImplementation(document, at);
    await lsp.ReferencesProvider!.findReferences(document, { ...at, context: { includeDeclaration: true } });
    await lsp.DocumentHighlightProvider!.getDocumentHighlight(document, at);
    await refusals(() => lsp.RenameProvider!.prepareRename(document, at));
    await refusals(() => lsp.RenameProvider!.rename(document, { ...at, newName: 'New' }));
    const [item] = (await lsp.CallHierarchyProvider!.prepareCallHierarchy(document, at)) ?? [];
    if (item) await Promise.all([lsp.CallHierarchyProvider!.incomingCalls({ item }), lsp.CallHierarchyProvider!.outgoingCalls({ item })]);
    const range = { start: position, end: document.textDocument.positionAt(offset + 12) };
    for (const only of [undefined, ['source']])
      await lsp.CodeActionProvider!.getCodeActions(document, { textDocument, range, context: { diagnostics: [], ...(only && { only }) } });
  }
}

test('in a broken file every service answers', async () => {
  await fc.assert(
    fc.asyncProperty(broken, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), async (text, places) => {
      await askAll(
        await openCase(text),
        places.map((place) => place % (text.length + 1)),
      );
    }),
    { numRuns: 40 },
  );
});

/** Further ways in which a text that is being written is wrong. */
const ruins: Record<string, (text: string, random: () => number) => string> = {
  'cut off': (text, random) => text.slice(0, random() * text.length),
  'with stray signs': (text, random) => text.replace(/[{}"'[\](),.]/g, (sign) => (random() < 0.03 ? '' : random() < 0.03 ? '{' : random() < 0.02 ? '"' : sign)),
};

const fcr = path.resolve(import.meta.dirname, '../../../../shared/corpus/camel-2.5/FCRwithDataLocality.camel');
const texts = [whole, ...(existsSync(fcr) ? [readFileSync(fcr, 'utf8')] : [])];

test.for(Object.entries(ruins))('every service answers all over a file %s', async ([, ruin]) => {
  const random = randomOf(11);
  for (const text of texts) {
    const ruined = ruin(text, random);
    const places = Array.from({ length: 150 }, () => Math.floor(random() * ruined.length));
    await askAll(await openCase(ruined), places);
  }
});

/** A refusal is an answer. */
async function refusals(ask: () => unknown): Promise<void> {
  try {
    await ask();
  } catch (e) {
    if (!(e instanceof ResponseError)) throw e;
  }
}
