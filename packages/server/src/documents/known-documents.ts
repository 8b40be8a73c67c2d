import { DefaultLangiumDocuments, DefaultServiceRegistry, isOperationCancelled, type Cancellation, type LangiumDocument, type URI } from 'langium';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Says of a document that nobody has that it is not there: that is no fault of the server. */
export class KnownDocuments extends DefaultLangiumDocuments {
  override async getOrCreateDocument(uri: URI, token?: Cancellation.CancellationToken): Promise<LangiumDocument> {
    try {
      return await super.getOrCreateDocument(uri, token);
    } catch (error) {
      if (isOperationCancelled(error)) throw error;
      throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no document ${uri.toString()}`);
    }
  }
}

/** Says the same of one that is of another language. */
export class KnownLanguages extends DefaultServiceRegistry {
  override hasServices(uri: URI): boolean {
    if (!super.hasServices(uri)) throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no CAMEL document ${uri.toString()}`);
    return true;
  }
}
