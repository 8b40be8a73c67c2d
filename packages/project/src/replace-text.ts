import { accessSync, chmodSync, chownSync, constants, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { byteOrderMark, why } from './files.js';

/** What a file of UTF-8 may begin with; `readText` leaves it out. */
export const byteOrderMarkOf = (path: string): string => (readFileSync(path, 'utf8').startsWith(byteOrderMark) ? byteOrderMark : '');

/**
 * Gives an existing file another text, all of it or none: it is written to a temporary name and renamed. Permissions, owner and byte order mark
 * stay; of a symbolic link the file that it leads to is replaced.
 * @throws DiagnosticError file/unwritable
 */
export function replaceText(path: string, text: string): void {
  let temporary: string | undefined;
  try {
    const file = realpathSync(path);
    const { mode, uid, gid } = statSync(file);
    accessSync(file, constants.W_OK);
    // To root all is writable.
    if ((mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
    const name = join(dirname(file), `.${basename(file)}.${process.pid}`);
    writeFileSync(name, byteOrderMarkOf(file) + text, { flag: 'wx' });
    temporary = name;
    chmodSync(name, mode);
    if (process.getuid?.() === 0) chownSync(name, uid, gid);
    renameSync(name, file);
  } catch (error) {
    if (temporary) rmSync(temporary, { force: true });
    throw new DiagnosticError([diagnose('file/unwritable', { path, why: why(error) })]);
  }
}
