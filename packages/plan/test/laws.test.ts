/** What holds of every plan and every apply, wherever it fails or dies. */
import { apply, fingerprintOfPlan, planRollback, resume, undoInterrupted, type Json, type Outcome, type Plan, type Resource } from '@camelc/plan';
import { DiagnosticError } from '@camelc/diagnostics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { held, planFor, planFrom, resource, secrets, wantedOf } from './fixtures.ts';
import { Killed, MemoryTarget, type Turns } from './memory-target.ts';
import { applications, overlap } from './scenarios.ts';

const runs = Number(process.env['CAMELC_RUNS'] ?? 40);
const few = Math.ceil(runs / 10);
const plain = applications({ takes: false });
const full = applications({ takes: true });
const circular = applications({ takes: true, circles: true });
const parallelism = fc.constantFrom(1, 4);

type State = Record<string, Json>;
const specsOf = (resources: readonly Resource[]): State => Object.fromEntries(resources.map(({ key, spec }) => [key, spec]).sort());
/** Without what is kept, and what stays until no revision names it. */
const withoutRemains = (state: State): State => Object.fromEntries(Object.entries(state).filter(([key]) => !/^(config|volume)\//.test(key)));

function expectReached(target: MemoryTarget, wanted: readonly Resource[]): void {
  expect(withoutRemains(held(target))).toEqual(withoutRemains(specsOf(wanted)));
  expect(held(target)).toMatchObject(specsOf(wanted));
  expect([...target.resources.values()].filter(({ up }) => !up)).toEqual([]);
  expect(target.journal).toBeUndefined();
}

/** A volume that a failed plan made may hold data by now. */
const withoutVolumes = (state: State): State => Object.fromEntries(Object.entries(state).filter(([key]) => !key.startsWith('volume/')));

function expectUndone(target: MemoryTarget, before: State): void {
  expect(withoutVolumes(held(target))).toEqual(withoutVolumes(before));
  expect([...target.resources.values()].filter(({ kind, up }) => kind === 'service' && !up)).toEqual([]);
  expect(target.journal).toBeUndefined();
}

/** A target that runs the first application. */
async function running(first: readonly Resource[], turns: Turns = {}): Promise<MemoryTarget> {
  const target = new MemoryTarget();
  if (first.length > 0) expect(await apply(await planFor(target, ...first), target, { secrets })).toMatchObject({ kind: 'done' });
  target.turns = turns;
  target.log.length = 0;
  return target;
}

/** Applies until the process is dead, if it dies. */
async function applyOrDie(body: () => Promise<Outcome>): Promise<Outcome | 'dead'> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Killed) return 'dead';
    throw error;
  }
}

const usesOf = (spec: Json): { uses?: string[]; published?: string[]; node?: string } => spec as { uses?: string[] };

/** Whatever runs finds what it uses, up. */
function observeUses(target: MemoryTarget): void {
  for (const { key, spec } of target.resources.values())
    for (const used of usesOf(spec).uses ?? [])
      if (!target.resources.get(used)?.up) throw new Error(`${key} runs, and ${used} ${target.resources.has(used) ? 'is not up' : 'is not there'}`);
}

/** Nobody has what another one has. */
function observeTakes(target: MemoryTarget): void {
  const holders = new Map<string, string>();
  for (const { key, kind, spec } of target.resources.values())
    for (const taken of kind === 'label' ? [`host ${usesOf(spec).node}`] : (usesOf(spec).published ?? [])) {
      for (const [other, holder] of holders) if (overlap(taken, other)) throw new Error(`${key} has ${taken}, and ${holder} has ${other}`);
      holders.set(taken, key);
    }
}

/** No service has fewer hosts than before and afterwards. */
const observeHosts =
  (first: readonly Resource[], second: readonly Resource[]) =>
  (target: MemoryTarget): void => {
    const hostsOf = (resources: readonly Resource[], key: string): string[] => resources.find((r) => r.key === key)?.needs.filter((need) => need.startsWith('label/')) ?? [];
    for (const { key } of first) {
      const [before, after] = [hostsOf(first, key), hostsOf(second, key)];
      const there = new Set([...before, ...after].filter((label) => target.resources.get(label)?.up)).size;
      if (there < Math.min(before.length, after.length)) throw new Error(`${key} has ${there} hosts`);
    }
  };

const observing =
  (...observers: ((target: MemoryTarget) => void)[]) =>
  (target: MemoryTarget): void =>
    observers.forEach((observe) => observe(target));

