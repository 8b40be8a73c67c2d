/** How runs begin and end: the command line, the files that they read and write, and what --quiet leaves. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../folders.js';
import { camelc, repository } from './camelc.js';
import { candidates, shop, shopFolder } from './shop.js';

describe('--quiet', () => {
  it('leaves out hints, warnings and the summary of check, and keeps errors', () => {
    const { cwd } = shopFolder();
    expect(camelc(['check', 'shop.camel'], { cwd })).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('hint[scale/default]'),
      stdout: expect.stringContaining('1 hint in 1 file'),
    });
    expect(camelc(['check', 'shop.camel', '--quiet'], { cwd })).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(camelc(['check', 'nothing.camel', '--quiet'], { cwd })).toMatchObject({ status: 5, stderr: expect.stringContaining('file/unreadable') });
  });
});

describe('the command line', () => {
  it.each([
    [['solve', 'x', '--metric', 'A'], 'it takes NAME=VALUE', 'camelc solve --help'],
    [['solve', 'x', '--metric', 'A=b'], '`b` is no number', 'camelc solve --help'],
    [['solve', 'x', '--current', 'A='], 'is no number', 'camelc solve --help'],
    [['compile', 'x', '--var', '=b'], 'it takes NAME=VALUE', 'camelc compile --help'],
    [['solve', 'x', '--rate', 'XXX=2'], 'the currencies are EUR, USD, GBP, CHF', 'camelc solve --help'],
    [['solve', 'x', '--rate', 'USD=-1'], 'a rate is a number of euros above 0', 'camelc solve --help'],
    [['solv', 'x'], 'there is no verb `solv`; did you mean `solve`?', 'camelc --help'],
    [['shop.camel'], 'the verbs are check, candidates', 'camelc --help'],
    [[], 'name a verb: check, candidates', 'camelc --help'],
  ])('refuses %j with what is wrong and where the help is', (args, message, help) => {
    const { status, stdout, stderr } = camelc(args);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`see \`${help}\``);
  });
});

describe('files', () => {
  it('that lie beside the models and are read without being named are named in the report', () => {
    const cwd = folderWith({ 'm/shop.camel': shop(), 'm/candidates.json': candidates, 'm/metrics.json': '{}', 'm/images.json': '{ "Web": "example.com/other:2" }' });
    const { stdout } = camelc(['compile', 'm'], { cwd });
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/m\/candidates\.json\), metrics of m\/metrics\.json .* with images of m\/images\.json/);
    expect(JSON.parse(camelc(['solve', 'm', '--format', 'json'], { cwd }).stdout)).toMatchObject({
      candidates: expect.stringContaining('m/candidates.json'),
      metrics: ['m/metrics.json'],
    });
    expect(JSON.parse(camelc(['compile', 'm', '--format', 'json'], { cwd }).stdout)).toMatchObject({ images: 'm/images.json', files: ['deploy/stack.yml', 'deploy/hosts.json'] });
  });

  it('are read once, however they are named', () => {
    const { cwd } = shopFolder();
    expect(camelc(['check', 'shop.camel', './shop.camel', '.'], { cwd }).stdout).toContain('in 1 file.');
  });

  it('of an output folder are all written or none, and what was there stays', () => {
    const { cwd, args } = shopFolder();
    mkdirSync(join(cwd, 'deploy/hosts.json'), { recursive: true });
    const { status, stderr } = camelc(['compile', ...args], { cwd });
    expect([status, stderr]).toEqual([5, expect.stringContaining('cannot write deploy/hosts.json: it is a folder')]);
    expect(readdirSync(join(cwd, 'deploy'))).toEqual(['hosts.json']);
  });

  it.skipIf(!existsSync('/proc/self'))('end the run where the file system takes no new names', () => {
    const { cwd, args } = shopFolder();
    expect(camelc(['compile', ...args, '--out', '/proc/new'], { cwd })).toMatchObject({ status: 5, stderr: expect.stringContaining('cannot write /proc/new:') });
    for (const verb of [['graph'], ['ci', 'github']])
      expect(camelc([...verb, 'shop.camel', '--out', '/proc/file'], { cwd })).toMatchObject({ status: 5, stderr: expect.stringContaining('cannot write /proc/file:') });
  });

  it('leave no new folder behind where they cannot be written', () => {
    const { cwd, args } = shopFolder();
    const { status, stderr } = camelc(['compile', ...args, '--out', 'shop.camel'], { cwd });
    expect([status, stderr]).toEqual([5, expect.stringContaining('there is a file of that name')]);
    expect(readdirSync(cwd).sort()).toEqual(['machines.json', 'shop.camel']);
  });

  it.skipIf(!existsSync('/dev/full'))('that take no report end the run with a message', () => {
    const { cwd, args } = shopFolder();
    const bin = join(repository, 'packages/cli/bin/camelc.js');
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$@" > /dev/full', process.execPath, bin, 'solve', ...args], { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([5, expect.stringContaining('error[file/report]: cannot print the report: no space is left on the device')]);
  });
});

it.each([[['lsp']], [['lsp', '--stdio']]])('%j speaks over standard input and output', async (args) => {
  const request = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  const server = spawn(process.execPath, [join(repository, 'packages/cli/bin/camelc.js'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  server.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
  const [answer] = await once(server.stdout, 'data');
  server.kill();
  expect(String(answer)).toMatch(/^Content-Length: /);
});
