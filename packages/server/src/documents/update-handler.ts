import { URI, type TextDocument } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import { describeError } from '../life.js';
import type { TextDocumentChangeEvent } from 'vscode-languageserver';

/** Brings the documents up to date with what the editor and the disk say. */
export class CamelDocumentUpdateHandler extends DefaultDocumentUpdateHandler {
  constructor(private readonly services: LangiumSharedServices) {
    super(services);
  }

  protected override fireDocumentUpdate(changed: URI[], deleted: URI[]): void {
    void this.update(changed, deleted);
  }

  private async update(changed: URI[], deleted: URI[]): Promise<void> {
    const { TextDocuments } = this.services.workspace;
    try {
      await this.workspaceManager.ready;
      // What an editor has open is there, whatever happens to its file.
      const isOpen = (uri: URI): boolean => TextDocuments.get(uri) !== undefined;
      await this.workspaceLock.write((token) =>
        this.documentBuilder.update(
          [...changed, ...deleted.filter(isOpen)],
          deleted.filter((uri) => !isOpen(uri)),
          token,
        ),
      );
    } catch (error) {
      this.services.lsp.Connection?.console.error(`The documents could not be brought up to date: ${describeError(error)}`);
    }
  }

  /** What was typed and not saved is gone with it; a document without a file is gone altogether. */
  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    const uri = URI.parse(document.uri);
    void this.services.workspace.FileSystemProvider.stat(uri).then(
      () => this.fireDocumentUpdate([uri], []),
      () => this.fireDocumentUpdate([], [uri]),
    );
  }
}
