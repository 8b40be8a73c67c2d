/** Runs the built command line as a user would, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const repository = resolve(import.meta.dirname, '../..');
export const bin = join(repository, 'packages/cli/bin/camelc.js');

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `camelc` with these arguments. */
export function camelc(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  const run = spawnSync(process.execPath, [bin, ...args], {
    cwd: options.cwd ?? repository,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** A new folder with these files, removed after the tests. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'camelc-test-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** No stack trace reaches a user: neither V8's lines nor an error class's name. */
export const looksLikeStackTrace = (text: string): boolean => /^\s+at .+[(:]\d+|(Type|Range|Reference|Syntax)Error:|internal\/fault/m.test(text);
