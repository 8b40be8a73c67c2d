/** The nodes of branch and bound. */
import type { Basis } from './tableau.js';

/** Limits of a column j, or of a row ~i, and those set before. */
export interface Change {
  variable: number;
  low: number;
  high: number;
  before?: Change;
}

/** How far apart, in depth, changes are merged. */
const mergeEvery = 64;

/** The changes that lead to a node of some depth; now and then one for each variable, so that deep nodes are not reached in as many steps. */
export function merged(change: Change | undefined, depth: number): Change | undefined {
  if (depth % mergeEvery > 0) return change;
  const limits = new Map<number, { low: number; high: number }>();
  for (let c = change; c; c = c.before) {
    const { low, high } = limits.get(c.variable) ?? { low: -Infinity, high: Infinity };
    limits.set(c.variable, { low: Math.max(low, c.low), high: Math.min(high, c.high) });
  }
  let result: Change | undefined;
  for (const [variable, range] of limits) result = { variable, ...range, ...(result && { before: result }) };
  return result;
}

export interface Node {
  /** What no point of the node exceeds. */
  bound: number;
  depth: number;
  change?: Change;
  /** Where the node's own search starts. */
  basis: Basis;
  /** What the last change was, for the estimates of later ones: the column, the direction and how far it was from there. */
  branched?: { column: number; up: boolean; distance: number };
}

/** Nodes that are still to be searched: the one of greatest bound first, then the deepest, then the youngest. */
export class Open {
  private readonly heap: { node: Node; order: number }[] = [];
  private count = 0;

  /** Greatest bound; -Infinity when there is no node. */
  get bound(): number {
    return this.heap[0]?.node.bound ?? -Infinity;
  }

  push(node: Node): void {
    const { heap } = this;
    const entry = { node, order: this.count++ };
    let at = heap.length;
    heap.push(entry);
    for (let up = (at - 1) >> 1; at > 0 && Open.before(entry, heap[up]!); at = up, up = (at - 1) >> 1) {
      heap[at] = heap[up]!;
      heap[up] = entry;
    }
  }

  pop(): Node | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first && last && first !== last) {
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= heap.length) break;
        if (down + 1 < heap.length && Open.before(heap[down + 1]!, heap[down]!)) down++;
        if (!Open.before(heap[down]!, last)) break;
        heap[at] = heap[down]!;
        at = down;
      }
      heap[at] = last;
    }
    return first?.node;
  }

  private static before(a: { node: Node; order: number }, b: { node: Node; order: number }): boolean {
    return a.node.bound > b.node.bound || (a.node.bound === b.node.bound && (a.node.depth > b.node.depth || (a.node.depth === b.node.depth && a.order > b.order)));
  }
}