test('a plan that is applied reaches what is wanted, and nothing is left to do', () =>
  fc.assert(
    fc.asyncProperty(full, full, parallelism, async (first, second, parallelism) => {
      const target = await running(first, { observe: observeTakes, ticks: ({ name }) => name.length % 3 });
      const plan = await planFor(target, ...second);
      expect(await apply(plan, target, { secrets, parallelism })).toMatchObject({ kind: 'done' });
      expectReached(target, second);
      const again = await planFor(target, ...second);
      expect({ steps: again.steps, changes: again.changes }).toEqual({ steps: [], changes: [] });
    }),
    { numRuns: runs * 4 },
  ));

test('nothing runs without what it uses, and nobody loses hosts before there are others', () =>
  fc.assert(
    fc.asyncProperty(plain, plain, parallelism, async (first, second, parallelism) => {
      const observe = observing(observeUses, observeHosts(first, second));
      const target = await running(first, { observe, ticks: ({ name }) => name.length % 3 });
      const plan = await planFor(target, ...second);
      await apply(plan, target, { secrets, parallelism });
      expectReached(target, second);
    }),
    { numRuns: runs * 4 },
  ));

test('wherever it fails, the former state is back, and in that order too', () =>
  fc.assert(
    fc.asyncProperty(plain, plain, parallelism, async (first, second, parallelism) => {
      const plan = await planFor(await running(first), ...second);
      for (const failing of plan.steps) {
        const observe = observing(observeUses, observeHosts(first, second));
        const target = await running(first, { observe, failure: (step) => (step.id === failing.id && step.undone ? 'no' : undefined) });
        const before = held(target);
        const outcome = await apply(plan, target, { secrets, parallelism });
        if (!failing.undone) expect(outcome).toMatchObject({ kind: 'done' });
        else {
          expect(outcome).toMatchObject({ kind: 'undone', failed: [{ step: { id: failing.id }, why: 'no' }], undoFailures: [] });
          expectUndone(target, before);
          expect(target.revisions).toHaveLength(first.length > 0 ? 1 : 0);
        }
      }
    }),
    { numRuns: few },
  ));

/** Runs with a process that dies at each moment in turn, and has each continued by another one. */
async function dieEverywhere(start: () => Promise<MemoryTarget>, first: (target: MemoryTarget) => Promise<Outcome>, then: (target: MemoryTarget) => Promise<void>): Promise<void> {
  for (let half = 0; ; half++) {
    const target = await start();
    target.killAt(half);
    const outcome = await applyOrDie(() => first(target));
    if (outcome !== 'dead') return;
    target.revive();
    await then(target);
  }
}

/** As `apply` does without a plan, where the first plan may not have begun or have ended. */
const goOn = async (target: MemoryTarget, plan: Plan): Promise<void> => {
  if (target.journal) await resume(target, 'shop', { secrets });
  else if (plan.wanted.resources.length > 0 ? target.revisions[0]?.plan !== fingerprintOfPlan(plan) : target.revisions.length > 0) await apply(plan, target, { secrets });
};

