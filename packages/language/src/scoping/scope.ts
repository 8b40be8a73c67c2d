import {
  AstUtils,
  DefaultScopeComputation,
  MultiMap,
  stream,
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

  constructor(services: LangiumCoreServices) {
    this.index = symbolIndexOf(services.shared);
    this.reflection = services.shared.AstReflection;
  }

  getScope(info: ReferenceInfo): Scope {
    return {
      getElement: (name) => this.resolve(info, name),
      getElements: (name) => {
        const found = this.resolve(info, name);
        return stream(found ? [found] : []);
      },
      getAllElements: () => stream(this.candidates(info)),
    };
  }

  /** Everything of the right kind, wherever it stands. */
  candidates(info: ReferenceInfo): CamelSymbol[] {
    const fits = this.filterOf(info);
    return this.index.allTables(AstUtils.getDocument(info.container).uri).flatMap((table) => table.symbols.filter(fits));
  }

  /** What names of the document could mean as well, in other documents that are as near as those in which stands what they mean. */
  rivals({ references, uri }: LangiumDocument): ReadonlyMap<PlacedReference, readonly CamelSymbol[]> {
    const known = this.knownRivals.get(references);
    if (known) return known;
    const found = new Map<PlacedReference, readonly CamelSymbol[]>();
    this.knownRivals.set(references, found);
    const own = uri.toString();
    for (const reference of references as PlacedReference[]) {
      const { $nodeDescription: target, $refText: name } = reference;
      if (!target || !this.index.isShared(lastName(name)) || isLibraryUri(target.documentUri) || target.documentUri.toString() === own) continue;
      const rivals: CamelSymbol[] = [];
      this.resolve({ reference, container: reference.node, property: reference.property }, name, rivals);
      if (rivals.length > 0) found.set(reference, rivals);
    }
    return found;
  }

  /** @param rivals takes what is as near as the result */
  private resolve(info: ReferenceInfo, name: string, rivals?: CamelSymbol[]): CamelSymbol | undefined {
    const { container } = info;
    const fits = this.filterOf(info);
    const camelModel = camelModelOf(container);
    const pick = (symbols: readonly CamelSymbol[]): CamelSymbol | undefined => {
      const fitting = symbols.filter(fits);
      return fitting.find((s) => s.camelModel === camelModel) ?? fitting[0];
    };
    const { uri } = AstUtils.getDocument(container);
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

    const namespace = pathOf(container);
    for (let depth = namespace.length; depth > 0; depth--) {
      const found = own && pick(own.atPath(`${namespace.slice(0, depth).join('.')}.${name}`));
      if (found) return found;
    }
    const ofOwn = own && pick(own.atPath(name));
    if (ofOwn) return ofOwn;
    const tables = this.index.allTables(uri, lastName(name));
    return nearest(tables, (t) => pick(t.atPath(name))) ?? this.otherwise(info, name, own && isLibraryUri(uri) ? [own, ...tables] : tables, pick, nearest);
  }

  /** The ways to find an element that does not stand at the path of the name. */
  private otherwise(info: ReferenceInfo, name: string, tables: readonly SymbolTable[], pick: Pick, nearest: Nearest): CamelSymbol | undefined {
    const type = this.reflection.getReferenceType(info);
    if (type === MmsObject.$type || type === Concept.$type) return nearest(this.index.allTables(AstUtils.getDocument(info.container).uri), (t) => pick(t.atNormalisedPath(name)));
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

const isVisibleParameter = (s: CamelSymbol, owner: AstNode | undefined): boolean =>
  s.type !== ('FunctionParameter' satisfies FunctionParameter['$type']) || (isMetricFunction(owner) && s.node?.$container === owner);
