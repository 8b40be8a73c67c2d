import { inject } from 'langium';
import { createDefaultModule, createDefaultSharedModule, type DefaultSharedModuleContext, type LangiumServices, type LangiumSharedServices } from 'langium/lsp';
import { camelModule, camelSharedModule, CamelGeneratedModule, CamelGeneratedSharedModule, standardLibrary } from '@camelc/language';
import { CamelCompletionProvider } from './completion.js';
import { CamelHoverProvider } from './hover.js';
import { CamelRenameProvider } from './rename.js';
import { CamelDocumentValidator } from './validator.js';

/** The services of the language behind a connection to an editor. */
export function createServerServices(context: DefaultSharedModuleContext): { shared: LangiumSharedServices; Camel: LangiumServices } {
  const library = standardLibrary();
  const shared = inject(createDefaultSharedModule(context), CamelGeneratedSharedModule, camelSharedModule(library));
  const Camel = inject(createDefaultModule({ shared }), CamelGeneratedModule, camelModule(library), {
    lsp: {
      CompletionProvider: (services: LangiumServices) => new CamelCompletionProvider(services),
      HoverProvider: (services: LangiumServices) => new CamelHoverProvider(services),
      RenameProvider: (services: LangiumServices) => new CamelRenameProvider(services),
    },
    validation: { DocumentValidator: (services: LangiumServices) => new CamelDocumentValidator(services) },
  });
  shared.ServiceRegistry.register(Camel);
  return { shared, Camel };
}
