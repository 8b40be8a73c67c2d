/** The queue of the stand-in: what it does later. */
import type { Queue } from '../../src/api.js';

interface Item extends Queue {
  /** How many requests come, of any kind, until it is done. */
  left: number;
  finish: () => string | undefined;
}

export class TaskQueue extends Map<string, Item> {
  /** @param finish does it; returns where the made thing is, and throws where it fails */
  enqueue(id: string, left: number, finish: () => string | undefined): Queue {
    this.set(id, { id, status: 'SCHEDULED', left, finish });
    return this.look(id)!;
  }

  /** Each request brings all tasks forward. */
  work(): void {
    for (const item of this.values()) {
      if (item.status === 'COMPLETED' || item.status === 'FAILED') continue;
      item.status = 'RUNNING';
      if (--item.left > 0) continue;
      try {
        item.location = item.finish();
        item.status = 'COMPLETED';
      } catch (error) {
        item.status = 'FAILED';
        item.diagnosis = (error as Error).message;
      }
    }
  }

  /** A task as the server shows it. */
  look(id: string): Queue | undefined {
    const item = this.get(id);
    if (!item) return undefined;
    const { status, location, diagnosis } = item;
    return { id, status, ...(location !== undefined && { location }), ...(diagnosis !== undefined && { diagnosis }) };
  }
}
