import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bin, camelc, looksLikeStackTrace } from './camelc.js';
import { folderWith } from '../folders.js';

const right = 'camel model M {\n  action A {}\n}\n';
const wrong = 'camel model M {\n\taction A{ }\n\n}';
const broken = 'camel model M {\n\tactoin A{ }\n}';
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const fromInput = (input: string | Buffer, ...args: string[]) => spawnSync(process.execPath, [bin, 'fmt', '-', ...args], { input, encoding: 'utf8' });

it('formats in place, and says what it did', () => {
  const cwd = folderWith({ 'a.camel': wrong, 'sub/b.camel': right, 'c.txt': wrong });
  const run = camelc(['fmt', '.'], { cwd });
  expect(run).toEqual({ status: 0, stdout: 'a.camel\n1 file formatted, 1 file formatted already.\n', stderr: '' });
  expect([read(cwd, 'a.camel'), read(cwd, 'sub/b.camel'), read(cwd, 'c.txt')]).toEqual([right, right, wrong]);
  expect(camelc(['fmt', '.', '--quiet'], { cwd })).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readdirSync(cwd).sort()).toEqual(['a.camel', 'c.txt', 'sub']);
});

it('has nothing to say but what it cannot read', () => {
  expect(camelc(['fmt', 'none.camel'], { cwd: folderWith({}) })).toMatchObject({ status: 5, stdout: '', stderr: expect.stringContaining('file/unreadable') });
});

