/** The server in a web worker: the language services alone, as solving needs files and threads. */
import { startLanguageServer } from 'langium/lsp';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { ClientFiles } from './documents/client-files.js';
import { answerByProtocol, InOrderOfLife } from './life.js';
import { createServerServices } from './services.js';

// In a worker the global object is the port to who made it.
const port = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port), { messageStrategy: new InOrderOfLife() });
answerByProtocol(connection);
startLanguageServer(createServerServices({ connection, fileSystemProvider: () => new ClientFiles(connection) }).shared);
