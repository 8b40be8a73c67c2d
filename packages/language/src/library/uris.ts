import { URI } from 'langium';

const scheme = 'camel-lib';
/** Whether the document is a file of the standard library. */
export const isLibraryUri = (uri: URI): boolean => uri.scheme === scheme;
export const libraryUri = (fileName: string): URI => URI.from({ scheme, path: `/${fileName}` });
