import { isLibraryUri, kindOf, lastName, parentPath, symbolIndexOf, type CamelSymbol } from '@camelc/language';
import { interruptAndCheck } from 'langium';
import type { LangiumServices, LangiumSharedServices, WorkspaceSymbolProvider } from 'langium/lsp';
import { CancellationToken, type WorkspaceSymbol, type WorkspaceSymbolParams } from 'vscode-languageserver';
import { rangeOfName } from '../navigation/names.js';
import { nodeAtPath } from '../navigation/uses.js';
import { symbolKindOf } from './symbol-kinds.js';

/** An editor asks again with each further letter. */
const mostSymbols = 200;

/**
 * Finds elements of all models by a part of their name: its beginning, the first letters of its words (`wSet`, `WS` for `WebSet`), or some of its letters in order.
 * `Web.Db` asks for a name within others; only then the standard library answers too.
 */
export class CamelWorkspaceSymbolProvider implements WorkspaceSymbolProvider {
  constructor(private readonly shared: LangiumSharedServices) {}

  async getSymbols({ query }: WorkspaceSymbolParams, cancelToken = CancellationToken.None): Promise<WorkspaceSymbol[]> {
    const [name = '', ...containers] = query
      .trim()
      .split(/[.\s]+/)
      .reverse();
    const found: { symbol: CamelSymbol; rank: number }[] = [];
    for (const { symbols } of symbolIndexOf(this.shared).allTables()) {
      await interruptAndCheck(cancelToken);
      const isLibrary = symbols[0] && isLibraryUri(symbols[0].documentUri);
      if (isLibrary && containers.length === 0) continue;
      for (const symbol of symbols) {
        const own = lastName(symbol.name);
        const rank = rankOf(name, own);
        if (rank !== undefined && liesWithin(containers, symbol)) found.push({ symbol, rank: (isLibrary ? 10_000 : 0) + rank * 1000 + own.length });
      }
    }
    found.sort((a, b) => a.rank - b.rank);
    return found.slice(0, mostSymbols).flatMap(({ symbol }) => this.toLsp(symbol) ?? []);
  }

  private toLsp(symbol: CamelSymbol): WorkspaceSymbol | undefined {
    const services = this.shared.ServiceRegistry.getServices(symbol.documentUri) as LangiumServices;
    const node = symbol.node ?? nodeAtPath(symbol.documentUri, symbol.path, services);
    const name = node && services.references.NameProvider.getNameNode(node);
    if (!name) return undefined;
    return {
      name: lastName(symbol.name),
      containerName: `${kindOf(symbol.type)} in ${containerOf(symbol)}`,
      kind: symbolKindOf(symbol.type),
      location: { uri: symbol.documentUri.toString(), range: rangeOfName(name) },
    };
  }
}

const containerOf = ({ camelModel, name }: CamelSymbol): string => parentPath(`${camelModel}.${name}`);

/** Whether the symbol lies within elements that have names like these, the innermost first. */
function liesWithin(names: readonly string[], symbol: CamelSymbol): boolean {
  if (names.length === 0) return true;
  const segments = containerOf(symbol).split('.');
  return names.every((name) => {
    for (let segment = segments.pop(); segment !== undefined; segment = segments.pop()) if ((rankOf(name, segment) ?? Infinity) < 3) return true;
    return false;
  });
}

/** How well the letters fit the name, 0 best; undefined where they do not. */
function rankOf(letters: string, name: string): number | undefined {
  if (letters.length > name.length) return undefined;
  const [query, text] = [letters.toLowerCase(), name.toLowerCase()];
  const at = text.indexOf(query);
  if (at === 0) return letters.length === name.length ? 0 : 1;
  if (isSubsequence(query, beginningsOfWords(name))) return 2;
  if (at > 0) return 3;
  return isSubsequence(query, text) ? 4 : undefined;
}

const beginningsOfWords = (name: string): string => name.replaceAll(/(?<=[A-Za-z0-9])[a-z0-9]|_/g, '').toLowerCase();

function isSubsequence(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
