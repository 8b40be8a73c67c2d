import { spawn } from 'node:child_process';

/** Why a command gave no value, in words without anything that it printed. */
export class CommandFault extends Error {}

/** More than any target takes for one value. */
const longestOutput = 1 << 20;

/**
 * What a shell's command prints. Its errors are not shown: they may quote what it should have printed.
 * @param timeout seconds until it is ended, with what it started
 * @throws CommandFault
 */
export function outputOf(line: string, timeout: number, env: Readonly<Record<string, string | undefined>>, signal?: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what the shell starts ends with it; not at a terminal, where it may ask its user for a password.
    const grouped = process.platform !== 'win32' && !process.stdin.isTTY;
    const child = spawn(line, { shell: true, stdio: ['ignore', 'pipe', 'ignore'], env: { ...env }, detached: grouped });
    const end = (): void => {
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It is gone already.
      }
      // What it started may live on and hold the pipe open.
      child.stdout.destroy();
    };
    let fault: string | undefined;
    const stop = (problem: string): void => {
      fault ??= problem;
      end();
    };
    const timer = setTimeout(() => stop(`did not end within ${timeout} s`), timeout * 1000);
    const abort = (): void => stop('was interrupted');
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if ((size += chunk.length) > longestOutput) stop('prints too much for a credential');
    });
    const settle = (problem: string | undefined): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (problem === undefined) resolve(Buffer.concat(chunks));
      else reject(new CommandFault(problem));
    };
    child.on('error', () => settle('cannot be started'));
    child.on('close', (code, killedBy) => settle(fault ?? (code === 0 ? undefined : code === null ? `was ended by ${killedBy}` : `ended with exit code ${code}`)));
  });
}
