import type { Journal, Records } from './target.js';

/** Keeps the journal of an apply in the target. One write at a time, and each holds all that changed while the one before went on. */
export class JournalWriter {
  readonly begun: Set<string>;
  readonly done: Set<string>;
  undoing: boolean;
  #last: Promise<void> = Promise.resolve();
  #next?: Promise<void>;

  constructor(
    readonly records: Records,
    readonly application: string,
    { begun, done, undoing }: Omit<Journal, 'plan'>,
  ) {
    this.begun = new Set(begun);
    this.done = new Set(done);
    this.undoing = undoing;
  }

  /** What may be done only after it is written: a step that was begun and not marked would be left behind. */
  begin(id: string): Promise<void> {
    this.begun.add(id);
    return this.write();
  }

  /** What need not be waited for: a step that is done and not marked is done again. */
  finish(id: string): void {
    this.done.add(id);
    this.write().catch(() => undefined);
  }

  /** Of steps that are undone. */
  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.begun.delete(id);
      this.done.delete(id);
    }
    this.write().catch(() => undefined);
  }

  /** Waits for what is being written, before the journal ends. */
  settle(): Promise<void> {
    return (this.#next ?? this.#last).catch(() => undefined);
  }

  /** @throws what the target throws when it cannot write */
  write(): Promise<void> {
    this.#next ??= this.#last
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#last = this.records.mark(this.application, { undoing: this.undoing, begun: [...this.begun], done: [...this.done] });
        return this.#last;
      });
    return this.#next;
  }
}
