import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { ErrorObject } from 'ajv';
import { mergeAlikeMachines } from '../alike.js';
import type { CandidateList, Currency } from '../candidate.js';
import { fromExecutor } from './executor.js';
import { firstFaults, schemaFaults, Source } from './faults.js';
import { JsonFault, parseJsonPlaces, rangeIn, shortly, type JsonPath } from '@camelc/diagnostics';
import { fromOffers, isOfferList } from './offers.js';
import { validate } from '../generated/validate.js';

export interface ReadOptions {
  /** Currency of the prices in formats that do not name one (the executor's, offer lists); euros unless given. */
  currency?: Currency;
}

/**
 * Reads a candidates file: the project's own format, the executor's array of node candidates, or an offer list. Own machines that are alike
 * become one candidate. Several faults are reported in one run.
 * @param text the file's text
 * @param file its path, for messages
 * @returns the list, unless there are errors
 */
export function readCandidates(text: string, file: string, options: ReadOptions = {}): { list?: CandidateList; diagnostics: Diagnostic[] } {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { diagnostics: [notJson(json, file)] };
  }
  try {
    const read = listOf(value, json, file, options.currency ?? 'EUR');
    if ('fault' in read) return { diagnostics: [read.fault] };
    const faults = faultsOf(read.list, read.source, read.builtIds);
    return faults.length ? { diagnostics: firstFaults(faults) } : { list: mergeAlikeMachines(read.list as CandidateList), diagnostics: [] };
  } catch (error) {
    if (error instanceof JsonFault) return { diagnostics: [notJson(json, file)] };
    throw error;
  }
}

/** Says where a text is not JSON, or nested deeper than is read. */
function notJson(text: string, file: string): Diagnostic {
  try {
    parseJsonPlaces(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const message = text.trim() === '' ? 'it is empty' : error.message;
    return diagnose('candidates/not-json', { message }, { file, range: rangeIn(text, error.offset, error.offset + 1) });
  }
  return diagnose('candidates/not-json', { message: 'it cannot be parsed' }, { file, range: rangeIn(text, 0, 1) });
}

/** The list that a file holds, as it stands: not yet validated. */
function listOf(value: unknown, text: string, file: string, currency: Currency): { list: unknown; source: Source; builtIds: boolean } | { fault: Diagnostic } {
  const foreign = (read: { candidates: unknown[]; pathOf: (path: JsonPath) => JsonPath }, builtIds: boolean) => ({
    list: { formatVersion: 1, currency, name: file, candidates: read.candidates },
    source: new Source(text, file, read.pathOf),
    builtIds,
  });
  const own = new Source(text, file);
  if (Array.isArray(value)) return foreign(fromExecutor(value), true);
  if (typeof value !== 'object' || value === null) return { fault: diagnose('candidates/format', { found: value === null ? 'null' : `a ${typeof value}` }, own.place([])) };
  if ('formatVersion' in value && value.formatVersion !== 1)
    return { fault: diagnose('candidates/version', { found: shortly(value.formatVersion) }, own.place(['formatVersion'])) };
  if ('formatVersion' in value || 'candidates' in value) return { list: value, source: own, builtIds: false };
  if (isOfferList(value)) return foreign(fromOffers(value as Record<string, unknown>), false);
  return { fault: diagnose('candidates/format', { found: Object.keys(value).length ? 'an object without "candidates"' : 'an empty object' }, own.place([])) };
}

function faultsOf(list: unknown, source: Source, builtIds: boolean): Diagnostic[] {
  const faults = validate(list) ? [] : schemaFaults((validate as { errors?: ErrorObject[] }).errors ?? [], list, source);
  const candidates = (list as { candidates?: unknown }).candidates;
  if (!Array.isArray(candidates)) return faults;
  if (candidates.length === 0) faults.push(diagnose('candidates/empty', {}, source.place(['candidates'])));
  const seen = new Map<string, number>();
  candidates.forEach((candidate: { id?: unknown } | null, index) => {
    const id = candidate?.id;
    if (typeof id !== 'string') return;
    const first = seen.get(id);
    if (first === undefined) return void seen.set(id, index);
    const related = [{ message: 'the first one', place: source.place(['candidates', first, 'id']) }];
    faults.push(diagnose('candidates/duplicate', { id, ...(builtIds && { built: true }) }, source.place(['candidates', index, 'id']), related));
  });
  return faults;
}
