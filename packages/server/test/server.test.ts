import { loadModels } from '@camelc/language';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionList, Diagnostic, FoldingRange, Hover, Location, LocationLink, Position, SelectionRange, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';

const uri = 'file:///models/shop.camel';
const seconds = 'UnitTemplateCamelModel.UnitTemplateModel.Seconds';
const model = `camel model Shop {
  deployment model D {
    software Web { description "answers" requirements WebSet required communication Db port 80 }
    software Base { requirements OtherSet provided communication Db port 80 }
    communication WebToBase from Web.Db to D.Base.Db
    requirements WebSet { os R.Linux }
    requirements OtherSet { os R.Linux }
  }
  requirement model R {
    os requirement Linux { os ubuntu }
    optimisation requirement O { variable M.Util priority 1 }
  }
  metric model M {
    measurable attribute a
    template T { attribute a unit ${seconds} }
    variable Cost { template T component D.Web }
    variable Util { template T formula '1 / (Cost + 2 * Cost)' }
  }
} // camelc-ignore-file component/no-configuration: nothing is started here
// camelc-ignore-file objective/constant: nothing is solved here`;

let server: ChildProcess;
let client: MessageConnection;
const complaints: string[] = [];
const published = new Map<string, Diagnostic[]>();
const waiting: (() => void)[] = [];

beforeAll(async () => {
  server = spawn(process.execPath, [path.resolve(import.meta.dirname, '../dist/main.js'), '--stdio'], { stdio: 'pipe' });
  server.stderr!.on('data', (text) => complaints.push(String(text)));
  client = createMessageConnection(new StreamMessageReader(server.stdout!), new StreamMessageWriter(server.stdin!));
  client.onNotification('textDocument/publishDiagnostics', (p: { uri: string; diagnostics: Diagnostic[] }) => {
    published.set(p.uri, p.diagnostics);
    for (const done of waiting.splice(0)) done();
  });
  client.onRequest('client/registerCapability', () => null);
  client.onRequest('workspace/configuration', () => [{}]);
  client.onNotification('window/logMessage', (p: { type: number; message: string }) => void (p.type === 1 && complaints.push(p.message)));
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [] });
  await client.sendNotification('initialized', {});
  await open(model);
}, 20_000);

afterAll(() => {
  client.dispose();
  server.kill();
});

let version = 0;
/** Gives the server a text, and waits for its diagnostics. */
async function open(text: string): Promise<Diagnostic[]> {
  const answer = new Promise<void>((done) => waiting.push(done));
  if (version++ === 0) await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'camel', version, text } });
  else await client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  await answer;
  return published.get(uri)!;
}

/** The place of the mark `|` in a piece of the text. */
function at(marked: string, text = model): Position {
  const offset = text.indexOf(marked.replace('|', ''));
  expect(offset, marked).toBeGreaterThanOrEqual(0);
  const lines = text.slice(0, offset + marked.indexOf('|')).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
const ask = <T>(method: string, position: Position, more: object = {}): Promise<T> => client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position, ...more });
const offered = async (position: Position): Promise<string[]> => (await ask<CompletionList>('completion', position)).items.map((i) => i.label);

/** The text after the edits. */
function edited(text: string, { changes }: WorkspaceEdit): string {
  const lines = text.split('\n').map((l) => l.length + 1);
  const offset = (p: Position): number => lines.slice(0, p.line).reduce((a, b) => a + b, 0) + p.character;
  return changes!
    [uri]!.toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((t, { range, newText }) => t.slice(0, offset(range.start)) + newText + t.slice(offset(range.end)), text);
}

test('a right model has no diagnostics', () => expect(published.get(uri)).toEqual([]));

test('a faulty model has those of check', async () => {
  const faulty = model
    .replace('requirements WebSet required', 'requirements WebSt required')
    .replace('2 * Cost', '2 * Prize')
    .replace('priority 1', 'priority -1')
    .replace('port 80 }', 'port 81 }');
  const { diagnostics } = await loadModels([{ path: 'shop.camel', text: faulty }]);
  const said = (await open(faulty)).map((d) => [d.code, d.range]);
  expect(said).toEqual(diagnostics.filter((d) => !['component/no-configuration', 'objective/constant'].includes(d.code)).map((d) => [d.code, d.place!.range]));
  expect(said.length).toBe(4);
  await open(model);
});

describe('completion offers', () => {
  test('the requirement sets of the deployment model', async () => expect(await offered(at('requirements |WebSet'))).toEqual(['WebSet', 'OtherSet']));
  test('an element of another sub-model by its path', async () => expect(await offered(at('component |D.Web'))).toEqual(expect.arrayContaining(['D.Web', 'D.Base'])));
  test('one of the same sub-model by its name, one of the library in full', async () => {
    expect(await offered(at('attribute |a unit'))).toContain('a');
    expect(await offered(at('unit |UnitTemplate'))).toContain(seconds);
  });
  test('ports by component', async () => expect(await offered(at('to |D.Base.Db'))).toEqual(['Base.Db']));
  test('metrics, variables and functions in a formula', async () => {
    const names = await offered(at('(|Cost'));
    expect(names).toEqual(expect.arrayContaining(['Cost', 'mean', 'ceil']));
  });
  test('members of a block', async () => expect(await offered(at('|variable Cost'))).toEqual(expect.arrayContaining(['template', 'variable', 'sensor'])));
});

