import { diagnose, nearest, type Diagnostic } from '@camelc/diagnostics';
import { compare } from './canonical.js';

/**
 * Errors for components that may leave data behind, as their user says, and have nothing that keeps them anywhere.
 * @param named those that may
 * @param holders those that have data, or must not be moved: that run, or shall
 */
export function namedInVain(named: readonly string[], holders: Iterable<string>): Diagnostic[] {
  const known = [...new Set(holders)].sort(compare);
  return [...new Set(named)].filter((name) => !known.includes(name)).map((name) => diagnose('plan/leave-data', { name, known, suggestion: nearest(name, known) }));
}
