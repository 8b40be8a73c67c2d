import { diagnose } from '@camelc/diagnostics';
import { Secret } from '@camelc/plan';
import { expect, it } from 'vitest';
import { createConsole, type OutputFormat } from '../src/console.js';

const canary = 'canary 7f3a in a sentence of several words, so that it is laid out in lines of its own';

/** All that a console prints of a credential that it knows, wherever that stands. */
function printed(format: OutputFormat): string {
  let text = '';
  const output = { write: (more: string) => void (text += more) };
  const c = createConsole({ format, color: false }, output, output);
  c.redactor.add(new Secret(canary));
  c.sources.set('shop.camel', `camel model Shop { // ${canary}`);
  const place = { file: 'shop.camel', range: { start: { line: 0, character: 6 }, end: { line: 0, character: 11 } } };
  if (format === 'text') c.print(`denied for ${canary}\n`);
  else c.print(JSON.stringify({ canary: [`denied for ${canary}`], number: 7 }));
  c.failure([diagnose('file/unreadable', { path: canary, why: 'it is a folder' }), diagnose('usage/invalid', { message: canary }, place)]);
  return text;
}

it.each<OutputFormat>(['text', 'json'])('masks credentials in all that it prints as %s', (format) => {
  const text = printed(format);
  expect(text).toContain('denied for [secret]');
  expect(text).toContain('cannot read [secret]: it is a folder');
  // Nor any piece of it, as where it is broken into lines.
  expect(text).not.toMatch(/7f3a|several words/);
});
