import { libraryScheme, type Library } from '@camelc/language';
import { URI } from 'langium';
import type { TextDocumentContentProvider } from 'langium/lsp';

/** Serves the files of the standard library to editors, which have them nowhere else. */
export const libraryText = (library: Library): TextDocumentContentProvider => ({
  schemes: [libraryScheme],
  provideTextDocumentContent: async ({ uri }) => {
    const text = library.texts.get(URI.parse(uri).toString());
    return text === undefined ? undefined : { text };
  },
});
