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
    return this.index.allTables().flatMap((table) => table.symbols.filter(fits));
  }

  private resolve(info: ReferenceInfo, name: string): CamelSymbol | undefined {
    const { container } = info;
    const fits = this.filterOf(info);
    const camelModel = camelModelOf(container);
    const pick = (symbols: readonly CamelSymbol[]): CamelSymbol | undefined => {
      const fitting = symbols.filter(fits);
      return fitting.find((s) => s.camelModel === camelModel) ?? fitting[0];
    };
    const own = this.index.tableOf(AstUtils.getDocument(container).uri);
    if (isVariable(container)) return this.formulaSymbol(container, name, own, pick);

    const namespace = pathOf(container);
    for (let depth = namespace.length; depth > 0; depth--) {
      const found = own && pick(own.atPath(`${namespace.slice(0, depth).join('.')}.${name}`));
      if (found) return found;
    }
    const ofOwn = own && pick(own.atPath(name));
    if (ofOwn) return ofOwn;
    const tables = this.index.allTables(lastName(name));
    return first(tables, (t) => pick(t.atPath(name))) ?? this.otherwise(info, name, own ? [own, ...tables] : tables, pick);
  }

  /** The ways to find an element that does not stand at the path of the name. */
  private otherwise(info: ReferenceInfo, name: string, tables: readonly SymbolTable[], pick: Pick): CamelSymbol | undefined {
    const type = this.reflection.getReferenceType(info);
    if (type === MmsObject.$type || type === Concept.$type) return first(this.index.allTables(), (t) => pick(t.atNormalisedPath(name)));
    // `Component.port`, and a region or a cloud location by its parent, from outside of the model that holds them.
    const end = `.${name}`;
    return name.includes('.') ? first(tables, (t) => pick(t.named(lastName(name)).filter((s) => s.name.endsWith(end)))) : undefined;
  }

  /** A bare name in a formula: the parameters of its function, then the same sub-model, the same camel model, all others. */
  private formulaSymbol(variable: AstNode, name: string, own: SymbolTable | undefined, pick: Pick): CamelSymbol | undefined {
    const owner = AstUtils.getContainerOfType(variable, isFormula)?.$container;
    const subModel = pathOf(owner)[0];
    const inFunction = isMetricFunction(owner) ? own?.atPath(pathOf(owner).concat(name).join('.')) : undefined;
    return (
      (inFunction && pick(inFunction)) ??
      (own && (pick(own.atPath(`${subModel}.${name}`)) ?? pick(own.named(name)))) ??
      first(this.index.allTables(name), (t) => pick(t.named(name)))
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

const isVisibleParameter = (s: CamelSymbol, owner: AstNode | undefined): boolean =>
  s.type !== ('FunctionParameter' satisfies FunctionParameter['$type']) || (isMetricFunction(owner) && s.node?.$container === owner);

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
