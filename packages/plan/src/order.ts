/** An order of what depends on each other, and what to give up where it goes in circles. */
import { compare } from './canonical.js';

/**
 * Why one step is after another; what is given up first in a cycle comes first.
 * - `provider`: what it needed all along, and has, is changed first; what it needs besides a place that another has is there before that one goes
 * - `makeBeforeBreak`: it goes, as nothing needs it any more
 * - `need`: it is there, as others need it
 * - `always`: it cannot be otherwise
 */
const strengths = ['provider', 'makeBeforeBreak', 'need', 'always'] as const;
type Strength = (typeof strengths)[number];

export interface Edge<T> {
  from: T;
  to: T;
  strength: Strength;
}

/** Nodes with what comes before and after each. */
export class Graph<T extends { id: string }> {
  readonly #before = new Map<T, Map<T, Strength>>();
  readonly #after = new Map<T, Set<T>>();

  add(node: T): void {
    this.#before.set(node, new Map());
    this.#after.set(node, new Set());
  }

  /** The stronger one counts of two edges between the same nodes. */
  connect(from: T | undefined, to: T | undefined, strength: Strength): void {
    if (!from || !to || from === to) return;
    const known = this.#before.get(to)!.get(from);
    if (known === undefined || strengths.indexOf(known) < strengths.indexOf(strength)) this.#before.get(to)!.set(from, strength);
    this.#after.get(from)!.add(to);
  }

  get nodes(): T[] {
    return [...this.#before.keys()];
  }
  before(node: T): T[] {
    return [...this.#before.get(node)!.keys()];
  }
  after(node: T): T[] {
    return [...this.#after.get(node)!];
  }
  strength(from: T, to: T): Strength {
    return this.#before.get(to)!.get(from)!;
  }
  #disconnect(from: T, to: T): void {
    this.#before.get(to)!.delete(from);
    this.#after.get(from)!.delete(to);
  }

  /** What some of these nodes come after, at whatever distance, and the nodes themselves. */
  upTo(nodes: readonly T[]): Set<T> {
    const found = new Set(nodes);
    for (const node of found) for (const before of this.#before.get(node)!.keys()) found.add(before);
    return found;
  }

  /**
   * The nodes in waves: each node after those that it depends on, and sorted within its wave. The weakest edge of a cycle is taken away.
   * @param stuck asked where a cycle has only edges of strength `always`; the first of them is taken away unless it throws
   */
  sort(byName: (a: T, b: T) => number, stuck: (cycle: Edge<T>[]) => void): { nodes: T[]; givenUp: Edge<T>[] } {
    const waiting = new Map(this.nodes.map((node) => [node, this.#before.get(node)!.size]));
    const nodes: T[] = [];
    const givenUp: Edge<T>[] = [];
    let named: T[] | undefined;
    let wave = this.nodes.filter((node) => waiting.get(node) === 0);
    for (;;) {
      for (const node of wave) waiting.delete(node);
      nodes.push(...wave.sort(byName));
      if (waiting.size === 0) return { nodes, givenUp };
      const next: T[] = [];
      const release = (node: T): void => {
        const count = waiting.get(node)! - 1;
        waiting.set(node, count);
        if (count === 0) next.push(node);
      };
      for (const node of wave) this.#after.get(node)!.forEach(release);
      while (next.length === 0) {
        // Not anew for each cycle: there may be as many as nodes.
        named ??= [...waiting.keys()].sort((a, b) => compare(b.id, a.id));
        while (!waiting.has(named.at(-1)!)) named.pop();
        const cycle = this.#cycle(named.at(-1)!, waiting);
        const weakest = cycle.reduce((a, b) => (strengths.indexOf(b.strength) < strengths.indexOf(a.strength) ? b : a));
        if (weakest.strength === 'always') stuck(cycle);
        this.#disconnect(weakest.from, weakest.to);
        givenUp.push(weakest);
        release(weakest.to);
      }
      wave = next;
    }
  }

  /** A cycle that a node waits for: each node that waits has one before it that waits too. The same for the same graph, whatever order it was built in. */
  #cycle(start: T, waiting: ReadonlyMap<T, number>): Edge<T>[] {
    const way: T[] = [];
    const seen = new Set<T>();
    let node = start;
    while (!seen.has(node)) {
      seen.add(node);
      way.push(node);
      const before = [...this.#before.get(node)!.keys()].filter((other) => waiting.has(other));
      node = before.reduce((a, b) => (compare(b.id, a.id) < 0 ? b : a));
    }
    const circle = way.slice(way.indexOf(node));
    return circle.map((to, i) => {
      const from = circle[i + 1] ?? circle[0]!;
      return { from, to, strength: this.strength(from, to) };
    });
  }
}
