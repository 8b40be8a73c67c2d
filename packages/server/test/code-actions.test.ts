import { expect, test } from 'vitest';
import type { CodeAction, Range } from 'vscode-languageserver';
import type { CamelCodeActionProvider } from '../src/code-actions/provider.js';
import { openCase, showRange, testCases, type Case } from './cases.js';
import { showEdit } from './edits.js';

/** At each mark all actions with what they do to the text; a line `// only KIND` asks for that kind alone. */
testCases('code-actions', async (c) => {
  const only = /^\/\/ only (.*)$/m.exec(c.text)?.[1]?.split(' ');
  const places: Range[] = [...c.ranges, ...c.cursors.map((p) => ({ start: p, end: p }))];
  const answers = places.map(async (range) => [showRange(range), ...(await actionsAt(c, range, only)).map((a) => showAction(c, a))].join('\n'));
  return (await Promise.all(answers)).join('\n\n');
});

const actionsAt = async ({ services, document }: Case, range: Range, only?: string[]): Promise<CodeAction[]> => {
  const context = { diagnostics: [], ...(only && { only }) };
  const actions = await services.lsp.CodeActionProvider!.getCodeActions(document, { textDocument: { uri: document.uri.toString() }, range, context });
  return (actions ?? []) as CodeAction[];
};

const showAction = (c: Case, { title, kind, edit, isPreferred }: CodeAction): string =>
  [`* ${title} (${kind}${isPreferred ? ', preferred' : ''})`, ...(edit ? showEdit(c, edit).split('\n') : [])].join('\n    ');

test('an editor that asks for edits later gets the costly ones later', async () => {
  const c = await openCase('camel model Shop { requirement model R { horizontal scale requirement Scale [4, 1] } }');
  const capabilities = { textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } } };
  const { capabilities: offered } = await c.services.shared.lsp.LanguageServer.initialize({ processId: null, rootUri: null, workspaceFolders: [], capabilities });
  expect(offered.codeActionProvider).toMatchObject({ resolveProvider: true, codeActionKinds: expect.arrayContaining(['quickfix', 'refactor.rewrite', 'source.fixAll.camelc']) });
  const start = { line: 0, character: 0 };
  const [all] = await actionsAt(c, { start, end: start }, ['source.fixAll']);
  expect(all!.edit).toBeUndefined();
  const resolved = (c.services.lsp.CodeActionProvider as CamelCodeActionProvider).resolve(all!);
  expect(showEdit(c, resolved.edit!)).toContain('Scale [1, 4]');
});

test('of several diagnostics that the same edit mends, that is made once', async () => {
  const c = await openCase('camel model Shop { }');
  const range = { start: { line: 0, character: 19 }, end: { line: 0, character: 19 } };
  const data = { fixes: [{ title: 'Add it', edits: [{ uri: c.document.uri.toString(), range, newText: 'application A { } ' }] }] };
  c.document.diagnostics = ['one', 'two'].map((message) => ({ range, message, code: 'scale/default', data }));
  const all = (await actionsAt(c, range)).find((a) => a.title.startsWith('Fix all 2'));
  expect(showEdit(c, all!.edit!)).toContain('+ camel model Shop { application A { } }');
});
