import { languages, Location, ProgressLocation, Range, Uri, window, workspace, type CancellationToken, type DiagnosticCollection } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Diagnosed, Requests } from '@camelc/server/protocol';

/** The range of the protocol as the editor has it. */
const toRange = ({ start, end }: { start: { line: number; character: number }; end: { line: number; character: number } }): Range =>
  new Range(start.line, start.character, end.line, end.character);

export const toLocation = ({ uri, range }: { uri: string; range: Parameters<typeof toRange>[0] }): Location => new Location(Uri.parse(uri), toRange(range));

/** Asks the server, and shows what stands in the way of its answer. */
export class Server {
  constructor(
    private readonly client: BaseLanguageClient,
    private readonly problems: DiagnosticCollection,
  ) {}

  /** The model that a command is about. Undefined, after a word to the user, where none is open. */
  activeModel(): Uri | undefined {
    // The active editor may be that of a panel, such as the output.
    const editors = [window.activeTextEditor, ...window.visibleTextEditors];
    const model = editors.find((editor) => editor?.document.languageId === 'camel')?.document.uri;
    if (model) return model;
    void window.showInformationMessage('Open a CAMEL model first.');
    return undefined;
  }

  /** Sends a request under a progress note that can be cancelled. Undefined where it was cancelled or failed. */
  async ask<M extends keyof Requests>(method: M, params: Requests[M][0], title: string): Promise<Requests[M][1] | undefined> {
    return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) => this.send(method, params, token));
  }

  /** The same without a note, for what is answered again on its own. */
  async send<M extends keyof Requests>(method: M, params: Requests[M][0], token?: CancellationToken): Promise<Requests[M][1] | undefined> {
    try {
      const answer: Requests[M][1] = await this.client.sendRequest(method, params, token);
      await this.showProblems(answer);
      return answer;
    } catch (error) {
      if (!token?.isCancellationRequested) {
        this.client.outputChannel.appendLine(`${method}: ${String(error)}`);
        void window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
      return undefined;
    }
  }

  /** Problems of models show by themselves, as the server publishes them; these are of the other files, such as candidates, as far as it does not publish those. */
  private async showProblems({ problems }: Diagnosed): Promise<void> {
    this.problems.clear();
    for (const { uri: text, diagnostics } of problems) {
      const uri = Uri.parse(text);
      if (text.endsWith('.camel') || workspace.textDocuments.some((d) => d.languageId === 'camel' && d.uri.toString() === uri.toString())) continue;
      const found = await this.client.protocol2CodeConverter.asDiagnostics(diagnostics);
      const published = languages.getDiagnostics(uri);
      this.problems.set(
        uri,
        found.filter((d) => !published.some((other) => other.message === d.message && other.range.isEqual(d.range))),
      );
    }
  }
}

/** What the user has to mend before there is a result. */
export const errorIn = ({ problems }: Diagnosed): string | undefined =>
  problems.flatMap(({ diagnostics }) => diagnostics).find(({ severity }) => severity === 1)?.message as string | undefined;
