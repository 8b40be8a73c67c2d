/** What the editor can do, and what it asks for. */
import type { LangiumSharedServices } from 'langium/lsp';
import { CodeLensRefreshRequest, InlayHintRefreshRequest, type InitializeParams } from 'vscode-languageserver';
import type { ServerOptions, ServerSettings } from '../protocol.js';

const refreshRequests = { codeLens: CodeLensRefreshRequest.type, inlayHint: InlayHintRefreshRequest.type };

export class Client {
  private params?: InitializeParams;

  constructor(private readonly shared: LangiumSharedServices) {
    shared.lsp.LanguageServer.onInitialize((params) => (this.params = params));
  }

  private get options(): ServerOptions {
    return (this.params?.initializationOptions as ServerOptions | undefined) ?? {};
  }
  /** Commands that it has itself. */
  get commands(): readonly string[] {
    const { commands } = this.options;
    return Array.isArray(commands) ? commands : [];
  }
  get showsProgress(): boolean {
    return this.params?.capabilities.window?.workDoneProgress ?? false;
  }

  /** Has it ask again for what it shows, where it can do so. */
  refresh(shown: keyof typeof refreshRequests): void {
    if (!this.params?.capabilities.workspace?.[shown]?.refreshSupport) return;
    // One that is going away refuses.
    this.shared.lsp.Connection?.sendRequest(refreshRequests[shown]).catch(() => undefined);
  }

  /** One group of settings: those of the editor before those that the client was started with. */
  async settings<K extends keyof ServerSettings>(group: K): Promise<NonNullable<ServerSettings[K]>> {
    const configured = this.params?.capabilities.workspace?.configuration
      ? ((await this.shared.workspace.ConfigurationProvider.getConfiguration('camel', group)) as ServerSettings[K])
      : undefined;
    return { ...this.options.settings?.[group], ...configured } as NonNullable<ServerSettings[K]>;
  }
}
