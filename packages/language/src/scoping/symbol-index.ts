import {
  DefaultAstNodeLocator,
  DefaultIndexManager,
  stream,
  UriUtils,
  type AstNode,
  type CstNode,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type ParseResult,
  type ReferenceDescription,
  type Stream,
  type URI,
} from 'langium';
import { isCamelModel, SubModel } from '../generated/ast.js';
import type { Library } from '../library/library.js';
import { fileOf } from '../place.js';
import { visitTree, type PlacedReference } from '../tree.js';
import { CamelModels } from './camel-models.js';
import { distance } from './distance.js';
import { camelModelOf, isMetadata, lastName, nameOf, normalisedPath, pathOf, symbolsOf, symbolsAt, SymbolTable, type CamelSymbol } from './symbols.js';

/**
 * The symbols of all documents and of the standard library. A symbol stays the same object as long as its element keeps its path and kind,
 * whatever else is edited; so references can hold it, and only those to the names that did change have to be looked up again.
 */
export class CamelIndexManager extends DefaultIndexManager {
  readonly camelModels = new CamelModels();
  private readonly tables = new Map<string, SymbolTable>();
  /** Where the documents of the tables are, for a user. */
  private readonly files = new Map<SymbolTable, string>();
  /** How far other documents are from one, as far as it was asked. */
  private readonly distances = new WeakMap<SymbolTable, Map<SymbolTable, number>>();
  /** The documents' tables in which a last name occurs: most are in one. */
  private readonly holders = new Map<string, SymbolTable | Set<SymbolTable>>();
  private libraryTables: readonly SymbolTable[] | undefined;
  /** How much metadata the documents have. */
  private metadata = 0;
  /** How often documents have each sub-model. */
  private readonly subModels = new Map<string, number>();
  private changed = new Set<string>();
  /** The tree of each document whose symbols the index has. */
  private readonly indexed = new WeakMap<LangiumDocument, ParseResult>();

  constructor(
    services: LangiumSharedCoreServices,
    private readonly library: Library,
  ) {
    super(services);
  }

  override async updateContent(document: LangiumDocument): Promise<void> {
    if (this.indexed.get(document) !== document.parseResult) this.replace(document, 0, Infinity, symbolsOf(document));
  }

  /**
   * Takes note that one element of the document has been replaced by another in the same place.
   * @param former the result of the parser before
   */
  exchangeContent(document: LangiumDocument, former: ParseResult, before: AstNode, after: AstNode): void {
    if (this.indexed.get(document) !== former) return;
    const holder = after.$container!;
    const nodes: AstNode[] = [];
    visitTree(before, (node) => void (nameOf(node) && nodes.push(node)));
    const table = this.tables.get(document.uri.toString());
    const start = table?.symbols.findIndex((s) => s.node === nodes[0]) ?? -1;
    if (start < 0 || isCamelModel(after)) this.replace(document, 0, Infinity, symbolsOf(document));
    else this.replace(document, start, nodes.length, symbolsAt(after, pathOf(holder).join('.'), camelModelOf(holder)!, document));
  }

  /** Puts the symbols in the place of some of the document's. Those that are alike stay the same object. */
  private replace(document: LangiumDocument, start: number, count: number, fresh: readonly CamelSymbol[]): void {
    this.indexed.set(document, document.parseResult);
    this.camelModels.update(document);
    const uri = document.uri.toString();
    const table = this.tables.get(uri) ?? new SymbolTable([]);
    this.tables.set(uri, table);
    this.files.set(table, fileOf(document));
    const former = table.symbols.slice(start, start + count);
    const known = new Map<string, CamelSymbol[]>();
    for (const symbol of former.toReversed()) {
      const key = keyOf(symbol);
      const alike = known.get(key);
      if (alike) alike.push(symbol);
      else known.set(key, [symbol]);
    }
    const renewed = (symbol: CamelSymbol): CamelSymbol => {
      const same = known.get(keyOf(symbol))?.pop();
      return same ? Object.assign(same, { node: symbol.node }) : symbol;
    };
    const symbols = known.size === 0 ? fresh : fresh.map(renewed);
    const shorter = Math.min(former.length, symbols.length);
    let alike = 0;
    while (alike < shorter && former[alike] === symbols[alike]) alike++;
    if (alike === former.length && alike === symbols.length) return;
    let alikeAtEnd = 0;
    while (alikeAtEnd < shorter - alike && former.at(-1 - alikeAtEnd) === symbols.at(-1 - alikeAtEnd)) alikeAtEnd++;

    const removed = former.slice(alike, former.length - alikeAtEnd);
    const added = symbols.slice(alike, symbols.length - alikeAtEnd);
    table.symbols = [...table.symbols.slice(0, start), ...symbols, ...table.symbols.slice(start + count)];
    this.symbolIndex.set(uri, table.symbols as CamelSymbol[]);
    this.symbolByTypeIndex.clear(uri);
    this.noteChange(table, removed, added);
  }

