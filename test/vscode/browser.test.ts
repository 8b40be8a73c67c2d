/** The server of VS Code for the Web, in a web worker of Chromium. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserPath } from './editor.js';

const worker = resolve(import.meta.dirname, '../../extension/dist/server-worker.js');
const shop = `camel model Shop {
  deployment model D {
    software Web { requirements Web }
    requirements WebReqs { resource Parts.R.Small }
  }
}`;
/** Another file of the folder, which only the client can read. */
const parts = `camel model Parts { requirement model R { resource requirement Small { attribute cores : int 2 } } }`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });
  page = await browser.newPage();
  await page.evaluate(
    ([script, text]) => {
      const server = new Worker(URL.createObjectURL(new Blob([script!], { type: 'text/javascript' })));
      const waiting = new Map<number, (message: unknown) => void>();
      const published = new Map<string, unknown>();
      const answers: Record<string, (param: string) => unknown> = {
        'camelc/readDirectory': () => [
          ['shop.camel', false],
          ['parts.camel', false],
        ],
        'camelc/readFile': (uri) => (uri.endsWith('parts.camel') ? text : ''),
        'camelc/stat': (uri) => ({ isFolder: !uri.endsWith('.camel') }),
        'workspace/configuration': () => [{}],
      };
      server.onmessage = ({ data }) => {
        if (data.method === 'textDocument/publishDiagnostics') published.set(data.params.uri, data.params.diagnostics);
        else if (data.method && data.id !== undefined)
          server.postMessage({ jsonrpc: '2.0', id: data.id, result: answers[data.method]?.(Array.isArray(data.params) ? data.params[0] : data.params) ?? null });
        else if (data.id !== undefined) waiting.get(data.id)?.(data.error ?? data.result);
      };
      let id = 0;
      Object.assign(globalThis, {
        published,
        notify: (method: string, params: unknown) => server.postMessage({ jsonrpc: '2.0', method, params }),
        ask: (method: string, params: unknown) =>
          new Promise((done) => {
            waiting.set(++id, done);
            server.postMessage({ jsonrpc: '2.0', id, method, params });
          }),
      });
    },
    [readFileSync(worker, 'utf8'), parts],
  );
});
afterAll(() => browser?.close());

const ask = <T>(method: string, params: unknown): Promise<T> =>
  page.evaluate(([m, p]) => (globalThis as unknown as { ask: (method: unknown, params: unknown) => Promise<T> }).ask(m, p), [method, params] as const);
const notify = (method: string, params: unknown): Promise<void> =>
  page.evaluate(([m, p]) => (globalThis as unknown as { notify: (method: unknown, params: unknown) => void }).notify(m, p), [method, params] as const);

const uri = 'vscode-vfs://example/models/shop.camel';

test('the client of the browser needs the editor alone', () => {
  const client = readFileSync(resolve(worker, '../browser.cjs'), 'utf8');
  expect(new Set([...client.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name))).toEqual(new Set(['vscode']));
});

test('starts in a worker', async () => {
  const { capabilities } = await ask<{ capabilities: object }>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ name: 'models', uri: 'vscode-vfs://example/models' }],
  });
  expect(capabilities).toMatchObject({ completionProvider: expect.anything(), renameProvider: expect.anything() });
  await notify('initialized', {});
});

test('tells the problems of a document, with names of files that the client reads', async () => {
  await notify('textDocument/didOpen', { textDocument: { uri, languageId: 'camel', version: 1, text: shop } });
  const diagnostics = (): Promise<{ code: string; message: string }[]> =>
    page.evaluate((key) => (globalThis as unknown as { published: Map<string, never[]> }).published.get(key) ?? [], uri);
  await expect.poll(async () => (await diagnostics()).map(({ code }) => code)).toContain('reference/unresolved');
  // The requirement of the other file is found.
  expect((await diagnostics()).filter(({ code }) => code === 'reference/unresolved')).toHaveLength(1);
});

test('completes', async () => {
  const { items } = await ask<{ items: { label: string }[] }>('textDocument/completion', { textDocument: { uri }, position: { line: 2, character: 35 } });
  expect(items.map(({ label }) => label)).toContain('WebReqs');
});
