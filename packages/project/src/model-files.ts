import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import { why, type SourceFile } from './files.js';
import { readSource, type Reading } from './reading.js';

/**
 * Reads the models that the user names: files, and folders with all .camel files in and below them, in the order of their paths.
 * A fault in one file does not hide those in the others.
 * @param isIgnored leaves out files of folders
 */
export function readModels(paths: readonly string[], reading: Reading, isIgnored: (file: string) => boolean = () => false): { files: SourceFile[]; diagnostics: Diagnostic[] } {
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      diagnostics.push(...error.diagnostics);
    }
  };
  const seen = new Set<string>();
  for (const path of paths) {
    attempt(() => {
      for (const file of modelFiles(path, isIgnored)) {
        if (seen.has(resolve(file))) continue;
        seen.add(resolve(file));
        attempt(() => files.push({ path: file, text: readSource(file, reading) }));
      }
    });
  }
  return { files, diagnostics };
}

function modelFiles(path: string, isIgnored: (file: string) => boolean): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new DiagnosticError([diagnose('file/unreadable', { path, why: why(error) })]);
  }
  if (!isFolder) return [path];
  const found = namesBelow(path)
    .filter((name) => name.endsWith('.camel') && !name.split(/[/\\]/).some((part) => part === 'node_modules' || part.startsWith('.')))
    .sort()
    .map((name) => join(path, name));
  const read = found.filter((file) => !isIgnored(file));
  if (read.length === 0) throw new DiagnosticError([diagnose('file/none', { path, ignored: found.length })]);
  return read;
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new DiagnosticError([diagnose('file/unreadable', { path: (error as NodeJS.ErrnoException).path ?? folder, why: why(error) })]);
  }
}
