/** Targets put the application's name before every other, and allow 63 characters for both. */
export const longestId = 24;
export const longestName = 63 - longestId - 1;

/** Labels of hosts say what candidate they are, and what its owner knows of it: no application may be called so. */
const reservedIds = ['candidate', 'price', 'location', 'city', 'country'];

/** An application's name as targets have it: lower case, letters, digits and hyphens. */
export const applicationId = (name: string): string => uniqueNames([dnsLabel(name)], longestId, reservedIds)[0]!;

/** The text as one label of a DNS name, in lower case. */
export const dnsLabel = (text: string): string => plain(text).toLowerCase();

/** The text in letters, digits and single hyphens, its case kept. */
export const plain = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'unnamed';

/**
 * Each wanted name, shortened to `longest` characters, and numbered where one before it is the same but for case, which
 * neither DNS nor Swarm's placement constraints tell apart.
 * @param taken names that may not be used
 */
export function uniqueNames(wanted: readonly string[], longest: number, taken: readonly string[] = []): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return wanted.map((name) => {
    let unique = shorten(name, longest);
    for (let n = 2; used.has(unique.toLowerCase()); n++) unique = `${shorten(name, longest - `-${n}`.length)}-${n}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

const shorten = (name: string, longest: number): string => name.slice(0, longest).replace(/-+$/, '');
