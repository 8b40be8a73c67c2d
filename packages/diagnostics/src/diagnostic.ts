import { catalogue, type Code, type ParametersOf } from './catalogue/index.js';
import type { Entry, Severity } from './entry.js';
import type { Place } from './place.js';

/** One message to the user: what is wrong, where, and what to do. Plain data. */
export interface Diagnostic {
  code: Code;
  severity: Severity;
  message: string;
  place?: Place;
  /** What to do, shown below the marked text. */
  help?: string;
  related?: { message: string; place: Place }[];
  /** Why a comment of the model keeps it back: it is neither shown nor counted. */
  suppressed?: string;
  /** Ways to mend it, the likeliest first. */
  fixes?: Fix[];
}

/** One way to mend what a diagnostic is about: changes of texts that belong together and do not overlap. */
export interface Fix {
  /** What is done, in the imperative. */
  title: string;
  edits: Edit[];
}

/** Puts a text in the place of another. */
export interface Edit {
  place: Place;
  text: string;
}

/**
 * Makes a diagnostic of the catalogue.
 * @param code its stable code
 * @param parameters what its sentence mentions
 * @param place the text that is wrong, where there is one
 */
export function diagnose<C extends Code>(code: C, parameters: ParametersOf<C>, place?: Place, related?: Diagnostic['related']): Diagnostic {
  const entry: Entry<ParametersOf<C>> = catalogue[code] as never;
  const help = entry.help?.(parameters);
  return {
    code,
    severity: entry.severity,
    message: entry.message(parameters),
    ...(place && { place }),
    ...(help && { help }),
    ...(related?.length && { related }),
  };
}

/** True when any of the diagnostics is an error. */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(isError);

const isError = (d: Diagnostic): boolean => d.severity === 'error' && d.suppressed === undefined;

/** Those that are to be shown. */
export const shownOf = (diagnostics: readonly Diagnostic[]): Diagnostic[] => diagnostics.filter((d) => d.suppressed === undefined);

/** The exit code of a run that ends with these diagnostics: that of the first error, 0 without one. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  const first = diagnostics.find(isError);
  return first ? ((catalogue[first.code] as Entry<never>).exit ?? 1) : 0;
}

/** Carries diagnostics out of a function that cannot go on. The only exception that a user's mistake raises. */
export class DiagnosticError extends Error {
  constructor(readonly diagnostics: Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('\n'));
  }
}
