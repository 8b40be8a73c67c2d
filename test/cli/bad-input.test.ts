import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelc, looksLikeStackTrace, type Run } from './camelc.js';
import { folderWith } from '../folders.js';

const model = 'camel model M { application A { version "1" } deployment model D { software S { container configuration C { image "a:1" } } } }';
const candidate = (more: object): object => ({
  id: 'a',
  type: 'IAAS',
  hardware: 'h',
  cloud: { id: 'c', provider: 'p', type: 'public' },
  cores: 1,
  memory: 1024,
  price: 1,
  ...more,
});
const list = (...candidates: object[]): string => JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates }, undefined, 1);

function expectHelpful(run: Run, status: number): void {
  expect(looksLikeStackTrace(run.stderr + run.stdout), run.stderr).toBe(false);
  expect(run.stderr).toMatch(/^error\[[a-z]+\/[a-z-]+\]: \S/m);
  expect(run.status, run.stderr).toBe(status);
}

describe('models that are none', () => {
  const cases: [string, string | Buffer, string][] = [
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff, 0xfe]), 'syntax/not-text'],
    ['invalid UTF-8', Buffer.concat([Buffer.from('camel model M {\n  // '), Buffer.from([0xc3, 0x28]), Buffer.from('\n}')]), 'syntax/not-text'],
    ['5 MB of spaces', ' '.repeat(5_000_000), 'syntax/'],
    ['an empty file', '', 'syntax/'],
    ['10,000 nested braces', `camel model M ${'{'.repeat(10_000)}${'}'.repeat(10_000)}`, 'syntax/too-deep'],
    ['10,000 nested features', `camel model M { ${'action a { '.repeat(1)}${'feature f { '.repeat(10_000)}`, 'syntax/too-deep'],
    ['10,000 nested parentheses in a formula', `camel model M { metric model X { variable v { formula '${'('.repeat(10_000)}1${')'.repeat(10_000)}' } } }`, 'syntax/too-deep'],
    ['an open string', `camel model M { description "open`, 'syntax/'],
    ['an open comment', `camel model M { /* open`, 'syntax/'],
  ];
  it.each(cases)('refuses %s with its place', (_, content, code) => {
    const cwd = folderWith({ 'm.camel': content });
    const run = camelc(['check', 'm.camel'], { cwd });
    expectHelpful(run, 1);
    expect(run.stderr).toContain(code);
    expect(run.stderr).toMatch(/m\.camel:\d+:\d+/);
  });

  it('names the byte that is not UTF-8', () => {
    const cwd = folderWith({ 'm.camel': Buffer.concat([Buffer.from('camel model M {\n  // é '), Buffer.from([0xff]), Buffer.from('\n}')]) });
    expect(camelc(['check', 'm.camel'], { cwd }).stderr).toContain('m.camel:2:8');
  });

  it('names a missing file, and a folder without models', () => {
    const cwd = folderWith({ 'empty/readme.txt': '' });
    expectHelpful(camelc(['check', 'none.camel'], { cwd }), 5);
    expectHelpful(camelc(['check', 'empty'], { cwd }), 5);
  });

  it('reports all faulty files of a run, not the first alone', () => {
    const cwd = folderWith({ 'a.camel': Buffer.from([0xff]), 'b.camel': 'camel modle B { }' });
    const run = camelc(['check', 'a.camel', 'b.camel', 'c.camel'], { cwd });
    for (const file of ['a.camel', 'b.camel', 'c.camel']) expect(run.stderr).toContain(file);
  });
});

describe('candidate files that are none', () => {
  const cases: [string, string, RegExp][] = [
    ['text that is not JSON', '{\n  "candidates": [,]\n}', /c\.json:2:/],
    ['a list without a currency', '{ "formatVersion": 1, "candidates": [] }', /currency/],
    ['a negative price', list(candidate({ price: -1 })), /c\.json:\d+:\d+/],
    ['duplicate ids', list(candidate({}), candidate({})), /c\.json:\d+:\d+/],
    ['a price that is a text', list(candidate({ price: 'cheap' })), /price/],
    ['an unknown version', list(candidate({})).replace('"formatVersion": 1', '"formatVersion": 99'), /99/],
    ['no candidates', list(), /no candidate|empty/i],
  ];
  it.each(cases)('refuses %s', (_, text, says) => {
    const cwd = folderWith({ 'm.camel': model, 'c.json': text });
    for (const verb of [['solve'], ['candidates'], ['compile', '--out', 'out']]) {
      const run = camelc([...verb, 'm.camel', '--candidates', 'c.json'], { cwd });
      expectHelpful(run, 5);
      expect(run.stderr).toMatch(says);
      expect(run.stderr).toContain('c.json');
    }
    expect(readdirSync(cwd).sort()).toEqual(['c.json', 'm.camel']);
  });

  it('names a missing one', () => {
    const cwd = folderWith({ 'm.camel': model });
    expectHelpful(camelc(['solve', 'm.camel', '--candidates', 'none.json'], { cwd }), 5);
  });
});

