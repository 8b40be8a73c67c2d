/** What is done with each resource, one by one: the order of it all is found in `steps.ts`. */
import { alike, compare } from './canonical.js';
import type { Json } from './json.js';
import type { Step } from './plan.js';
import type { RunningResource } from './resource.js';
import type { Conduct } from './target.js';

/** What resources that run and resources that are wanted have in common. */
export type Thing = Omit<RunningResource, 'id' | 'tasks' | 'hosts'>;

/** A step as its order is sought. */
export type Move = Omit<Step, 'after' | 'undone' | 'disruption' | 'why'>;

/** What is done with one resource. */
export interface Touched {
  moves: readonly Move[];
  /** When it is there as wanted, for those that need it. */
  make?: Move;
  /** When it goes, or stops being what it was. */
  end?: Move;
  hosts: HostChange;
}

interface HostChange {
  /** Those that it leaves. */
  lost: readonly string[];
  /** Whether it leaves them before its step, after it, or between its two steps. */
  leaves: 'before' | 'after' | 'between';
  /** Whether it comes to others. */
  gains: boolean;
}

export interface Touch {
  former: ReadonlyMap<string, Thing>;
  future: ReadonlyMap<string, Thing>;
  conduct: Conduct;
  /** Keys of what is removed and made anew for the sake of what it needs. */
  around: ReadonlyMap<string, unknown>;
  /** Keys of what has to be up in the end, even where it need not be changed. */
  awaited?: ReadonlySet<string>;
  /** Of what is on its way, the spec that it was to have: what it runs as now may be the bridge. */
  towards?: ReadonlyMap<string, Json>;
}

/**
 * By key, what is done with each resource that is not as it shall be.
 * @param replaced keys of what is removed and made anew
 * @param exposed keys of what leaves its hosts before it has others
 */
export function touch({ former, future, conduct, around, awaited, towards }: Touch, replaced: ReadonlySet<string>, exposed: ReadonlySet<string>): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  const isHost = (key: string): boolean => {
    const kind = (future.get(key) ?? former.get(key))?.kind;
    return kind !== undefined && conduct.hosts.includes(kind);
  };
  const hostsOnlyIn = (needs: readonly string[], others: readonly string[]): string[] => needs.filter((key) => isHost(key) && !others.includes(key));

  const change = (before: Thing, after: Thing): Touched | undefined => {
    const { key, kind } = after;
    const same = alike(before.spec, after.spec);
    if (around.has(key) || (!same && (replaced.has(key) || conduct.replaces(before.spec, after.spec, kind)))) {
      const moves = [moveOf(after, key, before.spec, undefined), moveOf(after, `${key}#2`, undefined, after.spec)] as const;
      return { moves, end: moves[0], make: moves[1], hosts: none };
    }
    const held = before.needs.filter((need) => former.has(need));
    const lost = hostsOnlyIn(held, after.needs);
    const idle = lost.filter((need) => former.get(need)!.idle).length;
    const gained = hostsOnlyIn(after.needs, held);
    const arrives = gained.some((need) => !former.has(need));
    if (same && lost.length === 0 && !arrives && !awaited?.has(key)) return undefined;

    const gains = gained.length > 0;
    const keeps = held.some((need) => isHost(need) && !lost.includes(need));
    const origin = (gains && lost.length > 0 && towards?.get(key)) || before.spec;
    const bridge = lost.length > 0 ? conduct.bridge(kind, origin, after.spec, { gained: gained.length, lost: lost.length, idle }) : after.spec;
    // What has no host in the end needs none, and is changed while it still has one.
    const mayLeave = (gains || keeps) && alike(bridge, origin) && !(gains && alike(bridge, after.spec));
    const leavesFirst = lost.length > 0 && (exposed.has(key) || mayLeave);
    const arrivesFirst = alike(bridge, after.spec) || !(gains || keeps);
    if (leavesFirst || (arrivesFirst && !(same && gains && lost.length > 0))) {
      const update = moveOf(after, key, before.spec, after.spec);
      return { moves: [update], make: update, end: update, hosts: { lost, gains, leaves: leavesFirst ? 'before' : 'after' } };
    }
    // The first step is done when it is up on its new hosts, even where its spec stays; the second when it has left the old ones.
    const moves = [moveOf(after, key, before.spec, bridge), moveOf(after, `${key}#2`, bridge, after.spec)] as const;
    return { moves, make: moves[0], end: moves[1], hosts: { lost, gains, leaves: 'between' } };
  };

  for (const key of [...new Set([...former.keys(), ...future.keys()])].sort(compare)) {
    const before = former.get(key);
    const after = future.get(key);
    if (before && after) {
      const changed = change(before, after);
      if (changed) touched.set(key, changed);
    } else if (after) {
      const creation = moveOf(after, key, undefined, after.spec);
      touched.set(key, { moves: [creation], make: creation, hosts: none });
    } else {
      const removal = moveOf(before!, key, before!.spec, undefined);
      touched.set(key, { moves: [removal], end: removal, hosts: none });
    }
  }
  return touched;
}

const none: HostChange = { lost: [], leaves: 'after', gains: false };

const moveOf = ({ key, kind, name }: Thing, id: string, before: Json | undefined, wanted: Json | undefined): Move => ({
  id,
  action: before === undefined ? 'create' : wanted === undefined ? 'remove' : 'update',
  key,
  kind,
  name,
  ...(before !== undefined && { before }),
  ...(wanted !== undefined && { wanted }),
});

/** Sorts by the order of kinds, then by name. */
export function byKind({ kinds }: Conduct): (a: Pick<Thing, 'kind' | 'name' | 'key'>, b: Pick<Thing, 'kind' | 'name' | 'key'>) => number {
  const rank = (kind: string): number => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length);
  return (a, b) => rank(a.kind) - rank(b.kind) || compare(a.name, b.name) || compare(a.key, b.key);
}

export const byKey = <T extends { key: string }>(things: readonly T[]): Map<string, T> => new Map(things.map((thing) => [thing.key, thing]));
