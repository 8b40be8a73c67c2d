import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { mergeAlikeMachines } from './alike.js';
import type { CandidateList, Currency } from './candidate.js';

/** What one unit of each currency is worth in euros: `{ USD: 0.92 }`. */
export type Rates = Readonly<Record<string, number>>;

/**
 * The list with its prices in another currency.
 * @returns no list, and candidates/rate-missing, where a rate is not given
 */
export function toCurrency(list: CandidateList, currency: Currency, rates: Rates): { list?: CandidateList; diagnostics: Diagnostic[] } {
  if (list.currency === currency) return { list, diagnostics: [] };
  const [from, to] = [list.currency, currency].map((c) => (c === 'EUR' ? 1 : rates[c]));
  if (from === undefined || to === undefined) return { diagnostics: [diagnose('candidates/rate-missing', { from: list.currency, to: currency })] };
  const factor = from / to;
  return { list: { ...list, currency, candidates: list.candidates.map((candidate) => ({ ...candidate, price: candidate.price * factor })) }, diagnostics: [] };
}

/**
 * Several lists as one, in the currency of the first. Own machines that are alike are counted together.
 * @returns no list where a rate is missing or an id occurs twice
 */
export function mergeLists(lists: readonly [CandidateList, ...CandidateList[]], rates: Rates): { list?: CandidateList; diagnostics: Diagnostic[] } {
  const [first] = lists;
  const converted = lists.map((list) => toCurrency(list, first.currency, rates));
  const diagnostics = converted.flatMap((c) => c.diagnostics);
  const candidates = converted.flatMap((c) => c.list?.candidates ?? []);
  const seen = new Set<string>();
  for (const { id } of candidates) {
    if (seen.has(id)) diagnostics.push(diagnose('candidates/duplicate', { id }));
    seen.add(id);
  }
  if (diagnostics.length) return { diagnostics };
  const names = lists.flatMap((list) => list.name ?? []);
  const dates = lists.flatMap((list) => list.date ?? []).sort();
  const list: CandidateList = { formatVersion: 1, currency: first.currency, candidates };
  if (names.length) list.name = names.join(', ');
  if (dates.length) list.date = dates[0]!;
  return { list: mergeAlikeMachines(list), diagnostics };
}