/** What another one has to make of it, whoever dies where. */
describe.each([
  ['without hosts and ports of their own', plain, observeUses],
  ['with hosts and ports of their own', full, observeTakes],
] as const)('wherever it dies, %s', (_, kinds, observe) => {
  const dying = (then: (target: MemoryTarget, plan: Plan, first: readonly Resource[], second: readonly Resource[]) => Promise<void>): Promise<void> =>
    fc.assert(
      fc.asyncProperty(kinds, kinds, parallelism, async (first, second, parallelism) => {
        const plan = await planFor(await running(first), ...second);
        await dieEverywhere(
          () => running(first, { observe }),
          (target) => apply(plan, target, { secrets, parallelism }),
          (target) => then(target, plan, first, second),
        );
      }),
      { numRuns: few },
    );

  test('another one reaches what is wanted', () =>
    dying(async (target, plan, _first, second) => {
      await goOn(target, plan);
      expectReached(target, second);
      expect((await planFor(target, ...second)).steps).toEqual([]);
    }));

  test('another one gets the former state back', () =>
    dying(async (target, _plan, first) => {
      if (!target.journal) return;
      const before = held(await running(first));
      expect(await undoInterrupted(target, 'shop', { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
      expectUndone(target, before);
    }));
});

/** A service on the only node. */
const hosted = (name: string): Resource[] => [
  resource(`label/n3=${name}`, { node: 'n3', group: name }, [], { name: 'n3', takes: ['host n3'] }),
  resource(`service/${name}`, { replicas: 1, hosted: true, mode: 'replicated', uses: [], published: [] }, [`label/n3=${name}`]),
];

test('wherever it dies while it undoes, another one goes on undoing', () =>
  fc.assert(
    fc.asyncProperty(full, full, fc.nat(30), parallelism, async (first, second, which, parallelism) => {
      const plan = await planFor(await running(first), ...second);
      const failing = plan.steps.filter(({ undone }) => undone).at(-1 - (which % (plan.steps.length || 1)));
      if (!failing) return;
      const before = held(await running(first));
      await dieEverywhere(
        () => running(first, { observe: observeTakes, failure: (step) => (step.id === failing.id && step.undone ? 'no' : undefined) }),
        (target) => apply(plan, target, { secrets, parallelism }),
        async (target) => {
          if (!target.journal) return;
          expect(await resume(target, 'shop', { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
          expectUndone(target, before);
        },
      );
    }),
    {
      numRuns: few,
      // What lost its host, and was not to be changed yet.
      examples: [[hosted('s4'), [...hosted('s0'), resource('service/s4', { replicas: 1, mode: 'replicated', uses: [], published: [] }, ['service/s0'])], 1, 1]],
    },
  ));

test('a rollback reaches the former deployment', () =>
  fc.assert(
    fc.asyncProperty(full, full, async (first, second) => {
      fc.pre(first.length > 0);
      const target = await running(first);
      await apply(await planFor(target, ...second), target, { secrets });
      fc.pre(target.revisions.length > 1);
      const { plan } = planRollback({ target, state: await target.read('shop'), conduct: target.conduct, secrets: {} }, 'shop');
      expect(await apply(plan!, target, { secrets })).toMatchObject({ kind: 'done' });
      expectReached(target, first);
    }),
    { numRuns: runs },
  ));

test('what somebody changed is put right, and nothing else', () =>
  fc.assert(
    fc.asyncProperty(full, fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 3 }), async (resources, edits) => {
      fc.pre(resources.length > 0);
      const target = await running(resources);
      const changed = new Set<string>();
      for (const [which, remove] of edits) {
        const { key, kind } = resources[which % resources.length]!;
        if (kind === 'volume') continue;
        target.byHand(key, remove ? undefined : { by: 'hand' });
        changed.add(key);
      }
      const plan = await planFor(target, ...resources);
      expect(plan.changes.map(({ key, cause }) => [key, cause]).sort()).toEqual([...changed].sort().map((key) => [key, 'drift']));
      await apply(plan, target, { secrets });
      expectReached(target, resources);
    }),
    { numRuns: runs },
  ));

test('the order of the inputs does not matter', () =>
  fc.assert(
    fc.asyncProperty(full, full, fc.infiniteStream(fc.nat()), async (first, second, numbers) => {
      const target = await running(first);
      const state = await target.read('shop');
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => [numbers.next().value!, item] as const)
          .sort(([a], [b]) => a - b)
          .map(([, item]) => item);
      const mixed = (resources: readonly Resource[]): Resource[] => shuffled(resources).map((r) => ({ ...r, needs: shuffled(r.needs), takes: r.takes && shuffled(r.takes) }));
      const other = { ...state, resources: shuffled(state.resources), revisions: state.revisions.map((revision) => ({ ...revision, resources: mixed(revision.resources) })) };
      expect(JSON.stringify(planFrom(target, other, wantedOf(...mixed(second))))).toBe(JSON.stringify(planFrom(target, state, wantedOf(...second))));
    }),
    { numRuns: runs },
  ));

test('services that need each other in circles are made, changed and removed all the same', () =>
  fc.assert(
    fc.asyncProperty(circular, circular, parallelism, async (first, second, parallelism) => {
      const target = await running(first, { observe: observeTakes });
      expect(await apply(await planFor(target, ...second), target, { secrets, parallelism })).toMatchObject({ kind: 'done' });
      expectReached(target, second);
      expect((await planFor(target, ...second)).steps).toEqual([]);
    }),
    { numRuns: runs * 2 },
  ));

test('where nothing is recorded, what runs is taken over', () =>
  fc.assert(
    fc.asyncProperty(full, full, parallelism, async (first, second, parallelism) => {
      const target = await running(first);
      target.revisions = [];
      for (const [key, thing] of target.resources) target.resources.set(key, { ...thing, needs: [], takes: [] });
      expect((await planFor(target, ...first)).steps).toEqual([]);
      await apply(await planFor(target, ...second), target, { secrets, parallelism });
      expectReached(target, second);
    }),
    { numRuns: runs },
  ));

test('a stale plan is refused whatever moved', () =>
  fc.assert(
    fc.asyncProperty(full, full, fc.nat(), async (first, second, which) => {
      const target = await running(first);
      const plan = await planFor(target, ...second);
      const keys = Object.keys(plan.basis.resources);
      fc.pre(keys.length > 0);
      const key = keys[which % keys.length]!;
      target.byHand(key, target.resources.has(key) ? undefined : { by: 'hand' });
      const before = held(target);
      await expect(apply(plan, target, { secrets })).rejects.toThrow(DiagnosticError);
      expect(held(target)).toEqual(before);
      expect(target.locked).toBeUndefined();
    }),
    { numRuns: runs },
  ));
