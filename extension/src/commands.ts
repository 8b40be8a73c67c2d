import { commands, Uri, window, workspace, type ExtensionContext, type StatusBarItem } from 'vscode';
import type { DocumentParams } from '@camelc/server/protocol';
import { hasErrors, type Server } from './server.js';
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
  if (answer.status === undefined) return complain('The model has errors; nothing was solved.');
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
  if (!answer.files?.length) return complain(hasErrors(answer) ? 'The model has errors; nothing was written.' : 'No deployment satisfies the model; nothing was written.');
  await window.showTextDocument(Uri.parse(answer.files[0]!));
  void window.showInformationMessage(`${counted(answer.files.length, 'file')} in ${workspace.asRelativePath(out)}`);
}

/** Says that a command came to nothing, and leads to the reasons. */
export async function complain(message: string): Promise<void> {
  const show = 'Show Problems';
  if ((await window.showErrorMessage(message, show)) === show) await commands.executeCommand('workbench.actions.view.problems');
}

/** What a request needs to know of the active model. */
export function modelParams(server: Server): DocumentParams | undefined {
  const model = server.activeModel();
  return model && { uri: model.toString() };
}

const beginning = `camel model Shop {
  application Shop { version '1.0' }

  deployment model ShopDeployment {
    software Web {
      requirements WebReqs
      provided communication Https port 443
      required communication DatabaseReq port 5432 mandatory
    }
    software Database {
      requirements DatabaseReqs
      provided communication DatabasePort port 5432
    }
    communication WebToDatabase from Web.DatabaseReq to Database.DatabasePort

    requirements WebReqs {
      resource ShopRequirements.SmallMachine
      horizontal scale ShopRequirements.WebScale
    }
    requirements DatabaseReqs {
      resource ShopRequirements.LargeMachine
    }
  }

  requirement model ShopRequirements {
    resource requirement SmallMachine {
      attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [int 2
    }
    resource requirement LargeMachine {
      attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int 16 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
    horizontal scale requirement WebScale [2, 4]
  }
}
`;

/** Opens a small model that works. */
export async function newModel(): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'camel', content: beginning }));
}
