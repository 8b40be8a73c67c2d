import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver';
import { URI, UriUtils } from 'langium';
import { expect, test } from 'vitest';
import { openCase, showRange, testCases } from './cases.js';

const kindName = (kind: SymbolKind): string => Object.entries(SymbolKind).find(([, value]) => value === kind)![0];

testCases('symbols', async ({ services, document }) => {
  const symbols = await services.lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument: { uri: document.uri.toString() } });
  const show = (s: DocumentSymbol, depth: number): string[] => [
    `${'  '.repeat(depth)}${s.name}  (${s.detail}) ${kindName(s.kind)} ${showRange(s.range)} at ${showRange(s.selectionRange)}`,
    ...(s.children ?? []).flatMap((child) => show(child, depth + 1)),
  ];
  return symbols.flatMap((s) => show(s, 0)).join('\n');
});

/** Each line `// ask QUERY` is a query. */
testCases('workspace-symbols', async ({ services, text }) => {
  const answers = [...text.matchAll(/^\/\/ ask ?(.*)$/gm)].map(async ([, query]) => {
    const found = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: query! });
    const lines = found.map(
      (s) => `  ${s.name}, ${s.containerName}, ${kindName(s.kind)}, ${UriUtils.basename(URI.parse(s.location.uri))} ${showRange((s.location as { range: Range }).range)}`,
    );
    return [`${query}:`, ...lines.slice(0, 12), ...(lines.length > 12 ? [`  … of ${lines.length}`] : [])].join('\n');
  });
  return (await Promise.all(answers)).join('\n');
});

test('no more workspace symbols than an editor shows, the best first', async () => {
  const sets = Array.from({ length: 5000 }, (_, i) => `requirements Set${i} { }`).join('\n');
  const { services } = await openCase(`camel model Many { deployment model D { ${sets} } }`);
  const found = await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'set4999' });
  expect(found.map((s) => s.name)).toEqual(['Set4999']);
  expect((await services.shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 's' })).length).toBe(200);
});

testCases('document-links', async ({ services, document }) => {
  const links = await services.lsp.DocumentLinkProvider!.getDocumentLinks(document, { textDocument: { uri: document.uri.toString() } });
  return links.map(({ range, target }) => `${showRange(range)} ${document.textDocument.getText(range)} → ${target}`).join('\n');
});
