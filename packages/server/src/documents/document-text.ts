import { libraryScheme, type Library } from '@camelc/language';
import { URI } from 'langium';
import type { TextDocumentContentProvider } from 'langium/lsp';
import { explanationAt, explanationScheme } from '../diagnostics/explanations.js';

/** Serves to editors what they have nowhere else: the files of the standard library, and the pages of diagnostics. */
export const documentText = (library: Library): TextDocumentContentProvider => ({
  schemes: [libraryScheme, explanationScheme],
  provideTextDocumentContent: async (params) => {
    const uri = URI.parse(params.uri);
    const text = uri.scheme === explanationScheme ? explanationAt(uri) : library.texts.get(uri.toString());
    return text === undefined ? undefined : { text };
  },
});