  private noteChange(table: SymbolTable, removed: readonly CamelSymbol[], added: readonly CamelSymbol[]): void {
    for (const name of new Set(removed.map((s) => lastName(s.name)))) {
      this.changed.add(name);
      if (table.named(name).length === 0) this.removeHolder(name, table);
    }
    for (const symbol of added) {
      const name = lastName(symbol.name);
      this.changed.add(name);
      const holders = this.holders.get(name);
      if (holders === undefined) this.holders.set(name, table);
      else if (holders instanceof Set) holders.add(table);
      else if (holders !== table) this.holders.set(name, new Set([holders, table]));
    }
    for (const symbol of removed) this.count(symbol, -1);
    for (const symbol of added) this.count(symbol, 1);
  }

  private removeHolder(name: string, table: SymbolTable): void {
    const holders = this.holders.get(name);
    if (holders === table) this.holders.delete(name);
    else if (holders instanceof Set && holders.delete(table) && holders.size === 0) this.holders.delete(name);
  }

  private holdersOf(name: string): SymbolTable[] {
    const holders = this.holders.get(name);
    return holders === undefined ? [] : holders instanceof Set ? [...holders] : [holders];
  }

  private count(symbol: CamelSymbol, change: 1 | -1): void {
    if (isMetadata(symbol)) this.metadata += change;
    this.countSubModel(symbol, change);
  }

  /** A sub-model of the user's hides that of the library; then what has a name from that may mean something else. */
  private countSubModel(symbol: CamelSymbol, change: 1 | -1): void {
    if (!this.isSubModel(symbol)) return;
    const key = subModelKey(symbol);
    const former = this.subModels.get(key) ?? 0;
    this.subModels.set(key, former + change);
    if (former > 0 && former + change > 0) return;
    for (const table of this.library.tables.values()) {
      if (!table.symbols.some((s) => this.isSubModel(s) && subModelKey(s) === key)) continue;
      this.libraryTables = undefined;
      for (const name of table.names()) this.changed.add(name);
    }
  }

  private isSubModel({ name, type }: CamelSymbol): boolean {
    return !name.includes('.') && this.astReflection.isSubtype(type, SubModel.$type);
  }

  override removeContent(uri: URI): void {
    super.removeContent(uri);
    this.camelModels.remove(uri.toString());
    const document = this.documents.getDocument(uri);
    if (document) this.indexed.delete(document);
    const table = this.tables.get(uri.toString());
    if (!table) return;
    this.tables.delete(uri.toString());
    this.files.delete(table);
    const { symbols } = table;
    table.symbols = [];
    this.noteChange(table, symbols, []);
  }

  /** The last names of the symbols that came or went since this was asked before. */
  takeChangedNames(): ReadonlySet<string> {
    const names = this.changed;
    this.changed = new Set();
    return names;
  }

  tableOf(uri: URI): SymbolTable | undefined {
    return this.tables.get(uri.toString()) ?? this.library.tables.get(uri.toString());
  }

  /**
   * Those of the user's documents, then the library's.
   * @param from the document from which the nearest comes first, then the first by path; without it they come in the order in which they were read
   * @param name only the documents in which a path ends in that name
   */
  allTables(from?: URI, name?: string): SymbolTable[] {
    const library = this.visibleLibrary;
    const tables = name === undefined ? [...this.tables.values()] : this.holdersOf(name);
    const start = from && this.tables.get(from.toString());
    if (tables.length > 1 && start) tables.sort((a, b) => this.distance(start, a) - this.distance(start, b) || (this.files.get(a)! < this.files.get(b)! ? -1 : 1));
    return [...tables, ...library];
  }

