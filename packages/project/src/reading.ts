import { resolve } from 'node:path';
import { readText } from './files.js';

/** What a run reads from. */
export interface Reading {
  /** Texts to quote from in diagnostics, by the path as given: what is read is added. */
  readonly sources: Map<string, string>;
  /** Texts that stand for those on the disk, by absolute path, such as the unsaved ones of an editor. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/**
 * Reads a file as UTF-8 text.
 * @param quotable what of it may be quoted
 * @throws DiagnosticError file/unreadable, syntax/not-text
 */
export function readSource(path: string, { sources, unsaved }: Reading, quotable = (text: string): string => text): string {
  const text = unsaved?.get(resolve(path)) ?? readText(path);
  sources.set(path, quotable(text));
  return text;
}
