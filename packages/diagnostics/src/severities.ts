/** Severities as a project sets them. */
import { catalogue, type Code } from './catalogue/index.js';
import type { Diagnostic } from './diagnostic.js';
import type { Entry, Severity } from './entry.js';

/** By code, or by group: `hint/*`. The code comes first. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** Groups in which errors may be weakened: there a model with the error still means something. */
const weakGroups = new Set(['model', 'unit', 'requirement', 'component', 'port', 'placement', 'formula', 'variable']);
/** Errors of these groups after which a model means nothing all the same. */
const strong = new Set<Code>(['model/missing', 'model/duplicate', 'model/recursive', 'model/twice', 'variable/no-component', 'variable/data-source']);

/** Whether the diagnostic stays an error whatever settings and comments say: with it, what the model means is not known. */
export function isFixed(code: Code): boolean {
  const { severity } = catalogue[code] as Entry<never>;
  return severity === 'error' && (strong.has(code) || !weakGroups.has(groupOf(code)));
}

export const groupOf = (code: string): string => code.split('/', 1)[0]!;

/** The names that settings may have: every code, and every group. */
export const severityNames = (): string[] => [...new Set(Object.keys(catalogue).flatMap((code) => [code, `${groupOf(code)}/*`]))];

/** The diagnostics with the severities of the settings; without those that are off. Errors that make a model meaningless stay errors. */
export function adjustSeverities(diagnostics: readonly Diagnostic[], settings: Severities = {}): Diagnostic[] {
  return diagnostics.flatMap((d) => {
    const severity = settings[d.code] ?? settings[`${groupOf(d.code)}/*`] ?? d.severity;
    if (severity === d.severity || isFixed(d.code)) return [d];
    return severity === 'off' ? [] : [{ ...d, severity }];
  });
}
