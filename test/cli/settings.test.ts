import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../folders.js';
import { camelc, repository } from './camelc.js';

const folder = folderWith({});
cpSync(join(repository, 'examples/smartwe'), join(folder, 'models/smartwe'), { recursive: true });

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

test('check tells what is wrong with the settings, with the files that they name and with the models at once', () => {
  writeFileSync(join(folder, 'models/broken.camel'), 'camel model Broken { sofware }');
  const codes = (value: object): [number | null, string[]] => {
    settings(value);
    const { status, stdout } = camelc(['check', 'models/broken.camel', '--format', 'json'], { cwd: folder });
    return [status, (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics.map((d) => d.code)];
  };
  expect(codes({ timelimit: 5 })).toEqual([5, ['config/unknown', 'syntax/unexpected']]);
  expect(codes({ candidates: ['built-in', 'none.json'], metrics: 'load.json' })).toEqual([5, ['file/unreadable', 'file/unreadable', 'syntax/unexpected']]);
});

test('severities of the settings are those of the reports and of the exit code', () => {
  const model = 'camel model Shop { deployment model D { software Web { } } }';
  writeFileSync(join(folder, 'models/shop.camel'), model);
  const codes = (value: object): [number | null, string[]] => {
    settings(value);
    const { status, stdout } = camelc(['check', 'models/shop.camel', '--format', 'json'], { cwd: folder });
    return [status, (JSON.parse(stdout) as { diagnostics: { code: string; severity: string }[] }).diagnostics.map((d) => `${d.code} ${d.severity}`)];
  };
  const [status, told] = codes({});
  expect([status, told]).toEqual([0, expect.arrayContaining(['objective/none warning'])]);
  expect(codes({ severities: { 'objective/none': 'off' } })).toEqual([0, told.filter((d) => d !== 'objective/none warning')]);
  expect(codes({ severities: { 'objective/none': 'error' } })).toEqual([1, told.map((d) => (d === 'objective/none warning' ? 'objective/none error' : d))]);
  expect(camelc(['solve', 'models/shop.camel'], { cwd: folder }).status).toBe(1);
});
