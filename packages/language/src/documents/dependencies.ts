import type { LangiumDocument, URI } from 'langium';
import { lostText } from '../parser/failures.js';
import { lastName, type CamelSymbol } from '../scoping/symbols.js';
import { targetsElsewhere } from '../scoping/targets.js';
import { missesNames } from '../scoping/unresolved.js';

/** What a document needs of others, as it was linked last. */
interface Needs {
  document: LangiumDocument;
  targets: ReadonlySet<CamelSymbol>;
  /** The documents of which its checks tell. */
  uris: Set<string>;
}

/** Which documents refer to which, and whose checks may say something else after a change. To take note of one document takes time by that document, not by all. */
export class Dependencies {
  /** By URI. */
  private readonly needs = new Map<string, Needs>();
  /** By URI, the documents whose checks tell of it. */
  private readonly dependents = new Map<string, Set<LangiumDocument>>();
  private readonly changed = new Set<string>();
  /** Documents to which somebody refers, or no longer refers, since the last time. */
  private readonly touched = new Set<string>();
  /** Documents of which parts could not be read: there, what others miss may stand. */
  private readonly lost = new Set<LangiumDocument>();
  /** Documents with names that mean nothing. */
  private readonly missing = new Set<LangiumDocument>();
  /** Documents with elements to which no other document refers, nor they themselves. */
  private readonly unused = new Set<LangiumDocument>();
  private lostChanged = false;
  /** Whether there were lost parts when the affected ones were taken last: then none tells what nothing uses. */
  private hadLost = false;

  /**
   * Takes note that a document has been linked.
   * @param concerning the documents of which its checks tell, besides those to which it refers
   */
  update(document: LangiumDocument, concerning: readonly string[]): void {
    const uri = document.uri.toString();
    const former = this.needs.get(uri);
    const targets = targetsElsewhere(document);
    const uris = new Set([...concerning, ...[...targets].map((t) => t.documentUri.toString())]);
    this.needs.set(uri, { document, targets, uris });
    for (const other of former?.uris ?? []) if (!uris.has(other)) this.dependents.get(other)?.delete(former!.document);
    for (const other of uris) this.addDependent(other, document);
    for (const target of targets) if (!former?.targets.has(target)) this.touched.add(target.documentUri.toString());
    for (const target of former?.targets ?? []) if (!targets.has(target)) this.touched.add(target.documentUri.toString());
    this.changed.add(uri);
    this.noteLost(document, lostText(document));
    note(this.missing, document, missesNames(document));
  }

  /** Takes note that a check of the document tells where something stands in another. */
  noteMention(document: LangiumDocument, other: URI): void {
    const uri = other.toString();
    this.needs.get(document.uri.toString())?.uris.add(uri);
    this.addDependent(uri, document);
  }

  private addDependent(uri: string, document: LangiumDocument): void {
    const known = this.dependents.get(uri);
    if (known) known.add(document);
    else this.dependents.set(uri, new Set([document]));
  }

  forget(document: LangiumDocument): void {
    const uri = document.uri.toString();
    const { targets, uris } = this.needs.get(uri) ?? {};
    this.needs.delete(uri);
    for (const target of targets ?? []) this.touched.add(target.documentUri.toString());
    for (const other of uris ?? []) this.dependents.get(other)?.delete(document);
    this.changed.add(uri);
    this.noteLost(document, false);
    this.missing.delete(document);
    this.unused.delete(document);
  }

  private noteLost(document: LangiumDocument, isLost: boolean): void {
    this.lostChanged ||= isLost || this.lost.has(document);
    note(this.lost, document, isLost);
  }

  /** Takes note whether the document has elements that nothing uses. */
  noteUnused(document: LangiumDocument, isUnused: boolean): void {
    note(this.unused, document, isUnused);
  }

  /** Whether there are documents of which parts could not be read. */
  get hasLost(): boolean {
    return this.lost.size > 0;
  }

  /** Those that may refer to the document. */
  dependentsOf = (document: LangiumDocument): Iterable<LangiumDocument> => this.dependents.get(document.uri.toString()) ?? [];

  /** Those that refer to something whose path ends in one of the names. */
  mentioning(names: ReadonlySet<string>): LangiumDocument[] {
    if (names.size === 0) return [];
    return [...this.needs.values()].flatMap(({ document }) => {
      const mentioned = namesIn(document);
      return [...names].some((name) => mentioned.has(name)) ? [document] : [];
    });
  }

  /** Those with names that mean nothing. */
  missingNames = (): Iterable<LangiumDocument> => this.missing;

  /** The documents that refer to a changed one, directly or through others; to which another refers that did not, or no longer; and that miss what may stand where a changed one cannot be read. */
  takeAffected(): ReadonlySet<LangiumDocument> {
    const affected = new Set<LangiumDocument>();
    const reached = [...this.changed];
    for (const uri of reached) {
      for (const document of this.dependents.get(uri) ?? []) {
        if (affected.has(document)) continue;
        affected.add(document);
        reached.push(document.uri.toString());
      }
    }
    for (const uri of this.touched) {
      const document = this.needs.get(uri)?.document;
      if (document) affected.add(document);
    }
    if (this.lostChanged) for (const document of this.missing) affected.add(document);
    if (this.hasLost !== this.hadLost) for (const document of this.unused) affected.add(document);
    this.hadLost = this.hasLost;
    this.changed.clear();
    this.touched.clear();
    this.lostChanged = false;
    return affected;
  }
}

const knownNames = new WeakMap<object, ReadonlySet<string>>();
/** The last names of all that the document refers to, by its list of references, which is another after each time that it is linked. */
function namesIn({ references }: LangiumDocument): ReadonlySet<string> {
  let names = knownNames.get(references);
  if (!names) knownNames.set(references, (names = new Set(references.map((r) => lastName(r.$refText)))));
  return names;
}

function note<T>(set: Set<T>, item: T, isIn: boolean): void {
  if (isIn) set.add(item);
  else set.delete(item);
}
