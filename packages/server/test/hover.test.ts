import { MarkupContent } from 'vscode-languageserver';
import { showPosition, testCases } from './cases.js';

testCases('hover', async ({ services, document, cursors }) => {
  const answers = cursors.map(async (position) => {
    const hover = await services.lsp.HoverProvider!.getHoverContent(document, { textDocument: { uri: document.uri.toString() }, position });
    return `${showPosition(position)}\n${MarkupContent.is(hover?.contents) ? hover.contents.value : 'nothing'}\n`;
  });
  return (await Promise.all(answers)).join('\n');
});
