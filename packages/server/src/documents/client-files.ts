import { EmptyFileSystemProvider, UriUtils, type FileSystemNode, type URI } from 'langium';
import type { Connection } from 'vscode-languageserver';

const node = (uri: URI, isDirectory: boolean): FileSystemNode => ({ uri, isDirectory, isFile: !isDirectory });

/** Files that the client reads for a server without a file system. Nothing can be read at once. */
export class ClientFiles extends EmptyFileSystemProvider {
  constructor(private readonly connection: Connection) {
    super();
  }

  override readFile(uri?: URI): Promise<string> {
    return this.connection.sendRequest('camelc/readFile', String(uri));
  }

  override async readDirectory(uri?: URI): Promise<FileSystemNode[]> {
    const entries = await this.connection.sendRequest<[name: string, isFolder: boolean][]>('camelc/readDirectory', String(uri));
    return entries.map(([name, isFolder]) => node(UriUtils.joinPath(uri!, name), isFolder));
  }

  override async stat(uri: URI): Promise<FileSystemNode> {
    const { isFolder } = await this.connection.sendRequest<{ isFolder: boolean }>('camelc/stat', uri.toString());
    return node(uri, isFolder);
  }
}
