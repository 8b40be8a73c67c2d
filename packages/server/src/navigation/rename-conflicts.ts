import { CamelScopeProvider, constants, functions, isCamelModel, kindOf, nameOf, SymbolTable, symbolIndexOf, type CamelIndexManager, type CamelSymbol } from '@camelc/language';
import {
  AstUtils,
  UriUtils,
  type AstNode,
  type AstNodeDescription,
  type LangiumCoreServices,
  type LangiumDocument,
  type Mutable,
  type Reference,
  type ReferenceInfo,
} from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { placeText } from './names.js';

/**
 * Why the element cannot have that name: another one has it, or some reference would come to mean something else.
 * @param elements the declarations of the element
 */
export function conflictOf(elements: readonly AstNode[], name: string, services: LangiumServices): string | undefined {
  const [element] = elements;
  const { $container, $type } = element!;
  const namesake = $container && AstUtils.streamContents($container).find((other) => other.$type === $type && nameOf(other) === name && !elements.includes(other));
  if (namesake) return `there is a ${kindOf($type)} \`${name}\` already (${placeText(namesake, services)})`;
  const taken = isCamelModel(element) ? symbolIndexOf(services.shared).camelModels.beside(AstUtils.getDocument(element), name)[0] : undefined;
  if (taken) return `there is a camel model \`${name}\` already (${placeText(taken, services)})`;
  const world = new RenamedWorld(elements, name, services);
  for (const document of services.shared.workspace.LangiumDocuments.all) {
    const changed = world.changedMeaning(document);
    if (changed) return changed;
  }
  return undefined;
}

/** What names would mean if the elements had another name. */
class RenamedWorld {
  private readonly former: string;
  private readonly uri: string;
  private readonly scopes: CamelScopeProvider;
  private readonly words: RegExp;

  constructor(
    private readonly elements: readonly AstNode[],
    private readonly name: string,
    private readonly services: LangiumServices,
  ) {
    this.former = nameOf(elements[0]!)!;
    this.words = new RegExp(`\\b(${this.former}|${name})\\b`);
    this.uri = AstUtils.getDocument(elements[0]!).uri.toString();
    this.scopes = this.renamedScopes();
  }

  private renamedScopes(): CamelScopeProvider {
    const index = symbolIndexOf(this.services.shared);
    const own = index.tableOf(AstUtils.getDocument(this.elements[0]!).uri);
    const renamed = new SymbolTable((own?.symbols ?? []).map((symbol) => this.renamed(symbol)));
    const imagined: Pick<CamelIndexManager, 'tableOf' | 'allTables' | 'isOfLibrary'> = {
      isOfLibrary: () => false,
      tableOf: (uri) => (uri.toString() === this.uri ? renamed : index.tableOf(uri)),
      allTables: (from) => index.allTables(from).map((table) => (table === own ? renamed : table)),
    };
    const services = { shared: { AstReflection: this.services.shared.AstReflection, workspace: { IndexManager: imagined } } };
    return new CamelScopeProvider(services as unknown as LangiumCoreServices);
  }

  private renamed(symbol: CamelSymbol): CamelSymbol {
    const level = this.levelBelow(symbol);
    if (level === undefined) return symbol;
    const names = [symbol.camelModel, ...symbol.name.split('.')];
    names[names.length - 1 - level] = this.name;
    return { ...symbol, path: symbol.path, camelModel: names[0]!, name: names.slice(1).join('.') };
  }

  /** How many names stand after that of the renamed element in the path of what lies within it; 0 for itself. */
  private levelBelow({ node }: AstNodeDescription): number | undefined {
    let level = 0;
    for (let n = node; n; n = n.$container) {
      if (this.elements.includes(n)) return level;
      if (nameOf(n)) level++;
    }
    return undefined;
  }

  /** The first name of the document that would mean something else, as a sentence. */
  changedMeaning(document: LangiumDocument): string | undefined {
    if (!this.words.test(document.textDocument.getText())) return undefined;
    for (const e of this.elements) (e as Mutable<AstNode & { name: string }>).name = this.name;
    try {
      for (const reference of document.references as readonly Reference[]) {
        const fault = this.words.test(reference.$refText) ? this.faultOf(reference, document) : undefined;
        if (fault) return fault;
      }
    } finally {
      for (const e of this.elements) (e as Mutable<AstNode & { name: string }>).name = this.former;
    }
    return undefined;
  }

  private faultOf(reference: Reference, document: LangiumDocument): string | undefined {
    const info = infoOf(reference);
    if (!info) return undefined;
    const before = reference.$nodeDescription;
    const level = before && this.levelBelow(before);
    const names = reference.$refText.split('.');
    if (level !== undefined && level < names.length) names[names.length - 1 - level] = this.name;
    const path = names.join('.');
    const after = this.scopes.getScope(info).getElement(path);
    if (after?.path === before?.path && after?.documentUri.toString() === before?.documentUri.toString()) return undefined;
    // What means nothing may come to mean something, unless the name is built in.
    if (!before && !constants.has(path) && !functions.has(path)) return undefined;
    const place = `${UriUtils.basename(document.uri)}:${reference.$refNode!.range.start.line + 1}`;
    return `\`${path}\` (${place}) would then ${after ? `mean another element, the ${kindOf(after.type)} \`${after.name}\`` : 'mean nothing'}`;
  }
}

function infoOf(reference: Reference): ReferenceInfo | undefined {
  const container = reference.$refNode?.astNode;
  return container && AstUtils.streamReferences(container).find((info) => info.reference === reference);
}
