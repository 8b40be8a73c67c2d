import type { Step, StepContext } from '@camelc/plan';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/connection/engine.js';
import { performStep } from '../../src/engine/steps/perform.js';
import { ownLabels } from '../../src/names.js';
import { normaliseNetwork } from '../../src/normal/others.js';
import { secretsOf } from './fake-engine.js';

/** What is asked of an engine with one network, for a step that makes the very same. */
async function asked(Labels: Record<string, string>): Promise<string[]> {
  const network = { Name: 'shop_default', Id: 'n', Driver: 'overlay', Options: {}, Labels };
  const paths: string[] = [];
  const engine = { ask: (path: string) => (paths.push(path), Promise.resolve([network])) } as unknown as Engine;
  const step = { key: 'network/default', kind: 'network', name: 'default', action: 'create', wanted: normaliseNetwork(network) } as unknown as Step;
  const context = { plan: { id: 'shop', application: 'Shop' }, timeout: 5, signal: new AbortController().signal, secrets: secretsOf({}), progress: () => undefined };
  await performStep(engine, step, context as unknown as StepContext, 'key');
  return paths;
}

it('takes a network of the application as made', async () => {
  expect(await asked(ownLabels('shop', 'Shop'))).toEqual(['/networks']);
});

it('never takes over a network that somebody else made, for it would neither be known nor removed', async () => {
  await expect(asked({})).rejects.toMatchObject({ diagnostics: [{ code: 'engine/name-taken' }] });
});
