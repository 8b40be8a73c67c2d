/** From a wanted deployment and what runs to the plan that brings it about. */
import { compare } from './canonical.js';
import { changesOf } from './changes.js';
import { disruptionOfStep } from './disruption.js';
import { fingerprintOfSpec } from './fingerprint.js';
import type { Basis, Plan, Step } from './plan.js';
import type { AppliedRevision, Resource, Revision, RunningResource } from './resource.js';
import type { SecretReference } from './secret.js';
import { movesBetween, type Moves } from './steps.js';
import { byKey, byKind, type Thing } from './touch.js';
import type { Conduct, RunningState, Wanted } from './target.js';

export interface PlanInputs {
  target: Plan['target'];
  wanted: Wanted;
  state: RunningState;
  conduct: Conduct;
  /** Absent where the plan is made from what is recorded. */
  inputs?: Plan['inputs'];
  secrets: Readonly<Record<string, SecretReference>>;
}

/** How many revisions a target keeps. */
export const keptRevisions = 10;

/** The plan to the wanted deployment; without steps where it runs already. The same for the same inputs, whatever their order. */
export function makePlan({ target, wanted, state, conduct, inputs, secrets }: PlanInputs): Plan {
  const revision = sorted(wanted.revision);
  const there = byKey(state.resources);
  const { goal, running, collected } = goalOf(revision, there, conduct);
  const moves = movesBetween(running, goal, conduct, { removeLast: true });
  const garbage = garbageOf(revision, state.revisions, collected, moves.moves.length > 0);
  const changes = changesOf({ goal, state, conduct, moves, garbage });
  const whys = new Map(changes.map(({ key, why }) => [key, why]));
  const changed = new Set(changes.map(({ kind, name }) => `${kind}/${name}`));
  const steps = [
    ...moves.moves.map(
      ({ move, after }): Step => ({
        ...move,
        after: after.map(({ id }) => id),
        undone: !conduct.data.includes(move.kind),
        disruption: disruptionOfStep(move, moves, conduct),
        why: whys.get(move.key) ?? 'another takes its place',
      }),
    ),
    ...garbage.map((resource) => collection(resource, moves, conduct)),
  ];
  return {
    formatVersion: 1,
    target: { kind: target.kind, name: target.name, id: target.id },
    application: revision.application,
    id: revision.id,
    ...(inputs && { inputs }),
    basis: basisOf(steps, goal, there, state.revisions[0]),
    ...(state.revisions[0] && { before: state.revisions[0].worth }),
    after: revision.worth,
    changes,
    unchanged: count(revision.resources.filter(({ key, kind, name }) => !changed.has(`${kind}/${name}`) && there.has(key)).map(({ kind }) => kind)),
    hosts: {
      missing: wanted.hosts.missing.toSorted((a, b) => compare(a.group, b.group) || compare(a.candidate, b.candidate)),
      surplus: wanted.hosts.surplus.toSorted((a, b) => compare(a.host, b.host)),
    },
    ...leftBehindBy(revision, state, conduct),
    secrets,
    steps,
    wanted: revision,
  };
}

function sorted({ formatVersion, application, id, worth, resources, solution }: Revision): Revision {
  const ordered = resources.map(({ needs, takes, ...rest }): Resource => ({ ...rest, needs: needs.toSorted(compare), ...(takes?.length && { takes: takes.toSorted(compare) }) }));
  return { formatVersion, application, id, worth, resources: ordered.sort((a, b) => compare(a.key, b.key)), solution };
}

/** What shall run when all is done but the collection: also what is kept for its data. And of what runs, what may be collected, and the rest. */
function goalOf(revision: Revision, there: ReadonlyMap<string, RunningResource>, conduct: Conduct) {
  const wanted = byKey(revision.resources);
  const isKept = (kind: string): boolean => conduct.kept.includes(kind);
  const goal: (Resource | RunningResource)[] = revision.resources.map((resource) => {
    const kept = isKept(resource.kind) ? there.get(resource.key) : undefined;
    return kept ? { ...resource, spec: kept.spec } : resource;
  });
  const running: RunningResource[] = [];
  const collected: RunningResource[] = [];
  for (const resource of there.values()) {
    const isOver = !wanted.has(resource.key);
    if (isOver && isKept(resource.kind)) goal.push(resource);
    (isOver && !isKept(resource.kind) && conduct.collected.includes(resource.kind) ? collected : running).push(resource);
  }
  return { goal, running, collected: collected.sort((a, b) => compare(a.key, b.key)) };
}

/** Data that is on hosts where nothing uses it any more. */
function leftBehindBy({ resources }: Revision, state: RunningState, conduct: Conduct): Pick<Plan, 'leftBehind'> {
  const wanted = byKey(resources);
  const records = byKey(state.revisions[0]?.resources ?? []);
  const left = state.resources.flatMap(({ key, kind, name, hosts }) => {
    const future = wanted.get(key);
    const leaves = hosts?.filter((host) => future?.hosts?.includes(host) === false) ?? [];
    if (!conduct.data.includes(kind) || (future && leaves.length === 0)) return [];
    const { component } = future ?? records.get(key) ?? {};
    return [{ key, kind, name, ...(component !== undefined && { component }), hosts: (future ? leaves : (hosts ?? [])).toSorted(compare) }];
  });
  return left.length > 0 ? { leftBehind: left.sort(byKind(conduct)) } : {};
}

/** What no revision names any more that can be rolled back to. Where nothing else changes, no revision is added, and none forgotten. */
function garbageOf(revision: Revision, revisions: readonly Revision[], collected: readonly RunningResource[], changes: boolean): RunningResource[] {
  const without = (kept: readonly Revision[]): RunningResource[] => {
    const named = new Set(kept.flatMap(({ resources }) => resources.map(({ key }) => key)));
    return collected.filter(({ key }) => !named.has(key));
  };
  // With nothing wanted, all is forgotten.
  const left = revision.resources.length === 0 ? [] : revisions.slice(0, keptRevisions - 1);
  return changes || left.length === 0 || without(revisions).length > 0 ? without(left) : [];
}

function collection({ key, kind, name, spec }: RunningResource, { moves }: Moves, conduct: Conduct): Step {
  const waitedFor = new Set(moves.flatMap(({ after }) => after));
  return {
    id: key,
    action: 'remove',
    key,
    kind,
    name,
    after: moves
      .map(({ move }) => move)
      .filter((move) => !waitedFor.has(move))
      .map(({ id }) => id)
      .sort(compare),
    before: spec,
    undone: false,
    disruption: conduct.disruption({ kind, before: spec, moves: false }),
    why: 'no revision that can be rolled back to needs it',
  };
}

/** By key of all that steps read or write, the SHA-256 of its running spec. */
function basisOf(steps: readonly Step[], goal: readonly Thing[], there: ReadonlyMap<string, Thing>, last: AppliedRevision | undefined): Basis {
  const future = byKey(goal);
  const keys = new Set(steps.flatMap(({ key }) => [key, ...(there.get(key)?.needs ?? []), ...(future.get(key)?.needs ?? [])]));
  const specs = [...keys].sort(compare).map((key) => [key, there.has(key) ? fingerprintOfSpec(there.get(key)!.spec) : null] as const);
  return { revision: last?.number ?? 0, resources: Object.fromEntries(specs) };
}

/** How often each text is there, in alphabetical order. */
function count(texts: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts.toSorted(compare)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}
