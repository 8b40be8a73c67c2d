import { DiagnosticError, diagnose } from '@camelc/diagnostics';
import { abandon, apply, makePlan, planDestroy, planRollback, resume, undoInterrupted, type ApplyEvent, type Plan, type Step, type StepContext } from '@camelc/plan';
import { expect, test } from 'vitest';
import { held, planFor, resource, secrets, wantedOf } from './fixtures.ts';
import { memoryConduct, MemoryTarget } from './memory-target.ts';

const web = (image: string) => resource('service/web', { image }, ['service/db']);
const db = (image: string) => resource('service/db', { image });

async function running(...resources: ReturnType<typeof resource>[]): Promise<MemoryTarget> {
  const target = new MemoryTarget();
  await apply(await planFor(target, ...resources), target, { secrets });
  target.log.length = 0;
  return target;
}

const codes = async (body: Promise<unknown>): Promise<string[]> => {
  const error = await body.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics.map(({ code }) => code);
};
const from = async (target: MemoryTarget) => ({
  target: { kind: target.kind, name: target.name, id: target.id },
  state: await target.read('shop'),
  conduct: target.conduct,
  secrets: {},
});

test('what each step does is told, and what a failure brings', async () => {
  const target = await running(web('web:1'), db('db:1'));
  target.turns = { failure: ({ key, wanted }) => (key === 'service/web' && JSON.stringify(wanted).includes('web:2') ? 'new task failed its health check twice' : undefined) };
  const events: string[] = [];
  const on = (event: ApplyEvent): void =>
    void events.push(event.kind === 'undoing' ? 'undoing' : `${event.kind}${event.undoing ? ' back' : ''} ${event.step.id}${'text' in event ? `: ${event.text}` : ''}`);
  const outcome = await apply(await planFor(target, web('web:2'), db('db:2')), target, { secrets, on });
  expect(outcome).toMatchObject({ kind: 'undone', failed: [{ step: { id: 'service/web' }, why: 'new task failed its health check twice' }], undoFailures: [] });
  expect(events).toEqual([
    'begun service/db',
    'progress service/db: 1 to go',
    'done service/db',
    'begun service/web',
    'progress service/web: 1 to go',
    'failed service/web: new task failed its health check twice',
    'undoing',
    'begun back service/db',
    'progress back service/db: 1 to go',
    'done back service/db',
    'begun back service/web',
    'progress back service/web: 1 to go',
    'done back service/web',
  ]);
  expect(held(target)).toEqual({ 'service/db': { image: 'db:1' }, 'service/web': { image: 'web:1' } });
  expect(target.revisions).toHaveLength(1);
});

test('the way back has at least the usual time, however little a step forward may take', async () => {
  const timeouts: number[] = [];
  const target = new (class extends MemoryTarget {
    override perform(step: Step, context: StepContext): Promise<void> {
      timeouts.push(context.timeout);
      return super.perform(step, context);
    }
  })();
  target.turns = { failure: ({ key, wanted }) => (key === 'service/web' && wanted ? 'too slow' : undefined) };
  const plan = await planFor(target, web('web:1'), db('db:1'));
  for (const timeout of [3, 900]) expect(await apply(plan, target, { secrets, timeout })).toMatchObject({ kind: 'undone', undoFailures: [] });
  expect(timeouts).toEqual([3, 3, 300, 300, 900, 900, 900, 900]);
});

test('a mark precedes its effect, and is never lost', async () => {
  const target = new MemoryTarget();
  const seen: string[] = [];
  target.turns.observe = ({ resources, journal }) => {
    for (const { key, up } of resources.values()) {
      if (!journal!.begun.includes(key)) seen.push(`${key} is there, and not marked`);
      if (!up && journal!.done.includes(key)) seen.push(`${key} is marked as done, and not up`);
    }
  };
  await apply(
    await planFor(
      target,
      ...Array.from({ length: 20 }, (_, i) => resource(`service/s${i}`, {}, i > 0 ? [`service/s${Math.floor(i / 3)}`].filter((key) => key !== `service/s${i}`) : [])),
    ),
    target,
    { secrets },
  );
  expect(seen).toEqual([]);
});

