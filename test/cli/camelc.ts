/** Runs the built command line as a user would. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

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

/** No stack trace reaches a user: neither V8's lines nor an error class's name. */
export const looksLikeStackTrace = (text: string): boolean => /^\s+at .+[(:]\d+|(Type|Range|Reference|Syntax)Error:|internal\/fault/m.test(text);
