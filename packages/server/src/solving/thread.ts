/** The thread that solves, as the server sees it: one job after the other, each of which can be ended. */
import { Worker } from 'node:worker_threads';
import type { CancellationToken } from 'vscode-languageserver';
import type { Background, FromThread, Job, ResultOf, ToThread } from './jobs.js';
import type { Solver } from './solver.js';

/** Milliseconds in which a job that was cancelled may answer before its thread is ended. */
const grace = 200;

/** MegaBytes that a thread may take. */
const mostMemory = 2048;

/** A thread that starts with its first job, and again after it was ended or died. */
export class SolverThread implements Solver {
  private worker?: Worker;
  private last: Promise<unknown> = Promise.resolve();
  private jobs = 0;

  /** @param file the program of the thread */
  constructor(private readonly file: URL) {}

  run<J extends Job>(job: J, cancel: CancellationToken, partial?: (known: Background) => void): Promise<ResultOf<J['method']> | undefined> {
    const result = this.last.then(() => (cancel.isCancellationRequested ? undefined : this.start(job, cancel, partial)));
    this.last = result.catch(() => undefined);
    return result as Promise<ResultOf<J['method']> | undefined>;
  }

  private start(job: Job, cancel: CancellationToken, partial?: (known: Background) => void): Promise<ResultOf<Job['method']> | undefined> {
    const worker = (this.worker ??= this.newWorker());
    const id = this.jobs++;
    const send = (message: ToThread): void => worker.postMessage(message);
    return new Promise((resolve, reject) => {
      let late: NodeJS.Timeout | undefined;
      const cancelling = cancel.onCancellationRequested(() => {
        send({ cancel: id });
        late = setTimeout(() => {
          this.end(worker);
          done(() => resolve(undefined));
        }, grace);
      });
      const heard = (message: FromThread): void => {
        if (message.id !== id) return;
        if ('partial' in message) partial?.(message.partial);
        else if ('fault' in message) done(() => reject(new Error(message.fault)));
        else done(() => resolve(cancel.isCancellationRequested ? undefined : message.result));
      };
      const died = (why: unknown): void => {
        this.end(worker);
        done(() => reject(why instanceof Error ? why : new Error(`the thread that solves ended with ${why}`)));
      };
      const done = (settle: () => void): void => {
        clearTimeout(late);
        cancelling.dispose();
        worker.off('message', heard).off('error', died).off('exit', died);
        settle();
      };
      worker.on('message', heard).on('error', died).on('exit', died);
      send({ id, job });
    });
  }

  private newWorker(): Worker {
    const worker = new Worker(this.file, { stdout: true, resourceLimits: { maxOldGenerationSizeMb: mostMemory } });
    // The editor's server may end while a thread is idle, and a fault between two jobs is none of the next.
    worker.unref();
    worker.on('error', () => this.end(worker));
    return worker;
  }

  private end(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
    void worker.terminate();
  }
}
