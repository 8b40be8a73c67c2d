import { commands, Uri, window, workspace, type ExtensionContext, type StatusBarItem } from 'vscode';
import type { Diagnosed, DocumentParams } from '@camelc/server/protocol';
import { firstModel } from './first-model.js';
import { errorIn, type Server } from './server.js';
import { showSolution } from './solution.js';

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Checks all files that belong to the active model. */
export async function check(server: Server): Promise<void> {
  const model = server.activeModel();
  const answer = model && (await server.ask('camelc/check', { uri: model.toString() }, 'Checking'));
  if (!answer) return;
  const found = answer.problems.flatMap(({ diagnostics }) => diagnostics);
  const [errors, warnings] = [1, 2].map((severity) => found.filter((d) => d.severity === severity).length) as [number, number];
  const message = `${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${counted(answer.files, 'file')}`;
  if (errors + warnings === 0) void window.showInformationMessage(message);
  else {
    await commands.executeCommand('workbench.actions.view.problems');
    void window.showWarningMessage(message);
  }
}

/** Solves the active model, or the one that a code lens names, and shows the solution. */
export async function solve(server: Server, context: ExtensionContext, status: StatusBarItem, given?: DocumentParams): Promise<void> {
  const params = given ?? modelParams(server);
  const answer = params && (await server.ask('camelc/solve', params, 'Solving'));
  if (!answer) return;
  if (answer.status === undefined) return complain('Nothing was solved', answer);
  if (answer.cost !== undefined) status.text = `camelc $(check) ${answer.cost.toFixed(4)} ${answer.currency}/h`;
  showSolution(context, answer);
}

/** Compiles the active model to the files of a target, in a folder that the user chooses. */
export async function compile(server: Server): Promise<void> {
  const model = server.activeModel();
  if (!model) return;
  const folder = workspace.getWorkspaceFolder(model)?.uri ?? Uri.joinPath(model, '..');
  const [out] =
    (await window.showOpenDialog({ title: 'Folder for stack.yml and hosts.json', openLabel: 'Compile Here', canSelectFolders: true, canSelectFiles: false, defaultUri: folder })) ??
    [];
  if (!out) return;
  const answer = await server.ask('camelc/compile', { uri: model.toString(), target: 'swarm', out: out.toString() }, 'Compiling');
  if (!answer) return;
  if (!answer.files?.length) return complain('Nothing was written', answer);
  await window.showTextDocument(Uri.parse(answer.files[0]!));
  void window.showInformationMessage(`${counted(answer.files.length, 'file')} in ${workspace.asRelativePath(out)}`);
}

/** Says that a command came to nothing, and why, and leads to all reasons. */
export async function complain(what: string, answer: Diagnosed): Promise<void> {
  const show = 'Show Problems';
  if ((await window.showErrorMessage(`${what}: ${errorIn(answer) ?? 'no deployment was found'}`, show)) === show) await commands.executeCommand('workbench.actions.view.problems');
}

/** What a request needs to know of the active model. */
export function modelParams(server: Server): DocumentParams | undefined {
  const model = server.activeModel();
  return model && { uri: model.toString() };
}

/** Opens a small model that works. */
export async function newModel(): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'camel', content: firstModel }));
}
