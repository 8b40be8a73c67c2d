// Langium's own services for the grammar of CAMEL. Names are qualified as Langium's recipe for that does it; all else is stock.
import { camelModule, CamelGeneratedModule, CamelGeneratedSharedModule, standardLibrary } from '@camelc/language';
import { AstUtils, DefaultScopeComputation, inject, MultiMap, URI } from 'langium';
import { createDefaultModule, createDefaultSharedModule } from 'langium/lsp';

/** Its workspace holds the standard library as documents like any other. */
export async function createStockServices(context) {
  const shared = inject(createDefaultSharedModule(context), CamelGeneratedSharedModule);
  // Without these the grammar cannot be parsed.
  const { parser } = camelModule(standardLibrary());
  const Camel = inject(createDefaultModule({ shared }), CamelGeneratedModule, {
    parser,
    references: { ScopeComputation: (services) => new QualifiedNames(services) },
  });
  shared.ServiceRegistry.register(Camel);
  for (const [uri, text] of standardLibrary().texts) {
    shared.workspace.LangiumDocuments.addDocument(shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(uri)));
  }
  await shared.workspace.DocumentBuilder.build(shared.workspace.LangiumDocuments.all.toArray(), { validation: false });
  return { shared, Camel };
}

/** Every element is visible in all that encloses it by its path from there, and everywhere by its whole path. */
class QualifiedNames extends DefaultScopeComputation {
  async collectExportedSymbols(document) {
    const symbols = [];
    for (const node of AstUtils.streamAllContents(document.parseResult.value)) {
      if (node.name) symbols.push(this.descriptions.createDescription(node, pathOf(node).join('.'), document));
    }
    return symbols;
  }

  async collectLocalSymbols(document) {
    const symbols = new MultiMap();
    this.visibleIn(document.parseResult.value, symbols, document);
    return symbols;
  }

  visibleIn(container, symbols, document) {
    const own = [];
    for (const node of AstUtils.streamContents(container)) {
      if (node.name) own.push(this.descriptions.createDescription(node, node.name, document));
      for (const inner of this.visibleIn(node, symbols, document)) {
        own.push(node.name ? this.descriptions.createDescription(inner.node, `${node.name}.${inner.name}`, document) : inner);
      }
    }
    symbols.addAll(container, own);
    return own;
  }
}

function pathOf(node) {
  const path = [];
  for (let n = node; n; n = n.$container) if (n.name) path.unshift(n.name);
  return path;
}
