import { diagnose, mostLike, type Diagnostic, type Place } from '@camelc/diagnostics';
import { AstUtils, type LangiumCoreServices, type LangiumDocument, type Reference, type ReferenceInfo, type URI } from 'langium';
import { constants, functions, randomFunctions } from '../formula/functions.js';
import { fix, replaced, rewritten } from '../edits.js';
import { Concept, isCall, isCommunication, isVariable, MmsObject, ProvidedCommunication, RequiredCommunication, SingleUnit, type Communication } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';
import { fileOf, placeOfCst, placeOfName } from '../place.js';
import { lostKinds, lostText } from '../parser/failures.js';
import { kindOf } from '../words.js';
import type { CamelScopeProvider } from './scope.js';
import { lastName, writtenAt, type CamelSymbol } from './symbols.js';

/** A suggestion compares with every name of the models. A file with more mistakes than this lacks the models it was written for. */
const mostSuggestions = 100;

/**
 * The names of the document that mean nothing.
 * @param noteMention is called with each document of which a diagnostic says where something stands in it
 */
export function referenceDiagnostics(document: LangiumDocument, services: LangiumCoreServices, noteMention: (other: URI) => void): Diagnostic[] {
  let suggestions = 0;
  const scopes = services.references.ScopeProvider as CamelScopeProvider;
  return document.references.flatMap((reference) => {
    const error = 'error' in reference ? reference.error : undefined;
    if (!error || isBuiltIn(error.info)) return [];
    const name = reference.$refText;
    const place = placeOfCst((reference as Reference).$refNode, document);
    const type = services.shared.AstReflection.getReferenceType(error.info);
    const like = suggestions++ < mostSuggestions ? similar(error.info, name, services) : undefined;
    if (like && !isLibraryUri(like.documentUri) && like.documentUri !== document.uri) noteMention(like.documentUri);
    const suggestion = like && describe(like, error.info);
    const written = like && writtenAt(like, error.info.container);
    if (isCall(error.info.container)) return [unknownFunction(name, suggestion, written, place)];
    // The range of a property of the metadata schema is metadata like an annotation.
    if (type === MmsObject.$type || type === Concept.$type) return [withReplacement(diagnose('reference/annotation', { name, suggestion }, place), written)];
    if (mayBeLost(name, type, document, services)) return [];
    if (!like && isCommunication(error.info.container) && hasSwappedEnds(error.info.container, scopes)) return swappedEnds(error.info, type, place);
    const other = like ? undefined : scopes.ofAnotherKind(error.info, name)?.type;
    return [withReplacement(diagnose('reference/unresolved', { kind: kindOf(type), name, suggestion, ...(other && { other: kindOf(other) }) }, place), written)];
  });
}

/** Offers to write another name in the marked place. */
const withReplacement = (d: Diagnostic, name: string | undefined): Diagnostic => (name === undefined ? d : { ...d, fixes: rewritten(d.place!, name) });

/** Whether the one end is what the other should be. */
function hasSwappedEnds({ from, to }: Communication, scopes: CamelScopeProvider): boolean {
  const isOf = (reference: Reference | undefined, kind: string): boolean =>
    reference?.error !== undefined && scopes.ofAnotherKind(reference.error.info, reference.$refText)?.type === kind;
  return isOf(from, ProvidedCommunication.$type) && isOf(to, RequiredCommunication.$type);
}

/** One mistake, told at the first end. */
function swappedEnds({ container, property }: ReferenceInfo, type: string, place: Place): Diagnostic[] {
  if (property !== 'from') return [];
  const { from, to } = container as Communication;
  const exchange = [...replaced(to!.$refText, container, 'from'), ...replaced(from!.$refText, container, 'to')];
  const d = diagnose('reference/unresolved', { kind: kindOf(type), name: from!.$refText, other: kindOf(ProvidedCommunication.$type) }, place);
  return [{ ...d, help: 'a communication leads from the required port to the provided one', fixes: fix('Exchange the ends', exchange) }];
}

