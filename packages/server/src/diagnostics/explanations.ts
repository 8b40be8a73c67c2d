/** What a diagnostic means and how it is mended, as `camelc explain` says it: a document that an editor can open. */
import { catalogue, type Code, type Entry } from '@camelc/diagnostics';
import { URI } from 'langium';
import type { ExecuteCommandHandler, LangiumSharedServices } from 'langium/lsp';
import { MessageType, ShowMessageNotification, type CancellationToken, type InitializeParams } from 'vscode-languageserver';

export const explanationScheme = 'camel-explain';
export const explainCommand = 'camelc.explain';

const uriOfCode = (code: string): URI => URI.from({ scheme: explanationScheme, path: `/${code}.md` });

/** The page of the diagnostic that the URI names, as Markdown. */
export function explanationAt(uri: URI): string | undefined {
  const code = uri.path.slice(1).replace(/\.md$/, '');
  const entry: Entry<never> | undefined = Object.hasOwn(catalogue, code) ? catalogue[code as Code] : undefined;
  if (!entry) return undefined;
  const { severity, explanation, fix, example } = entry;
  return [
    `# ${code}`,
    severity,
    explanation,
    ...(fix ? [`Quick fix: ${fix}.`] : []),
    ...(example ? [`For example:\n\n\`\`\`camel\n${example}\n\`\`\``] : []),
    `Severities are set in \`camelc.config.json\`.`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The command that shows a page, beside those of another handler. */
export class ExplainingCommands implements ExecuteCommandHandler {
  private canShowDocuments = false;

  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly others: ExecuteCommandHandler | undefined,
  ) {
    shared.lsp.LanguageServer.onInitialize(({ capabilities: { window, workspace } }: InitializeParams) => {
      this.canShowDocuments = window?.showDocument?.support === true && workspace?.textDocumentContent !== undefined;
    });
  }

  get commands(): string[] {
    return [explainCommand, ...(this.others?.commands ?? [])];
  }

  async executeCommand(command: string, args: unknown[], cancel: CancellationToken): Promise<unknown> {
    if (command !== explainCommand) return this.others?.executeCommand(command, args, cancel);
    const uri = uriOfCode(String(args[0]));
    const text = explanationAt(uri);
    const connection = this.shared.lsp.Connection;
    if (text && this.canShowDocuments) await connection?.window.showDocument({ uri: uri.toString() });
    else if (text) await connection?.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: text.replaceAll(/^#+ |```\w*\n?/gm, '') });
    return text;
  }
}
