/** From a wanted deployment and what runs to the plan that brings it about. */
import { compare } from './canonical.js';
import { changesOf } from './changes.js';
import { disruptionOfStep } from './disruption.js';
import { fingerprintOfSpec } from './fingerprint.js';
import type { Basis, Plan, Step } from './plan.js';
import type { Resource, Revision, RunningResource } from './resource.js';
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
  const { goal, collected } = goalOf(revision, state, conduct);
  const running = state.resources.filter(({ key }) => !collected.includes(key));
  const moves = movesBetween(running, goal, conduct, { removeLast: true });
  const garbage = garbageOf(revision, state, collected, moves.moves.length > 0);
  const changes = changesOf({ goal, state, conduct, moves, garbage });
  const whys = new Map(changes.map(({ key, why }) => [key, why]));
  const there = byKey(state.resources);
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
    basis: basisOf(steps, goal, state),
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

/** What shall run when all is done but the collection: also what is kept for its data. And the keys of what runs and may be collected. */
function goalOf(revision: Revision, state: RunningState, conduct: Conduct) {
  const wanted = byKey(revision.resources);
  const running = byKey(state.resources);
  const isKept = (kind: string): boolean => conduct.kept.includes(kind);
  const goal: (Resource | RunningResource)[] = revision.resources.map((resource) => {
    const there = isKept(resource.kind) ? running.get(resource.key) : undefined;
    return there ? { ...resource, spec: there.spec } : resource;
  });
  goal.push(...state.resources.filter(({ key, kind }) => isKept(kind) && !wanted.has(key)));
  const collected = state.resources.filter(({ key, kind }) => conduct.collected.includes(kind) && !isKept(kind) && !wanted.has(key)).map(({ key }) => key);
  return { goal, collected: collected.sort(compare) };
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
function garbageOf(revision: Revision, state: RunningState, collected: readonly string[], changes: boolean): RunningResource[] {
  const running = byKey(state.resources);
  const without = (revisions: readonly Revision[]): string[] => {
    const named = new Set(revisions.flatMap(({ resources }) => resources.map(({ key }) => key)));
    return collected.filter((key) => !named.has(key));
  };
  // With nothing wanted, all is forgotten.
  const left = revision.resources.length === 0 ? [] : state.revisions.slice(0, keptRevisions - 1);
  const garbage = changes || left.length === 0 || without(state.revisions).length > 0 ? without(left) : [];
  return garbage.map((key) => running.get(key)!);
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
function basisOf(steps: readonly Step[], goal: readonly Thing[], state: RunningState): Basis {
  const running = byKey(state.resources);
  const future = byKey(goal);
  const keys = new Set(steps.flatMap(({ key }) => [key, ...(running.get(key)?.needs ?? []), ...(future.get(key)?.needs ?? [])]));
  const specs = [...keys].sort(compare).map((key) => [key, running.has(key) ? fingerprintOfSpec(running.get(key)!.spec) : null] as const);
  return { revision: state.revisions[0]?.number ?? 0, resources: Object.fromEntries(specs) };
}

/** How often each text is there, in alphabetical order. */
function count(texts: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts.toSorted(compare)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries(counts);
}