/**
 * Whether the name may be declared where the parser could not read a document: the word stands there, and not as a part of a path; or an element
 * of the kind was not read as far as its block, as where its name is missing.
 */
function mayBeLost(name: string, type: string, document: LangiumDocument, services: LangiumCoreServices): boolean {
  return services.shared.workspace.LangiumDocuments.all.some((other) => {
    if (!lostText(other)) return false;
    if ([...lostKinds(other)].some((kind) => services.shared.AstReflection.isSubtype(kind, type))) return true;
    const itself = other === document && !name.includes('.') ? 1 : 0;
    return (wordsOf(other).get(lastName(name)) ?? 0) > itself;
  });
}

const wordsOfTexts = new WeakMap<object, Map<string, number>>();
/** How often each word stands in the text outside of paths. */
function wordsOf({ parseResult, textDocument }: LangiumDocument): Map<string, number> {
  let words = wordsOfTexts.get(parseResult);
  if (!words) {
    words = new Map();
    for (const [word] of textDocument.getText().matchAll(/(?<![.\w])\w+(?![.\w])/g)) words.set(word, (words.get(word) ?? 0) + 1);
    wordsOfTexts.set(parseResult, words);
  }
  return words;
}

/** Whether the document has names that mean nothing. */
export const missesNames = ({ references }: LangiumDocument): boolean => references.some((r) => 'error' in r && r.error && !isBuiltIn(r.error.info));

const isBuiltIn = ({ container, reference }: ReferenceInfo): boolean =>
  (isVariable(container) && constants.has(reference.$refText)) || (isCall(container) && functions.has(reference.$refText));

function unknownFunction(name: string, own: string | undefined, ownName: string | undefined, place: Place): Diagnostic {
  if (randomFunctions.has(name)) return diagnose('reference/random', { name }, place);
  const builtIn = mostLike(name, functions.keys(), (f) => f);
  return withReplacement(diagnose('reference/function', { name, suggestion: builtIn ? `\`${builtIn}\`` : own }, place), builtIn ?? ownName);
}

/** The element that may have been meant: of the same name in another place, else of a name that is like it, in the same file if there is one. */
function similar(info: ReferenceInfo, path: string, services: LangiumCoreServices): CamelSymbol | undefined {
  const scopes = services.references.ScopeProvider as CamelScopeProvider;
  const name = lastName(path);
  const sameName = scopes.candidates(info, name).filter((s) => lastName(s.name) === name);
  const isAbbreviated = (s: CamelSymbol): boolean => s.type === SingleUnit.$type && abbreviations(lastName(s.name)).includes(name.toLowerCase());
  const likeIn = (candidates: readonly CamelSymbol[]): CamelSymbol | undefined => candidates.find(isAbbreviated) ?? mostLike(name, candidates, (s) => lastName(s.name));
  return mostLike(path, sameName, (s) => s.name) ?? sameName[0] ?? likeIn(scopes.candidatesNearby(info)) ?? likeIn(scopes.candidates(info));
}

/** GB for GigaBytes, GHz for GigaHertz, ms for MilliSeconds, in lower case. A bit is written in full. */
function abbreviations(unit: string): string[] {
  const [, prefix, base] = /^([A-Z][a-z]+)([A-Z][a-z]+)$/.exec(unit) ?? [];
  if (!prefix || !base || base.startsWith('Bit')) return [];
  const factor = prefix === 'Micro' ? 'u' : prefix[0]!.toLowerCase();
  return [factor + base[0]!.toLowerCase(), ...(base === 'Hertz' ? [`${factor}hz`] : [])];
}

/** How to write it there, and where it is declared. */
function describe(symbol: CamelSymbol, { container }: ReferenceInfo): string {
  const written = writtenAt(symbol, container);
  if (isLibraryUri(symbol.documentUri)) return `\`${written}\` (standard library)`;
  if (!symbol.node) return `\`${written}\``;
  const line = placeOfName(symbol.node).range.start.line + 1;
  return `\`${written}\` (${fileOf(AstUtils.getDocument(symbol.node))}:${line})`;
}
