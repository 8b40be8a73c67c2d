/** A mixed integer solver in a thread of its own: it computes without pause, so that nothing in its own thread could be interrupted. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { loadMilp, type Milp, type MilpAnswer, type MilpModel, type MilpName } from '@camelc/solver';

/** Seconds that an answer may come late before the thread is ended. */
const grace = 0.15;

export interface BackgroundMilp extends Milp {
  close(): void;
}

/** What the thread is asked. */
export interface MilpRequest {
  model: MilpModel;
  seconds?: number;
}

/** @param signal aborted: no answer is waited for any more */
export async function backgroundMilp(name: MilpName, signal: AbortSignal): Promise<BackgroundMilp> {
  const file = path.join(path.dirname(realpathSync(process.argv[1]!)), '../dist/bundle/milp-thread.js');
  // Where the program is not the bundled one, as in a test, there is no such thread.
  if (!existsSync(file)) return { ...(await loadMilp(name)), close: () => undefined };

  let worker: Worker | undefined;
  const close = (): void => {
    void worker?.terminate();
    worker = undefined;
  };
  return {
    close,
    solve(model, seconds) {
      if (signal.aborted) return Promise.resolve({ status: 'unknown' });
      worker ??= new Worker(file, { workerData: name });
      const thread = worker;
      return new Promise<MilpAnswer>((resolve) => {
        const late = seconds === undefined ? undefined : setTimeout(giveUp, (seconds + grace) * 1000);
        signal.addEventListener('abort', giveUp);
        thread.once('message', answered).once('error', giveUp);
        thread.postMessage({ model, seconds } satisfies MilpRequest);

        function answered(answer: MilpAnswer): void {
          clearTimeout(late);
          signal.removeEventListener('abort', giveUp);
          thread.off('error', giveUp).off('message', answered);
          resolve(answer);
        }
        function giveUp(): void {
          close();
          answered({ status: 'unknown' });
        }
      });
    },
  };
}
