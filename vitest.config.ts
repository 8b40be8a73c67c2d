import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/test/**/*.test.ts', 'test/**/*.test.ts'],
    // A large editor of their own: npm run test:vscode.
    exclude: ['**/node_modules/**', '**/dist/**', 'test/vscode/**'],
    setupFiles: ['test/setup.ts'],
    // Vitest leaves a core to others; tests on a swarm mostly wait.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // The gate counts from the report.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'test-results.json' }]] : ['default'],
  },
});
