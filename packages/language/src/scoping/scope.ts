import {
  AstUtils,
  DefaultScopeComputation,
  MultiMap,
  stream,
  UriUtils,
  type AstNode,
  type AstNodeDescription,
  type AstReflection,
  type LangiumCoreServices,
  type LangiumDocument,
  type LocalSymbols,
  type ReferenceInfo,
  type Scope,
  type ScopeProvider,
} from 'langium';
import { isCompositeUnit, isDeploymentModel, isFormula, isMetricFunction, isVariable, MmsObject, Concept, RequirementSet, Unit, type FunctionParameter } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';
import type { PlacedReference } from '../tree.js';
import { symbolIndexOf, type CamelIndexManager } from './symbol-index.js';
import { camelModelOf, lastName, pathOf, symbolsOf, type CamelSymbol, type SymbolTable } from './symbols.js';

/** All names are global, found by path; there are no local symbols to compute. */
export class CamelScopeComputation extends DefaultScopeComputation {
  override collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
    return Promise.resolve(symbolsOf(document));
  }
  override collectLocalSymbols(): Promise<LocalSymbols> {
    return Promise.resolve(new MultiMap<AstNode, AstNodeDescription>());
  }
}

/**
 * What a name means where it stands. A name is the end of a path that begins at any of the enclosing elements, the innermost
 * first; else at the top of this or another document, with or without the camel model. Only elements of the right kind count,
 * as names are unique for each kind only. Each lookup is a few probes of a map.
 */
export class CamelScopeProvider implements ScopeProvider {
  private readonly index: CamelIndexManager;
  private readonly reflection: AstReflection;
  /** By the list of a document's references, which is another after each time that it is linked. */
  private readonly knownRivals = new WeakMap<object, ReadonlyMap<PlacedReference, readonly CamelSymbol[]>>();

  /** What is in the library, by type and path: a few names are used very often. */
  private libraryNames: { tables: readonly SymbolTable[]; ofTypes: Map<string, Map<string, CamelSymbol | undefined>> } = { tables: [], ofTypes: new Map() };

  constructor(services: LangiumCoreServices) {
    this.index = symbolIndexOf(services.shared);
    this.reflection = services.shared.AstReflection;
  }

  getScope(info: ReferenceInfo): Scope {
    return {
      getElement: (name) => this.find(info, name),
      getElements: (name) => {
        const found = this.find(info, name);
        return stream(found ? [found] : []);
      },
      getAllElements: () => stream(this.candidates(info)),
    };
  }

  /**
   * Everything of the right kind, wherever it stands.
   * @param name only where a path ends in that name
   */
  candidates(info: ReferenceInfo, name?: string): CamelSymbol[] {
    return this.fitting(info, this.index.allTables(AstUtils.getDocument(info.container).uri, name));
  }

  /** Everything of the right kind in the document itself and in the library. */
  candidatesNearby(info: ReferenceInfo): CamelSymbol[] {
    const own = this.index.tableOf(AstUtils.getDocument(info.container).uri);
    return this.fitting(info, [...(own ? [own] : []), ...this.index.visibleLibrary]);
  }

  /** What stands at the path of the name, and is not of the kind that is wanted there. */
  ofAnotherKind({ container }: ReferenceInfo, name: string): CamelSymbol | undefined {
    const { uri } = AstUtils.getDocument(container);
    const own = this.index.tableOf(uri);
    const first: Pick = ([symbol]) => symbol;
    return (own && this.around(container, name, own, first)) ?? firstIn(this.index.allTables(uri, lastName(name)), (table) => first(table.atPath(name)));
  }

  private fitting(info: ReferenceInfo, tables: readonly SymbolTable[]): CamelSymbol[] {
    const fits = this.filterOf(info);
    return tables.flatMap((table) => table.symbols.filter(fits));
  }

  /** What names of the document could mean as well, in other documents that are as near as those in which stands what they mean. */
  rivals({ references, uri }: LangiumDocument): ReadonlyMap<PlacedReference, readonly CamelSymbol[]> {
    const known = this.knownRivals.get(references);
    if (known) return known;
    const found = new Map<PlacedReference, readonly CamelSymbol[]>();
    this.knownRivals.set(references, found);
    for (const reference of references as PlacedReference[]) {
      const { $nodeDescription: target, $refText: name } = reference;
      if (!target || target.documentUri === uri || isLibraryUri(target.documentUri) || !this.index.isShared(lastName(name)) || UriUtils.equals(target.documentUri, uri)) continue;
      const rivals: CamelSymbol[] = [];
      this.find({ reference, container: reference.node, property: reference.property }, name, rivals);
      if (rivals.length > 0) found.set(reference, rivals);
    }
    return found;
  }

