import type { Diagnostic } from '@camelc/diagnostics';
import { URI } from 'langium';
import { createCamelServices } from './camel-module.js';
import { diagnosticsOf } from './diagnostics.js';
import { isLocationModel, type CamelFile, type CamelModel, type Region } from './generated/ast.js';
import { libraryFiles } from './library/generated/library.js';
import { Library } from './library/library.js';
import { libraryUri } from './library/uris.js';
import { setPath } from './place.js';
import type { CamelLinker } from './scoping/linker.js';

export interface SourceFile {
  /** As the user gave it; diagnostics name it so. */
  path: string;
  text: string;
}

export interface LoadedModels {
  /** In the order of the files. Their references are linked; those to the standard library read it when followed. */
  models: CamelModel[];
  /** By file in the order given, then by position. */
  diagnostics: Diagnostic[];
  /** The regions of the standard library, which is read when this is called. */
  libraryRegions: () => Region[];
}

let library: Library | undefined;
/** The models that are built in. */
export const standardLibrary = (): Library => (library ??= new Library(libraryFiles));

/**
 * Parses, links and checks models that see each other. Never throws for what is in the texts.
 * @param files each path once
 */
export async function loadModels(files: readonly SourceFile[]): Promise<LoadedModels> {
  const { shared, Camel } = createCamelServices(standardLibrary());
  const { LangiumDocumentFactory, LangiumDocuments, DocumentBuilder } = shared.workspace;
  const documents = files.map(({ path, text }, i) => {
    const document = LangiumDocumentFactory.fromString<CamelFile>(text, URI.from({ scheme: 'camel-file', path: `/${i}.camel` }));
    setPath(document, path);
    LangiumDocuments.addDocument(document);
    return document;
  });
  await DocumentBuilder.build(documents, { validation: false });
  return {
    models: documents.flatMap((d) => d.parseResult.value.models ?? []),
    diagnostics: documents.flatMap((d) => diagnosticsOf(d, Camel)),
    libraryRegions: () => {
      const { models } = (Camel.references.Linker as CamelLinker).libraryDocument(libraryUri('location.camel')).parseResult.value as CamelFile;
      return models.flatMap((m) => m.subModels.filter(isLocationModel).flatMap((l) => l.regions));
    },
  };
}
