import { readText } from './files.js';

/** What a run reads from. */
export interface Reading {
  /** Texts to quote from in diagnostics, by the path as given: what is read is added. */
  readonly sources: Map<string, string>;
}

/**
 * Reads a file as UTF-8 text.
 * @param quotable what of it may be quoted
 * @throws DiagnosticError file/unreadable, syntax/not-text
 */
export function readSource(path: string, { sources }: Reading, quotable = (text: string): string => text): string {
  const text = readText(path);
  sources.set(path, quotable(text));
  return text;
}
