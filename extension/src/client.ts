import { workspace, type ExtensionContext } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';

/** How the client speaks to the server, wherever that runs. */
export function clientOptions(context: ExtensionContext): LanguageClientOptions {
  const { contributes } = context.extension.packageJSON as { contributes: { commands: { command: string }[] } };
  // Not every scheme: the documents of a version control view are no models of the workspace.
  const schemes = new Set(['file', 'untitled', 'camel-lib', ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return {
    documentSelector: [...schemes].map((scheme) => ({ scheme, language: 'camel' })),
    synchronize: { configurationSection: 'camel' },
    initializationOptions: { commands: [...contributes.commands.map(({ command }) => command), 'camelc.showSolution'] },
    middleware: {
      provideCodeLenses: (document, token, next) => (workspace.getConfiguration('camel').get('codeLens.enabled', true) ? next(document, token) : []),
    },
  };
}
