import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diagnose, DiagnosticError, type Position } from '@camelc/diagnostics';

/** A text file as the user named it. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Why a file operation failed, in the user's words. */
export function why(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of the path is not a folder';
    case 'EEXIST':
      return 'there is a file of that name';
    case 'ELOOP':
      return 'its symbolic links lead in a circle';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'ENOSPC':
      return 'no space is left on the device';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return code ?? String(error);
  }
}

/** Whether a path leads to a folder, as far as this user may know. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/**
 * Reads a file as UTF-8 text.
 * @throws DiagnosticError file/unreadable, or syntax/not-text at the first byte that is not text
 */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new DiagnosticError([diagnose('file/unreadable', { path, why: why(error) })]);
  }
  return decode(bytes, path);
}

/** What a file of UTF-8 may begin with; no part of its text. */
export const byteOrderMark = '\uFEFF';

/** @throws DiagnosticError syntax/not-text at the first byte that is not text */
export function decode(bytes: Buffer, path: string): string {
  const bad = firstByteThatIsNotText(bytes);
  if (bad) {
    const at = positionAfter(bytes.subarray(0, bad.offset).toString('utf8'));
    const range = { start: at, end: { line: at.line, character: at.character + 1 } };
    throw new DiagnosticError([diagnose('syntax/not-text', { what: bad.what }, { file: path, range })]);
  }
  const text = bytes.toString('utf8');
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function firstByteThatIsNotText(bytes: Buffer): { offset: number; what: string } | undefined {
  const nul = bytes.indexOf(0);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const offset = validUtf8Length(bytes);
    if (nul < 0 || offset < nul) return { offset, what: `byte 0x${bytes[offset]!.toString(16).padStart(2, '0')} is not UTF-8` };
  }
  return nul < 0 ? undefined : { offset: nul, what: 'it holds a NUL byte' };
}

/** Length of the longest prefix that is UTF-8, by bisection over whole decodes of a streaming decoder. */
function validUtf8Length(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isPrefixOfUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function positionAfter(text: string): Position {
  const line = text.split('\n').length - 1;
  return { line, character: text.length - (text.lastIndexOf('\n') + 1) };
}

/** A file to write. */
export interface OutputFile extends SourceFile {
  /** How the text says the file's bytes; UTF-8 unless given. */
  encoding?: 'utf8' | 'base64';
}

/**
 * Writes all files of an output folder or none: each is first written to a temporary folder in it, then all are renamed. So the folder
 * may be a mount of its own. Other files in it stay.
 * @throws DiagnosticError file/unwritable
 */
export function writeFolder(folder: string, files: readonly OutputFile[]): void {
  let made: string | undefined;
  let temporary: string | undefined;
  let path = folder;
  try {
    made = makeFolder(folder);
    for (const file of files) {
      path = join(folder, file.path);
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    // A file by itself is named: its user may have named no folder.
    path = files.length === 1 ? join(folder, files[0]!.path) : folder;
    temporary = mkdtempSync(join(folder, '.camelc-'));
    for (const file of files) {
      makeFolder(dirname(join(temporary, file.path)));
      writeFileSync(join(temporary, file.path), file.text, file.encoding);
    }
    for (const file of files) {
      path = join(folder, file.path);
      makeFolder(dirname(path));
      renameSync(join(temporary, file.path), path);
    }
  } catch (error) {
    if (made) rmSync(made, { recursive: true, force: true });
    throw new DiagnosticError([diagnose('file/unwritable', { path, why: why(error) })]);
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Writes one file, all of it or none; of a symbolic link the file that it leads to. What is no file, such as /dev/null or a pipe, stays what it is and is written to.
 * @throws DiagnosticError file/unwritable
 */
export function writeFile(path: string, text: string): void {
  let file = path;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && !there.isFile() && !there.isDirectory()) return writeFileSync(path, text);
    if (there) file = realpathSync(path);
  } catch (error) {
    throw new DiagnosticError([diagnose('file/unwritable', { path, why: why(error) })]);
  }
  writeFolder(dirname(file), [{ path: basename(file), text }]);
}

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where a file system refuses a name as if the folder above were missing, as /proc does.
 * @returns the topmost folder that had to be made
 */
function makeFolder(folder: string): string | undefined {
  if (isFolder(folder)) return undefined;
  const above = dirname(folder);
  const made = above === folder || existsSync(above) ? undefined : makeFolder(above);
  mkdirSync(folder);
  return made ?? folder;
}
