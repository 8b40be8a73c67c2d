/** The extension in a browser: the server runs in a web worker, and reads files through the editor. */
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions } from './client.js';
import { registerFeatures } from './features.js';
import { serveFiles } from './serve-files.js';

// Node's types do not know the workers of a browser.
declare const Worker: new (url: string) => Awaited<ReturnType<Extract<ConstructorParameters<typeof LanguageClient>[2], () => unknown>>>;

let client: LanguageClient | undefined;

/** Starts the language server that is packed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server-worker.js').toString(true);
  client = new LanguageClient('camel', 'CAMEL', async () => new Worker(script), clientOptions(context));
  serveFiles(client);
  registerFeatures(context, client);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