  /**
   * What the name means.
   * @param rivals takes what is as near as the result
   */
  find(info: ReferenceInfo, name: string, rivals?: CamelSymbol[]): CamelSymbol | undefined {
    const { container } = info;
    const type = this.reflection.getReferenceType(info);
    const { uri } = AstUtils.getDocument(container);
    const last = lastName(name);
    if (!isVariable(container) && !isLibraryUri(uri) && this.index.isOfLibrary(last, metadataTypes.has(type))) return this.inLibrary(type, name);

    const fits = this.filterOf(info);
    const camelModel = camelModelOf(container);
    const pick: Pick = (symbols) => {
      const fitting = symbols.filter(fits);
      return fitting.find((s) => s.camelModel === camelModel) ?? fitting[0];
    };
    const own = this.index.tableOf(uri);
    const nearest: Nearest = (tables, find) => {
      const i = tables.findIndex((table) => find(table) !== undefined);
      if (i < 0) return undefined;
      const table = tables[i]!;
      const steps = rivals && own ? this.index.distance(own, table) : Infinity;
      if (steps < Infinity) rivals!.push(...tables.slice(i + 1).flatMap((other) => (this.index.distance(own!, other) === steps ? (find(other) ?? []) : [])));
      return find(table);
    };
    if (isVariable(container)) return this.formulaSymbol(container, name, own, pick, nearest);

    const ofOwn = own?.named(last).some((s) => s.name.endsWith(name) || name.endsWith(s.name)) && this.around(container, name, own, pick);
    if (ofOwn) return ofOwn;
    const tables = this.index.allTables(uri, last);
    const all = (): SymbolTable[] => this.index.allTables(uri);
    return nearest(tables, (t) => pick(t.atPath(name))) ?? this.otherwise(type, name, own && isLibraryUri(uri) ? [own, ...tables] : tables, all, pick, nearest);
  }

  /** What stands at the path in one of the elements around, the innermost first, or at the top of the document. */
  private around(container: AstNode, name: string, own: SymbolTable, pick: Pick): CamelSymbol | undefined {
    const namespace = pathOf(container);
    for (let depth = namespace.length; depth > 0; depth--) {
      const found = pick(own.atPath(`${namespace.slice(0, depth).join('.')}.${name}`));
      if (found) return found;
    }
    return pick(own.atPath(name));
  }

  /** What the library has for the name: the same wherever that stands. */
  private inLibrary(type: string, name: string): CamelSymbol | undefined {
    const tables = this.index.visibleLibrary;
    if (this.libraryNames.tables !== tables) this.libraryNames = { tables, ofTypes: new Map() };
    const { ofTypes } = this.libraryNames;
    const names = ofTypes.get(type) ?? new Map<string, CamelSymbol | undefined>();
    ofTypes.set(type, names);
    if (!names.has(name)) {
      const pick: Pick = (symbols) => symbols.find((s) => this.reflection.isSubtype(s.type, type));
      names.set(name, firstIn(tables, (t) => pick(t.atPath(name))) ?? this.otherwise(type, name, tables, () => tables, pick, firstIn));
    }
    return names.get(name);
  }

  /** The ways to find an element that does not stand at the path of the name. */
  private otherwise(type: string, name: string, tables: readonly SymbolTable[], all: () => readonly SymbolTable[], pick: Pick, nearest: Nearest): CamelSymbol | undefined {
    if (metadataTypes.has(type)) return nearest(all(), (t) => pick(t.atNormalisedPath(name)));
    // `Component.port`, and a region or a cloud location by its parent, from outside of the model that holds them.
    const end = `.${name}`;
    return name.includes('.') ? nearest(tables, (t) => pick(t.named(lastName(name)).filter((s) => s.name.endsWith(end)))) : undefined;
  }

  /** A bare name in a formula: the parameters of its function, then the same sub-model, the same camel model, all others. */
  private formulaSymbol(variable: AstNode, name: string, own: SymbolTable | undefined, pick: Pick, nearest: Nearest): CamelSymbol | undefined {
    const owner = AstUtils.getContainerOfType(variable, isFormula)?.$container;
    const subModel = pathOf(owner)[0];
    const inFunction = isMetricFunction(owner) ? own?.atPath(pathOf(owner).concat(name).join('.')) : undefined;
    return (
      (inFunction && pick(inFunction)) ??
      (own && (pick(own.atPath(`${subModel}.${name}`)) ?? pick(own.named(name)))) ??
      nearest(this.index.allTables(AstUtils.getDocument(variable).uri, name), (t) => pick(t.named(name)))
    );
  }

  private filterOf(info: ReferenceInfo): (symbol: CamelSymbol) => boolean {
    const { container } = info;
    const type = this.reflection.getReferenceType(info);
    if (isVariable(container)) {
      const owner = AstUtils.getContainerOfType(container, isFormula)?.$container;
      if (isCompositeUnit(owner)) return (s) => this.reflection.isSubtype(s.type, Unit.$type);
      return (s) => this.reflection.isSubtype(s.type, type) && !this.reflection.isSubtype(s.type, Unit.$type) && isVisibleParameter(s, owner);
    }
    const deployment = type === RequirementSet.$type ? AstUtils.getContainerOfType(container, isDeploymentModel) : undefined;
    // The requirement sets of a component are those of its deployment model.
    if (deployment) return (s) => s.type === type && AstUtils.getContainerOfType(s.node, isDeploymentModel) === deployment;
    return (s) => this.reflection.isSubtype(s.type, type);
  }
}

type Pick = (symbols: readonly CamelSymbol[]) => CamelSymbol | undefined;
/** The first that is found in the tables, of which the nearest come first. */
type Nearest = (tables: readonly SymbolTable[], find: (table: SymbolTable) => CamelSymbol | undefined) => CamelSymbol | undefined;

function firstIn(tables: readonly SymbolTable[], find: (table: SymbolTable) => CamelSymbol | undefined): CamelSymbol | undefined {
  for (const table of tables) {
    const found = find(table);
    if (found) return found;
  }
  return undefined;
}

/** References to metadata are right however they are spelt. */
const metadataTypes: ReadonlySet<string> = new Set([MmsObject.$type, Concept.$type]);

const isVisibleParameter = (s: CamelSymbol, owner: AstNode | undefined): boolean =>
  s.type !== ('FunctionParameter' satisfies FunctionParameter['$type']) || (isMetricFunction(owner) && s.node?.$container === owner);
