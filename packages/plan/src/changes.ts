/** What a plan changes, as people read of it: a row for each resource, with its cause and its reasons. */
import { causeOf, reasonsOf } from './causes.js';
import { differences } from './differences.js';
import { disruptionOfChange } from './disruption.js';
import type { Change } from './plan.js';
import type { RunningResource } from './resource.js';
import type { Moves } from './steps.js';
import { byKey, byKind, type Thing } from './touch.js';
import type { Conduct, RunningState } from './target.js';

interface Situation {
  /** What shall run when all is done. */
  goal: readonly Thing[];
  state: RunningState;
  conduct: Conduct;
  moves: Moves;
  /** What is collected. */
  garbage: readonly RunningResource[];
}

const titleOf = ({ kind, name }: { kind: string; name: string }): string => `${kind}/${name}`;

/** The changes in the order of kinds, then of names. */
export function changesOf({ goal, state, conduct, moves, garbage }: Situation): Change[] {
  const wanted = byKey(goal);
  const running = byKey(state.resources);
  const applied = byKey(state.revisions[0]?.resources ?? []);
  const isCollected = ({ kind }: Thing): boolean => conduct.collected.includes(kind);
  const titles = new Set(goal.map(titleOf));

  // What is collected is still there when a revision comes back that names it.
  const returned = goal.filter((thing) => isCollected(thing) && running.has(thing.key) && applied.size > 0 && !applied.has(thing.key));
  const touched = new Set([...[...moves.last.keys()].filter((key) => !moves.awaited.has(key)), ...(moves.moves.length > 0 ? returned.map(({ key }) => key) : [])]);
  const replaced = replacedBy(
    goal.filter((thing) => !running.has(thing.key) || returned.includes(thing)),
    [...applied.values()].filter(({ key }) => !wanted.has(key)),
    state.resources.filter(({ key }) => !wanted.has(key)),
  );
  const gone = new Set([...replaced.values()].map(({ key }) => key));
  for (const resource of garbage) if (!titles.has(titleOf(resource))) touched.add(resource.key);

  return [...touched]
    .filter((key) => !gone.has(key))
    .map((key): Change => {
      const future = wanted.get(key);
      const current = running.get(key);
      const before = (replaced.get(key) ?? current)?.spec;
      const { kind, name } = (future ?? current)!;
      const action = !future ? 'remove' : before === undefined ? 'create' : 'update';
      const parts = action === 'update' ? differences(before, future!.spec) : [];
      const record = applied.get(key);
      const cause = causeOf({ future, current, record, records: applied, goal: wanted });
      return {
        action,
        key,
        kind,
        name,
        cause,
        parts,
        drift: record && current ? differences(current.spec, record.spec) : [],
        disruption: disruptionOfChange({ key, kind, before, wanted: future?.spec }, moves, conduct),
        ...reasonsOf({ future, current, record, goal: wanted }, parts, cause, moves.around.get(key)),
      };
    })
    .sort(byKind(conduct));
}

/**
 * By key of what is new, the one of its kind and name that it takes the place of: that which was applied last, or the only one that runs. Where there are
 * several, none is known to be it.
 */
function replacedBy(fresh: readonly Thing[], applied: readonly Thing[], running: readonly Thing[]): Map<string, Thing> {
  const records = Map.groupBy(applied, titleOf);
  const others = Map.groupBy(running, titleOf);
  const found = new Map<string, Thing>();
  for (const [title, things] of Map.groupBy(fresh, titleOf)) {
    const former = records.get(title) ?? others.get(title) ?? [];
    if (things.length === 1 && former.length === 1) found.set(things[0]!.key, former[0]!);
  }
  return found;
}