test('an item that is looked at says what it is', async () => {
  const { items } = await ask<CompletionList>('completion', at('component |D.Web'));
  const item = items.find(({ label }) => label === 'D.Web')!;
  expect(item.documentation).toBeUndefined();
  expect(await client.sendRequest('completionItem/resolve', item)).toMatchObject({ label: 'D.Web', documentation: { value: expect.stringContaining('answers') } });
});

test('signatures, hints and colours come over the connection', async () => {
  const calling = model.replace('2 * Cost', 'max(2, Cost)');
  await open(calling);
  expect(await ask('signatureHelp', at('max(2, |Cost', calling))).toMatchObject({ signatures: [{ label: expect.stringMatching(/^max\(/) }] });
  await open(model);
  expect(await ask('signatureHelp', at('(|Cost'))).toBeNull();
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  expect(await client.sendRequest('textDocument/inlayHint', { textDocument, range })).toContainEqual(expect.objectContaining({ label: '1 instance' }));
  expect(await client.sendRequest('textDocument/semanticTokens/full', { textDocument })).toMatchObject({ data: expect.arrayContaining([expect.any(Number)]) });
});

describe('from a formula', () => {
  test('hover tells what a name means', async () => {
    const hover = await ask<Hover>('hover', at('2 * C|ost'));
    expect((hover.contents as { value: string }).value).toContain('metric variable `Shop.M.Cost`');
  });
  test('definition goes to the declaration', async () => {
    const [link] = await ask<LocationLink[]>('definition', at('2 * C|ost'));
    expect(link!.targetSelectionRange.start).toEqual(at('variable |Cost'));
  });
});

test('hover and definition reach into the standard library', async () => {
  const position = at('UnitTemplateModel.Sec|onds');
  expect((await ask<Hover>('hover', position)).contents).toMatchObject({ value: expect.stringContaining(`single unit \`${seconds}\``) });
  const [link] = await ask<LocationLink[]>('definition', position);
  expect(link!.targetUri).toBe('camel-lib:/unit.camel');
  const { text } = await client.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri: link!.targetUri });
  const { start, end } = link!.targetSelectionRange;
  expect(text.split('\n')[start.line]!.slice(start.character, end.character)).toBe('Seconds');
});

test('documents are formatted, folded and selected in', async () => {
  const options = { tabSize: 4, insertSpaces: true };
  const edits = await ask<TextEdit[]>('formatting', at('|camel'), { options });
  expect(edited(model, { changes: { [uri]: edits } })).toContain('\n        software Web {');
  const range = { start: at('|software Base'), end: at('|software Base') };
  expect(await ask<TextEdit[]>('rangeFormatting', range.start, { options, range })).not.toEqual([]);
  expect(await ask('onTypeFormatting', at('|  software Base'), { options, ch: '\n' })).toEqual([]);
  expect((await ask<FoldingRange[]>('foldingRange', at('|camel'))).map((r) => r.startLine)).toContain(0);
  const [selection] = await ask<SelectionRange[]>('selectionRange', at('|camel'), { positions: [at('2 * C|ost')] });
  expect(selection!.range).toEqual({ start: at('2 * |Cost'), end: at('2 * Cost|') });
});

test('a diagnostic has a page to open', async () => {
  const said = await client.sendRequest<string>('workspace/executeCommand', { command: 'camelc.explain', arguments: ['reference/unresolved'] });
  expect(said).toContain('# reference/unresolved');
  const { text } = await client.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri: 'camel-explain:/reference/unresolved.md' });
  expect(text).toBe(said);
});

test('references are found in formulas', async () => {
  const found = await ask<Location[]>('references', at('variable C|ost'), { context: { includeDeclaration: true } });
  expect(found.length).toBe(3);
});

describe('rename', () => {
  const renamed = async (position: Position): Promise<string> => edited(model, await ask<WorkspaceEdit>('rename', position, { newName: 'New' }));
  test('goes into formulas', async () => expect(await renamed(at('2 * C|ost'))).toBe(model.replaceAll('Cost', 'New')));
  test('changes only the part of a path that is the name', async () => {
    const expected = model.replace('software Web', 'software New').replace('Web.Db', 'New.Db').replace('D.Web', 'D.New');
    expect(await renamed(at('software W|eb'))).toBe(expected);
    expect(await renamed(at('component D.W|eb'))).toBe(expected);
  });
  test('reaches what lies within', async () =>
    expect(await renamed(at('deployment model |D'))).toBe(model.replace('model D', 'model New').replaceAll('D.Base', 'New.Base').replace('D.Web', 'New.Web')));
  test('leaves the standard library alone', async () => {
    await expect(ask('rename', at('UnitTemplateModel.Sec|onds'), { newName: 'New' })).rejects.toThrow('standard library');
    await expect(ask('prepareRename', at('UnitTemplateModel.Sec|onds'))).rejects.toThrow('standard library');
  });
});

test('an incomplete model gives answers, not complaints', async () => {
  for (let end = 1; end < model.length; end += 13) {
    const text = model.slice(0, end);
    await open(text);
    const lines = text.split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)!.length };
    await ask('completion', position);
    await ask('hover', position);
    await ask('rename', position, { newName: 'New' });
  }
  expect(complaints).toEqual([]);
});
