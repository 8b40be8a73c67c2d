import type { Diagnostic, Fix } from '@camelc/diagnostics';
import { describe, expect, test } from 'vitest';
import { ofTexts } from '../../../test/catalogue.js';
import { load } from './check.js';

describe('the example of each diagnostic of the language raises it', () => {
  for (const [code, { example }] of ofTexts) {
    test(code, async () => {
      expect(example, 'an example').toBeDefined();
      expect((await load(filesOf(example!))).diagnostics.map((d) => d.code)).toContain(code);
    });
  }
});

describe('each quick fix mends the example of its diagnostic, and breaks nothing', () => {
  for (const [code, { example, fix }] of ofTexts) {
    test(code, async () => {
      const { diagnostics: before } = await load(filesOf(example!));
      const fixes = before.filter((d) => d.code === code).flatMap((d) => d.fixes ?? []);
      expect(fixes.length > 0, 'the row of the catalogue says what the fix does').toBe(fix !== undefined);
      for (const one of fixes) {
        const mended = apply(one, example!);
        const { diagnostics: after } = await load(mended);
        expect(count(after, code), mended).toBeLessThan(count(before, code));
        for (const { code: other } of after.filter((d) => d.severity === 'error')) expect(count(after, other), `${other} in ${mended}`).toBeLessThanOrEqual(count(before, other));
      }
    });
  }
});

/** A line `// --- file: NAME` begins a further file. */
function filesOf(example: string): Record<string, string> {
  const [first, ...more] = example.split(/^\/\/ --- file: (.+)\n/m);
  return Object.fromEntries([['a.camel', first!], ...more.flatMap((name, i) => (i % 2 === 0 ? [[name, more[i + 1]!] as const] : []))]);
}

const count = (diagnostics: readonly Diagnostic[], code: string): number => diagnostics.filter((d) => d.code === code).length;

/** The text after the edits of the fix. */
function apply({ edits }: Fix, text: string): string {
  const starts = text.split('\n').reduce<number[]>((all, line) => [...all, all.at(-1)! + line.length + 1], [0]);
  const offset = ({ line, character }: { line: number; character: number }): number => starts[line]! + character;
  const ordered = edits.toSorted((a, b) => offset(b.place.range.start) - offset(a.place.range.start));
  return ordered.reduce((mended, { place: { range }, text: put }) => mended.slice(0, offset(range.start)) + put + mended.slice(offset(range.end)), text);
}
