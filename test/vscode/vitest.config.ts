import { defineConfig } from 'vitest/config';

/** The tests in a real VS Code, which take a large editor of their own: `npm run test:vscode`. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    // One editor is used by all, in order; what follows a failure says nothing.
    bail: 1,
    reporters: process.env.CI ? ['default', ['json', { outputFile: '../../test-results-vscode.json' }]] : ['default'],
  },
});
