/** Ctrl-C while a system is changed: the first ends it in order, the second at once. */

export interface Interrupt {
  /** Aborts with the first signal. */
  signal: AbortSignal;
  /** To be called when all is over. */
  end(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** @param said called with the first, to say how it goes on; `atOnce` with the second, before the program ends */
export function listenForInterrupt(said: () => void, atOnce: () => void): Interrupt {
  const abort = new AbortController();
  const heard = (): void => {
    if (abort.signal.aborted) {
      atOnce();
      process.exit(130);
    }
    abort.abort();
    said();
  };
  for (const signal of signals) process.on(signal, heard);
  return {
    signal: abort.signal,
    end: () => {
      for (const signal of signals) process.off(signal, heard);
    },
  };
}
