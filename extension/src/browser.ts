/** The extension in a browser: the server runs in a web worker, and reads files through the editor. */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions } from './client.js';
import { registerFeatures } from './features.js';
import { serveFiles } from './serve-files.js';

// Node's types do not know the workers of a browser.
declare const Worker: new (url: string) => ConstructorParameters<typeof BrowserMessageReader>[0];

let client: LanguageClient | undefined;

/** Starts the language server that is packed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server-worker.js');
  client = new LanguageClient('camel', 'CAMEL', async () => connectionTo(new Worker(await addressOf(script))), clientOptions(context));
  serveFiles(client);
  registerFeatures(context, client);
  await client.start();
}

/** The client by itself would not know the worker for one: the editor has a `Worker` of its own. */
const connectionTo = (worker: InstanceType<typeof Worker>): { reader: BrowserMessageReader; writer: BrowserMessageWriter } => ({
  reader: new BrowserMessageReader(worker),
  writer: new BrowserMessageWriter(worker),
});

/** Of an extension that another machine serves, a worker cannot be started from its file. */
async function addressOf(script: Uri): Promise<string> {
  return script.scheme === 'vscode-remote' ? URL.createObjectURL(new Blob([await workspace.fs.readFile(script)])) : script.toString(true);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
