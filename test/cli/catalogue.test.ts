import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { named, ofRuns, superfluous } from '../catalogue.js';
import { folderWith } from '../folders.js';
import { camelc, repository } from './camelc.js';

/** What `packages/language/test/catalogue.test.ts` does for the diagnostics of a text. */
test.each(ofRuns)('the example of %s raises it', (code, { example, run, files, severity, exit = 1 }) => {
  // As in a shell, variables may stand before the program.
  const { variables = '', line = '' } = /^(?<variables>(?:\w+=\S+ )*)camelc (?<line>.+)$/.exec(run!)!.groups!;
  const env = Object.fromEntries(variables.split(' ').flatMap((v) => (v ? [v.split('=', 2) as [string, string]] : [])));
  const cwd = folderWith({ ...(example !== undefined && { 'shop.camel': example }), ...files });
  const { status, stdout, stderr } = camelc([...line.split(' '), '--format', 'json'], { cwd, env });
  expect(stderr).toBe('');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; severity: string }[] };
  expect(diagnostics.map((d) => `${d.severity} ${d.code}`)).toContain(`${severity} ${code}`);
  if (severity === 'error') expect(status).toBe(exit);
});

test('each exception is one, and the tests that it names are there', () => {
  expect(superfluous).toEqual([]);
  expect(named.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
  expect(named.length).toBeGreaterThan(9);
});
