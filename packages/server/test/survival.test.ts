import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmptyFileSystem } from 'langium';
import { afterEach, describe, expect, test } from 'vitest';
import { pathToFileURL } from 'node:url';
import { folderWith } from '../../../test/folders.js';
import { createServerServices } from '../src/services.js';
import { RawClient } from './raw-client.js';

const right = 'camel model Shop { requirement model R { os requirement Linux { os ubuntu } } }';
const wrong = 'camel model Shop { requirement model R { os requirement Linux { os ubuntu } ';
const uri = 'file:///models/shop.camel';

let client: RawClient;
const start = async (params: object = {}): Promise<RawClient> => {
  client = new RawClient();
  await client.initialize(params);
  return client;
};
afterEach(() => client.end());

/** The server is there and knows its language. */
async function expectAlive(of: RawClient): Promise<void> {
  const probe = `file:///probe/${of.received.length}.camel`;
  of.open(probe, wrong);
  expect(await of.diagnostics(probe)).toEqual(['syntax/unexpected']);
}

describe('malformed messages', () => {
  const bytes = (text: string): string => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const cases: Record<string, string | Uint8Array> = {
    'a body that is no JSON': bytes('{"jsonrpc": "2.0", '),
    'a body that is no message': bytes('[1, 2, 3]'),
    'a body that is null': bytes('null'),
    'an empty body': bytes(''),
    'bytes that are no UTF-8': Buffer.concat([Buffer.from('Content-Length: 4\r\n\r\n'), Buffer.from([0xff, 0xfe, 0xff, 0xfe])]),
    'a header without a length': 'Content-Type: text\r\n\r\n{"jsonrpc": "2.0"}',
    'a length that is no number': 'Content-Length: many\r\n\r\n{"jsonrpc": "2.0"}',
    'a length below zero': 'Content-Length: -5\r\n\r\n{"jsonrpc": "2.0"}',
    'a length beyond all measure': 'Content-Length: 99999999999999\r\n\r\n{"jsonrpc": "2.0"}',
    'no header': `${'nonsense '.repeat(10_000)}\r\n\r\n`,
    'lower case and another field': bytes('{}').replace('Content-Length', 'Content-Type: application/json\r\ncontent-length'),
    'an unknown notification': RawClient.encode({ method: 'no/such', params: {} }),
    'a notification without parameters': RawClient.encode({ method: 'textDocument/didOpen' }),
    'a change of nothing': RawClient.encode({ method: 'textDocument/didChange', params: { textDocument: { uri, version: 2 }, contentChanges: null } }),
    'a change without version': RawClient.encode({ method: 'textDocument/didChange', params: { textDocument: { uri }, contentChanges: [{ text: '' }] } }),
    'a document without text': RawClient.encode({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///n.camel', languageId: 'camel', version: 1 } } }),
    'a document whose URI is a number': RawClient.encode({ method: 'textDocument/didOpen', params: { textDocument: { uri: 7, languageId: 'camel', version: 1, text: '' } } }),
    'an answer that nobody asked for': RawClient.encode({ id: 4711, result: {} }),
    'a cancellation of nothing': RawClient.encode({ method: '$/cancelRequest', params: { id: 4711 } }),
    'watched files that are none': RawClient.encode({ method: 'workspace/didChangeWatchedFiles', params: { changes: [{ uri: 'file:///no/such.camel', type: 1 }, { type: 3 }] } }),
  };
  test('are survived', async () => {
    await start();
    for (const [name, sent] of Object.entries(cases)) {
      client.write(sent);
      await expectAlive(client).catch((error: unknown) => {
        throw new Error(name, { cause: error });
      });
    }
  });

  test('messages may be split and glued', async () => {
    await start();
    const text =
      RawClient.encode({ id: 'x', method: 'no/such' }) +
      RawClient.encode({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'camel', version: 1, text: wrong } } });
    for (const byte of Buffer.from(text)) client.write(Buffer.from([byte]));
    expect((await client.until((m) => m.id === 'x')).error?.code).toBe(-32601);
    expect(await client.diagnostics(uri)).toEqual(['syntax/unexpected']);
  });
});

test('every request is answered, whatever its parameters', async () => {
  const { result } = await (client = new RawClient()).initialize();
  const capabilities = Object.keys((result as { capabilities: object }).capabilities);
  expect(capabilities).toContain('hoverProvider');
  client.open(uri, right);
  const methods = [
    'hover',
    'completion',
    'definition',
    'declaration',
    'typeDefinition',
    'implementation',
    'references',
    'documentHighlight',
    'documentSymbol',
    'codeAction',
    'codeLens',
    'documentLink',
    'formatting',
    'rangeFormatting',
    'onTypeFormatting',
    'rename',
    'prepareRename',
    'foldingRange',
    'selectionRange',
    'signatureHelp',
    'inlayHint',
    'semanticTokens/full',
    'prepareCallHierarchy',
  ];
  for (const method of methods) {
    const name = `textDocument/${method}`;
    for (const params of [
      undefined,
      null,
      7,
      [],
      {},
      { textDocument: {} },
      { textDocument: { uri: 'nonsense' } },
      { textDocument: { uri } },
      { textDocument: { uri }, position: { line: 1e9, character: -1 } },
    ]) {
      const { error, result: answer } = await client.ask(name, params);
      expect(error !== undefined || answer !== undefined, `${name} ${JSON.stringify(params)}`).toBe(true);
    }
  }
  await expectAlive(client);
}, 30_000);

