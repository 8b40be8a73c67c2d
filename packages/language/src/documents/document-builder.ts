import {
  AstUtils,
  DefaultDocumentBuilder,
  DocumentState,
  type BuildOptions,
  type Cancellation,
  type DefaultReference,
  type LangiumDocument,
  type LangiumSharedCoreServices,
} from 'langium';
import { isLibraryUri } from '../library/uris.js';
import { isSettled, unsettle } from '../scoping/linker.js';
import type { CamelScopeProvider } from '../scoping/scope.js';
import { symbolIndexOf, type CamelIndexManager } from '../scoping/symbol-index.js';
import { lastName } from '../scoping/symbols.js';
import { Dependencies } from './dependencies.js';

/**
 * Rebuilds after an edit only what it affects: references whose last name came or went, and the checks of documents that
 * refer to a changed one, directly or through others.
 */
export class CamelDocumentBuilder extends DefaultDocumentBuilder {
  private readonly symbols: CamelIndexManager;
  readonly dependencies = new Dependencies();

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.symbols = symbolIndexOf(services);
  }

  /** Nothing is forgotten before it is known what stays: the factory, the index and the linker replace it. */
  override resetToState(document: LangiumDocument, state: DocumentState): void {
    document.diagnostics = undefined;
    this.buildState.delete(document.uri.toString());
    if (document.state > state) document.state = state;
  }

  protected override cleanUpDeleted(document: LangiumDocument): void {
    super.cleanUpDeleted(document);
    this.dependencies.forget(document);
  }

  /** What has to be linked again is known only when the changed documents have been read. */
  protected override shouldRelink(): boolean {
    return false;
  }

  /** There are no categories of checks, of which some could be left to do. */
  protected override resultsAreIncomplete(): boolean {
    return false;
  }

  protected override async buildDocuments(documents: LangiumDocument[], options: BuildOptions, token: Cancellation.CancellationToken): Promise<void> {
    this.prepareBuild(documents, options);
    await this.runCancelable(documents, DocumentState.Parsed, token, (document) => this.langiumDocumentFactory.update(document, token));
    await this.runCancelable(documents, DocumentState.IndexedContent, token, (document) => this.indexManager.updateContent(document, token));
    this.resetReferences();
    const toLink = this.below(DocumentState.IndexedReferences);
    this.prepareBuild(toLink, options);
    await this.runCancelable(toLink, DocumentState.ComputedScopes, token, () => {});
    await this.runCancelable(toLink, DocumentState.Linked, token, (document) => this.serviceRegistry.getServices(document.uri).references.Linker.link(document, token));
    for (const document of toLink) this.dependencies.update(document, this.alsoConcerning(document));
    for (const document of this.dependencies.takeAffected()) this.resetToState(document, DocumentState.IndexedReferences);
    await super.buildDocuments(this.sortDocuments([...new Set([...documents, ...this.below(DocumentState.Validated)])]), options, token);
  }

  /** Has the references looked up again that may mean something else since the last time. */
  private resetReferences(): void {
    const names = this.symbols.takeChangedNames();
    for (const document of this.symbols.camelModels.takeConcerned()) this.resetToState(document, DocumentState.ComputedScopes);
    for (const document of new Set([...this.below(DocumentState.Linked), ...this.dependencies.mentioning(names)])) {
      const references = (document.references as DefaultReference[]).filter((r) => isSettled(r) && names.has(lastName(r.$refText)));
      for (const reference of references) unsettle(reference);
      if (references.length > 0) this.resetToState(document, DocumentState.ComputedScopes);
    }
    // A name that came may be the one that was meant.
    if (names.size > 0) for (const document of this.dependencies.missingNames()) this.resetToState(document, DocumentState.IndexedReferences);
  }

  /** Documents to which the document does not refer, but of which its checks tell: with names that are in several. */
  private alsoConcerning(document: LangiumDocument): string[] {
    const scopes = this.serviceRegistry.getServices(document.uri).references.ScopeProvider as CamelScopeProvider;
    const rivals = [...scopes.rivals(document).values()].flat().map((symbol) => symbol.documentUri);
    const namesakes = this.symbols.camelModels.namesakes(document).map((model) => AstUtils.getDocument(model).uri);
    return [...rivals, ...namesakes].map((uri) => uri.toString());
  }

  private below(state: DocumentState): LangiumDocument[] {
    return this.all().filter((d) => d.state < state);
  }

  private all(): LangiumDocument[] {
    return this.langiumDocuments.all.filter((d) => !isLibraryUri(d.uri)).toArray();
  }
}

export const dependenciesOf = ({ workspace }: LangiumSharedCoreServices): Dependencies => (workspace.DocumentBuilder as CamelDocumentBuilder).dependencies;
