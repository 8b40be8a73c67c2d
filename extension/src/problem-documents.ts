import { Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { ProblemParams } from '@camelc/server/protocol';
import { complain } from './commands.js';
import type { Server } from './server.js';

const forms: { label: string; as: ProblemParams['as']; ending: string }[] = [
  { label: 'JSON', as: 'json', ending: 'json' },
  { label: 'LP', as: 'lp', ending: 'lp' },
  { label: 'MPS', as: 'mps', ending: 'mps' },
  { label: 'MiniZinc', as: 'minizinc', ending: 'mzn' },
];

/** Constraint problems as documents that can be read alone. */
export class ProblemDocuments implements TextDocumentContentProvider {
  static readonly scheme = 'camel-problem';
  private readonly texts = new Map<string, string>();

  constructor(private readonly server: Server) {}

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Asks for the form, and shows the problem of the active model in it. */
  async show(): Promise<void> {
    const model = this.server.activeModel();
    const form = model && (await window.showQuickPick(forms, { title: 'Constraint Problem', placeHolder: 'The form to show it in' }));
    if (!form) return;
    const answer = await this.server.ask('camelc/problem', { uri: model.toString(), as: form.as }, 'Building the constraint problem');
    if (!answer) return;
    if (answer.text === undefined) return complain('There is no constraint problem', answer);
    // Each is a document of its own, as the model may have changed since the last.
    const uri = Uri.from({ scheme: ProblemDocuments.scheme, path: model.path.replace(/(\.camel)?$/, `.${form.ending}`), query: String(this.texts.size) });
    this.texts.set(uri.toString(), answer.text);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }
}
