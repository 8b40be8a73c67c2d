import { DiagnosticError, type Diagnostic, type Place } from '@camelc/diagnostics';
import { readText } from './files.js';

/** What a run reads from. */
export interface Reading {
  /** Texts to quote from in diagnostics, by the path as given: what is read is added. */
  readonly sources: Map<string, string>;
  /** Where settings name a file, by its path: a fault in reading it is shown there. Told by what reads settings. */
  namedAt?: Map<string, Place>;
}

/**
 * Reads a file as UTF-8 text.
 * @param quotable what of it may be quoted
 * @throws DiagnosticError file/unreadable, syntax/not-text
 */
export function readSource(path: string, { sources, namedAt }: Reading, quotable = (text: string): string => text): string {
  const text = readNamed(path, namedAt?.get(path));
  sources.set(path, quotable(text));
  return text;
}

/** Why a file cannot be read, if it cannot. */
export function unreadable(path: string, { namedAt }: Reading): readonly Diagnostic[] {
  try {
    readNamed(path, namedAt?.get(path));
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics;
  }
}

function readNamed(path: string, place: Place | undefined): string {
  try {
    return readText(path);
  } catch (error) {
    if (!(error instanceof DiagnosticError) || !place) throw error;
    throw new DiagnosticError(error.diagnostics.map((d) => (d.place ? d : { ...d, place })));
  }
}
