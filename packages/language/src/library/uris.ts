import { URI } from 'langium';

export const libraryScheme = 'camel-lib';
/** Whether the document is a file of the standard library. */
export const isLibraryUri = (uri: URI): boolean => uri.scheme === libraryScheme;
export const libraryUri = (fileName: string): URI => URI.from({ scheme: libraryScheme, path: `/${fileName}` });