it('leaves a formatted file untouched', () => {
  const cwd = folderWith({ 'a.camel': right });
  const before = statSync(join(cwd, 'a.camel'));
  camelc(['fmt', 'a.camel'], { cwd });
  expect(statSync(join(cwd, 'a.camel'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

describe('with broken syntax', () => {
  it('leaves that file, says why, and formats the others', () => {
    const cwd = folderWith({ 'a.camel': broken, 'b.camel': wrong });
    const run = camelc(['fmt', 'a.camel', 'b.camel', 'none.camel'], { cwd });
    expect(run.stderr).toMatch(/error\[syntax\/unexpected\].*\n.*a\.camel:2:2/);
    expect(run.stderr).toContain('none.camel');
    expect(run.stdout).toBe('b.camel\n1 file formatted, 1 file not formatted.\n');
    expect(run.status).toBe(5);
    expect([read(cwd, 'a.camel'), read(cwd, 'b.camel')]).toEqual([broken, right]);
    expect(camelc(['fmt', 'a.camel'], { cwd }).status).toBe(1);
  });
  it('prints nothing for a model but the mistakes', () => {
    const run = fromInput(broken);
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toContain('<stdin>:2:2');
  });
});

describe('--check', () => {
  it('lists what is not formatted, and fails', () => {
    const cwd = folderWith({ 'a.camel': wrong, 'b.camel': right });
    expect(camelc(['fmt', '--check', '.'], { cwd })).toEqual({ status: 1, stdout: 'a.camel\n1 file would be formatted, 1 file formatted already.\n', stderr: '' });
    expect(camelc(['fmt', '--check', '--quiet', '.'], { cwd }).stdout).toBe('a.camel\n');
    expect(read(cwd, 'a.camel')).toBe(wrong);
    expect(camelc(['fmt', '--check', 'b.camel'], { cwd }).status).toBe(0);
  });
  it('works on standard input', () => {
    expect(fromInput(wrong, '--check')).toMatchObject({ status: 1, stdout: '<stdin>\n1 file would be formatted.\n' });
    expect(fromInput(right, '--check')).toMatchObject({ status: 0 });
  });
});

it('--format json lists the files that changed', () => {
  const cwd = folderWith({ 'a.camel': wrong, 'b.camel': right, 'c.camel': broken });
  const run = camelc(['fmt', '.', '--format', 'json'], { cwd });
  expect(JSON.parse(run.stdout)).toMatchObject({ formatVersion: 1, files: 3, changed: ['a.camel'], diagnostics: [{ file: 'c.camel', code: 'syntax/unexpected' }] });
  expect(run.status).toBe(1);
});

describe('the formatted model is printed', () => {
  it('of standard input', () => expect(fromInput(wrong)).toMatchObject({ status: 0, stdout: right, stderr: '' }));
  it('of a file, which stays', () => {
    const cwd = folderWith({ 'a.camel': wrong, 'b.camel': right });
    expect(camelc(['fmt', '--stdout', 'a.camel'], { cwd })).toEqual({ status: 0, stdout: right, stderr: '' });
    expect(read(cwd, 'a.camel')).toBe(wrong);
    expect(camelc(['fmt', '--stdout', '.'], { cwd }).status).toBe(64);
  });
  it('with its byte order mark', () => {
    expect(fromInput(`\uFEFF${wrong}`).stdout).toBe(`\uFEFF${right}`);
    expect(camelc(['fmt', '--stdout', 'a.camel'], { cwd: folderWith({ 'a.camel': `\uFEFF${wrong}` }) }).stdout).toBe(`\uFEFF${right}`);
  });
});

describe('--diff', () => {
  it('prints a patch, and writes nothing', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `  action A${i} {}`);
    const source = ['camel model M {', ...lines, '}', ''].join('\n').replace('  action A3 ', 'action A3').replace('  action A20', '\n\n\naction A20');
    const cwd = folderWith({ 'a.camel': source });
    const run = camelc(['fmt', '--diff', 'a.camel'], { cwd });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toBe(
      '--- a.camel\n+++ a.camel\n@@ -2,7 +2,7 @@\n   action A0 {}\n   action A1 {}\n   action A2 {}\n-action A3{}\n+  action A3 {}\n   action A4 {}\n   action A5 {}\n   action A6 {}\n' +
        '@@ -20,9 +20,7 @@\n   action A18 {}\n   action A19 {}\n \n-\n-\n-action A20 {}\n+  action A20 {}\n   action A21 {}\n   action A22 {}\n   action A23 {}\n',
    );
    expect(read(cwd, 'a.camel')).toBe(source);
  });
  it('is one that patch applies', () => {
    const cwd = folderWith({ 'a.camel': wrong, 'b.camel': 'camel model M { action A { } }camel model N\n{\n\n\n\n}\n\n\n' });
    const run = camelc(['fmt', '--diff', '--check', '.'], { cwd });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('\\ No newline at end of file');
    const patch = spawnSync('git', ['apply', '-p0', '-'], { cwd, input: run.stdout, encoding: 'utf8' });
    expect(patch.stderr).toBe('');
    expect(camelc(['fmt', '--check', '.'], { cwd }).status).toBe(0);
  });
});

describe('the file', () => {
  it('keeps its byte order mark, its line ends and its permissions', () => {
    const cwd = folderWith({ 'a.camel': `\uFEFF${wrong.replaceAll('\n', '\r\n')}` });
    chmodSync(join(cwd, 'a.camel'), 0o640);
    camelc(['fmt', 'a.camel'], { cwd });
    expect(read(cwd, 'a.camel')).toBe(`\uFEFF${right.replaceAll('\n', '\r\n')}`);
    expect(statSync(join(cwd, 'a.camel')).mode & 0o777).toBe(0o640);
  });
  it('may be behind a symbolic link, which stays one', () => {
    const cwd = folderWith({ 'a.camel': wrong });
    symlinkSync('a.camel', join(cwd, 'link.camel'));
    expect(camelc(['fmt', 'link.camel'], { cwd }).status).toBe(0);
    expect(lstatSync(join(cwd, 'link.camel')).isSymbolicLink()).toBe(true);
    expect(read(cwd, 'a.camel')).toBe(right);
  });
  it('is left alone where it may not be written', () => {
    const cwd = folderWith({ 'a.camel': wrong, 'b.camel': wrong });
    chmodSync(join(cwd, 'a.camel'), 0o444);
    const run = camelc(['fmt', '.'], { cwd });
    expect(run).toMatchObject({ status: 5, stdout: 'b.camel\n1 file formatted, 1 file not formatted.\n' });
    expect(run.stderr).toMatch(/error\[file\/unwritable\]: cannot write a\.camel: permission denied/);
    expect([read(cwd, 'a.camel'), read(cwd, 'b.camel')]).toEqual([wrong, right]);
  });
  it('is refused where it is no text', () => {
    const cwd = folderWith({ 'a.camel': Buffer.from([0x63, 0xff]) });
    expect(camelc(['fmt', 'a.camel'], { cwd })).toMatchObject({ status: 1, stderr: expect.stringContaining('syntax/not-text') });
    expect(fromInput(Buffer.from([0x63, 0xff])).stderr).toContain('syntax/not-text');
  });
});

it.each([
  ['-', 'a.camel'],
  ['--stdout', '--check', 'a.camel'],
  ['--stdout', '--format', 'json', 'a.camel'],
  ['-', '--format', 'json'],
  ['--diff', '--format', 'json', 'a.camel'],
  [],
])('wrong usage is told: fmt %s %s %s', (...args) => {
  const run = camelc(['fmt', ...args.filter(Boolean)], { cwd: folderWith({ 'a.camel': right }) });
  expect(run.status).toBe(64);
  expect(run.stderr + run.stdout).toContain('usage/invalid');
  expect(looksLikeStackTrace(run.stderr)).toBe(false);
});
