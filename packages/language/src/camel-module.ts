import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
  type PartialLangiumSharedCoreServices,
} from 'langium';
import { CamelDocumentBuilder } from './documents/document-builder.js';
import { CamelDocumentFactory } from './documents/document-factory.js';
import { CamelGeneratedModule, CamelGeneratedSharedModule } from './generated/module.js';
import type { Library } from './library/library.js';
import { ExpectationProvider } from './parser/expectations.js';
import { CamelLexer, CamelTokenBuilder } from './parser/lexer.js';
import { createCamelParser } from './parser/parser.js';
import { CamelValueConverter } from './parser/value-converter.js';
import { CamelLinker } from './scoping/linker.js';
import { CamelScopeComputation, CamelScopeProvider } from './scoping/scope.js';
import { CamelIndexManager } from './scoping/symbol-index.js';

export interface CamelServices {
  shared: LangiumSharedCoreServices;
  Camel: LangiumCoreServices;
}

/** The services of Langium for CAMEL, with the given library. */
export function createCamelServices(library: Library): CamelServices {
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), CamelGeneratedSharedModule, camelSharedModule(library));
  const Camel = inject(createDefaultCoreModule({ shared }), CamelGeneratedModule, camelModule(library));
  shared.ServiceRegistry.register(Camel);
  return { shared, Camel };
}

/** The services that parse a library's files, each once for all others: nothing changes them. */
const librarians = new WeakMap<Library, LangiumCoreServices>();

function librarianOf(library: Library): LangiumCoreServices {
  const known = librarians.get(library);
  if (known) return known;
  const { Camel } = createCamelServices(library);
  librarians.set(library, Camel);
  return Camel;
}

/** What differs from Langium's own shared services. */
export const camelSharedModule = (library: Library): Module<LangiumSharedCoreServices, PartialLangiumSharedCoreServices> => ({
  workspace: {
    DocumentBuilder: (services) => new CamelDocumentBuilder(services),
    IndexManager: (services) => new CamelIndexManager(services, library),
    LangiumDocumentFactory: (services) => new CamelDocumentFactory(services),
  },
});

/** What differs from Langium's own services of a language. */
export const camelModule = (library: Library): Module<LangiumCoreServices, PartialLangiumCoreServices> => ({
  parser: {
    TokenBuilder: () => new CamelTokenBuilder(),
    Lexer: (services) => sharedLexer(services),
    LangiumParser: (services) => createCamelParser(services),
    ParserErrorMessageProvider: () => new ExpectationProvider(),
    ValueConverter: () => new CamelValueConverter(),
  },
  references: {
    Linker: (services) => new CamelLinker(services, library, () => librarianOf(library)),
    ScopeComputation: (services) => new CamelScopeComputation(services),
    ScopeProvider: (services) => new CamelScopeProvider(services),
  },
});

/** Made once: it knows nothing of documents, and its tables take time to build. */
let lexer: CamelLexer | undefined;
const sharedLexer = (services: LangiumCoreServices): CamelLexer => (lexer ??= new CamelLexer(services));
