import {
  DefaultLinker,
  DocumentState,
  isLinkingError,
  type AstNode,
  type AstNodeDescription,
  type DefaultReference,
  type LangiumCoreServices,
  type LangiumDocument,
  type ReferenceInfo,
  type URI,
} from 'langium';
import type { Library } from '../library/library.js';
import { isLibraryUri } from '../library/uris.js';

/** Links to the standard library without reading it: its elements are known from the index, and parsed when somebody asks for one. */
export class CamelLinker extends DefaultLinker {
  /** @param librarian the services that parse the library's files */
  constructor(
    private readonly services: LangiumCoreServices,
    private readonly library: Library,
    private readonly librarian: () => LangiumCoreServices,
  ) {
    super(services);
  }

  protected override doLink(info: ReferenceInfo, document: LangiumDocument): void {
    const reference = info.reference as DefaultReference;
    if (reference._ref === undefined) {
      const found = this.getCandidate(info);
      if (!isLinkingError(found) && !found.node && isLibraryUri(found.documentUri)) {
        reference._nodeDescription = found;
        document.references.push(reference);
        return;
      }
    }
    super.doLink(info, document);
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
