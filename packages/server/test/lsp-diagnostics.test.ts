import { diagnose } from '@camelc/diagnostics';
import { expect, test } from 'vitest';
import { toLsp } from '../src/diagnostics/lsp-diagnostics.js';

const position = { line: 2, character: 4 };
const file = '/models/shop/web/app.camel';
const messageFor = (declaredIn: string, top?: string): string => {
  const suggestion = `\`Small\` (${declaredIn}:13)`;
  return toLsp(diagnose('reference/unresolved', { kind: 'requirement set', name: 'Smal', suggestion }, { file, range: { start: position, end: position } }), top).message as string;
};

test('a message names another place as short as it can', () => {
  const top = '/models/shop';
  expect(messageFor(file, top)).toContain('`Small` (line 13)?');
  expect(messageFor('/models/shop/web/needs.camel', top)).toContain('`Small` (needs.camel:13)?');
  expect(messageFor('/models/shop/web/needs.camel')).toContain('`Small` (needs.camel:13)?');
  expect(messageFor('/models/shop/web/deep/needs.camel', top)).toContain('`Small` (web/deep/needs.camel:13)?');
  expect(messageFor('/models/shop/parts/needs.camel', top)).toContain('`Small` (parts/needs.camel:13)?');
  expect(messageFor('/other/needs.camel', top)).toContain('`Small` (/other/needs.camel:13)?');
});
