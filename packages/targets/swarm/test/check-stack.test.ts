import { expect, it } from 'vitest';
import { checkStack } from '../src/index.js';
import { accepted, misleading, ofNewerClients, refused } from './stacks.js';

const faulty: typeof refused = [...refused, ...misleading];
it.each(faulty)('refuses %s', (_, code, stack, name = 'shop') => {
  const diagnostics = checkStack(stack, name);
  expect(new Set(diagnostics.map((d) => d.code))).toEqual(new Set([code]));
  for (const { message } of diagnostics) expect(message).toMatch(/^stack, \S.*: /);
});

it.each([...accepted, ...ofNewerClients])('accepts %s', (_, stack) => {
  expect(checkStack(stack, 'shop')).toEqual([]);
});
