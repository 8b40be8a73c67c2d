import { URI, UriUtils } from 'langium';
import type { CallHierarchyItem, Range } from 'vscode-languageserver';
import { showPosition, showRange, testCases } from './cases.js';

testCases('call-hierarchy', async ({ services, document, cursors }) => {
  const { CallHierarchyProvider: provider } = services.lsp;
  const show = ({ name, detail, uri, selectionRange }: CallHierarchyItem): string => `${name} (${detail}) ${UriUtils.basename(URI.parse(uri))} ${showRange(selectionRange)}`;
  const at = (ranges: Range[]): string => `at ${ranges.map(showRange).join(', ')}`;
  const answers = cursors.map(async (position) => {
    const [item] = (await provider!.prepareCallHierarchy(document, { textDocument: { uri: document.uri.toString() }, position })) ?? [];
    if (!item) return `${showPosition(position)} nothing`;
    const [incoming, outgoing] = [await provider!.incomingCalls({ item }), await provider!.outgoingCalls({ item })];
    return [
      `${showPosition(position)} ${show(item)}`,
      ...incoming!.map(({ from, fromRanges }) => `  called by ${show(from)} ${at(fromRanges)}`),
      ...outgoing!.map(({ to, fromRanges }) => `  calls ${show(to)} ${at(fromRanges)}`),
    ].join('\n');
  });
  return (await Promise.all(answers)).join('\n');
});
