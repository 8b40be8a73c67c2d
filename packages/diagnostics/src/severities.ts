import type { Diagnostic } from './diagnostic.js';
import type { Severity } from './entry.js';

/** How severe diagnostics are, by code, where that differs from the catalogue; `off`: they are not told. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** The diagnostics with these severities. An error stays one: what follows relies on there being none. */
export const adjustSeverities = (diagnostics: readonly Diagnostic[], severities: Severities = {}): Diagnostic[] =>
  diagnostics.flatMap((d) => {
    const severity = d.severity === 'error' ? 'error' : (severities[d.code] ?? d.severity);
    return severity === 'off' ? [] : [severity === d.severity ? d : { ...d, severity }];
  });
