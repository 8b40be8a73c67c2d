import { AstUtils, DefaultAstNodeLocator, type AstNode, type AstNodeDescription, type LangiumDocument } from 'langium';
import { isCamelModel, isVariable, type CamelFile, type MmsObject } from '../generated/ast.js';
import { isLibraryUri } from '../library/uris.js';

/** A named element as others refer to it. `name` is its path without the camel model: `SubModel.Element.Inner`. */
export interface CamelSymbol extends AstNodeDescription {
  /** The camel model that holds it. */
  camelModel: string;
}

/** The symbols of one document, by path, by last name, and by spelling-tolerant path. */
export class SymbolTable {
  private readonly byPath: Map<string, CamelSymbol[]>;
  private byName: Map<string, CamelSymbol[]> | undefined;
  private byNormalisedPath: Map<string, CamelSymbol[]> | undefined;

  constructor(readonly symbols: readonly CamelSymbol[]) {
    this.byPath = groupBy(symbols, (s) => s.name);
  }

  /** Those of that path; the path may begin with the camel model. */
  atPath(path: string): readonly CamelSymbol[] {
    return this.byPath.get(path) ?? this.belowCamelModel(path) ?? [];
  }

  private belowCamelModel(path: string): CamelSymbol[] | undefined {
    const dot = path.indexOf('.');
    const found = dot < 0 ? undefined : this.byPath.get(path.slice(dot + 1));
    return found?.filter((s) => s.camelModel === path.slice(0, dot));
  }

  named(name: string): readonly CamelSymbol[] {
    this.byName ??= groupBy(this.symbols, (s) => lastName(s.name));
    return this.byName.get(name) ?? [];
  }

  atNormalisedPath(path: string): readonly CamelSymbol[] {
    this.byNormalisedPath ??= groupBy(this.symbols, (s) => normalisedPath(s.name));
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

/** All named elements of the document, in source order. */
export function symbolsOf(document: LangiumDocument): CamelSymbol[] {
  const symbols: CamelSymbol[] = [];
  const visit = (node: AstNode, path: string, camelModel: string): void => {
    for (const child of AstUtils.streamContents(node)) {
      const name = nameOf(child);
      const childPath = !name ? path : path ? `${path}.${name}` : name;
      if (name) symbols.push(symbolOf(child, childPath, camelModel, document));
      visit(child, childPath, camelModel);
    }
  };
  for (const model of (document.parseResult.value as CamelFile).models ?? []) visit(model, '', model.name);
  return symbols;
}

function symbolOf(node: AstNode, name: string, camelModel: string, document: LangiumDocument): CamelSymbol {
  let path: string | undefined;
  return {
    node,
    name,
    camelModel,
    type: node.$type,
    documentUri: document.uri,
    get path() {
      return (path ??= locator.getAstNodePath(node));
    },
  };
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

/** How a reference of the node names the symbol: a formula by its last name, the same sub-model without its own name, the standard library in full. */
export function writtenAt(symbol: CamelSymbol, node: AstNode): string {
  if (isVariable(node)) return lastName(symbol.name);
  // Annotations have no camel model.
  if (metadata.has(symbol.type)) return symbol.name;
  if (isLibraryUri(symbol.documentUri)) return `${symbol.camelModel}.${symbol.name}`;
  const [subModel] = pathOf(node);
  const isOwn = symbol.camelModel === camelModelOf(node) && symbol.name.startsWith(`${subModel}.`);
  return isOwn ? symbol.name.slice(subModel!.length + 1) : symbol.name;
}
