/** The extension where there are files and processes: the server runs in a process of its own. */
import { commands, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './client.js';
import { registerFeatures } from './features.js';

let client: LanguageClient | undefined;

/** Starts the language server that is packed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.mjs');
  client = new LanguageClient('camel', 'CAMEL', { module, transport: TransportKind.ipc }, clientOptions(context));
  registerFeatures(context, client);
  // Menus offer what solves only where the server can.
  await commands.executeCommand('setContext', 'camelc.solves', true);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
