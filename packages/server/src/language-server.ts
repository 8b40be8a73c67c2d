import { DocumentState } from 'langium';
import { createRequestHandler, DefaultLanguageServer, type LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, InitializeResult, SelectionRange, SelectionRangeParams, TextDocumentSyncOptions } from 'vscode-languageserver';
import { codeActionKinds } from './code-actions/provider.js';
import { selectionRange } from './layout/selection.js';

/** Says more of what the server can do than Langium does by itself. */
export class CamelLanguageServer extends DefaultLanguageServer {
  constructor(services: LangiumSharedServices) {
    super(services);
    const select = createRequestHandler<SelectionRangeParams, SelectionRange[]>(
      ({ Grammar }, document, { positions }) => positions.map((position) => selectionRange(document, position, Grammar)),
      services,
      DocumentState.Parsed,
    );
    services.lsp.Connection?.onSelectionRanges(select);
  }

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const { capabilities, ...result } = super.buildInitializeResult(params);
    return {
      ...result,
      capabilities: {
        ...capabilities,
        textDocumentSync: { ...(capabilities.textDocumentSync as TextDocumentSyncOptions), save: true },
        codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
        selectionRangeProvider: true,
        completionProvider: { ...capabilities.completionProvider, resolveProvider: true },
      },
    };
  }
}
