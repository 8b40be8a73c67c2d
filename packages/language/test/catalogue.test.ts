import type { Diagnostic } from '@camelc/diagnostics';
import { describe, expect, test } from 'vitest';
import { ofTexts } from '../../../test/catalogue.js';
import { applyFix } from '../../../test/fixes.js';
import { filesOf } from '../../../test/source-files.js';
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
        const mended = applyFix(one, example!);
        const { diagnostics: after } = await load(mended);
        expect(count(after, code), mended).toBeLessThan(count(before, code));
        for (const { code: other } of after.filter((d) => d.severity === 'error')) expect(count(after, other), `${other} in ${mended}`).toBeLessThanOrEqual(count(before, other));
      }
    });
  }
});

const count = (diagnostics: readonly Diagnostic[], code: string): number => diagnostics.filter((d) => d.code === code).length;
