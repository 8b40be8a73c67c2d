import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawClient } from './raw-client.js';

const uri = 'file:///models/shop.camel';
const text =
  "camel model Shop { deployment model D { software Web { required communication r port 80 } software Db { provided communication p port 80 } communication C from Web.r to Db.p } metric model M { variable A { formula 'max(1, 2)' } } }";

let client: RawClient;
beforeAll(async () => {
  client = new RawClient();
  await client.initialize();
  client.open(uri, text);
});
afterAll(() => client.end());

const textDocument = { uri };
const [start, end] = [
  { line: 0, character: 40 },
  { line: 0, character: 52 },
];
const range = { start, end };
const options = { tabSize: 2, insertSpaces: true };
const item = { name: 'Web', kind: 5, uri, range, selectionRange: range, data: { path: 'Shop.D.Web' } };
const requests: Record<string, object> = {
  'textDocument/codeAction': { textDocument, range, context: { diagnostics: [], only: ['quickfix'] } },
  'textDocument/codeLens': { textDocument },
  'textDocument/completion': { textDocument, position: start, context: { triggerKind: 1 } },
  'textDocument/declaration': { textDocument, position: start },
  'textDocument/definition': { textDocument, position: start },
  'textDocument/documentHighlight': { textDocument, position: start },
  'textDocument/documentLink': { textDocument },
  'textDocument/documentSymbol': { textDocument },
  'textDocument/foldingRange': { textDocument },
  'textDocument/formatting': { textDocument, options },
  'textDocument/hover': { textDocument, position: start },
  'textDocument/implementation': { textDocument, position: start },
  'textDocument/inlayHint': { textDocument, range },
  'textDocument/onTypeFormatting': { textDocument, position: start, ch: '}', options },
  'textDocument/prepareCallHierarchy': { textDocument, position: start },
  'textDocument/prepareRename': { textDocument, position: { line: 0, character: 51 } },
  'textDocument/rangeFormatting': { textDocument, range, options },
  'textDocument/references': { textDocument, position: start, context: { includeDeclaration: true } },
  'textDocument/rename': { textDocument, position: { line: 0, character: 51 }, newName: 'Front' },
  'textDocument/selectionRange': { textDocument, positions: [start] },
  'textDocument/semanticTokens/full': { textDocument },
  'textDocument/semanticTokens/full/delta': { textDocument, previousResultId: '1' },
  'textDocument/semanticTokens/range': { textDocument, range },
  'textDocument/signatureHelp': { textDocument, position: start },
  'textDocument/typeDefinition': { textDocument, position: start },
  'callHierarchy/incomingCalls': { item },
  'callHierarchy/outgoingCalls': { item },
  'codeAction/resolve': { title: 'x', kind: 'quickfix', data: { uri, range } },
  'completionItem/resolve': { label: 'x', data: { uri, path: 'D.Web' } },
  'workspace/executeCommand': { command: 'camelc.explain', arguments: ['hint/unused'] },
  'workspace/symbol': { query: 'W' },
  'workspace/textDocumentContent': { uri: 'camel-explain:/hint/unused.md' },
};

const odd: readonly unknown[] = [undefined, null, -1, 1.5, 1e12, '', 'x', true, [], {}, [null]];

/** The value with one part of it, or all of it, exchanged for something odd. */
function* variants(value: unknown): Generator<unknown> {
  yield* odd;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of variants(part)) yield Array.isArray(value) ? [other] : { ...value, [key]: other };
  }
}

test.each(Object.entries(requests))('%s is answered as it is, and refused or answered with anything else in its parameters', async (method, params) => {
  expect((await client.ask(method, params)).error).toBeUndefined();
  for (const wrong of variants(params)) {
    client.forget();
    const { error, result } = await client.ask(method, wrong);
    expect(error !== undefined || result !== undefined).toBe(true);
    expect(error?.code, `${JSON.stringify(wrong)}: ${error?.message}`).not.toBe(-32603);
  }
});

test.each([
  ['workspace/symbol', {}, '`query` of workspace/symbol must be a text, and is missing'],
  ['textDocument/codeAction', { textDocument, range }, '`context` of textDocument/codeAction must be an object with `diagnostics`, `only`, and is missing'],
  ['textDocument/hover', { textDocument, position: { line: 0, character: -1 } }, '`position.character` of textDocument/hover must be a whole number from 0 on, not -1'],
  ['textDocument/hover', undefined, 'textDocument/hover takes an object with `textDocument`, `position`'],
])('%s with %j is told what is wrong', async (method, params, message) => {
  expect((await client.ask(method, params)).error).toMatchObject({ code: -32602, message });
});

test.each(['file:///no/such.camel', 'file:///no/such.txt', 'untitled:none'])('a request about %s, which is not there, fails', async (missing) => {
  for (const [method, params] of Object.entries(requests)) {
    if (!('textDocument' in params)) continue;
    const { error, result } = await client.ask(method, { ...params, textDocument: { uri: missing } });
    expect(result).toBeUndefined();
    expect(error?.code).not.toBe(-32603);
    expect(error?.message).toContain(missing);
  }
});

test.each([{}, { capabilities: [] }, { capabilities: {}, workspaceFolders: 'models' }])('initialize with %j is refused, and may be asked again', async (params) => {
  const other = new RawClient();
  expect((await other.ask('initialize', params)).error?.code).toBe(-32602);
  expect((await other.initialize({ capabilities: { textDocument: { codeAction: { resolveSupport: 7 } } } })).error).toBeUndefined();
  other.end();
});
