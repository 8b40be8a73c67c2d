import { inject } from 'langium';
import { createDefaultModule, createDefaultSharedModule, type DefaultSharedModuleContext, type LangiumServices, type LangiumSharedServices } from 'langium/lsp';
import { camelModule, camelSharedModule, CamelGeneratedModule, CamelGeneratedSharedModule, standardLibrary } from '@camelc/language';
import { CamelDocumentValidator } from './validator.js';

/** The services of the language behind a connection to an editor. */
export function createServerServices(context: DefaultSharedModuleContext): { shared: LangiumSharedServices; Camel: LangiumServices } {
  const library = standardLibrary();
  const shared = inject(createDefaultSharedModule(context), CamelGeneratedSharedModule, camelSharedModule(library));
  const Camel = inject(createDefaultModule({ shared }), CamelGeneratedModule, camelModule(library), {
    validation: { DocumentValidator: (services: LangiumServices) => new CamelDocumentValidator(services) },
  });
  shared.ServiceRegistry.register(Camel);
  return { shared, Camel };
}
