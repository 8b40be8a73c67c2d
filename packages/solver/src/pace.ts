/**
 * Long computations are generators that yield, without a value, wherever they may be paused: at least every few milliseconds.
 * They ask `over` after each pause, and end with what they have when it says so.
 */
export type Long<T> = Generator<undefined, T, undefined>;

/** How long a search may go on. */
export interface Pace {
  /** True when the time is up or the user has interrupted. */
  over: () => boolean;
  /** Seconds left; undefined: no limit. */
  secondsLeft: () => number | undefined;
  /** Lets the caller's event loop turn, so that it can hear an interruption. Called now and then. */
  breathe: () => Promise<void>;
}

/** Runs a long computation to its end. */
export async function run<T>(work: Long<T>, { breathe }: Pace): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await breathe();
  }
}

/** Runs one without pauses. */
export function runAtOnce<T>(work: Long<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