test('a request about a document that is not there fails', async () => {
  await start();
  for (const method of ['hover', 'completion', 'documentSymbol', 'codeLens']) {
    const { error, result } = await client.ask(`textDocument/${method}`, { textDocument: { uri: 'file:///no/such.camel' }, position: { line: 0, character: 0 } });
    expect(result).toBeUndefined();
    expect(error?.message).toContain('file:///no/such.camel');
  }
});

describe('the life of the server', () => {
  test('before it is initialized it refuses requests', async () => {
    client = new RawClient();
    expect((await client.ask('textDocument/hover', {})).error?.code).toBe(-32002);
    client.open(uri, wrong);
    await client.initialize();
    expect((await client.ask('initialize', { capabilities: {} })).error?.code).toBe(-32600);
    await expectAlive(client);
  });
  test('it ends well after shutdown and exit', async () => {
    await start();
    expect((await client.ask('shutdown')).result).toBeNull();
    expect((await client.ask('textDocument/hover', {})).error?.code).toBe(-32600);
    client.notify('exit');
    expect(await client.exitCode()).toBe(0);
  });
  test('it ends with 1 when nobody shut it down', async () => {
    await start();
    client.notify('exit');
    expect(await client.exitCode()).toBe(1);
  });
  test('it ends when its client is gone', async () => {
    await start();
    client.process.stdin!.end();
    expect(await client.exitCode()).toBe(1);
  });
});

describe('documents', () => {
  test('of any scheme, and of any text', async () => {
    await start();
    const texts = [
      '',
      '\ufeff',
      '\0',
      `\ufeff${wrong}`,
      right.replaceAll(' ', '\r\n'),
      `// 😀 ${'\ud800'}\n${wrong}`,
      '{'.repeat(100_000),
      '"',
      '/*',
      ')('.repeat(1000),
      '\u2028'.repeat(100),
      'camel '.repeat(10_000),
    ];
    for (const [i, text] of texts.entries()) {
      for (const scheme of ['untitled:Untitled-', 'vscode-vfs://github/x/', 'file:///a%20b/ü']) {
        client.open(`${scheme}${i}.camel`, text);
        await client.until((m) => m.method === 'textDocument/publishDiagnostics' && decodeURIComponent((m.params as { uri: string }).uri).endsWith(`${i}.camel`));
        client.forget();
      }
    }
    client.open('untitled:Untitled', wrong);
    expect(await client.diagnostics('untitled:Untitled')).toEqual(['syntax/unexpected']);
    await expectAlive(client);
  }, 30_000);

  test('of five megabytes that mean nothing', async () => {
    await start();
    client.open(uri, 'requirements { x 7 "'.repeat(250_000));
    expect((await client.diagnostics(uri)).length).toBeGreaterThan(0);
    await expectAlive(client);
  }, 60_000);

  test('changed again before they were read, and asked about meanwhile', async () => {
    await start();
    client.open(uri, right);
    for (let version = 2; version < 60; version++) {
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text: version % 2 === 0 ? wrong : right }] });
      const id = `h${version}`;
      client.send({ id, method: 'textDocument/hover', params: { textDocument: { uri }, position: { line: 0, character: 14 } } });
      if (version % 3 === 0) client.notify('$/cancelRequest', { id });
    }
    for (let version = 2; version < 60; version++) await client.until((m) => m.id === `h${version}`);
    client.forget();
    client.notify('textDocument/didChange', { textDocument: { uri, version: 60 }, contentChanges: [{ text: right }] });
    expect(await client.diagnostics(uri)).not.toContain('syntax/unexpected');
  });
});

