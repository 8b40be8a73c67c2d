import { isSoftware } from '@camelc/language';
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import { expect, test } from 'vitest';
import { MarkupContent, type InlayHint, type Range, type SemanticTokens, type SignatureHelp } from 'vscode-languageserver';
import { CamelHoverProvider } from '../src/reading/hover.js';
import { createServerServices } from '../src/services.js';
import { openCase, showPosition, testCases, type Case } from './cases.js';

const identifier = ({ document }: Case): { uri: string } => ({ uri: document.uri.toString() });
const whole: Range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

testCases('hover', async (c) => {
  const answers = c.cursors.map(async (position) => {
    const hover = await c.services.lsp.HoverProvider!.getHoverContent(c.document, { textDocument: identifier(c), position });
    const marked = hover ? ` «${c.document.textDocument.getText(hover.range)}»` : '';
    return `${showPosition(position)}${marked}\n${MarkupContent.is(hover?.contents) ? hover.contents.value : 'nothing'}\n`;
  });
  return (await Promise.all(answers)).join('\n');
});

test('a hover tells the candidates that are known', async () => {
  const { document, cursors } = await openCase('camel model X { deployment model D { software We┆b { } software Db { } } }');
  const { Camel } = createServerServices(EmptyFileSystem);
  const provider = new CamelHoverProvider(Camel, { summaryOf: (node) => (isSoftware(node) && node.name === 'Web' ? '3 candidates fit' : undefined) });
  expect(provider.getHoverContent(document, { textDocument: { uri: document.uri.toString() }, position: cursors[0]! })!.contents).toMatchObject({
    value: expect.stringContaining('3 candidates fit'),
  });
});

/** The signature with the parameter that is being typed in «». */
function showSignature(help: SignatureHelp | undefined): string {
  const signature = help?.signatures[0];
  if (!signature) return 'none';
  const [start, end] = signature.parameters![help.activeParameter!]!.label as [number, number];
  return `${signature.label.slice(0, start)}«${signature.label.slice(start, end)}»${signature.label.slice(end)}  ${signature.documentation ?? ''}`.trimEnd();
}
testCases('signature-help', async (c) => {
  const answers = c.cursors.map(
    async (position) =>
      `${showPosition(position)}  ${showSignature(await c.services.lsp.SignatureHelp!.provideSignatureHelp(c.document, { textDocument: identifier(c), position }))}`,
  );
  return (await Promise.all(answers)).join('\n');
});

const hintsOf = async ({ services, document }: Case, range = whole): Promise<InlayHint[]> =>
  (await services.lsp.InlayHintProvider!.getInlayHints(document, { textDocument: { uri: document.uri.toString() }, range })) ?? [];

/** The text with the hints in ⟦⟧. */
function withHints(text: string, document: LangiumDocument, hints: readonly InlayHint[]): string {
  const offset = (hint: InlayHint): number => document.textDocument.offsetAt(hint.position);
  return hints
    .toSorted((a, b) => offset(b) - offset(a))
    .reduce((t, h) => `${t.slice(0, offset(h))}${h.paddingLeft ? ' ' : ''}⟦${h.label as string}⟧${h.paddingRight ? ' ' : ''}${t.slice(offset(h))}`, text);
}
testCases('inlay-hints', async (c) => withHints(c.text, c.document, await hintsOf(c, c.ranges[0])));

test('each kind of inlay hint can be switched off', async () => {
  const source = 'camel model X { deployment model D { software S { required communication P port 80 } } metric model M { variable V { formula "1 + round(1.55, 1)" } } }';
  const labels = async (inlayHints: object): Promise<unknown[]> => {
    const c = await openCase(source);
    await c.services.shared.lsp.LanguageServer.initialize({ processId: null, rootUri: null, capabilities: {}, initializationOptions: { settings: { inlayHints } } });
    return (await hintsOf(c)).map((hint) => hint.label);
  };
  expect(await labels({})).toEqual(['1 instance', 'optional', '= 2.6', 'x:', 'n:']);
  expect(await labels({ parameters: false, values: false })).toEqual(['1 instance', 'optional']);
  expect(await labels({ defaults: false })).toEqual(['= 2.6', 'x:', 'n:']);
});

/** `text type modifiers`, a line of the text each. */
function showTokens({ data }: SemanticTokens, c: Case): string {
  const { tokenTypes, tokenModifiers } = c.services.lsp.SemanticTokenProvider!.semanticTokensOptions.legend;
  const lines: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    line += data[i]!;
    character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
    const text = c.document.textDocument.getText({ start: { line, character }, end: { line, character: character + data[i + 2]! } });
    const own = tokenModifiers.filter((_, bit) => data[i + 4]! & (1 << bit));
    lines.push(`${showPosition({ line, character })} ${text}  ${[tokenTypes[data[i + 3]!], ...own].join(' ')}`);
  }
  return lines.join('\n');
}
testCases('semantic-tokens', async (c) => {
  const provider = c.services.lsp.SemanticTokenProvider!;
  const [range] = c.ranges;
  return showTokens(
    range
      ? await provider.semanticHighlightRange(c.document, { textDocument: identifier(c), range })
      : await provider.semanticHighlight(c.document, { textDocument: identifier(c) }),
    c,
  );
});

test('semantic tokens tell what has changed alone', async () => {
  const c = await openCase('camel model X { deployment model D { software S { } } }');
  const provider = c.services.lsp.SemanticTokenProvider!;
  const { resultId } = await provider.semanticHighlight(c.document, { textDocument: identifier(c) });
  const difference = await provider.semanticHighlightDelta(c.document, { textDocument: identifier(c), previousResultId: resultId! });
  expect(difference).toMatchObject({ edits: [] });
});
