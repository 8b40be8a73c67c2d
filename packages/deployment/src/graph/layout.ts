/** Where the nodes, labels and lines of a graph stand, in pixels. */
import { layersOf, type GraphEdge, type Item } from './layers.js';

export interface Size {
  width: number;
  height: number;
}
export interface Box extends Size {
  x: number;
  y: number;
}

export interface LabelledEdge extends GraphEdge {
  label: Size;
}

export interface Layout extends Size {
  nodes: Box[];
  edges: {
    label: Box;
    /** Commands of an SVG path, from where the edge leaves to where it arrives. */
    path: string;
  }[];
}

const gap = { ranks: 26, nodes: 28, labels: 10 };
/** Nodes without edges stand in rows of about this width below the others. */
const rowWidth = 900;

/** Lays a graph out from left to right. Nodes of a layer get one width; no two boxes overlap, and no line crosses a box. */
export function layOut(nodes: readonly Size[], edges: readonly LabelledEdge[]): Layout {
  const linked = nodes.map((_, i) => edges.some(({ from, to }) => from === i || to === i));
  const indices = nodes.map((_, i) => i);
  const inGraph = indices.filter((i) => linked[i]);
  const renumber = new Map(inGraph.map((node, i) => [node, i]));
  const graph = layOutLinked(
    inGraph.map((i) => nodes[i]!),
    edges.map((edge) => ({ ...edge, from: renumber.get(edge.from)!, to: renumber.get(edge.to)! })),
  );
  const boxes = new Map(inGraph.map((node, i) => [node, graph.nodes[i]!]));
  let { width } = graph;
  let [x, y, bottom] = [0, graph.height && graph.height + gap.nodes, graph.height];
  for (const i of indices.filter((node) => !linked[node])) {
    const size = nodes[i]!;
    if (x > 0 && x + size.width > Math.max(rowWidth, graph.width)) [x, y] = [0, bottom + gap.nodes];
    boxes.set(i, { x, y, ...size });
    bottom = Math.max(bottom, y + size.height);
    width = Math.max(width, x + size.width);
    x += size.width + gap.nodes;
  }
  return { width, height: bottom, nodes: indices.map((i) => boxes.get(i)!), edges: graph.edges };
}

