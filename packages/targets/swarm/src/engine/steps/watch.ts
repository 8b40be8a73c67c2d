import type { EngineTaskState } from '../api.js';

/** Sees whether tasks stay up for as long as an update is watched. */
export class Watch {
  #tasks = '';
  #since = 0;
  constructor(readonly milliseconds: number) {}

  /** @param up all tasks, where all are up */
  see(up: readonly EngineTaskState[] | undefined, engineTime: number): boolean {
    const tasks = up
      ?.map(({ ID }) => ID)
      .sort()
      .join();
    if (tasks !== this.#tasks) this.#since = performance.now();
    this.#tasks = tasks ?? '';
    if (!up) return false;
    // What was up already need not be watched anew. Its last change is by the clock of a manager, as is the engine's time.
    const old = up.every(({ UpdatedAt }) => engineTime - Date.parse(UpdatedAt) >= this.milliseconds);
    return old || performance.now() - this.#since >= this.milliseconds;
  }
}
