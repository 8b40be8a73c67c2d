/** What a job needs of the documents, as the editor has them. */
import { applicationModels } from '@camelc/application';
import { fileOf, isLibraryUri, type CamelFile, type CamelModel } from '@camelc/language';
import { UriUtils, type LangiumDocument, type Reference } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Input } from './jobs.js';
import { topOf } from '../diagnostics/folder-settings.js';

/** The camel models of a document that describe an application. */
export const applicationsOf = (document: LangiumDocument): CamelModel[] => applicationModels((document.parseResult.value as CamelFile).models ?? []);

/** The models of a job. */
export interface Sources {
  /** The documents that it is about. */
  documents: ReadonlySet<LangiumDocument>;
  /** Those among them that merely lie in the folder. */
  beside: ReadonlySet<LangiumDocument>;
}

/**
 * What applications consist of: their documents, those in the folder and below whose models have no components, hence are parts of any
 * application, and all that these refer to.
 */
export function sourcesOf(applications: readonly LangiumDocument[], shared: LangiumSharedServices): Sources {
  const below = applications.flatMap((document) => documentsBelow(document, shared));
  const beside = below.filter((d) => !applications.includes(d) && applicationsOf(d).length === 0);
  const documents = new Set([...applications, ...beside]);
  for (const known of documents) {
    for (const reference of known.references) {
      const uri = (reference as Reference).$nodeDescription?.documentUri;
      const other = uri && !isLibraryUri(uri) ? shared.workspace.LangiumDocuments.getDocument(uri) : undefined;
      if (other) documents.add(other);
    }
  }
  return { documents, beside: new Set(beside) };
}

/** The documents in the folder of a document and below. */
export function folderOf(document: LangiumDocument, shared: LangiumSharedServices): Sources {
  const beside = documentsBelow(document, shared).filter((d) => d !== document);
  return { documents: new Set([...sourcesOf([document], shared).documents, ...beside]), beside: new Set(beside) };
}

function documentsBelow({ uri }: LangiumDocument, { workspace }: LangiumSharedServices): LangiumDocument[] {
  if (uri.scheme !== 'file') return [];
  const folder = `${UriUtils.dirname(uri).toString()}/`;
  return workspace.LangiumDocuments.all.filter((d) => d.uri.toString().startsWith(folder)).toArray();
}

/** @param document the one that is asked about */
export function inputOf(document: LangiumDocument, { documents, beside }: Sources, application: string | undefined, shared: LangiumSharedServices): Input {
  const uri = document.uri.toString();
  const top = topOf(document.uri, shared);
  const files = [...documents].map((d) => ({ path: fileOf(d), text: d.textDocument.getText(), ...(beside.has(d) && { beside: true as const }) }));
  return {
    uri,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    application,
    ...(document.uri.scheme === 'file' && { folder: UriUtils.dirname(document.uri).fsPath, ...(top !== undefined && { top }) }),
  };
}
