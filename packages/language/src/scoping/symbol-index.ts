import { DefaultIndexManager, type LangiumDocument, type LangiumSharedCoreServices, type ReferenceDescription, type URI } from 'langium';
import type { Library } from '../library/library.js';
import { isSubModel } from '../generated/ast.js';
import { normalisedPath, SymbolTable, type CamelSymbol } from './symbols.js';

/** The symbols of all documents and of the standard library. */
export class CamelIndexManager extends DefaultIndexManager {
  private readonly tables = new Map<string, SymbolTable>();
  private libraryTables: readonly SymbolTable[] | undefined;

  constructor(
    services: LangiumSharedCoreServices,
    private readonly library: Library,
  ) {
    super(services);
  }

  override async updateContent(document: LangiumDocument): Promise<void> {
    await super.updateContent(document);
    const uri = document.uri.toString();
    this.tables.set(uri, new SymbolTable((this.symbolIndex.get(uri) ?? []) as CamelSymbol[]));
    this.libraryTables = undefined;
  }

  override removeContent(uri: URI): void {
    super.removeContent(uri);
    this.tables.delete(uri.toString());
    this.libraryTables = undefined;
  }

  tableOf(uri: URI): SymbolTable | undefined {
    return this.tables.get(uri.toString()) ?? this.library.tables.get(uri.toString());
  }

  /** Those of the given documents in the order in which they came, then the library's. */
  allTables(): SymbolTable[] {
    return [...this.tables.values(), ...(this.libraryTables ??= this.remainingLibrary())];
  }

  /** The references, of all documents, to the element at that path in the tree of the document, and to what lies within it. */
  referencesInto(document: URI, path: string): ReferenceDescription[] {
    const uri = document.toString();
    const within = `${path}/`;
    return [...this.referenceIndex.values()].flatMap((references) =>
      references.filter((r) => (r.targetPath === path || r.targetPath.startsWith(within)) && r.targetUri.toString() === uri),
    );
  }

  /** The library without the sub-models that a given document has too: the user's replace those of the library. */
  private remainingLibrary(): SymbolTable[] {
    const given = new Set<string>();
    for (const table of this.tables.values()) {
      for (const symbol of table.symbols) if (isSubModel(symbol.node)) given.add(subModelKey(symbol));
    }
    return [...this.library.tables.values()].map((table) => {
      const replaced = new Set(table.symbols.filter((s) => !s.name.includes('.') && given.has(subModelKey(s))).map((s) => s.name));
      return replaced.size === 0 ? table : new SymbolTable(table.symbols.filter((s) => !replaced.has(s.name.split('.', 1)[0]!)));
    });
  }
}

const subModelKey = ({ type, name }: CamelSymbol): string => `${type} ${normalisedPath(name)}`;
