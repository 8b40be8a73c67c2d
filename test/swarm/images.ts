import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A script that runs a command until it is asked to end: process 1 of a container ignores that unless it says otherwise, and Docker waits ten seconds then. */
export const untilStopped = (command: string): string => `trap 'exit 0' TERM\n${command} &\nwait`;

/** Makes a folder that is an image: busybox, and these scripts by path. */
export function makeImage(folder: string, busybox: string, scripts: Record<string, string>): void {
  for (const below of ['bin', 'etc', 'proc', 'tmp']) mkdirSync(join(folder, below), { recursive: true });
  copyFileSync(busybox, join(folder, 'bin/busybox'));
  for (const applet of ['sh', 'nc', 'httpd', 'printf']) symlinkSync('busybox', join(folder, 'bin', applet));
  for (const [path, text] of Object.entries(scripts)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, path), 0o755);
  }
}
