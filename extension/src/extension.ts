import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server that is packed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.mjs');
  client = new LanguageClient(
    'camel',
    'CAMEL',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { scheme: 'file', language: 'camel' },
        { scheme: 'untitled', language: 'camel' },
      ],
    },
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
