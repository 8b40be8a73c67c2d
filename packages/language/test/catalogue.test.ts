import { catalogue } from '@camelc/diagnostics';
import { describe, expect, test } from 'vitest';
import { load } from './check.js';

const topics = ['syntax/', 'reference/', 'model/'];
const entries = Object.entries(catalogue).filter(([code]) => topics.some((t) => code.startsWith(t)));

describe('the example of each diagnostic of the language raises it', () => {
  for (const [code, { example }] of entries as [string, { example?: string }][]) {
    if (['syntax/not-text', 'syntax/too-deep', 'syntax/more'].includes(code)) continue;
    test(code, async () => {
      expect(example, 'an example').toBeDefined();
      expect((await load(example!)).diagnostics.map((d) => d.code)).toContain(code);
    });
  }
});