test('as many steps at a time as are wanted', async () => {
  for (const parallelism of [1, 3]) {
    let [now, most] = [0, 0];
    const target = new MemoryTarget(undefined, { ticks: () => 5 });
    const perform = target.perform.bind(target);
    target.perform = async (...call) => {
      most = Math.max(most, ++now);
      await perform(...call);
      now--;
    };
    await apply(await planFor(target, ...Array.from({ length: 9 }, (_, i) => resource(`service/s${i}`))), target, { secrets, parallelism });
    expect(most).toBe(parallelism);
  }
});

test('what is interrupted goes on, or back', async () => {
  for (const way of ['on', 'back'] as const) {
    const target = await running(web('web:1'), db('db:1'));
    const plan = await planFor(target, web('web:2'), db('db:2'));
    const stop = new AbortController();
    const outcome = await apply(plan, target, { secrets, signal: stop.signal, on: ({ kind }) => kind === 'progress' && stop.abort() });
    expect(outcome).toEqual({ kind: 'interrupted', undoing: false, done: 1, steps: 2 });
    expect(target.locked).toBeUndefined();
    expect(await codes(apply(await planFor(target, web('web:3')), target, { secrets }))).toEqual(['plan/unfinished']);
    target.log.length = 0;
    if (way === 'on') expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'done', revision: 2 });
    else expect(await undoInterrupted(target, 'shop', { secrets })).toEqual({ kind: 'undone', failed: [], undoFailures: [] });
    expect(target.log).toEqual([way === 'on' ? 'update service/web' : 'update service/db']);
    expect(held(target)).toEqual(
      way === 'on' ? { 'service/db': { image: 'db:2' }, 'service/web': { image: 'web:2' } } : { 'service/db': { image: 'db:1' }, 'service/web': { image: 'web:1' } },
    );
    expect(await codes(resume(target, 'shop', { secrets }))).toEqual(['plan/nothing-unfinished']);
  }
});

test('a wait that ends early because it is interrupted is no failure', async () => {
  const target = await running(web('web:1'), db('db:1'));
  const stop = new AbortController();
  target.perform = async (_step, { signal }) => {
    stop.abort();
    signal.throwIfAborted();
  };
  expect(await apply(await planFor(target, web('web:2'), db('db:1')), target, { secrets, signal: stop.signal })).toMatchObject({ kind: 'interrupted' });
  expect(target.journal).toMatchObject({ undoing: false, begun: ['service/web'], done: [] });
});

