import type { LangiumDocument } from 'langium';
import { lostText } from '../parser/syntax-diagnostics.js';
import type { CamelSymbol } from '../scoping/symbols.js';
import { targetsElsewhere } from '../scoping/targets.js';
import { missesNames } from '../scoping/unresolved.js';

/** Which documents refer to which, and whose checks may say something else after a change. */
export class Dependencies {
  /** What each document refers to in others. */
  private readonly targets = new Map<LangiumDocument, ReadonlySet<CamelSymbol>>();
  /** The other documents of which the checks of each tell. */
  private readonly concerning = new Map<LangiumDocument, readonly string[]>();
  private readonly changed = new Set<string>();
  /** Documents to which somebody refers, or no longer refers, since the last time. */
  private readonly touched = new Set<string>();
  /** Documents of which parts could not be read: there, what others miss may stand. */
  private readonly lost = new Set<LangiumDocument>();
  private lostChanged = false;
  /** Whether there were such documents when the affected ones were taken last: then none tells what nothing uses. */
  private hadLost = false;

  /**
   * Takes note that a document has been linked.
   * @param concerning the documents of which its checks tell, besides those to which it refers
   */
  update(document: LangiumDocument, concerning: readonly string[]): void {
    const former = this.targets.get(document) ?? new Set<CamelSymbol>();
    const targets = targetsElsewhere(document);
    this.targets.set(document, targets);
    this.concerning.set(document, concerning);
    this.changed.add(document.uri.toString());
    this.noteLost(document, lostText(document));
    for (const target of [...targets, ...former]) if (!targets.has(target) || !former.has(target)) this.touched.add(target.documentUri.toString());
  }

  forget(document: LangiumDocument): void {
    for (const target of this.targets.get(document) ?? []) this.touched.add(target.documentUri.toString());
    this.targets.delete(document);
    this.concerning.delete(document);
    this.changed.add(document.uri.toString());
    this.noteLost(document, false);
  }

  private noteLost(document: LangiumDocument, isLost: boolean): void {
    this.lostChanged ||= isLost || this.lost.has(document);
    if (isLost) this.lost.add(document);
    else this.lost.delete(document);
  }

  /** Those of the documents that refer to a changed one, directly or through others; to which another refers that did not, or no longer; and that miss what may stand where a changed one cannot be read. */
  takeAffected(documents: readonly LangiumDocument[]): LangiumDocument[] {
    const reached = new Set(this.changed);
    const affected = new Set<LangiumDocument>();
    for (let before = -1; before < affected.size; ) {
      before = affected.size;
      for (const document of documents) {
        if (affected.has(document) || !this.reaches(document, reached)) continue;
        affected.add(document);
        reached.add(document.uri.toString());
      }
    }
    for (const document of documents) {
      if (this.touched.has(document.uri.toString()) || (this.lostChanged && missesNames(document))) affected.add(document);
    }
    const hasLost = this.lost.size > 0;
    if (hasLost !== this.hadLost) for (const document of documents) affected.add(document);
    this.hadLost = hasLost;
    this.changed.clear();
    this.touched.clear();
    this.lostChanged = false;
    return [...affected];
  }

  private reaches(document: LangiumDocument, uris: ReadonlySet<string>): boolean {
    for (const target of this.targets.get(document) ?? []) if (uris.has(target.documentUri.toString())) return true;
    return this.concerning.get(document)?.some((uri) => uris.has(uri)) ?? false;
  }
}
