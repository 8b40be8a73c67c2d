import {
  DefaultLangiumDocumentFactory,
  type AstNode,
  type Cancellation,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type ParseResult,
  type TextDocument,
  type URI,
} from 'langium';
import type { CamelParser } from '../parser/parser.js';
import { symbolIndexOf, type CamelIndexManager } from '../scoping/symbol-index.js';
import { isLibraryUri } from '../library/uris.js';
import { referencesOf } from '../tree.js';
import { spliceText, type Splice } from './splice.js';

/** Reads of a changed text only what has to be read again. A document knows its references from the moment on at which it is parsed. */
export class CamelDocumentFactory extends DefaultLangiumDocumentFactory {
  private readonly index: () => CamelIndexManager;

  constructor(services: LangiumSharedCoreServices) {
    super(services);
    this.index = () => symbolIndexOf(services);
  }

  protected override createLangiumDocument<T extends AstNode = AstNode>(parseResult: ParseResult<T>, uri: URI, textDocument?: TextDocument, text?: string): LangiumDocument<T> {
    const document = super.createLangiumDocument(parseResult, uri, textDocument, text);
    // Those of the library are right, and followed only when somebody asks.
    if (!isLibraryUri(uri)) document.references = referencesOf(parseResult.value);
    return document;
  }

  override async update<T extends AstNode = AstNode>(document: LangiumDocument<T>, token: Cancellation.CancellationToken): Promise<LangiumDocument<T>> {
    const former = document.parseResult;
    const text: unknown = this.textDocuments?.get(document.uri.toString())?.getText();
    const splice = typeof text === 'string' && spliceText(document, text, this.serviceRegistry.getServices(document.uri).parser.LangiumParser as CamelParser);
    if (splice) this.noteSplice(document, former, splice);
    // Where the tree agrees with the text already, this takes the text only.
    await super.update(document, token);
    if (!splice && document.parseResult !== former) document.references = referencesOf(document.parseResult.value);
    return document;
  }

  /** What cannot be read is empty: one document shall not keep the others from being built. */
  protected override async getUpdatedText<T extends AstNode>(
    document: LangiumDocument<T>,
    textDocument: TextDocument | undefined,
    token: Cancellation.CancellationToken,
  ): Promise<string> {
    try {
      const text: unknown = await super.getUpdatedText(document, textDocument, token);
      return typeof text === 'string' ? text : '';
    } catch {
      return '';
    }
  }

  private noteSplice(document: LangiumDocument, former: ParseResult, { before, after }: Splice): void {
    const gone = referencesOf(before);
    const start = document.references.indexOf(gone[0]!);
    const isTogether = start >= 0 && document.references[start + gone.length - 1] === gone.at(-1);
    document.references = isTogether ? document.references.toSpliced(start, gone.length, ...referencesOf(after)) : referencesOf(document.parseResult.value);
    this.index().exchangeContent(document, former, before, after);
  }
}
