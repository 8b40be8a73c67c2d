import { commands, languages, StatusBarAlignment, ThemeColor, window, workspace, type ExtensionContext } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { showCandidates } from './candidates.js';
import { check, compile, newModel, solve } from './commands.js';
import { ProblemDocuments } from './problem-documents.js';
import { Server } from './server.js';
import { showTopology } from './topology.js';

/** Everything beside the language services themselves: commands, views, virtual documents, the status of the server. */
export function registerFeatures(context: ExtensionContext, client: BaseLanguageClient): void {
  const problems = languages.createDiagnosticCollection('camelc');
  const server = new Server(client, problems);
  const documents = new ProblemDocuments(server);
  const status = window.createStatusBarItem('camelc.status', StatusBarAlignment.Right, 100);
  status.name = 'CAMEL';
  status.command = 'camelc.showOutput';

  const register = (name: string, action: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`camelc.${name}`, action));
  };
  register('check', () => check(server));
  register('solve', () => solve(server, context, status));
  register('showSolution', (params) => solve(server, context, status, params));
  register('compile', () => compile(server));
  register('showTopology', () => showTopology(server, context));
  register('showCandidates', (params) => showCandidates(server, context, params));
  register('showProblem', () => documents.show());
  register('newModel', newModel);
  register('restart', async () => {
    if (client.state !== State.Stopped) await client.stop();
    await client.start();
  });
  register('showOutput', () => client.outputChannel.show());

  const showStatus = (state: State): void => {
    status.text = state === State.Running ? 'camelc' : state === State.Starting ? '$(loading~spin) camelc' : '$(error) camelc';
    status.tooltip = state === State.Running ? 'The CAMEL server is running' : state === State.Starting ? 'The CAMEL server starts' : 'The CAMEL server has stopped';
    status.backgroundColor = state === State.Stopped ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  };
  const showWhereUseful = (): void => (window.activeTextEditor?.document.languageId === 'camel' ? status.show() : status.hide());
  showStatus(client.state);
  showWhereUseful();
  context.subscriptions.push(
    problems,
    status,
    workspace.registerTextDocumentContentProvider(ProblemDocuments.scheme, documents),
    client.onDidChangeState(({ newState }) => showStatus(newState)),
    window.onDidChangeActiveTextEditor(showWhereUseful),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('camel.codeLens')) refreshCodeLenses(client);
    }),
  );
}

function refreshCodeLenses(client: BaseLanguageClient): void {
  for (const { document } of window.visibleTextEditors) client.getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire();
}
