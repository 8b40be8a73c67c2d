import { kindOf, lastName, normalisedPath, type CamelScopeProvider, type CamelSymbol } from '@camelc/language';
import type { ReferenceInfo } from 'langium';
import type { CompletionItem } from 'vscode-languageserver';
import { completionKindOf } from './completion-kinds.js';
import { rank, type ItemMaker } from './items.js';
import { dataOf } from './references.js';

/** A name of the metadata schema with its path. */
interface Entry {
  symbol: CamelSymbol;
  /** What is to be written behind what is typed already. */
  rest: string;
}

/** Many concepts have a name that is like the typed one; more of them help nobody. */
const mostFound = 50;

/**
 * The metadata schema has hundreds of names, so it is offered as the tree that it is: what lies directly below the path that is typed.
 * @param typed the path before the word: `MetaDataModel.MELODICMetadataSchema.`
 * @param word what is typed of the name; while no path is, it finds names at any depth
 */
export function annotationEntries(info: ReferenceInfo, typed: string, word: string, scopes: CamelScopeProvider): { level: Entry[]; found: Entry[] } {
  const candidates = scopes.candidates(info);
  const spelt = candidates.filter((symbol) => symbol.name.startsWith(typed));
  const prefix = normalisedPath(typed);
  const below = new Map<string, Entry>();
  for (const symbol of spelt.length > 0 ? spelt : candidates.filter((s) => normalisedPath(s.name).startsWith(prefix))) {
    const rest = symbol.name
      .split('.')
      .slice(typed.split('.').length - 1)
      .join('.');
    if (rest && !below.has(rest)) below.set(rest, { symbol, rest });
  }
  const entries = [...below.values()];
  const depth = ({ rest }: Entry): number => rest.split('.').length;
  // At the top stands the metadata model, which is no annotation itself.
  const top = Math.min(...entries.map(depth));
  const level = entries.filter((entry) => depth(entry) === top);
  const lower = word.toLowerCase();
  const matching = lower && !typed ? entries.filter((e) => depth(e) > top && lastName(e.rest).toLowerCase().includes(lower)) : [];
  const closeness = ({ rest }: Entry): number => (lastName(rest).toLowerCase().startsWith(lower) ? 0 : 1) * 100 + lastName(rest).length;
  return { level, found: matching.sort((a, b) => closeness(a) - closeness(b)).slice(0, mostFound) };
}

/** What the sorting of items for annotations begins with. */
const metadata = '1m';
export const isOfMetadata = (item: CompletionItem): boolean => item.sortText?.startsWith(metadata) ?? false;

export function annotationItems(
  { level, found }: { level: readonly Entry[]; found: readonly Entry[] },
  describe: (symbol: CamelSymbol) => string | undefined,
  make: ItemMaker,
): CompletionItem[] {
  const item = ({ symbol, rest }: Entry, sortText: string): CompletionItem => {
    const last = lastName(rest);
    return make.plain(rest, sortText, {
      kind: completionKindOf(symbol.type),
      detail: kindOf(symbol.type),
      ...(last !== rest && { filterText: `${last} ${rest}` }),
      data: dataOf(symbol),
    });
  };
  return [
    ...level.map((entry, i) => ({ ...item(entry, `${metadata}0${rank(i)}`), documentation: describe(entry.symbol) })),
    ...found.map((entry, i) => item(entry, `${metadata}1${rank(i)}`)),
  ];
}
