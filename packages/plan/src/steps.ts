/** The steps between two states, in an order in which nothing runs without what it needs, and new comes before old goes. */
import { alike, compare } from './canonical.js';
import { Graph, type Edge } from './order.js';
import type { Json } from './json.js';
import type { Action } from './plan.js';
import type { Conduct } from './target.js';

/** What resources that run and resources that are wanted have in common. */
export interface Thing {
  key: string;
  kind: string;
  name: string;
  spec: Json;
  needs: readonly string[];
  takes?: readonly string[];
}

/** A step as its order is sought. */
export interface Move {
  id: string;
  action: Action;
  key: string;
  kind: string;
  name: string;
  before?: Json;
  wanted?: Json;
}

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
}

/** What is done with one resource. */
interface Touched {
  moves: readonly Move[];
  /** When it is there as wanted, for those that need it. */
  make?: Move;
  /** When it goes, or stops being what it was. */
  end?: Move;
  /** Hosts that it leaves. */
  lost: readonly string[];
  /** Whether it leaves its hosts before its step, after it, or between its two steps. */
  leaves: 'before' | 'after' | 'between';
  gains: boolean;
}

interface Options {
  /** Keys of what has to be up in the end, even where it need not be changed. */
  awaited?: ReadonlySet<string>;
  /** Whether removals that nothing waits for are last, so that they are not done at all where something else fails. */
  removeLast: boolean;
}

/** All that has to be done for `wanted` to run in place of `running`. */
export function movesBetween(running: readonly Thing[], wanted: readonly Thing[], conduct: Conduct, options: Options): Moves {
  const former = byKey(running);
  const future = byKey(wanted);
  const replaced = new Set<string>();
  for (;;) {
    const touched = touch(former, future, conduct, replaced, options.awaited);
    const graph = connect(former, future, touched, conduct);
    if (options.removeLast) postponeRemovals(graph);
    const byName = (a: Move, b: Move): number => byKind(conduct)(a, b) || compare(a.id, b.id);
    let exchange: string | undefined;
    const order = graph.sort(byName, (cycle) => (exchange ??= exchangedIn(cycle, replaced)));
    if (exchange === undefined) {
      const moves = order.nodes.map((move) => ({ move, after: graph.before(move).sort((a, b) => compare(a.id, b.id)) }));
      const moving = new Set([...touched].filter(([, { lost, gains }]) => lost.length > 0 && gains).map(([key]) => key));
      const last = new Map([...touched].map(([key, { moves }]) => [key, moves.at(-1)!]));
      const awaited = new Set([...touched].filter(([, { moves, lost }]) => lost.length === 0 && moves.every(({ before, wanted }) => alike(before, wanted))).map(([key]) => key));
      return { moves, awaited, last, moving, exposed: exposedBy(order.givenUp, touched), replaced };
    }
    replaced.add(exchange);
  }
}

