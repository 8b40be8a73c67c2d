import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('the server of the browser needs none of the modules of Node', async () => {
  const { metafile, outputFiles } = await build({
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
  expect(Object.values(metafile.outputs).flatMap((output) => output.imports)).toEqual([]);
  expect(outputFiles[0]!.text).not.toMatch(/\brequire\(["'](?:node:)?(?:fs|path|child_process|worker_threads|os|url)["']\)/);
});
