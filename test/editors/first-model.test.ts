/** The model that the VS Code extension begins a new file with, through the bundled server. */
import { expect, test } from 'vitest';
import { firstModel } from '../../extension/src/first-model.js';
import type { CompileResult } from '@camelc/server/protocol';
import { start, titled } from './shop.js';

test('a new model has no problems, and can be solved and compiled', async () => {
  const e = await start({ 'new.camel': firstModel, 'camelc.config.json': '{ "candidates": ["built-in"] }' });
  await e.open('new.camel');
  await titled(e, 'new.camel', 'optimal');
  expect(e.published.get(e.uri('new.camel'))).toEqual([]);
  const { problems, files } = await e.ask<CompileResult>('camelc/compile', 'new.camel', { target: 'swarm', out: e.uri('deploy') });
  expect([problems, files?.length]).toEqual([[], 2]);
});
