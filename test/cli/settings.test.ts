import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { camelc, repository } from './camelc.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'camelc-test-'));
  cpSync(join(repository, 'examples/smartwe'), join(folder, 'models/smartwe'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings = (value: object): void => writeFileSync(join(folder, 'models/camelc.config.json'), JSON.stringify(value));

test('settings above the models are those of the run, and options win over them', () => {
  settings({ candidates: ['built-in'] });
  const report = (...options: string[]): { candidates: string; status: string } =>
    JSON.parse(camelc(['solve', 'models/smartwe', '--format', 'json', ...options], { cwd: folder }).stdout);
  expect(report()).toMatchObject({ status: 'infeasible', candidates: expect.stringMatching(/^built-in catalogue of [\d-]+$/) });
  expect(report('--candidates', 'built-in', '--candidates', 'models/smartwe/candidates.json')).toMatchObject({
    status: 'optimal',
    candidates: expect.stringContaining('models/smartwe/candidates.json'),
  });
});

test('wrong settings end every verb that reads models, with exit code 5', () => {
  settings({ timelimit: 5 });
  for (const verb of ['check', 'candidates', 'problem', 'solve', 'compile']) {
    const { status, stderr } = camelc([verb, 'models/smartwe'], { cwd: folder });
    expect([status, stderr.split('\n')[0]]).toEqual([5, 'error[config/unknown]: there is no setting `timelimit`']);
    expect(stderr).toContain('did you mean `timeLimit`?');
  }
});
