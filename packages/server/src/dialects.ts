/** How the versions of the language spell what they spell differently. */
export type Dialect = '2.5' | '3.0';

/** The dialect of a text: 2.5 where it has a spelling that 3.0 has not. */
export const dialectOf = (text: string): Dialect => (/\b(?:deployment|metric)\s+type\s+model\b|\bformula\s*(?::|\()/.test(text) ? '2.5' : '3.0');
