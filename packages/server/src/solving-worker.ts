/** The thread that solves: it computes without pause, so that typing would wait for it in the thread of the editor services. */
import { parentPort } from 'node:worker_threads';
import { describeError } from './life.js';
import { answer } from './solving/answer.js';
import type { FromThread, ToThread } from './solving/jobs.js';

/** Milliseconds between two turns of the event loop, in which a cancellation is heard. */
const turnEvery = 20;

const port = parentPort!;
let cancelled = -1;
let lastTurn = 0;

async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - lastTurn < turnEvery) return;
  lastTurn = now;
  await new Promise<void>((resolve) => setImmediate(resolve));
}

const send = (message: FromThread): void => port.postMessage(message);

port.on('message', async (message: ToThread) => {
  if ('cancel' in message) {
    cancelled = message.cancel;
    return;
  }
  const { id, job } = message;
  try {
    const result = await answer(job, { interrupted: () => cancelled === id, breathe }, (partial) => send({ id, partial }));
    send({ id, result });
  } catch (error) {
    send({ id, fault: describeError(error) });
  }
});
