import { expect, it } from 'vitest';
import { fingerprint, Redactor, Secret, type SecretValues } from '@camelc/plan';
import type { EngineTaskState } from '../../src/engine/api.js';
import { lastCheck, lastWords } from '../../src/engine/steps/last-words.js';
import type { Work } from '../../src/engine/steps/work.js';

const key = 'camelc cluster shop';
const nameOf = (value: string): string => `PASSWORD-${fingerprint(new Secret(value), key)}`;

/** What is said of a task with a secret, where its reference leads to a value. */
async function said(log: string, applied: string, value: string | undefined): Promise<string | undefined> {
  const redactor = new Redactor();
  const secrets: SecretValues = {
    references: {},
    async resolve() {
      if (value === undefined) throw new Error('there is none');
      const secret = new Secret(value);
      redactor.add(secret);
      return secret;
    },
    redact: (text) => redactor.redact(text),
    hide: (secret) => redactor.add(secret),
  };
  const plan = { id: 'shop', wanted: { resources: [{ key: `secret/${nameOf('canary-one')}`, kind: 'secret', name: 'PASSWORD' }] } };
  const work = { key, context: { plan, secrets }, engine: { answer: () => Promise.resolve({ body: Buffer.from(log) }) } } as unknown as Work;
  return lastWords(work, { ID: 't', Spec: { ContainerSpec: { Secrets: [{ SecretName: `shop_${nameOf(applied)}` }] } } } as EngineTaskState);
}

it('are told without the values of credentials, also where they are cut', async () => {
  expect(await said('denied for canary-one\n', 'canary-one', 'canary-one')).toBe('"denied for [secret]"');
  expect(await said(`canary-one${'x'.repeat(295)}`, 'canary-one', 'canary-one')).toMatch(/^"…cret\]x+"$/);
});

it.each<[string, string, string | undefined]>([
  ['the value cannot be had', 'canary-one', undefined],
  ['it is another by now', 'canary-one', 'canary-two'],
  ['the task has one that the plan does not know', 'canary-zero', 'canary-one'],
])('are kept back where %s', async (_, applied, value) => {
  expect(await said(`denied for ${applied}\n`, applied, value)).toBeUndefined();
});

it.each([
  [
    'the last one that said something',
    [
      { ExitCode: 1, Output: 'no answer\n' },
      { ExitCode: 137, Output: '' },
    ],
    'exit 1: no answer',
  ],
  ['else the last one', [{ ExitCode: 0, Output: 'well' }, { ExitCode: 2 }, { ExitCode: 3 }], 'exit 3'],
  ['none, where none failed', [{ ExitCode: 0, Output: 'well' }], undefined],
])('of health checks are those of %s', async (_, Log, words) => {
  const context = { plan: { id: 'shop', wanted: { resources: [] } }, secrets: { redact: (text: string) => text } };
  const work = { key, context, engine: { ask: () => Promise.resolve({ State: { Health: { Status: 'unhealthy', Log } } }) } } as unknown as Work;
  expect(await lastCheck(work, { Status: { ContainerStatus: { ContainerID: 'c' } } } as EngineTaskState)).toBe(words);
});