function layOutLinked(nodes: readonly Size[], edges: readonly LabelledEdge[]): Layout {
  const { ranks, links, ways, reversed } = layersOf(nodes.length, edges);
  const sizeOf = (item: Item): Size => (item.kind === 'node' ? nodes[item.index]! : item.kind === 'label' ? edges[item.index]!.label : { width: 0, height: 0 });
  const spaceBetween = (a: Item, b: Item): number => (a.kind === 'node' && b.kind === 'node' ? gap.nodes : gap.labels);
  /** Where a line meets an item, from its top: a line passes below the text of a label. */
  const lineOf = (item: Item): number => sizeOf(item).height;

  const y = new Map<Item, number>();
  for (const rank of ranks) {
    let top = 0;
    rank.forEach((item, i) => {
      if (i > 0) top += spaceBetween(rank[i - 1]!, item);
      y.set(item, top);
      top += sizeOf(item).height;
    });
  }
  // Each rank in turn moves to where its lines are straightest, to the right and back.
  for (let round = 0; round < 24; round++) {
    for (let k = 0; k < ranks.length; k++) {
      const rank = ranks[round % 2 === 0 ? k : ranks.length - 1 - k]!;
      const wished = rank.map((item) => {
        const wishes = links.flatMap(({ left, right, leftY, rightY }) => {
          if (right === item && left !== item) return [y.get(left)! + (leftY ?? lineOf(left)) - (rightY ?? lineOf(right))];
          if (left === item) return [y.get(right)! + (rightY ?? lineOf(right)) - (leftY ?? lineOf(left))];
          return [];
        });
        return wishes.length ? wishes.reduce((a, b) => a + b, 0) / wishes.length : y.get(item)!;
      });
      const distances = rank.map((item, i) => (i === 0 ? 0 : sizeOf(rank[i - 1]!).height + spaceBetween(rank[i - 1]!, item)));
      nearestInOrder(wished, distances).forEach((top, i) => y.set(rank[i]!, top));
    }
  }
  const highest = Math.min(0, ...y.values());
  for (const [item, top] of y) y.set(item, Math.round(top - highest));

  const xs: number[] = [];
  const widths = ranks.map((rank) => Math.max(0, ...rank.map((item) => sizeOf(item).width)));
  widths.reduce((x, width) => (xs.push(x), x + width + gap.ranks), 0);
  const boxOf = (item: Item): Box => ({ x: xs[item.rank]!, y: y.get(item)!, width: widths[item.rank]!, height: sizeOf(item).height });
  const boxes = nodes.map((_, index) => boxOf(ranks.flat().find((item) => item.kind === 'node' && item.index === index)!));
  return {
    width: Math.max(0, ...xs.map((x, i) => x + widths[i]!)),
    height: Math.max(0, ...ranks.flat().map((item) => y.get(item)! + sizeOf(item).height)),
    nodes: boxes,
    edges: ways.map((way, i) => {
      const edge = edges[i]!;
      const label = boxOf(way.find((item) => item.kind === 'label')!);
      if (edge.from === edge.to) return { label, path: loop(boxes[edge.from]!, edge, label) };
      const [leftY, rightY] = reversed.has(i) ? [edge.toY, edge.fromY] : [edge.fromY, edge.toY];
      const stops = way.slice(1, -1).map(boxOf);
      const [start, end] = [boxOf(way[0]!), boxOf(way.at(-1)!)];
      const points = [
        [start.x + start.width, start.y + leftY],
        ...stops.flatMap((box) => [
          [box.x, box.y + box.height],
          [box.x + box.width, box.y + box.height],
        ]),
        [end.x, end.y + rightY],
      ] as [number, number][];
      return { label, path: pathThrough(reversed.has(i) ? points.reverse() : points) };
    }),
  };
}

/**
 * The tops nearest to the wished ones, by least squares, such that each item keeps its distance below the one before it
 * (pool adjacent violators: Ayer et al. 1955).
 */
function nearestInOrder(wished: readonly number[], distances: readonly number[]): number[] {
  let shift = 0;
  const shifts = distances.map((distance) => (shift += distance));
  const pools: { sum: number; count: number }[] = [];
  wished.forEach((wish, i) => {
    pools.push({ sum: wish - shifts[i]!, count: 1 });
    for (let last = pools.at(-1)!, before = pools.at(-2); before && before.sum / before.count > last.sum / last.count; last = before, before = pools.at(-2)) {
      pools.pop();
      before.sum += last.sum;
      before.count += last.count;
    }
  });
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count)).map((top, i) => top + shifts[i]!);
}

/** Straight along the items, and in a curve from each to the next. */
function pathThrough(points: readonly [number, number][]): string {
  const [first, ...rest] = points;
  let path = `M${first!.join(' ')}`;
  let [fromX, fromY] = first!;
  rest.forEach(([x, y], i) => {
    const bend = (fromX + x) / 2;
    path += i % 2 === 1 || fromY === y ? `L${x} ${y}` : `C${bend} ${fromY} ${bend} ${y} ${x} ${y}`;
    [fromX, fromY] = [x, y];
  });
  return path;
}

/** From the right side of a node around to it. */
function loop(node: Box, { fromY, toY }: GraphEdge, label: Box): string {
  const x = node.x + node.width;
  const line = label.y + label.height;
  const far = label.x;
  return `M${x} ${node.y + fromY}C${far} ${node.y + fromY} ${far} ${line} ${far + 12} ${line}C${far} ${line} ${far} ${node.y + toY} ${x} ${node.y + toY}`;
}
