import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult, TextDocumentSyncOptions } from 'vscode-languageserver';
import { codeActionKinds } from './code-actions/provider.js';

/** Says more of what the server can do than Langium does by itself. */
export class CamelLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const { capabilities, ...result } = super.buildInitializeResult(params);
    return {
      ...result,
      capabilities: {
        ...capabilities,
        textDocumentSync: { ...(capabilities.textDocumentSync as TextDocumentSyncOptions), save: true },
        codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
        completionProvider: { ...capabilities.completionProvider, resolveProvider: true },
      },
    };
  }
}
