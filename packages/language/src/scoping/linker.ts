import {
  type Cancellation,
  DefaultLinker,
  DocumentState,
  interruptAndCheck,
  type AstNode,
  type AstNodeDescription,
  type DefaultReference,
  type LangiumCoreServices,
  type LangiumDocument,
  type URI,
} from 'langium';
import type { Library } from '../library/library.js';
import { isLibraryUri } from '../library/uris.js';
import type { PlacedReference } from '../tree.js';
import type { CamelScopeProvider } from './scope.js';

/**
 * Links what is not linked yet. A reference keeps the symbol that it means, not the node: symbols outlive the nodes that an edit replaces.
 * The standard library is linked without reading it: its elements are known from the index, and parsed when somebody asks for one.
 */
export class CamelLinker extends DefaultLinker {
  /** @param librarian the services that parse the library's files */
  constructor(
    private readonly services: LangiumCoreServices,
    private readonly library: Library,
    private readonly librarian: () => LangiumCoreServices,
  ) {
    super(services);
  }

  override async link(document: LangiumDocument, token?: Cancellation.CancellationToken): Promise<void> {
    let i = 0;
    for (const reference of document.references as (PlacedReference & DefaultReference)[]) {
      if (token && ++i % 500 === 0) await interruptAndCheck(token);
      this.settle(reference, reference.node, reference.property);
    }
    // What was concluded from the former list does not hold.
    document.references = document.references.slice();
  }

  override unlink(document: LangiumDocument): void {
    for (const reference of document.references) unsettle(reference as DefaultReference);
  }

  private settle(reference: DefaultReference, container: AstNode, property: string): void {
    if (isSettled(reference)) return;
    const info = { reference, container, property };
    const found = (this.scopeProvider as CamelScopeProvider).find(info, reference.$refText);
    if (found) reference._nodeDescription = found;
    else reference._ref = this.createLinkingError(info);
  }

  protected override resolveReference(reference: DefaultReference, node: AstNode, property: string): AstNode | undefined {
    if (!isSettled(reference)) {
      let root = node;
      while (root.$container) root = root.$container;
      if (root.$document && root.$document.state < DocumentState.ComputedScopes) return undefined;
      this.settle(reference, node, property);
    }
    const symbol = reference._nodeDescription;
    if (!symbol) return undefined;
    return symbol.node ?? ((reference._ref as AstNode | undefined) ??= this.loadAstNode(symbol));
  }

  protected override loadAstNode(description: AstNodeDescription): AstNode | undefined {
    if (!description.node && isLibraryUri(description.documentUri)) this.libraryDocument(description.documentUri);
    return super.loadAstNode(description);
  }

  /** A file of the standard library, read when it is first asked for. */
  libraryDocument(uri: URI): LangiumDocument {
    const known = this.langiumDocuments().getDocument(uri);
    if (known) return known;
    const librarian = this.librarian();
    const document = librarian === this.services ? this.parse(uri) : (librarian.references.Linker as CamelLinker).libraryDocument(uri);
    this.langiumDocuments().addDocument(document);
    return document;
  }

  private parse(uri: URI): LangiumDocument {
    const document = this.services.shared.workspace.LangiumDocumentFactory.fromString(this.library.texts.get(uri.toString())!, uri);
    // Its names are in the index already, so its own references can be followed as they are.
    document.state = DocumentState.Validated;
    return document;
  }
}

export const isSettled = (reference: DefaultReference): boolean => reference._nodeDescription !== undefined || reference._ref !== undefined;

/** Forgets what the reference means, for the linker to find it anew. */
export function unsettle(reference: DefaultReference): void {
  reference._ref = undefined;
  reference._nodeDescription = undefined;
}
