import { AstUtils, DefaultAstNodeLocator, type AstNode, type AstNodeDescription, type LangiumDocument, type URI } from 'langium';
import { isCamelModel, isVariable, type CamelFile, type MmsObject } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';
import { childrenOf, forEachChild } from '../tree.js';
import type { Facts } from '../meaning/facts.js';

/** A named element as others refer to it. `name` is its path without the camel model: `SubModel.Element.Inner`. */
export interface CamelSymbol extends AstNodeDescription {
  /** The camel model that holds it. */
  camelModel: string;
  /** Of the standard library: what checks must know of it. */
  facts?: Facts;
}

/** The symbols of one document, by path, by last name, and by spelling-tolerant path. */
export class SymbolTable {
  private byPath: Map<string, CamelSymbol[]> | undefined;
  private camelModels: Set<string> | undefined;
  private byName: Map<string, CamelSymbol[]> | undefined;
  private byNormalisedPath: Map<string, CamelSymbol[]> | undefined;

  constructor(private all: readonly CamelSymbol[]) {}

  get symbols(): readonly CamelSymbol[] {
    return this.all;
  }
  set symbols(symbols: readonly CamelSymbol[]) {
    this.all = symbols;
    this.byPath = this.camelModels = this.byName = this.byNormalisedPath = undefined;
  }

  /** Those of that path; the path may begin with the camel model. */
  atPath(path: string): readonly CamelSymbol[] {
    this.byPath ??= groupBy(this.all, (s) => s.name);
    return this.byPath.get(path) ?? this.belowCamelModel(path, this.byPath) ?? [];
  }

  private belowCamelModel(path: string, byPath: ReadonlyMap<string, CamelSymbol[]>): CamelSymbol[] | undefined {
    this.camelModels ??= new Set(this.all.map((s) => s.camelModel));
    const dot = path.indexOf('.');
    const camelModel = path.slice(0, Math.max(0, dot));
    return this.camelModels.has(camelModel) ? byPath.get(path.slice(dot + 1))?.filter((s) => s.camelModel === camelModel) : undefined;
  }

  named(name: string): readonly CamelSymbol[] {
    return this.groupsByName().get(name) ?? [];
  }

  /** The last names of its symbols. */
  names(): Iterable<string> {
    return this.groupsByName().keys();
  }

  private groupsByName(): Map<string, CamelSymbol[]> {
    return (this.byName ??= groupBy(this.all, (s) => lastName(s.name)));
  }

  /** The metadata of that path, however it is spelt. */
  atNormalisedPath(path: string): readonly CamelSymbol[] {
    this.byNormalisedPath ??= groupBy(this.all.filter(isMetadata), (s) => normalisedPath(s.name));
    return this.byNormalisedPath.get(normalisedPath(path)) ?? [];
  }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group) group.push(item);
    else groups.set(k, [item]);
  }
  return groups;
}

export const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
/** What stands before the last name of a path; empty where that is all. */
export const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/**
 * The schemas of metadata in use differ in spelling only: case, underscores and trailing digits
 * (`MetaDataModel`, `MetadataModel`; `Processing_`, `Processing`; `hasCapacity_2`).
 */
export const normalisedPath = (path: string): string =>
  path
    .split('.')
    .map((segment) =>
      segment
        .toLowerCase()
        .replaceAll('_', '')
        .replace(/(?<=\D)\d+$/, ''),
    )
    .join('.');

const locator = new DefaultAstNodeLocator();

/** All named elements of the document. */
export const symbolsOf = (document: LangiumDocument): CamelSymbol[] =>
  ((document.parseResult.value as CamelFile).models ?? []).flatMap((model) => childrenOf(model).flatMap((child) => symbolsAt(child, '', model.name, document)));

/**
 * The named elements at and below a node, parents first.
 * @param path of what holds the node, without the camel model
 */
export function symbolsAt(node: AstNode, path: string, camelModel: string, document: LangiumDocument): CamelSymbol[] {
  const symbols: CamelSymbol[] = [];
  const visit = (inner: AstNode, holder: string): void => {
    const name = nameOf(inner);
    const innerPath = !name ? holder : holder ? `${holder}.${name}` : name;
    if (name) symbols.push(new ElementSymbol(inner, innerPath, camelModel, document.uri));
    forEachChild(inner, (child) => visit(child, innerPath));
  };
  visit(node, path);
  return symbols;
}

/** Of a document of the user's. A class, as there are many: what is the same for all is no part of each. */
class ElementSymbol implements CamelSymbol {
  readonly type: string;

  constructor(
    public node: AstNode,
    readonly name: string,
    readonly camelModel: string,
    readonly documentUri: URI,
  ) {
    this.type = node.$type;
  }

  get path(): string {
    return locator.getAstNodePath(this.node);
  }
}

export const nameOf = (node: AstNode): string | undefined => (node as { name?: string }).name;

/** The names of the elements around and at the node, outermost first, without the camel model. */
export function pathOf(node: AstNode | undefined): string[] {
  const names: string[] = [];
  for (let n = node; n && !isCamelModel(n); n = n.$container) {
    const name = nameOf(n);
    if (name) names.unshift(name);
  }
  return names;
}

export const camelModelOf = (node: AstNode): string | undefined => AstUtils.getContainerOfType(node, isCamelModel)?.name;

/** The name by which every other model can refer to the element: `CamelModel.SubModel.Element`. */
export const qualifiedNameOf = (node: AstNode): string => [camelModelOf(node), ...pathOf(node)].join('.');

const metadata: ReadonlySet<string> = new Set<MmsObject['$type']>(['Concept', 'MmsProperty', 'ConceptInstance', 'PropertyInstance']);
/** What is found by its path however that is spelt. */
export const isMetadata = ({ type }: CamelSymbol): boolean => metadata.has(type);

/** How a reference of the node names the symbol: a formula by its last name, the same sub-model without its own name, the standard library in full. */
export function writtenAt(symbol: CamelSymbol, node: AstNode): string {
  if (isVariable(node)) return lastName(symbol.name);
  // Annotations have no camel model.
  if (isMetadata(symbol)) return symbol.name;
  if (isLibraryUri(symbol.documentUri)) return `${symbol.camelModel}.${symbol.name}`;
  const [subModel] = pathOf(node);
  const isOwn = symbol.camelModel === camelModelOf(node) && symbol.name.startsWith(`${subModel}.`);
  return isOwn ? symbol.name.slice(subModel!.length + 1) : symbol.name;
}
