import type { Step, StepContext } from '@camelc/plan';
import { expect, it } from 'vitest';
import { EngineError, type Engine } from '../../src/engine/connection/engine.js';
import { performStep } from '../../src/engine/steps/perform.js';
import { ownLabels } from '../../src/names.js';
import { normaliseNetwork } from '../../src/normal/others.js';
import { secretsOf } from './fake-engine.js';

const contextOf = (): StepContext =>
  ({ plan: { id: 'shop', application: 'Shop' }, timeout: 5, signal: new AbortController().signal, secrets: secretsOf({}), progress: () => undefined }) as unknown as StepContext;

/** What is asked of an engine with one network, for a step that makes the very same. */
async function asked(Labels: Record<string, string>): Promise<string[]> {
  const network = { Name: 'shop_default', Id: 'n', Driver: 'overlay', Options: {}, Labels };
  const paths: string[] = [];
  const engine = { ask: (path: string) => (paths.push(path), Promise.resolve([network])) } as unknown as Engine;
  const step = { key: 'network/default', kind: 'network', name: 'default', action: 'create', wanted: normaliseNetwork(network) } as unknown as Step;
  await performStep(engine, step, contextOf(), 'key');
  return paths;
}

it('does not wait for a network that somebody else’s service uses', async () => {
  const Labels = ownLabels('shop', 'Shop');
  const network = { Name: 'shop_default', Id: 'n', Driver: 'overlay', Options: {}, Labels };
  const answer = (path: string): Promise<object[]> =>
    path === '/networks' ? Promise.resolve([network]) : Promise.reject(new EngineError(400, 'network n is in use by service 1'));
  const step = { key: 'network/default', kind: 'network', name: 'default', action: 'remove', before: normaliseNetwork(network) } as unknown as Step;
  await expect(performStep({ ask: answer } as unknown as Engine, step, contextOf(), 'key')).rejects.toThrow('the engine refuses: network n is in use by service 1');
});

it('takes a network of the application as made', async () => {
  expect(await asked(ownLabels('shop', 'Shop'))).toEqual(['/networks']);
});

it('never takes over a network that somebody else made, for it would neither be known nor removed', async () => {
  await expect(asked({})).rejects.toMatchObject({ diagnostics: [{ code: 'engine/name-taken' }] });
});
