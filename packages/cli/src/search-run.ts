/** One run of the solver on the command line: it can be interrupted, shows that it is at work, and keeps mixed integer solvers out of this thread. */
import type { Milp, MilpName, SolveOptions } from '@camelc/solver';
import { backgroundMilp, type BackgroundMilp } from './background-milp.js';
import type { Console } from './console.js';

/** Milliseconds between two turns of the event loop. */
const turnEvery = 20;

export interface SearchRun {
  /** For the solver. */
  options: Required<Pick<SolveOptions, 'loadMilp' | 'now' | 'interrupted' | 'breathe'>>;
  /** Whether the user pressed Ctrl-C. */
  interrupted: () => boolean;
  /** To be called when the solver has answered. */
  end: () => void;
}

/**
 * What is left for the search of a time limit, which counts from the start of the program: at least half of it.
 * @param seconds undefined: no limit
 */
export const leftFor = (seconds: number | undefined): number | undefined => seconds && Math.max(seconds / 2, seconds - performance.now() / 1000);

/** Listens to Ctrl-C from now on: the first ends the search with what it has, a second one the program. */
export function startSearch(c: Console): SearchRun {
  const start = performance.now();
  const abort = new AbortController();
  const loaded = new Map<MilpName, Promise<BackgroundMilp>>();
  let lastTurn = start;

  const interrupt = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', interrupt);

  return {
    options: {
      now: () => performance.now(),
      interrupted: () => abort.signal.aborted,
      async breathe() {
        const now = performance.now();
        if (now - lastTurn < turnEvery) return;
        lastTurn = now;
        c.progress((now - start) / 1000);
        await new Promise<void>((resolve) => setImmediate(resolve));
      },
      loadMilp(name): Promise<Milp> {
        if (!loaded.has(name)) loaded.set(name, backgroundMilp(name, abort.signal));
        return loaded.get(name)!;
      },
    },
    interrupted: () => abort.signal.aborted,
    end() {
      process.off('SIGINT', interrupt);
      c.progress(undefined);
      for (const milp of loaded.values()) void milp.then((m) => m.close());
    },
  };
}
