/** The steps between two states, in an order in which nothing runs without what it needs, and new comes before old goes. */
import { alike, compare } from './canonical.js';
import { Graph, type Edge } from './order.js';
import type { Conduct } from './target.js';
import { byKey, byKind, touch, type Move, type Thing, type Touch, type Touched } from './touch.js';

export interface Moves {
  /** In order, each with those that it comes after. */
  moves: readonly { move: Move; after: readonly Move[] }[];
  /** Keys of what stays as it is, and is only waited for. */
  awaited: ReadonlySet<string>;
  /** By key, what is done with it last. */
  last: ReadonlyMap<string, Move>;
  /** Keys of what loses a host and gains another. */
  moving: ReadonlySet<string>;
  /** By key of a resource, how many of its hosts it loses before it has others, as everything waits for everything else. */
  exposed: ReadonlyMap<string, number>;
  /** Keys of what is removed and made anew, as two resources exchange what only one can have. */
  replaced: ReadonlySet<string>;
  /** By key of what is removed and made anew for the sake of what it needs, the keys of that. */
  around: ReadonlyMap<string, readonly string[]>;
}

interface Options extends Pick<Touch, 'awaited' | 'towards'> {
  /** Whether removals that nothing waits for are last, so that they are not done at all where something else fails. */
  removeLast: boolean;
}

/** All that has to be done for `wanted` to run in place of `running`. */
export function movesBetween(running: readonly Thing[], wanted: readonly Thing[], conduct: Conduct, { removeLast, ...options }: Options): Moves {
  const [former, future] = [byKey(running), byKey(wanted)];
  const around = usersOfReplaced(former, future, conduct);
  const things: Touch = { former, future, conduct, around, ...options };
  const byRank = byKind(conduct);
  // What is needed comes before what needs it in the order of kinds: it goes after it where nothing else is known.
  const byName = (a: Move, b: Move): number => {
    if ((a.action === 'remove') !== (b.action === 'remove')) return a.action === 'remove' ? 1 : -1;
    return (a.action === 'remove' && a.kind !== b.kind ? byRank(b, a) : byRank(a, b)) || compare(a.id, b.id);
  };
  const replaced = new Set<string>();
  const exposed = new Set<string>();
  // Each further turn knows of more that cannot go on as it is.
  for (;;) {
    const touched = touch(things, replaced, exposed);
    const graph = connect(things, touched);
    if (removeLast) postponeRemovals(graph);
    let exchange: string | undefined;
    const { nodes, givenUp } = graph.sort(byName, (cycle) => (exchange ??= exchangedIn(cycle, replaced)));
    const known = replaced.size + exposed.size;
    if (exchange !== undefined) replaced.add(exchange);
    for (const { from, to } of givenUp) if (touched.get(from.key)?.hosts.lost.includes(to.key)) exposed.add(from.key);
    if (replaced.size + exposed.size > known) continue;

    const lost = (key: string): number => touched.get(key)!.hosts.lost.length;
    const isWait = ({ moves, hosts }: Touched): boolean => hosts.lost.length === 0 && moves.every(({ before, wanted: after }) => alike(before, after));
    const keysWhere = (holds: (what: Touched) => boolean): Set<string> => new Set([...touched].filter(([, what]) => holds(what)).map(([key]) => key));
    return {
      moves: nodes.map((move) => ({ move, after: graph.before(move).sort((a, b) => compare(a.id, b.id)) })),
      last: new Map([...touched].map(([key, { moves }]) => [key, moves.at(-1)!])),
      awaited: keysWhere(isWait),
      moving: keysWhere(({ hosts }) => hosts.lost.length > 0 && hosts.gains),
      exposed: new Map([...exposed].map((key) => [key, lost(key)])),
      replaced,
      around,
    };
  }
}

/** By key of what needs, before and after, what cannot be removed while it is needed and has to be: the keys of that. */
function usersOfReplaced(former: ReadonlyMap<string, Thing>, future: ReadonlyMap<string, Thing>, conduct: Conduct): Map<string, string[]> {
  const isReplaced = (key: string): boolean => {
    const [before, after] = [former.get(key), future.get(key)];
    return (
      before !== undefined && after !== undefined && conduct.held.includes(after.kind) && !alike(before.spec, after.spec) && conduct.replaces(before.spec, after.spec, after.kind)
    );
  };
  const users = [...former.values()].map(({ key, needs }) => [key, needs.filter((need) => future.get(key)?.needs.includes(need) && isReplaced(need))] as const);
  return new Map(users.flatMap(([key, needs]) => (needs.length > 0 ? [[key, needs]] : [])));
}