function touch(former: ReadonlyMap<string, Thing>, future: ReadonlyMap<string, Thing>, conduct: Conduct, replaced: ReadonlySet<string>, awaited?: ReadonlySet<string>) {
  const touched = new Map<string, Touched>();
  const isHost = (key: string): boolean => {
    const kind = (future.get(key) ?? former.get(key))?.kind;
    return kind !== undefined && conduct.hosts.includes(kind);
  };
  const without = (needs: readonly string[], others: readonly string[]): string[] => needs.filter((key) => isHost(key) && !others.includes(key));
  for (const key of [...new Set([...former.keys(), ...future.keys()])].sort(compare)) {
    const before = former.get(key);
    const after = future.get(key);
    const { kind, name } = after ?? before!;
    const move = (action: Action, from: Json | undefined, to: Json | undefined, id = key): Move => ({
      id,
      action,
      key,
      kind,
      name,
      ...(from !== undefined && { before: from }),
      ...(to !== undefined && { wanted: to }),
    });
    const put = (moves: Move[], more: Pick<Touched, 'make' | 'end'>, hosts: Pick<Touched, 'lost' | 'leaves' | 'gains'> = { lost: [], leaves: 'after', gains: false }): void =>
      void touched.set(key, { moves, ...more, ...hosts });
    if (!before) {
      const creation = move('create', undefined, after!.spec);
      put([creation], { make: creation });
    } else if (!after) {
      const removal = move('remove', before.spec, undefined);
      put([removal], { end: removal });
    } else {
      const same = alike(before.spec, after.spec);
      const held = before.needs.filter((need) => former.has(need));
      const lost = without(held, after.needs);
      if (!same && (replaced.has(key) || conduct.replaces(before.spec, after.spec, kind))) {
        const moves = [move('remove', before.spec, undefined), move('create', undefined, after.spec, `${key}#2`)] as const;
        put([...moves], { end: moves[0], make: moves[1] });
        continue;
      }
      const arrives = after.needs.some((need) => isHost(need) && !former.has(need));
      if (same && lost.length === 0 && !arrives && !awaited?.has(key)) continue;
      const gained = without(after.needs, held).length;
      const bridge = lost.length ? conduct.bridge(kind, before.spec, after.spec, { gained, lost: lost.length }) : after.spec;
      const hosts = { lost, gains: gained > 0 };
      const [stays, comes] = [alike(bridge, before.spec), alike(bridge, after.spec)];
      if (stays && comes ? gained === 0 || lost.length === 0 : stays || comes) {
        const update = move('update', before.spec, after.spec);
        put([update], { make: update, end: update }, { ...hosts, leaves: stays && lost.length > 0 ? 'before' : 'after' });
      } else {
        // Where both are as the bridge, the first step waits until it is up on its new hosts, the second until it has left the old ones.
        const moves = [move('update', before.spec, bridge), move('update', bridge, after.spec, `${key}#2`)] as const;
        put([...moves], { make: moves[0], end: moves[1] }, { ...hosts, leaves: 'between' });
      }
    }
  }
  return touched;
}

function connect(former: ReadonlyMap<string, Thing>, future: ReadonlyMap<string, Thing>, touched: ReadonlyMap<string, Touched>, conduct: Conduct): Graph<Move> {
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
      const removed = provider?.end !== undefined && provider.end.action === 'remove';
      if (!user || !provider?.end || (!removed && !conduct.hosts.includes(provider.end.kind))) continue;
      if (user.end?.action === 'remove') {
        if (removed || !keeps) graph.connect(user.end, provider.end, 'need');
      } else if (!keeps) {
        if (!user.lost.includes(need)) graph.connect(user.end, provider.end, 'makeBeforeBreak');
        else {
          if (user.leaves !== 'before') graph.connect(user.moves[0], provider.end, 'makeBeforeBreak');
          if (user.leaves === 'before') graph.connect(provider.end, user.make, 'makeBeforeBreak');
          if (user.leaves === 'between') graph.connect(provider.end, user.moves[1], 'always');
        }
      }
    }

  const holders = new Map<string, string[]>();
  for (const { key, takes } of former.values()) for (const taken of takes ?? []) holders.set(taken, [...(holders.get(taken) ?? []), key]);
  for (const { key, takes } of future.values())
    for (const taken of takes ?? [])
      for (const holder of holders.get(taken) ?? [])
        if (holder !== key && !future.get(holder)?.takes?.includes(taken)) graph.connect(touched.get(holder)?.end, touched.get(key)?.make, 'always');
  return graph;
}

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

function exposedBy(givenUp: readonly Edge<Move>[], touched: ReadonlyMap<string, Touched>): Map<string, number> {
  const exposed = new Map<string, number>();
  for (const { from, to, strength } of givenUp)
    if (strength === 'makeBeforeBreak' && touched.get(from.key)?.lost.includes(to.key)) exposed.set(from.key, (exposed.get(from.key) ?? 0) + 1);
  return exposed;
}

/** Sorts by the order of kinds, then by name. */
export function byKind({ kinds }: Conduct): (a: Pick<Thing, 'kind' | 'name' | 'key'>, b: Pick<Thing, 'kind' | 'name' | 'key'>) => number {
  const rank = (kind: string): number => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length);
  return (a, b) => rank(a.kind) - rank(b.kind) || compare(a.name, b.name) || compare(a.key, b.key);
}

export const byKey = <T extends { key: string }>(things: readonly T[]): Map<string, T> => new Map(things.map((thing) => [thing.key, thing]));
