import { DefaultWorkspaceManager, delayNextTick, UriUtils, type FileSystemNode, type LangiumDocument, type Stream, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, WorkDoneProgressReporter } from 'vscode-languageserver';

/** A workspace with fewer files is there before anybody reads of its progress. */
const manyFiles = 20;

/** Loads the models of all folders, file by file, so that the server stays able to answer, and says how far it is. */
export class CamelWorkspaceManager extends DefaultWorkspaceManager {
  private clientShowsProgress = false;

  constructor(private readonly services: LangiumSharedServices) {
    super(services);
    this.initialBuildOptions = { validation: true };
  }

  override initialize(params: InitializeParams): void {
    super.initialize(params);
    // Clients without workspace folders name the one they have.
    if (!this.folders && params.rootUri) this.folders = [{ uri: params.rootUri, name: UriUtils.basename(URI.parse(params.rootUri)) }];
    this.clientShowsProgress = params.capabilities.window?.workDoneProgress === true;
  }

  override shouldIncludeEntry(entry: FileSystemNode): boolean {
    const name = UriUtils.basename(entry.uri);
    if (name.startsWith('.') || name === 'node_modules') return false;
    return entry.isDirectory || (entry.isFile && name.endsWith('.camel'));
  }

  protected override async loadWorkspaceDocuments(uris: Stream<URI>, collector: (document: LangiumDocument) => void): Promise<void> {
    const files = uris.toArray();
    const progress = files.length >= manyFiles ? await this.beginProgress() : undefined;
    for (const [i, uri] of files.entries()) {
      progress?.report((100 * i) / files.length, `${i} of ${files.length} models`);
      await delayNextTick();
      try {
        collector(await this.langiumDocuments.getOrCreateDocument(uri));
      } catch {
        // A file that cannot be read is not part of the workspace.
      }
    }
    progress?.done();
  }

  private async beginProgress(): Promise<(WorkDoneProgressReporter & { done(): void }) | undefined> {
    const window = this.services.lsp.Connection?.window;
    if (!window || !this.clientShowsProgress) return undefined;
    const progress = await window.createWorkDoneProgress();
    progress.begin('Reading CAMEL models', 0);
    return progress;
  }
}