function connect({ former, future, conduct }: Touch, touched: ReadonlyMap<string, Touched>): Graph<Move> {
  const graph = new Graph<Move>();
  for (const { moves } of touched.values()) for (const move of moves) graph.add(move);
  for (const { moves } of touched.values()) graph.connect(moves[0], moves[1], 'always');

  for (const { key, needs } of future.values())
    for (const need of needs) {
      const provider = touched.get(need);
      const had = former.get(key)?.needs.includes(need) && provider?.make?.action === 'update';
      graph.connect(provider?.make, touched.get(key)?.make, had ? 'provider' : 'need');
    }

  for (const { key, needs } of former.values())
    for (const need of needs) {
      const user = touched.get(key);
      const provider = touched.get(need);
      const keeps = future.get(key)?.needs.includes(need) && future.has(need);
      if (!user || !provider?.end) continue;
      const removed = provider.end.action === 'remove';
      if (!removed && !conduct.hosts.includes(provider.end.kind)) {
        // As long as it needs that, it finds it as it was.
        if (!keeps && user.end?.action === 'update') graph.connect(user.end, provider.moves[0], 'makeBeforeBreak');
      } else if (user.end?.action === 'remove') {
        if (removed || !keeps) graph.connect(user.end, provider.end, 'need');
      } else if (!keeps) {
        if (!user.hosts.lost.includes(need)) graph.connect(user.end, provider.end, 'makeBeforeBreak');
        else {
          if (user.hosts.leaves !== 'before') graph.connect(user.moves[0], provider.end, 'makeBeforeBreak');
          if (user.hosts.leaves === 'before') graph.connect(provider.end, user.make, 'makeBeforeBreak');
          if (user.hosts.leaves === 'between') graph.connect(provider.end, user.moves[1], 'always');
        }
      }
    }

  const holders = holdersOf(former.values());
  for (const { key, takes, needs } of future.values())
    for (const taken of takes ?? [])
      for (const holder of holders(taken)) {
        if (holder === key || future.get(holder)?.takes?.some((its) => overlap(its, taken))) continue;
        graph.connect(touched.get(holder)?.end, touched.get(key)?.make, 'always');
        // What else the new holder needs comes first, so that there is none of both for as short as can be.
        for (const need of needs) graph.connect(touched.get(need)?.make, touched.get(holder)?.end, 'provider');
      }
  return graph;
}

/** Who has a path, a part of it, or what it is a part of. */
function holdersOf(things: Iterable<Thing>): (path: string) => Set<string> {
  const whole = new Map<string, string[]>();
  const inPart = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, path: string, key: string): void => void (to.get(path)?.push(key) ?? to.set(path, [key]));
  for (const { key, takes } of things)
    for (const taken of takes ?? []) {
      add(whole, taken, key);
      for (const path of above(taken)) add(inPart, path, key);
    }
  return (path) => new Set([path, ...above(path)].flatMap((one) => whole.get(one) ?? []).concat(inPart.get(path) ?? []));
}

/** `a/b/c` is a part of `a/b`, and that of `a`. */
const above = (path: string): string[] => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** What goes and is waited for by nothing but other removals, goes when all else is done. */
function postponeRemovals(graph: Graph<Move>): void {
  const makes = graph.nodes.filter((move) => move.action !== 'remove');
  const waitedFor = graph.upTo(makes);
  const last = graph.nodes.filter((move) => !waitedFor.has(move));
  const roots = last.filter((move) => graph.before(move).every((before) => waitedFor.has(before)));
  const tips = makes.filter((move) => !graph.after(move).some((after) => waitedFor.has(after)));
  for (const root of roots) for (const tip of tips) graph.connect(tip, root, 'makeBeforeBreak');
}

/** Where resources wait for each other's ports and the like, one of them has to go before it is made anew. */
function exchangedIn(cycle: readonly Edge<Move>[], replaced: ReadonlySet<string>): string | undefined {
  return cycle
    .map(({ from }) => from)
    .filter((move) => move.action === 'update' && !replaced.has(move.key))
    .map((move) => move.key)
    .sort(compare)[0];
}
