import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Answers a server that has no file system of its own: it reads the files of the workspace through the editor, wherever these are. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest('camelc/readFile', async (uri: string): Promise<string> => new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri))));
  client.onRequest('camelc/readDirectory', async (uri: string): Promise<[name: string, isFolder: boolean][]> => {
    const entries = await workspace.fs.readDirectory(Uri.parse(uri));
    return entries.map(([name, type]) => [name, (type & FileType.Directory) !== 0]);
  });
  client.onRequest('camelc/stat', async (uri: string): Promise<{ isFolder: boolean }> => {
    const { type } = await workspace.fs.stat(Uri.parse(uri));
    return { isFolder: (type & FileType.Directory) !== 0 };
  });
}
