/** One broken token of a right model gives one error, near to it. The rates stand in docs/language.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { randomOf } from '../../../test/random.js';
import { load } from './check.js';

const root = path.resolve(import.meta.dirname, '../../..');
const corpus = path.resolve(root, '../shared/corpus/camel-3.0');
const folders = [...['smartwe', 'two-component', 'flex4apps', 'benchmarks'].map((name) => path.join(root, 'examples', name)), ...(existsSync(corpus) ? [corpus] : [])];
const texts = folders
  .flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith('.camel'))
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => text.length < 30_000);

const tokens = /"[^"]*"|'[^']*'|\/\*[^]*?\*\/|\/\/.*|[\w.]+(-\w+)*|[^\s\w]/g;
const breakings: Record<string, (token: string) => string | undefined> = {
  'a deleted token': () => '',
  'a doubled token': (token) => `${token} ${token}`,
  'a misspelt keyword': (token) => (/^[a-z]{4,}$/.test(token) ? token.slice(0, -2) + token.at(-1) + token.at(-2) : undefined),
  'a brace for another': (token) => ({ '{': '(', '}': ')', '[': '{', ']': '}' })[token],
};

/** What is reported of the broken text that is no consequence of meaning: how many errors, and how many lines from the place the nearest is. */
async function broken(text: string, offset: number, length: number, replacement: string): Promise<{ errors: number; near: boolean }> {
  const line = text.slice(0, offset).split('\n').length - 1;
  const errors = (await load(text.slice(0, offset) + replacement + text.slice(offset + length))).diagnostics.filter((d) => d.severity === 'error');
  return { errors: errors.length, near: errors.some((d) => Math.abs(d.place!.range.start.line - line) <= 3) };
}

test('one mistake gives one error near to it, mostly', async () => {
  const random = randomOf(7);
  let [runs, one, near] = [0, 0, 0];
  const bad: string[] = [];
  for (const [kind, change] of Object.entries(breakings)) {
    for (let run = 0; run < 60; run++) {
      const text = texts[Math.floor(random() * texts.length)]!;
      const all = [...text.matchAll(tokens)].filter(([token]) => !token.startsWith('/') && change(token) !== undefined);
      const { 0: token, index } = all[Math.floor(random() * all.length)]!;
      const found = await broken(text, index, token.length, change(token)!);
      // Some are right all the same: a flag that is gone, a name that nobody uses.
      if (found.errors === 0) continue;
      runs++;
      if (found.errors === 1) one++;
      else bad.push(`${kind} ${token} at ${text.slice(0, index).split('\n').length}: ${found.errors}`);
      if (found.near) near++;
    }
  }
  if (process.env['CAMELC_RATES']) process.stdout.write(`${one} of ${runs} give one error, ${near} one near to it\n${bad.join('\n')}\n`);
  expect(runs).toBeGreaterThan(220);
  expect(one / runs).toBeGreaterThan(0.95);
  expect(near / runs).toBeGreaterThan(0.95);
}, 120_000);
