import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { WellFramed } from './framing.js';
import { answerByProtocol, describeError, InOrderOfLife } from './life.js';
import { createServerServices } from './services.js';
import { readSettings } from './diagnostics/read-settings.js';
import { SolverThread } from './solving/thread.js';

/** Runs the language server on the transport that the command line names (`--stdio`, `--node-ipc`). Returns at once; the process lives until the client leaves. */
export function startServer(): void {
  // The connection takes the stream that it finds there.
  if (process.argv.includes('--stdio')) Object.defineProperty(process, 'stdin', { value: process.stdin.pipe(new WellFramed()) });
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: new InOrderOfLife() });
  answerByProtocol(connection);
  // What nobody expected costs one answer, not the server.
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error: unknown) => connection.console.error(`${event}: ${describeError(error)}`));
  const solver = (): SolverThread => new SolverThread(new URL('./solving-worker.js', import.meta.url));
  const { shared, Camel } = createServerServices({ connection, ...NodeFileSystem }, { background: solver(), requests: solver(), readSettings });
  Camel.solving.Requests?.listen(connection);
  startLanguageServer(shared);
}
