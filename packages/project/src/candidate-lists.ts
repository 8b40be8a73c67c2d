/** The lists of candidates of a run. */
import { builtInCatalogue, catalogueRates, mergeLists, readCandidates, type CandidateList } from '@camelc/candidates';
import { DiagnosticError, parseJsonPlaces, rangeIn, type Diagnostic, type Place } from '@camelc/diagnostics';
import { conventionFiles } from './convention-files.js';
import type { CandidateOptions } from './options.js';
import { readSource, type Reading } from './reading.js';

export interface CandidateLists {
  list: CandidateList;
  /** What one unit of each currency is worth in euros. */
  rates: Record<string, number>;
  /** The lists it is made of, for people. */
  sources: string;
  /** Where a file says how many there are of a candidate. */
  placeOfLimit: (id: string) => Place | undefined;
  diagnostics: Diagnostic[];
}

/** What one unit of each currency is worth in euros. */
export const ratesOf = ({ rate }: CandidateOptions): Record<string, number> => ({ ...catalogueRates().rates, ...rate });

/**
 * The candidates of a run: the files that are named, else the built-in catalogue with what lies beside the models.
 * @throws DiagnosticError where a file cannot be read as candidates
 */
export function readCandidateLists(paths: readonly string[], options: CandidateOptions, reading: Reading): CandidateLists {
  const rates = ratesOf(options);
  const named = options.candidates ?? ['built-in', ...conventionFiles(paths, 'candidates.json')];
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const lists = named.map((name): { list: CandidateList; label: string } => {
    if (name === 'built-in') {
      const list = builtInCatalogue();
      return { list, label: `built-in catalogue of ${list.date}` };
    }
    const text = readSource(name, reading, maskCredentials);
    texts.set(name, text);
    const read = readCandidates(text, name, { currency: options.currency });
    diagnostics.push(...read.diagnostics);
    if (!read.list) throw new DiagnosticError(diagnostics);
    return { list: read.list, label: name };
  });
  const [first, ...more] = lists.map((l) => l.list);
  const merged = mergeLists([first!, ...more], rates);
  diagnostics.push(...merged.diagnostics);
  if (!merged.list) throw new DiagnosticError(diagnostics);
  return { list: merged.list, rates, sources: lists.map((l) => l.label).join(', '), placeOfLimit: (id) => placeOfLimit(texts, id), diagnostics };
}

/** In a file of the project's own format where the limit is stated; in another one, which tells own machines one by one, where the id is. */
function placeOfLimit(texts: ReadonlyMap<string, string>, id: string): Place | undefined {
  for (const [file, text] of texts) {
    for (const { children } of parseJsonPlaces(text).children.get('candidates')?.children.values() ?? []) {
      const name = children.get('id');
      if (!name || JSON.parse(text.slice(name.start, name.end)) !== id) continue;
      const { start, end } = children.get('limit') ?? name;
      return { file, range: rangeIn(text, start, end) };
    }
  }
  for (const [file, text] of texts) {
    const start = text.indexOf(JSON.stringify(id));
    if (start >= 0) return { file, range: rangeIn(text, start + 1, start + 1 + id.length) };
  }
  return undefined;
}

/** The executor's JSON holds credentials of clouds, which no quoted line may show. */
const maskCredentials = (text: string): string =>
  text.replace(
    /("(?:secret|password|token|user|key|value|privateKey)"\s*:\s*")((?:[^"\\]|\\.)*)"/gi,
    (_, before: string, value: string) => `${before}${'•'.repeat(value.length)}"`,
  );
