import type { CancellationToken } from 'vscode-languageserver';
import type { Background, Job, ResultOf } from './jobs.js';

/** What can solve, where there is something that can. */
export interface Solver {
  /**
   * Runs a job when those before it are done.
   * @param partial told what is known before the answer is
   * @returns undefined when it was cancelled
   */
  run<J extends Job>(job: J, cancel: CancellationToken, partial?: (known: Background) => void): Promise<ResultOf<J['method']> | undefined>;
}
