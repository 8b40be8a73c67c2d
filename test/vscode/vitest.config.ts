import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Pictures of former runs tell nothing.
rmSync(join(import.meta.dirname, '../../artefacts/vscode'), { recursive: true, force: true });

/** The tests in a real VS Code, which take a large editor of their own: `npm run test:vscode`. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    // The tests of a file use one editor, in order; what follows a failure says nothing.
    bail: 1,
    reporters: process.env.CI ? ['default', ['json', { outputFile: '../../test-results-vscode.json' }]] : ['default'],
  },
});