  /** The tables of the library; others when the user's documents replace other parts of it. */
  get visibleLibrary(): readonly SymbolTable[] {
    return (this.libraryTables ??= this.remainingLibrary());
  }

  /** Whether several of the user's documents have elements of the name. */
  isShared(name: string): boolean {
    const holders = this.holders.get(name);
    return holders instanceof Set && holders.size > 1;
  }

  /**
   * Whether no document of the user's can have what is meant.
   * @param name the last of its path
   * @param isMetadata whether it is found however it is spelt
   */
  isOfLibrary(name: string, isMetadata: boolean): boolean {
    return !this.holders.has(name) && !(isMetadata && this.metadata > 0);
  }

  /** How far the document of one table is from that of another; the library is at no place. */
  distance(from: SymbolTable, to: SymbolTable): number {
    let known = this.distances.get(from);
    if (!known) this.distances.set(from, (known = new Map<SymbolTable, number>()));
    let steps = known.get(to);
    if (steps === undefined) {
      const [here, there] = [this.files.get(from), this.files.get(to)];
      known.set(to, (steps = here === undefined || there === undefined ? Infinity : distance(here, there)));
    }
    return steps;
  }

  /** References are read off the documents when somebody asks for them. */
  override async updateReferences(): Promise<void> {}

  override findAllReferences(targetNode: AstNode): Stream<ReferenceDescription> {
    return stream(this.referencesTo((node) => node === targetNode));
  }

  /** The references, of all documents, to the element at that path in the tree of the document, and to what lies within it. */
  referencesInto(document: URI, path: string): ReferenceDescription[] {
    const within = `${path}/`;
    return this.referencesTo((_, symbol) => UriUtils.equals(symbol.documentUri, document) && `${symbol.path}/`.startsWith(within));
  }

  private referencesTo(isMeant: (node: AstNode | undefined, symbol: CamelSymbol) => boolean): ReferenceDescription[] {
    const meant = new Map<CamelSymbol, boolean>();
    const found: ReferenceDescription[] = [];
    for (const document of this.documents.all) {
      for (const reference of document.references as PlacedReference[]) {
        const symbol = reference.$nodeDescription as CamelSymbol | undefined;
        if (!symbol || !isInText(reference)) continue;
        if (!meant.has(symbol)) meant.set(symbol, isMeant(symbol.node, symbol));
        if (meant.get(symbol)) found.push(describe(reference, symbol, document));
      }
    }
    return found;
  }

  /** The library without the sub-models that a given document has too: the user's replace those of the library. */
  private remainingLibrary(): SymbolTable[] {
    return [...this.library.tables.values()].map((table) => {
      const replaced = new Set(table.symbols.filter((s) => this.isSubModel(s) && (this.subModels.get(subModelKey(s)) ?? 0) > 0).map((s) => s.name));
      return replaced.size === 0 ? table : new SymbolTable(table.symbols.filter((s) => !replaced.has(s.name.split('.', 1)[0]!)));
    });
  }
}

/** The index, with all that it knows beyond Langium's. */
export const symbolIndexOf = ({ workspace }: LangiumSharedCoreServices): CamelIndexManager => workspace.IndexManager as CamelIndexManager;

const subModelKey = ({ type, name }: CamelSymbol): string => `${type} ${normalisedPath(name)}`;
const keyOf = ({ type, camelModel, name }: CamelSymbol): string => `${type} ${camelModel} ${name}`;

type InText = PlacedReference & { $refNode: CstNode };
const isInText = (reference: PlacedReference): reference is InText => reference.$refNode !== undefined;

const locator = new DefaultAstNodeLocator();
function describe({ node, $refNode: { offset, end, length, range } }: InText, target: CamelSymbol, document: LangiumDocument): ReferenceDescription {
  return {
    sourceUri: document.uri,
    sourcePath: locator.getAstNodePath(node),
    targetUri: target.documentUri,
    targetPath: target.path,
    segment: { offset, end, length, range },
    local: UriUtils.equals(document.uri, target.documentUri),
  };
}
