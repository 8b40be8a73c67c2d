/**
 * Puts the nodes of a graph in layers, so that its edges lead from left to right where they can, and each layer in an order with few crossings:
 * the method of Sugiyama, Tagawa and Toda (1981). The label of an edge is an item of the layers as well, hence it has a place of its own.
 */

export interface GraphEdge {
  from: number;
  to: number;
  /** Where it leaves and reaches its nodes, from their top. */
  fromY: number;
  toY: number;
}

/** What stands in a layer: a node, the label of an edge, or a point through which an edge passes. */
export interface Item {
  kind: 'node' | 'label' | 'point';
  /** Index of the node or of the edge. */
  index: number;
  rank: number;
}

/** A stretch of an edge between items of neighbouring ranks; `leftY` and `rightY` from the top of a node, absent at other items. */
export interface Link {
  left: Item;
  right: Item;
  leftY?: number;
  rightY?: number;
}

export interface Layers {
  /** By rank, from left to right; each from top to bottom. Nodes stand in even ranks. */
  ranks: Item[][];
  links: Link[];
  /** For each edge the items on its way from left to right, with the nodes at its ends; a loop has its node and its label alone. */
  ways: Item[][];
  /** Edges that lead from right to left, as they close a circle. */
  reversed: ReadonlySet<number>;
}

/** The layers of a graph of `count` nodes. The same graph gives the same layers. */
export function layersOf(count: number, edges: readonly GraphEdge[]): Layers {
  const reversed = edgesThatCloseCircles(count, edges);
  const oriented = edges.map((edge, i) => (reversed.has(i) ? { from: edge.to, to: edge.from, fromY: edge.toY, toY: edge.fromY } : edge));
  const layer = layerOfEach(count, oriented);
  const nodes = layer.map((l, index): Item => ({ kind: 'node', index, rank: 2 * l }));
  const links: Link[] = [];
  const ways = oriented.map((edge, index) => {
    const [left, right] = [nodes[edge.from]!, nodes[edge.to]!];
    if (left === right) {
      const label: Item = { kind: 'label', index, rank: left.rank + 1 };
      links.push({ left, right: label, leftY: edge.fromY }, { left, right: label, leftY: edge.toY });
      return [left, label];
    }
    // The label goes into the gap in the middle of its edge.
    const middle = 2 * Math.floor((layer[edge.from]! + layer[edge.to]! - 1) / 2) + 1;
    const between = Array.from({ length: right.rank - left.rank - 1 }, (_, k): Item => {
      const rank = left.rank + 1 + k;
      return { kind: rank === middle ? 'label' : 'point', index, rank };
    });
    const way = [left, ...between, right];
    for (let k = 1; k < way.length; k++) {
      links.push({ left: way[k - 1]!, right: way[k]!, ...(k === 1 && { leftY: edge.fromY }), ...(k === way.length - 1 && { rightY: edge.toY }) });
    }
    return way;
  });
  return { ranks: orderedRanks([...nodes, ...ways.flatMap((way) => way.filter((item) => item.kind !== 'node'))], links), links, ways, reversed };
}

/** Edges that lead back to a node from which a depth-first walk came. */
function edgesThatCloseCircles(count: number, edges: readonly GraphEdge[]): Set<number> {
  const closing = new Set<number>();
  const outgoing = Array.from({ length: count }, (): number[] => []);
  edges.forEach(({ from, to }, i) => from !== to && outgoing[from]!.push(i));
  const state = Array.from({ length: count }, (): 'new' | 'open' | 'done' => 'new');
  // Nodes that nothing leads to come first, so that walks begin where a reader would.
  const targets = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const all = Array.from({ length: count }, (_, i) => i);
  for (const start of [...all.filter((i) => !targets.has(i)), ...all.filter((i) => targets.has(i))]) {
    if (state[start] !== 'new') continue;
    state[start] = 'open';
    const path = [{ node: start, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = outgoing[top.node]![top.next++];
      if (edge === undefined) {
        state[top.node] = 'done';
        path.pop();
        continue;
      }
      const { to } = edges[edge]!;
      if (state[to] === 'open') closing.add(edge);
      else if (state[to] === 'new') {
        state[to] = 'open';
        path.push({ node: to, next: 0 });
      }
    }
  }
  return closing;
}

/** Each node stands right of all that lead to it; one that nothing leads to stands beside what it leads to. */
function layerOfEach(count: number, edges: readonly GraphEdge[]): number[] {
  const proper = edges.filter(({ from, to }) => from !== to);
  const layer = Array.from({ length: count }, () => 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of proper) {
      if (layer[to]! > layer[from]!) continue;
      layer[to] = layer[from]! + 1;
      changed = true;
    }
  }
  for (let node = 0; node < count; node++) {
    const next = proper.filter(({ from }) => from === node).map(({ to }) => layer[to]!);
    if (next.length > 0 && !proper.some(({ to }) => to === node)) layer[node] = Math.min(...next) - 1;
  }
  return layer;
}

/** Rounds of ordering; few graphs of applications gain after the first ones. */
const rounds = 12;

/** Orders each rank by where the neighbours of its items stand, back and forth, and keeps the order with the fewest crossings. */
function orderedRanks(items: readonly Item[], links: readonly Link[]): Item[][] {
  let ranks = Array.from({ length: Math.max(0, ...items.map((item) => item.rank + 1)) }, (_, rank) => items.filter((item) => item.rank === rank));
  const toLeft = groupBy(links, (link) => link.right);
  const toRight = groupBy(links, (link) => link.left);
  let best = ranks;
  let fewest = Infinity;
  for (let round = 0; round < rounds && fewest > 0; round++) {
    const rightwards = round % 2 === 0;
    ranks = [...ranks];
    const position = new Map(ranks.flatMap((rank) => rank.map((item, i) => [item, i] as const)));
    for (let k = 0; k < ranks.length; k++) {
      const r = rightwards ? k : ranks.length - 1 - k;
      const wished = new Map(
        ranks[r]!.map((item) => {
          // Within a node the height of the port decides.
          const neighbours = rightwards
            ? (toLeft.get(item) ?? []).map((link) => position.get(link.left)! + (link.leftY ?? 0) / 1e4)
            : (toRight.get(item) ?? []).map((link) => position.get(link.right)! + (link.rightY ?? 0) / 1e4);
          return [item, neighbours.length ? neighbours.reduce((a, b) => a + b, 0) / neighbours.length : position.get(item)!];
        }),
      );
      ranks[r] = [...ranks[r]!].sort((a, b) => wished.get(a)! - wished.get(b)!);
      ranks[r].forEach((item, i) => position.set(item, i));
    }
    const crossings = crossingsOf(links, position);
    if (crossings < fewest) [best, fewest] = [ranks, crossings];
  }
  return best;
}

function crossingsOf(links: readonly Link[], position: ReadonlyMap<Item, number>): number {
  const ends = links.map((link) => ({
    rank: link.left.rank,
    left: position.get(link.left)! + (link.leftY ?? 0) / 1e4,
    right: position.get(link.right)! + (link.rightY ?? 0) / 1e4,
  }));
  let crossings = 0;
  for (const byRank of groupBy(ends, (end) => end.rank).values()) {
    for (const [i, a] of byRank.entries()) for (const b of byRank.slice(i + 1)) if ((a.left - b.left) * (a.right - b.right) < 0) crossings++;
  }
  return crossings;
}

function groupBy<T, K>(values: readonly T[], key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
