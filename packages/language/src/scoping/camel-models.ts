import type { LangiumDocument } from 'langium';
import type { CamelFile, CamelModel } from '../generated/ast.js';
import { fileOf } from '../place.js';
import { distance } from './distance.js';

/** Which documents have a camel model of which name. */
export class CamelModels {
  private readonly names = new Map<string, readonly string[]>();
  private readonly holders = new Map<string, Map<string, LangiumDocument>>();
  private changed = new Set<string>();

  /** Takes note of the camel models of a document, which replace those that it had. */
  update(document: LangiumDocument): void {
    const uri = document.uri.toString();
    const names = modelsOf(document).flatMap(({ name }) => name ?? []);
    const former = this.names.get(uri) ?? [];
    if (names.length === former.length && names.every((name, i) => name === former[i])) return;
    this.remove(uri);
    this.names.set(uri, names);
    for (const name of names) {
      this.changed.add(name);
      const holders = this.holders.get(name) ?? new Map<string, LangiumDocument>();
      this.holders.set(name, holders.set(uri, document));
    }
  }

  remove(uri: string): void {
    for (const name of this.names.get(uri) ?? []) {
      this.changed.add(name);
      this.holders.get(name)?.delete(uri);
    }
    this.names.delete(uri);
  }

  /** The documents with a camel model of a name that others got or lost since this was asked before. */
  takeConcerned(): Set<LangiumDocument> {
    const concerned = new Set([...this.changed].flatMap((name) => [...(this.holders.get(name)?.values() ?? [])]));
    this.changed = new Set();
    return concerned;
  }

  /** The camel models of the name in the other files of the document's folder, first by path. */
  beside(document: LangiumDocument, name: string): CamelModel[] {
    const file = fileOf(document);
    return [...(this.holders.get(name)?.values() ?? [])]
      .filter((other) => distance(file, fileOf(other)) === 1)
      .sort((a, b) => (fileOf(a) < fileOf(b) ? -1 : 1))
      .flatMap((other) => modelsOf(other).find((m) => m.name === name) ?? []);
  }

  /** All those that stand beside camel models of the document and have their names. */
  namesakes(document: LangiumDocument): CamelModel[] {
    return modelsOf(document).flatMap(({ name }) => this.beside(document, name));
  }
}

const modelsOf = ({ parseResult }: LangiumDocument): CamelModel[] => (parseResult.value as CamelFile).models ?? [];
