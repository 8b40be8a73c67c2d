import { inject } from 'langium';
import { createDefaultModule, createDefaultSharedModule, type DefaultSharedModuleContext, type LangiumServices, type LangiumSharedServices } from 'langium/lsp';
import { camelModule, camelSharedModule, CamelGeneratedModule, CamelGeneratedSharedModule, standardLibrary } from '@camelc/language';
import { CamelCodeActionProvider } from './code-actions/provider.js';
import { CamelCompletionProvider } from './completion/provider.js';
import { ExplainingCommands } from './diagnostics/explanations.js';
import { CamelDocumentValidator } from './diagnostics/validator.js';
import { documentText } from './documents/document-text.js';
import { KnownDocuments, KnownLanguages } from './documents/known-documents.js';
import { CamelDocumentUpdateHandler } from './documents/update-handler.js';
import { CamelWorkspaceManager } from './documents/workspace.js';
import { CamelFoldingRangeProvider } from './layout/folding.js';
import { CamelFormatter } from './layout/formatting.js';
import { CamelCallHierarchyProvider } from './navigation/call-hierarchy.js';
import { CamelDefinitionProvider } from './navigation/definition.js';
import { CamelDocumentLinkProvider } from './navigation/document-links.js';
import { CamelDocumentHighlightProvider } from './navigation/highlights.js';
import { CamelReferencesProvider } from './navigation/references.js';
import { CamelRenameProvider } from './navigation/rename.js';
import { CamelImplementationProvider, CamelTypeProvider } from './navigation/type-definition.js';
import { CamelHoverProvider } from './reading/hover.js';
import { CamelInlayHintProvider } from './reading/inlay-hints.js';
import { CamelSemanticTokenProvider } from './reading/semantic-tokens.js';
import { CamelSignatureHelpProvider } from './reading/signature-help.js';
import { KnownCandidates } from './solving/known-candidates.js';
import { SolvingLenses } from './solving/lens.js';
import { solvingModule, type CamelServerServices, type Host } from './solving/module.js';
import { CamelDocumentSymbolProvider } from './symbols/document-symbols.js';
import { CamelWorkspaceSymbolProvider } from './symbols/workspace-symbols.js';
import { CamelLanguageServer } from './language-server.js';

/**
 * The services of the language behind a connection to an editor.
 * @param host files and threads, where the server has them
 */
export function createServerServices(context: DefaultSharedModuleContext, host?: Host): { shared: LangiumSharedServices; Camel: CamelServerServices } {
  const library = standardLibrary();
  const shared = inject(createDefaultSharedModule(context), CamelGeneratedSharedModule, camelSharedModule(library), {
    lsp: {
      DocumentUpdateHandler: (services: LangiumSharedServices) => new CamelDocumentUpdateHandler(services),
      ExecuteCommandHandler: (services: LangiumSharedServices) => new ExplainingCommands(services, Camel.solving.Commands),
      LanguageServer: (services: LangiumSharedServices) => new CamelLanguageServer(services),
      TextDocumentContentProvider: () => documentText(library),
      WorkspaceSymbolProvider: (services: LangiumSharedServices) => new CamelWorkspaceSymbolProvider(services),
    },
    ServiceRegistry: (services: LangiumSharedServices) => new KnownLanguages(services),
    workspace: {
      LangiumDocuments: (services: LangiumSharedServices) => new KnownDocuments(services),
      WorkspaceManager: (services: LangiumSharedServices) => new CamelWorkspaceManager(services),
    },
  });
  const Camel: CamelServerServices = inject(createDefaultModule({ shared }), CamelGeneratedModule, camelModule(library), solvingModule(host), {
    lsp: {
      CallHierarchyProvider: (services: LangiumServices) => new CamelCallHierarchyProvider(services),
      CodeLensProvider: (services: CamelServerServices) => (host ? new SolvingLenses(services.solving.Background) : undefined),
      CodeActionProvider: (services: LangiumServices) => new CamelCodeActionProvider(services),
      CompletionProvider: (services: LangiumServices) => new CamelCompletionProvider(services),
      DeclarationProvider: (services: LangiumServices) => new CamelDefinitionProvider(services),
      DefinitionProvider: (services: LangiumServices) => new CamelDefinitionProvider(services),
      DocumentHighlightProvider: (services: LangiumServices) => new CamelDocumentHighlightProvider(services),
      DocumentLinkProvider: () => new CamelDocumentLinkProvider(),
      DocumentSymbolProvider: (services: LangiumServices) => new CamelDocumentSymbolProvider(services),
      FoldingRangeProvider: () => new CamelFoldingRangeProvider(),
      Formatter: (services: LangiumServices) => new CamelFormatter(services),
      HoverProvider: (services: CamelServerServices) => new CamelHoverProvider(services, new KnownCandidates(services.solving.Background)),
      ImplementationProvider: (services: LangiumServices) => new CamelImplementationProvider(services),
      InlayHintProvider: (services: CamelServerServices) => new CamelInlayHintProvider(services, services.solving.Client),
      ReferencesProvider: (services: LangiumServices) => new CamelReferencesProvider(services),
      RenameProvider: (services: LangiumServices) => new CamelRenameProvider(services),
      SemanticTokenProvider: (services: LangiumServices) => new CamelSemanticTokenProvider(services),
      SignatureHelp: (services: LangiumServices) => new CamelSignatureHelpProvider(services),
      TypeProvider: (services: LangiumServices) => new CamelTypeProvider(services),
    },
    validation: { DocumentValidator: (services: CamelServerServices) => new CamelDocumentValidator(services) },
  });
  shared.ServiceRegistry.register(Camel);
  return { shared, Camel };
}
