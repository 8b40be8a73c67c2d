import type { Term } from './problem.js';

/** The sum of terms, no deeper than it must be: who walks a term calls himself, and there may be thousands. */
export function sumOf(terms: readonly Term[]): Term {
  if (terms.length < 2) return terms[0] ?? { kind: 'number', value: 0 };
  const middle = Math.ceil(terms.length / 2);
  return { kind: 'operator', operator: '+', operands: [sumOf(terms.slice(0, middle)), sumOf(terms.slice(middle))] };
}
