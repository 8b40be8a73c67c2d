/** bin/camelc.js starts from a snapshot of V8's heap where it can, else from the bundle: both ways must be the same to a user. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from './camelc.js';
import { folderWith } from '../folders.js';

const cli = join(repository, 'packages/cli');
// Below the repository, so that the solvers are found.
const cache = join(repository, 'node_modules/.cache');
const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

/** Another installation of the command line with these parts. */
function installation(...parts: readonly ('bundle' | 'snapshot')[]): string {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'launcher-test-'));
  copies.push(folder);
  for (const part of ['package.json', 'bin', ...parts.map((p) => `dist/${p}`)]) cpSync(join(cli, part), join(folder, part), { recursive: true });
  return folder;
}

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}
const clean = { ...process.env, NODE_OPTIONS: '', NO_COLOR: undefined };
function run(installed: string, args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(installed, 'bin/camelc.js'), ...args], {
    cwd: options.cwd ?? repository,
    env: { ...clean, ...options.env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

const coupled = `camel model Coupled {
  application Coupled { version '1' }
  deployment model D {
    software A { requirements R container configuration C { image 'a:1' } }
    software B { requirements R container configuration C { image 'b:1' env feature E { attribute GREETING : string '$GREETING' } } }
    requirements R { horizontal scale Q.Many }
  }
  requirement model Q { horizontal scale requirement Many [1, 4] }
  metric model M {
    variable a { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.A }
    variable b { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.B }
    variable sum { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate formula 'a + b' }
  }
  constraint model K { variable constraint enough : M.sum >= 5.0 }
}`;
const faulty = coupled.replace('M.sum', 'M.total');

// Where Node cannot replace its process there is no snapshot, and no launcher to test.
describe.skipIf(!process.execve)('the launcher', () => {
  let snapshot: string;
  let bundle: string;
  beforeAll(() => {
    expect(existsSync(join(cli, 'dist/snapshot/camelc.stamp')), 'no snapshot was built: run `npm run bundle` and see why').toBe(true);
    snapshot = installation('snapshot');
    bundle = installation('bundle');
  });

  const commands: string[][] = [
    ['--version'],
    ['--help'],
    ['solve', '--help'],
    [],
    ['frobnicate'],
    ['check', '--format', 'yaml', 'coupled.camel'],
    ['check', 'none.camel'],
    ['check', 'coupled.camel'],
    ['check', 'faulty.camel'],
    ['check', 'faulty.camel', '--format', 'json'],
    ['check', 'faulty.camel', '--format', 'sarif'],
    ['check', 'faulty.camel', '--quiet'],
    ['check', join(repository, 'examples')],
    ['candidates', 'coupled.camel', '--all'],
    ['problem', 'coupled.camel'],
    ['solve', 'coupled.camel'],
    ['solve', 'coupled.camel', '--milp', 'highs'],
    ['solve', 'coupled.camel', '--candidates', 'none.json'],
    ['solve', join(repository, 'examples/smartwe')],
    ['solve', join(repository, 'examples/two-component'), '--format', 'json'],
    ['explain'],
    ['explain', 'reference/unresolved'],
  ];
  it.each(commands.map((args) => [args.join(' ').replace(repository, '.'), args] as const))('prints the same both ways: camelc %s', (_, args) => {
    const cwd = folderWith({ 'coupled.camel': coupled, 'faulty.camel': faulty });
    const a = run(snapshot, args, { cwd });
    expect(a.stdout + a.stderr).not.toBe('');
    expect(a).toEqual(run(bundle, args, { cwd }));
  });

  it('writes the same files both ways, with variables of the environment', () => {
    const cwd = folderWith({ 'coupled.camel': coupled });
    const env = { GREETING: 'hello' };
    const runs = [snapshot, bundle].map((installed, i) => run(installed, ['compile', 'coupled.camel', '--out', `out${i}`, '--quiet'], { cwd, env }));
    expect(runs.map((r) => r.status)).toEqual([0, 0]);
    const files = readdirSync(join(cwd, 'out0')).sort();
    expect(readdirSync(join(cwd, 'out1')).sort()).toEqual(files);
    for (const file of files) expect(readFileSync(join(cwd, 'out0', file), 'utf8')).toBe(readFileSync(join(cwd, 'out1', file), 'utf8'));
    expect(readFileSync(join(cwd, 'out0/stack.yml'), 'utf8')).toContain('GREETING: hello');
  });

  describe('does without the snapshot', () => {
    const blob = 'dist/snapshot/camelc.blob';
    const stamp = 'dist/snapshot/camelc.stamp';
    const changed = (file: string, change: (bytes: Buffer) => Buffer) => (folder: string) => writeFileSync(join(folder, file), change(readFileSync(join(folder, file))));
    const cases: [string, (folder: string) => void, Record<string, string>?][] = [
      ['when it is missing', (folder) => rmSync(join(folder, blob))],
      ['when its stamp is missing', (folder) => rmSync(join(folder, stamp))],
      ['when it is cut', changed(blob, (bytes) => bytes.subarray(0, 1_000_000))],
      ['when it is empty', changed(blob, () => Buffer.alloc(0))],
      [
        'when one of its bits is wrong',
        changed(blob, (bytes) => {
          bytes[bytes.length >> 1]! ^= 1;
          return bytes;
        }),
      ],
      ['when another version of Node made it', changed(stamp, (text) => Buffer.from(text.toString().replace(process.version, 'v24.0.0')))],
      ['when it is for another processor', changed(stamp, (text) => Buffer.from(text.toString().replace(` ${process.arch} `, ' mips ')))],
      ['when Node has options of its own', () => undefined, { NODE_OPTIONS: '--no-deprecation' }],
    ];
    it.each(cases)('%s', (_, tamper, env) => {
      const [whole, snapshotAlone] = [installation('bundle', 'snapshot'), installation('snapshot')];
      tamper(whole);
      tamper(snapshotAlone);
      const args = ['check', 'examples/two-component'];
      expect(run(whole, args, { env })).toEqual(run(bundle, args));
      // Nothing is left to run, so it was the bundle that ran.
      expect(run(snapshotAlone, args, { env }).stderr).toContain('this checkout of camelc is not built');
    });
  });

  it.each([undefined, 'glibc.malloc.check=0'])('gives programs that it starts its own environment, with GLIBC_TUNABLES %s', (tunables) => {
    const cwd = folderWith({ ssh: '#!/bin/sh\nenv > "$SEEN"\nexit 1\n' });
    chmodSync(join(cwd, 'ssh'), 0o755);
    const SEEN = join(cwd, 'seen');
    const env = { PATH: `${cwd}:${process.env['PATH']}`, SEEN, DOCKER_HOST: 'ssh://manager.example.com', ...(tunables && { GLIBC_TUNABLES: tunables }) };
    run(snapshot, ['status'], { cwd, env });
    expect(/^GLIBC_TUNABLES=(.*)/m.exec(readFileSync(SEEN, 'utf8'))?.[1]).toBe(tunables);
  });

  it('says which Node.js it needs where it is run by an older one', () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', older, join(bundle, 'bin/camelc.js'), 'check', 'examples/two-component'], {
      cwd: repository,
      env: clean,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([5, `error: camelc needs Node.js 22.12 or later, and ${process.execPath} is 20.20.2\n`]);
  });

  it.each(['snapshot', 'bundle'] as const)('sends all of a large output through a pipe with a slow reader, from the %s', (way) => {
    const installed = installation(way);
    const slow = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" "${installed}/bin/camelc.js" candidates examples/smartwe --format json | { sleep 1; cat; }`], {
      cwd: repository,
      env: clean,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(slow.status).toBe(0);
    expect(slow.stdout.length).toBeGreaterThan(200_000);
    expect(JSON.parse(slow.stdout)).toMatchObject({ formatVersion: 1 });
  });

  it.each(['snapshot', 'bundle'] as const)('is silent about a reader that goes away, from the %s', (way) => {
    const installed = installation(way);
    const gone = spawnSync('bash', ['-c', `"${process.execPath}" "${installed}/bin/camelc.js" candidates examples/smartwe --format json | head -c 10; echo " \${PIPESTATUS[0]}"`], {
      cwd: repository,
      env: clean,
      encoding: 'utf8',
    });
    expect(gone.stderr).toBe('');
    expect(gone.stdout).toMatch(/ 0\n$/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s like any program', async (signal) => {
    const cwd = folderWith({});
    spawnSync('mkfifo', [join(cwd, 'never.camel')]);
    const child = spawn(process.execPath, [join(snapshot, 'bin/camelc.js'), 'check', 'never.camel'], { cwd, env: clean });
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
    // Whether the launcher or the command line gets it, the answer is the same.
    setTimeout(() => child.kill(signal), 700);
    expect(await ended).toBe(signal);
  });

  describe.each(['snapshot', 'bundle'] as const)('on a terminal, from the %s', (way) => {
    const onTerminal = (args: string, env: Record<string, string> = {}): string => {
      const cwd = folderWith({ 'faulty.camel': faulty });
      const { stdout } = spawnSync('script', ['-qec', `"${process.execPath}" "${way === 'snapshot' ? snapshot : bundle}/bin/camelc.js" ${args}`, '/dev/null'], {
        cwd,
        env: { ...clean, TERM: 'xterm', ...env },
        encoding: 'utf8',
      });
      expect(stdout).toContain('M.total');
      return stdout;
    };
    it('has colours', () => expect(onTerminal('check faulty.camel')).toContain('\u001b[31m'));
    it('has none with --no-color', () => expect(onTerminal('check faulty.camel --no-color')).not.toContain('\u001b['));
    it('has none with NO_COLOR', () => expect(onTerminal('check faulty.camel', { NO_COLOR: '1' })).not.toContain('\u001b['));
  });
});