test('what cannot be undone is told, the rest is undone, and the journal stays', async () => {
  const target = await running(resource('service/a', { image: 1 }), resource('service/b', { image: 1 }, ['service/a']), resource('service/c', { image: 1 }, ['service/b']));
  const wanted = [resource('service/a', { image: 2 }), resource('service/b', { image: 2 }, ['service/a']), resource('service/c', { image: 2 }, ['service/b'])];
  let broken = true;
  target.turns.failure = ({ key, undone }: Step) => (key === 'service/c' && undone ? 'no' : key === 'service/b' && !undone && broken ? 'not back' : undefined);
  const outcome = await apply(await planFor(target, ...wanted), target, { secrets });
  expect(outcome).toMatchObject({ kind: 'undone', failed: [{ why: 'no' }], undoFailures: [{ step: { key: 'service/b' }, why: 'not back' }] });
  expect(target.journal).toMatchObject({ undoing: true, begun: ['service/b'] });
  expect(held(target)).toMatchObject({ 'service/a': { image: 1 }, 'service/c': { image: 1 } });
  broken = false;
  expect(await resume(target, 'shop', { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
  expect(target.journal).toBeUndefined();
});

test('of what is kept, what a plan has made is undone unless it holds data', async () => {
  const target = new MemoryTarget(
    { ...memoryConduct, kinds: [...memoryConduct.kinds, 'fact'], kept: ['volume', 'fact'] },
    { failure: ({ key, action }) => (key === 'service/web' && action === 'create' ? 'ill' : undefined) },
  );
  target.byHand('fact/old', 'small');
  const plan = await planFor(target, resource('fact/new', 'large'), resource('volume/rows'), resource('service/web', { replicas: 1 }, ['fact/new', 'volume/rows']));
  expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
  expect(Object.keys(held(target))).toEqual(['fact/old', 'volume/rows']);
});

test('what can never be undone can be given up, and is planned from as it is', async () => {
  const target = await running(web('web:1'), db('db:1'));
  target.turns.failure = ({ key }) => (key === 'service/web' ? 'its host is gone' : undefined);
  expect(await apply(await planFor(target, web('web:2'), db('db:2')), target, { secrets })).toMatchObject({ undoFailures: [{ why: 'its host is gone' }] });
  const left = held(target);
  await abandon(target, 'shop');
  expect([held(target), target.journal, target.locked, target.revisions.length]).toEqual([left, undefined, undefined, 1]);
  target.turns = {};
  expect(await apply(await planFor(target, web('web:3'), db('db:3')), target, { secrets })).toMatchObject({ kind: 'done', revision: 2 });
  expect(await codes(abandon(target, 'shop'))).toEqual(['plan/nothing-unfinished']);
});

test('what something may still use is not removed where that could not be undone', async () => {
  const target = await running(resource('service/web', { net: 'old' }, ['network/old']), resource('network/old'));
  target.turns.failure = ({ kind }) => (kind === 'service' ? 'no' : undefined);
  const outcome = await apply(await planFor(target, resource('service/web', { net: 'new' }, ['network/new']), resource('network/new')), target, { secrets });
  expect(outcome).toMatchObject({
    kind: 'undone',
    undoFailures: [
      { step: { key: 'service/web' }, why: 'no' },
      { step: { key: 'network/new' }, why: 'not tried, as service web failed' },
    ],
  });
});

test('nothing is begun where the plan cannot be carried out', async () => {
  const target = await running(web('web:1'), db('db:1'));
  const refused = async (plan: Plan, ...expected: string[]): Promise<void> => {
    expect(await codes(apply(plan, target, { secrets }))).toEqual(expected);
    expect({ log: target.log, journal: target.journal }).toEqual({ log: [], journal: undefined });
  };
  const plan = await planFor(target, web('web:2'), db('db:1'));
  const missing = [{ group: 'web', candidate: 'm1', hardware: 'm1.large', number: 1, command: 'docker swarm join', why: 'web needs it' }];
  await refused(makePlan({ ...(await from(target)), wanted: { ...wantedOf(web('web:2'), db('db:1')), hosts: { missing, surplus: [] } } }), 'plan/hosts-missing');
  await refused({ ...plan, target: { ...plan.target, id: 'another' } }, 'plan/other-target');
  target.complaints = [diagnose('plan/hosts-missing', { hosts: ['n1'] })];
  await refused(plan, 'plan/hosts-missing');
  target.complaints = [];
  target.locked = 'somebody';
  await refused(plan, 'plan/locked');
  target.locked = undefined;
  target.byHand('service/web', { image: 'hand' });
  await refused(plan, 'plan/stale');
  target.byHand('service/web', { image: 'web:1' });
  await refused({ ...plan, basis: { ...plan.basis, revision: 7 } }, 'plan/stale');
});

test('what no step reads or writes may move on', async () => {
  const target = await running(web('web:1'), db('db:1'), resource('service/other'));
  const plan = await planFor(target, web('web:2'), db('db:1'), resource('service/other'));
  target.byHand('service/other', { image: 'hand' });
  expect(await apply(plan, target, { secrets })).toMatchObject({ kind: 'done' });
});

test('what cannot be collected is left for the next plan', async () => {
  const target = await running(web('web:1'), db('db:1'));
  target.byHand('config/old', {});
  target.turns.failure = ({ kind }) => (kind === 'config' ? 'in use' : undefined);
  const outcome = await apply(await planFor(target, web('web:2'), db('db:1')), target, { secrets });
  expect(outcome).toMatchObject({ kind: 'done', revision: 2, left: [{ step: { key: 'config/old' }, why: 'in use' }] });
});

test('a plan that was applied changes nothing when it is applied again, unless what it changed was changed since', async () => {
  const target = await running(web('web:1'), db('db:1'));
  const plan = await planFor(target, web('web:2'), db('db:1'));
  await apply(plan, target, { secrets });
  target.log.length = 0;
  expect(await apply(plan, target, { secrets })).toEqual({ kind: 'done', revision: 2, left: [] });
  expect(target.log).toEqual([]);
  target.byHand('service/web', { image: 'hand' });
  expect(await codes(apply(plan, target, { secrets }))).toEqual(['plan/stale']);
});

test('no change takes no lock', async () => {
  const target = await running(web('web:1'), db('db:1'));
  target.locked = 'somebody';
  expect(await apply(await planFor(target, web('web:1'), db('db:1')), target, { secrets })).toEqual({ kind: 'done', revision: 1, left: [] });
});

test('all is destroyed but what holds data, and forgotten', async () => {
  const target = await running(web('web:1'), db('db:1'), resource('volume/data'), resource('config/conf'));
  const plan = planDestroy(await from(target), 'shop', false);
  expect(plan.steps.map(({ action, key }) => `${action} ${key}`)).toEqual(['remove service/web', 'remove service/db', 'remove config/conf']);
  expect(plan.after).toEqual({ cost: 0, currency: 'EUR' });
  expect(plan.leftBehind).toMatchObject([{ key: 'volume/data' }]);
  // There is no revision of nothing.
  expect(await apply(plan, target, { secrets })).toEqual({ kind: 'done', left: [] });
  expect(Object.keys(held(target))).toEqual(['volume/data']);
  expect(target.revisions).toEqual([]);
  expect(await apply(planDestroy(await from(target), 'shop', false), target, { secrets })).toEqual({ kind: 'done', left: [] });
  const rest = planDestroy(await from(target), 'shop', true);
  expect(rest).not.toHaveProperty('leftBehind');
  await apply(rest, target, { secrets });
  expect(held(target)).toEqual({});
});

test('a destroy that is interrupted while it collects is undone with what it collected', async () => {
  const target = await running(resource('service/web', { image: 'web:1' }, ['config/conf']), resource('config/conf', { data: 1 }), resource('config/more', { data: 2 }));
  const before = held(target);
  const end = new AbortController();
  const on = (event: ApplyEvent): void => void (event.kind === 'done' && event.step.kind === 'config' && end.abort());
  expect(await apply(planDestroy(await from(target), 'shop', false), target, { secrets, signal: end.signal, parallelism: 1, on })).toMatchObject({ kind: 'interrupted', done: 2 });
  expect(await undoInterrupted(target, 'shop', { secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
  expect(held(target)).toEqual(before);
});

test('a rollback goes to the revision that is asked for, and says which ones there are', async () => {
  const target = await running(web('web:1'), db('db:1'));
  for (const image of ['web:2', 'web:3']) await apply(await planFor(target, web(image), db('db:1')), target, { secrets });
  const back = async (number?: number) => planRollback(await from(target), 'shop', number);
  expect((await back()).plan!.steps).toMatchObject([{ wanted: { image: 'web:2' } }]);
  expect((await back(1)).plan!.steps).toMatchObject([{ wanted: { image: 'web:1' } }]);
  expect((await back(7)).diagnostics).toMatchObject([{ code: 'plan/no-revision', message: 'Shop has no revision 7', help: 'its revisions are 3, 2, 1' }]);
  expect(planRollback(await from(new MemoryTarget()), 'shop').diagnostics).toMatchObject([{ message: 'shop has no earlier revision', help: 'nothing was applied by camelc yet' }]);
  expect(await apply((await back()).plan!, target, { secrets })).toMatchObject({ kind: 'done', revision: 4 });
});

test('ten revisions are kept', async () => {
  const target = await running(web('web:0'), db('db:1'));
  for (let i = 1; i < 15; i++) await apply(await planFor(target, web(`web:${i}`), db('db:1')), target, { secrets });
  expect(target.revisions.map(({ number }) => number)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
});