describe('files', () => {
  const folder = folderWith({});
  const urlOf = (...names: string[]): string => pathToFileURL(path.join(folder, ...names)).toString();
  const needs = 'camel model Needs { requirement model R { os requirement Linux { os ubuntu } } }';
  const user = 'camel model User { deployment model D { software Web { requirements S } requirements S { os R.Linux } } }';
  const write = (text: string, ...names: string[]): void => {
    mkdirSync(path.dirname(path.join(folder, ...names)), { recursive: true });
    writeFileSync(path.join(folder, ...names), text);
  };

  test('of the workspace are read, and followed when they change on disk', async () => {
    write(needs, 'one', 'needs.camel');
    write(user, 'two', 'deep', 'user.camel');
    write(wrong, 'two', 'node_modules', 'x', 'other.camel');
    write(wrong, 'two', '.hidden', 'other.camel');
    await start({ workspaceFolders: ['one', 'two'].map((name) => ({ uri: urlOf(name), name })) });
    expect(await client.diagnostics(urlOf('two', 'deep', 'user.camel'))).not.toContain('reference/unresolved');
    expect(client.received.filter((m) => JSON.stringify(m).includes('other.camel'))).toEqual([]);

    const changed = async (type: 1 | 2 | 3, name: string): Promise<unknown[]> => {
      client.forget();
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: urlOf('one', name), type }] });
      return client.diagnostics(urlOf('two', 'deep', 'user.camel'));
    };
    write(needs.replace('Linux', 'Unix'), 'one', 'needs.camel');
    expect(await changed(2, 'needs.camel')).toContain('reference/unresolved');
    write(needs, 'one', 'more.camel');
    expect(await changed(1, 'more.camel')).not.toContain('reference/unresolved');
    rmSync(path.join(folder, 'one', 'more.camel'));
    expect(await changed(3, 'more.camel')).toContain('reference/unresolved');
    await expectAlive(client);
  });

  test('that are deleted while they are open stay what the editor holds, until it closes them', async () => {
    write(needs, 'three', 'needs.camel');
    write(user, 'three', 'user.camel');
    await start({ rootUri: urlOf('three') });
    expect(await client.diagnostics(urlOf('three', 'user.camel'))).not.toContain('reference/unresolved');
    client.open(urlOf('three', 'needs.camel'), needs);
    rmSync(path.join(folder, 'three', 'needs.camel'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: urlOf('three', 'needs.camel'), type: 3 }] });
    const symbols = await client.ask('textDocument/documentSymbol', { textDocument: { uri: urlOf('three', 'needs.camel') } });
    expect(symbols.result).toHaveLength(1);
    expect(await client.diagnostics(urlOf('three', 'user.camel'))).not.toContain('reference/unresolved');
    client.forget();
    client.notify('textDocument/didClose', { textDocument: { uri: urlOf('three', 'needs.camel') } });
    expect(await client.diagnostics(urlOf('three', 'user.camel'))).toContain('reference/unresolved');
  });

  test('of a large workspace are read with progress', async () => {
    for (let i = 0; i < 30; i++) write(needs.replaceAll('Needs', `Needs${i}`), 'many', `${i}.camel`);
    await start({ workspaceFolders: [{ uri: urlOf('many'), name: 'many' }], capabilities: { window: { workDoneProgress: true } } });
    const kinds = (): unknown[] => client.received.filter((m) => m.method === '$/progress').map((m) => (m.params as { value: { kind: string } }).value.kind);
    await client.until(() => kinds().includes('end'));
    expect(kinds().slice(0, 2)).toEqual(['begin', 'report']);
  });
});

test('the server offers nothing that it has no service for', async () => {
  const { shared, Camel } = createServerServices(EmptyFileSystem);
  const { capabilities } = await shared.lsp.LanguageServer.initialize({ processId: null, rootUri: null, capabilities: {}, workspaceFolders: null });
  const providers: Record<string, unknown> = {
    completionProvider: Camel.lsp.CompletionProvider,
    hoverProvider: Camel.lsp.HoverProvider,
    signatureHelpProvider: Camel.lsp.SignatureHelp,
    declarationProvider: Camel.lsp.DeclarationProvider,
    definitionProvider: Camel.lsp.DefinitionProvider,
    typeDefinitionProvider: Camel.lsp.TypeProvider,
    implementationProvider: Camel.lsp.ImplementationProvider,
    referencesProvider: Camel.lsp.ReferencesProvider,
    documentHighlightProvider: Camel.lsp.DocumentHighlightProvider,
    documentSymbolProvider: Camel.lsp.DocumentSymbolProvider,
    codeActionProvider: Camel.lsp.CodeActionProvider,
    codeLensProvider: Camel.lsp.CodeLensProvider,
    documentLinkProvider: Camel.lsp.DocumentLinkProvider,
    documentFormattingProvider: Camel.lsp.Formatter,
    documentRangeFormattingProvider: Camel.lsp.Formatter,
    documentOnTypeFormattingProvider: Camel.lsp.Formatter?.formatOnTypeOptions,
    renameProvider: Camel.lsp.RenameProvider,
    foldingRangeProvider: Camel.lsp.FoldingRangeProvider,
    semanticTokensProvider: Camel.lsp.SemanticTokenProvider,
    callHierarchyProvider: Camel.lsp.CallHierarchyProvider,
    typeHierarchyProvider: Camel.lsp.TypeHierarchyProvider,
    inlayHintProvider: Camel.lsp.InlayHintProvider,
    workspaceSymbolProvider: shared.lsp.WorkspaceSymbolProvider,
    executeCommandProvider: shared.lsp.ExecuteCommandHandler,
  };
  const offered = Object.entries(capabilities).filter(([name, value]) => name in providers && value);
  expect(offered.filter(([name]) => !providers[name]).map(([name]) => name)).toEqual([]);
  expect(offered.length).toBeGreaterThan(10);
});
