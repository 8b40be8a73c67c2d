/** The requests of the server's own as commands, for clients that know no others. */
import type { ExecuteCommandHandler, LangiumSharedServices } from 'langium/lsp';
import { MessageType, ShowMessageNotification, type CancellationToken } from 'vscode-languageserver';
import type { CandidatesParams, DocumentParams, Requests } from '../protocol.js';
import type { Client } from './client.js';
import { titleOfComponent, titleOfSolution } from './lens.js';
import { methods } from './parameters.js';
import type { SolvingRequests } from './requests.js';

/** The commands of code lenses, for a client that has none of that name: each shows its answer as a message. */
const showing = ['camelc.showCandidates', 'camelc.showSolution'] as const;

export class SolvingCommands implements ExecuteCommandHandler {
  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly client: Client,
    private readonly requests: SolvingRequests,
  ) {}

  get commands(): string[] {
    return [...methods.map(commandOf), ...showing].filter((command) => !this.client.commands.includes(command));
  }

  async executeCommand(command: string, [params]: unknown[] = [], cancel: CancellationToken): Promise<unknown> {
    switch (command) {
      case 'camelc.showCandidates':
        return this.showCandidates(params as CandidatesParams, cancel);
      case 'camelc.showSolution':
        return this.showSolution(params as DocumentParams, cancel);
      default: {
        const method = methods.find((m) => commandOf(m) === command);
        return method && this.requests.answer(method, params as never, cancel);
      }
    }
  }

  private async showCandidates(params: CandidatesParams, cancel: CancellationToken): Promise<Requests['camelc/candidates'][1]> {
    const answer = await this.requests.answer('camelc/candidates', params, cancel);
    this.show((answer.components ?? []).map((c) => [`${c.name}: ${titleOfComponent(c, answer)}`, ...c.candidates.slice(0, 5).map((k) => `${k.id}: ${k.description}`)].join('\n')));
    return answer;
  }

  private async showSolution(params: DocumentParams, cancel: CancellationToken): Promise<Requests['camelc/solve'][1]> {
    const answer = await this.requests.answer('camelc/solve', params, cancel);
    this.show([titleOfSolution(answer) ?? 'the model has errors', ...(answer.reasons ?? []).map((r) => r.text)]);
    return answer;
  }

  private show(lines: string[]): void {
    void this.shared.lsp.Connection?.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: lines.join('\n') });
  }
}

const commandOf = (method: keyof Requests): string => method.replace('/', '.');
