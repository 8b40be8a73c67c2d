import { expect, it } from 'vitest';
import { converge } from '../../src/engine/steps/converge.js';
import type { Work } from '../../src/engine/steps/work.js';
import { denormaliseService } from '../../src/normal/denormalise.js';
import { normaliseService } from '../../src/normal/normalise.js';
import type { ServiceForm } from '../../src/normal/service-form.js';

it('says at last that all are healthy', async () => {
  const two = { image: 'shop/web:1', mode: 'replicated', replicas: 2, healthCheck: { test: ['CMD', 'look'] } } as ServiceForm;
  const Spec = denormaliseService(two, 'shop_web', { networks: new Map(), secrets: new Map(), configs: new Map() });
  const task = (ID: string, State: string): object => ({ ID, DesiredState: 'running', CreatedAt: '', UpdatedAt: '', Status: { State } });
  const said: string[] = [];
  let looks = 0;
  const engine = {
    now: () => 0,
    find: () => Promise.resolve({ ID: 's', Spec }),
    ask: () => Promise.resolve([task('1', 'running'), task('2', looks > 0 ? 'running' : 'starting')]),
  };
  const work = { engine, name: 'shop_web', context: { timeout: 5 }, isLate: false, say: (text: string) => said.push(text), pause: () => Promise.resolve(looks++) };
  await converge(work as unknown as Work, normaliseService(Spec, new Map()), new Map());
  expect(said).toEqual(['1/2 healthy', '2/2 healthy']);
});
