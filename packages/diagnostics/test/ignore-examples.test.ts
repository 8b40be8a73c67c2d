import { expect, test } from 'vitest';
import { applyIgnores, catalogue, groupOf, type Entry } from '../src/index.js';

const rows = (Object.entries(catalogue) as [string, Entry<never>][]).filter(([code]) => groupOf(code) === 'ignore');

test.each(rows)('the example of %s raises it', (code, { example }) => {
  expect(applyIgnores([], [{ path: 'a.camel', text: example! }], () => true).map((d) => d.code)).toEqual([code]);
});
