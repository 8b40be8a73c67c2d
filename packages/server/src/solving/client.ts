/** What the editor can do, and what it asks for. */
import type { LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams } from 'vscode-languageserver';
import type { ServerOptions, ServerSettings } from '../protocol.js';

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
    return this.options.commands ?? [];
  }
  get refreshesCodeLenses(): boolean {
    return this.params?.capabilities.workspace?.codeLens?.refreshSupport ?? false;
  }
  get showsProgress(): boolean {
    return this.params?.capabilities.window?.workDoneProgress ?? false;
  }

  /** How models are to be solved. */
  async solveSettings(): Promise<NonNullable<ServerSettings['solve']>> {
    const configured = this.params?.capabilities.workspace?.configuration
      ? ((await this.shared.workspace.ConfigurationProvider.getConfiguration('camel', 'solve')) as ServerSettings['solve'])
      : undefined;
    return { ...this.options.settings?.solve, ...configured };
  }
}
