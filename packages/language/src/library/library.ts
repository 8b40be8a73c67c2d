import type { Facts } from '../meaning/facts.js';
import { SymbolTable, type CamelSymbol } from '../scoping/symbols.js';
import { libraryUri } from './uris.js';

/** A file of the standard library as scripts/generate.mjs writes it: its text, and its symbols so that a check need not parse it. */
export interface LibraryFile {
  name: string;
  text: string;
  /** The metaclasses and camel models that rows refer to by number. */
  types: readonly string[];
  camelModels: readonly string[];
  /** Path, type, camel model, path in the tree, and what checks must know. */
  rows: readonly (readonly [name: string, type: number, camelModel: number, path: string, facts?: Facts])[];
}

/** The models that every model sees. */
export class Library {
  readonly texts: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, SymbolTable>;

  constructor(files: readonly LibraryFile[]) {
    this.texts = new Map(files.map((f) => [libraryUri(f.name).toString(), f.text]));
    this.tables = new Map(files.map((f) => [libraryUri(f.name).toString(), new SymbolTable(symbolsOfRows(f))]));
  }
}

function symbolsOfRows({ name: file, types, camelModels, rows }: LibraryFile): CamelSymbol[] {
  const documentUri = libraryUri(file);
  return rows.map(([name, type, camelModel, path, facts]) => ({
    name,
    type: types[type]!,
    camelModel: camelModels[camelModel]!,
    path,
    documentUri,
    ...(facts && { facts }),
  }));
}