describe('outputs', () => {
  it('are complete or absent', () => {
    const cwd = folderWith({ 'm.camel': model, 'c.json': list(candidate({})), out: 'a file where the folder should be' });
    const run = camelc(['compile', 'm.camel', '--candidates', 'c.json', '--out', 'out'], { cwd });
    expectHelpful(run, 5);
    expect(readdirSync(cwd).sort()).toEqual(['c.json', 'm.camel', 'out']);
  });

  it('leave other files of the folder alone', () => {
    const cwd = folderWith({ 'm.camel': model, 'c.json': list(candidate({})), 'out/mine.txt': 'mine' });
    expect(camelc(['compile', 'm.camel', '--candidates', 'c.json', '--out', 'out'], { cwd }).status).toBe(0);
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['hosts.json', 'mine.txt', 'stack.yml']);
  });

  it('say the report as JSON when a run fails', () => {
    const cwd = folderWith({ 'm.camel': 'camel modle M {' });
    for (const verb of ['check', 'solve', 'candidates', 'compile', 'problem', 'plan']) {
      const run = camelc([verb, 'm.camel', '--format', 'json'], { cwd });
      expect(run.status).toBe(1);
      expect(JSON.parse(run.stdout).diagnostics[0]).toMatchObject({ file: 'm.camel', severity: 'error' });
    }
  });
});

describe('wrong usage', () => {
  it.each([
    [['frobnicate']],
    [['check']],
    [['check', '--format', 'yaml', 'm.camel']],
    [['solve', 'm.camel', '--metric', 'nothing']],
    [['solve', 'm.camel', '--metric', 'a=b']],
    [['compile', 'm.camel', '--target', 'moon']],
    [['solve', 'm.camel', '--time-limit', '-1']],
    [['explain', 'no/such']],
    [['plan']],
    [['plan', 'm.camel', '--target', 'kube']],
    [['apply', 'm.camel']],
    [['apply', 'plan.json', 'm.camel']],
    [['apply', 'plan.json', '--parallelism', '0']],
    [['apply', 'plan.json', '--timeout', 'soon']],
    [['rollback', '--to', '0']],
    [['rollback']],
    [['destroy']],
    [['status', 'm.camel']],
    [['candidates']],
    [['candidates', 'm.camel', '--from', 'docker', '--candidates', 'built-in']],
    [['candidates', 'm.camel', '--host', 'unix:///docker.sock']],
    [['ci', 'jenkins', 'm.camel']],
    [['check', '']],
    [['solve', 'm.camel', '--metrics', '']],
    [['compile', 'm.camel', '--out', ' ']],
    [['help', 'frobnicate']],
    [[]],
  ])('%j ends with exit code 64', (args) => {
    expectHelpful(camelc(args, { cwd: folderWith({ 'm.camel': model }) }), 64);
  });
});

describe.skipIf(process.platform === 'win32')('odd paths', () => {
  it('reads a link to a file', () => {
    const cwd = folderWith({ 'm.camel': model });
    symlinkSync('m.camel', join(cwd, 'link.camel'));
    expect(camelc(['check', 'link.camel'], { cwd }).status).toBe(0);
  });

  it.each(['check', 'solve', 'plan', 'apply'])('%s says why a path cannot be looked at', (verb) => {
    const cwd = folderWith({});
    symlinkSync('circle.camel', join(cwd, 'circle.camel'));
    const approved = verb === 'apply' ? ['--auto-approve'] : [];
    expect(camelc([verb, 'circle.camel', ...approved], { cwd })).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('cannot read circle.camel: its symbolic links lead in a circle'),
    });
    expect(camelc([verb, 'x'.repeat(5000), ...approved], { cwd })).toMatchObject({ status: 5, stderr: expect.stringContaining('the name is too long') });
  });
});

it('names the verb that help is asked for and that there is not', () => {
  expect(camelc(['help', 'slove']).stderr).toContain('there is no verb `slove`; did you mean `solve`?');
});

describe('metrics files', () => {
  const metrics = `metric model X { variable Load { template MetricTemplateCamelModel.MetricTemplateModel.ThroughputTemplate } }`;
  const named = (name: string): string => model.replace('model M', `model ${name}`).replace(/}$/, `${metrics.replace('Load', `${name}Load`)} }`);

  it('may give values for several applications, and are told what none of them has', () => {
    const cwd = folderWith({ 'm/a.camel': named('A'), 'm/b.camel': named('B'), 'm/candidates.json': list(candidate({})), 'm/metrics.json': '{ "ALoad": 1, "BLoad": 2 }' });
    for (const name of ['A', 'B']) expect(camelc(['solve', 'm', '--application', name], { cwd })).toMatchObject({ status: 0 });
    writeFileSync(join(cwd, 'm/metrics.json'), '{ "ALoad": 1, "CLoad": 2 }');
    const run = camelc(['solve', 'm', '--application', 'A'], { cwd });
    expectHelpful(run, 64);
    expect(run.stderr).toMatch(/`CLoad`: the model has no metric[^]*m\/metrics\.json:1:15/);
  });

  it('give each metric once', () => {
    const cwd = folderWith({ 'm.camel': named('A'), 'now.json': '{ "ALoad": 1, "ALoad": 2 }' });
    const run = camelc(['solve', 'm.camel', '--metrics', 'now.json'], { cwd });
    expectHelpful(run, 5);
    expect(run.stderr).toMatch(/"ALoad" is there twice[^]*now\.json:1:15/);
  });
});
