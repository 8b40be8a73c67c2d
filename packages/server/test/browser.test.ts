import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, type BuildResult } from 'esbuild';
import { expect, test } from 'vitest';

const bundled = (): Promise<BuildResult<{ metafile: true; write: false }>> =>
  build({
    entryPoints: [path.resolve(import.meta.dirname, '../src/browser.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['source', 'browser'],
    metafile: true,
    write: false,
    outfile: 'server-worker.js',
    logLevel: 'error',
  });

test('the server of the browser needs none of the modules of Node', async () => {
  const { metafile, outputFiles } = await bundled();
  expect(Object.values(metafile.outputs).flatMap((output) => output.imports)).toEqual([]);
  expect(outputFiles[0]!.text).not.toMatch(/\brequire\(["'](?:node:)?(?:fs|path|child_process|worker_threads|os|url)["']\)/);
});

test('the server of the browser answers what comes before it is initialized with an error', async () => {
  const { outputFiles } = await bundled();
  const answer = new Promise((resolve) => {
    const worker: Record<string, unknown> = { postMessage: resolve, setTimeout, clearTimeout, console, TextEncoder, TextDecoder, addEventListener: () => undefined };
    runInContext(outputFiles[0]!.text, createContext(worker));
    (worker.onmessage as (event: object) => void)({ data: { jsonrpc: '2.0', id: 1, method: 'textDocument/hover', params: {} } });
  });
  expect(await answer).toMatchObject({ id: 1, error: { code: -32002 } });
});
