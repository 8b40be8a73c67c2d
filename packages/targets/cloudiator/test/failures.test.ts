import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '@camelc/diagnostics';
import { Secret, undoInterrupted } from '@camelc/plan';
import { hasDefinition } from './stand-in/definition.js';
import { account } from './stand-in/server.js';
import { application, component, container, deploymentOf, measured, port, rig, shopOf, spark } from './fixtures.js';
import { cloudiatorTarget } from '../src/executor/index.js';

const codesOf = (promise: Promise<unknown>): Promise<string[]> =>
  promise.then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof DiagnosticError)) throw error;
      return error.diagnostics.map(({ code }) => code);
    },
  );

describe.runIf(hasDefinition)('where something goes wrong', () => {
  it.each(['createProcess', 'addNode'])('in a first deployment, at %s, everything made is deleted again', async (operation) => {
    const r = await rig();
    r.server.turns.fail = (at, body) => (at === operation && JSON.stringify(body).match(/web/i) ? 'no space left on device' : undefined);
    const outcome = await r.deploy(shopOf({ Web: { number: 2 } }, {}, { measurements: [measured] }));
    expect(outcome.kind === 'undone' && outcome.failed.map(({ why }) => why)).toContain('no space left on device');
    expect(outcome).toMatchObject({ kind: 'undone', undoFailures: [] });
    expect(r.holdings).toEqual({ nodes: [], processes: [], schedules: 0, monitors: [] });
    // Nothing of it is left but the job, which the interface cannot delete; the next attempt takes it.
    r.server.turns = {};
    r.changes();
    await r.deploy(shopOf());
    expect(r.server.jobs.size).toBe(1);
    expect(r.server.faults).toEqual([]);
  });

  it('in a change, what ran before runs again', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    const before = r.holdings;
    r.server.turns.fail = (_, body) => (JSON.stringify(body).includes('Web') ? 'exit 1: cannot bind :8080' : undefined);
    const outcome = await r.deploy(shopOf({ Web: { candidate: 'large' } }));
    expect(outcome).toMatchObject({ kind: 'undone', failed: [{ why: 'exit 1: cannot bind :8080' }], undoFailures: [] });
    expect(r.holdings).toEqual(before);
  });

  it('after a cluster was scaled in, it gets nodes like those that the server deleted with that', async () => {
    const r = await rig();
    const app = application([component('Count', { configuration: spark }), component('Web')]);
    const deploy = (count: number, web: number) => r.deploy(deploymentOf(app, { Count: { number: count }, Web: { number: web } }));
    await deploy(3, 1);
    const before = r.holdings;
    r.changes();
    r.server.turns.wait = (operation) => (operation === 'addNode' ? 20 : 1);
    r.server.turns.fail = (operation) => (operation === 'createProcess' ? 'no such image' : undefined);
    expect(await deploy(1, 2)).toMatchObject({ kind: 'undone', failed: [{ why: 'no such image' }], undoFailures: [] });
    expect(r.changes().filter((operation) => operation === 'triggerScale')).toHaveLength(2);
    expect(r.holdings).toEqual(before);
  });

  it('in a new image, the former one comes back, where it was', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    const before = r.holdings;
    const jobOf = (schedule: string): string => JSON.stringify(r.server.jobs.get(r.server.schedules.get(schedule)!.job));
    r.server.turns.fail = (operation, body) => {
      const { schedule, task } = body as { schedule: string; task: string };
      return operation === 'createProcess' && task === 'Web' && jobOf(schedule).includes('shop/web:2') ? 'no such image' : undefined;
    };
    expect(await r.deploy(shopOf({}, { configuration: container('shop/web:2') }))).toMatchObject({ kind: 'undone', failed: [{ why: 'no such image' }], undoFailures: [] });
    expect(r.holdings).toEqual(before);
    expect((await r.plan(shopOf())).steps).toEqual([]);
  });

  it('a job that is refused stops nothing', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    r.server.turns.refuse = (operation) => (operation === 'addJob' ? { status: 400, message: 'the job is too large' } : undefined);
    r.changes();
    expect(await r.deploy(shopOf({}, { configuration: container('shop/web:2') }))).toMatchObject({ kind: 'undone', undoFailures: [] });
    expect(r.changes()).toEqual(['addJob']);
  });

  it('a request that is refused says what the server says', async () => {
    const r = await rig();
    r.server.turns.refuse = (operation) => (operation === 'createProcess' ? { status: 403, message: 'the quota is used up' } : undefined);
    const outcome = await r.deploy(shopOf());
    expect(outcome).toMatchObject({ kind: 'undone', failed: [{ why: 'Cloudiator refuses POST /process: 403, the quota is used up' }] });
    expect(r.holdings).toMatchObject({ nodes: [], processes: [], schedules: 0 });
  });

  it('a node that is lost is seen, and replaced with what was on it', async () => {
    const r = await rig();
    await r.deploy(shopOf({ Web: { number: 2 } }));
    const lost = [...r.server.nodes.values()].find(({ name }) => name!.includes('web-2'))!;
    r.server.loseNode(lost.id);
    const state = await r.target().read('shop');
    expect(state.resources.find(({ key }) => key === 'task/Web')!.tasks).toEqual({ wanted: 2, healthy: 1, problem: 'its node does not answer' });
    r.changes();
    const plan = await r.plan(shopOf({ Web: { number: 2 } }));
    expect(plan.changes.map(({ kind, name, cause }) => `${kind} ${name}: ${cause}`)).toEqual(['node web-2: drift', 'process Web@web-2: drift']);
    await r.apply(plan);
    // The broken ones go before the new ones come.
    expect(r.changes()).toEqual(['deleteProcess', 'deleteNode', 'addNode', 'createProcess']);
    expect(r.holdings).toMatchObject({
      nodes: ['database-1 RUNNING', 'web-1 RUNNING', 'web-2 RUNNING'],
      processes: ['Database on database-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-2 RUNNING'],
    });
  });

  it('a token that has expired is fetched anew', async () => {
    const r = await rig();
    let requests = 0;
    r.server.turns.observe = () => {
      if (++requests % 23 === 0) r.server.expireTokens();
    };
    expect(await r.deploy(shopOf())).toMatchObject({ kind: 'done' });
  });

  it('a slow queue is waited for, and not for ever', async () => {
    const r = await rig();
    r.server.turns.wait = () => 20;
    expect(await r.deploy(shopOf())).toMatchObject({ kind: 'done' });
    r.server.turns.wait = (operation) => (operation === 'createProcess' ? 100_000 : 1);
    const plan = await r.plan(shopOf({ Web: { number: 2 } }));
    const outcome = await r.apply(plan, r.target({ settling: 0 }), { timeout: 0.2 }).then(
      (ended) => ended,
      (error: Error) => error.message,
    );
    // What was asked for may still be made, so nothing is undone before it is known.
    expect(outcome).toMatch(/still at work on 1 of its queued tasks/);
    for (const item of r.server.queue.values()) item.left = 1;
    expect(await undoInterrupted(r.target(), 'shop', { secrets: r.secrets })).toMatchObject({ kind: 'undone', undoFailures: [] });
    expect(r.holdings.processes).toEqual(['Database on database-1 RUNNING', 'Web on web-1 RUNNING']);
  });

  it('a candidate that is not offered any more is told when planning, and again before the first step', async () => {
    const r = await rig();
    expect(await codesOf(r.plan(shopOf({ Web: { candidate: 'large' } })))).toEqual([]);
    const plan = await r.plan(shopOf({ Web: { candidate: 'large' } }));
    r.server.offers = r.server.offers.slice(0, 1);
    await expect(r.plan(shopOf({ Web: { candidate: 'large' } }))).rejects.toThrow(
      'cloudiator/candidate-gone: the server does not offer m.large (large) any more, on which Web shall run',
    );
    r.changes();
    expect(await codesOf(r.apply(plan))).toEqual(['cloudiator/candidate-gone']);
    expect(r.changes()).toEqual([]);
  });

  it('an unmoveable component is not moved, but may grow', async () => {
    const r = await rig();
    const unmoveable = { unmoveable: true };
    await r.deploy(shopOf({}, unmoveable));
    await expect(r.plan(shopOf({ Web: { candidate: 'large' } }, unmoveable))).rejects.toThrow('plan/unmoveable-host');
    expect((await r.plan(shopOf({ Web: { candidate: 'large' } }, unmoveable), r.target({ leaveData: ['Web'] }))).steps.length).toBeGreaterThan(0);
    expect(await r.deploy(shopOf({ Web: { number: 2 } }, unmoveable))).toMatchObject({ kind: 'done' });
    expect(await r.deploy(shopOf({ Web: { number: 1 } }, unmoveable))).toMatchObject({ kind: 'done' });
    const target = r.target();
    const state = await target.read('shop');
    const elsewhere = await r.plan(shopOf({ Web: { candidate: 'large' } }, unmoveable), r.target({ leaveData: ['Web'] }));
    expect(target.checkMoves(state, elsewhere.wanted).map(({ code }) => code)).toEqual(['plan/unmoveable-host']);
    expect(target.checkMoves(state, state.revisions[0]!)).toEqual([]);
    await expect(r.plan(shopOf({}, unmoveable), r.target({ leaveData: ['Wbe'] }))).rejects.toThrow('plan/leave-data');
    r.server.loseNode(r.server.nodes.keys().next().value!);
    expect(await r.deploy(shopOf({ Web: { number: 1 } }, unmoveable))).toMatchObject({ kind: 'done' });
  });

  it('a lock that another holds is respected, and taken over when it has expired', async () => {
    const r = await rig();
    const plan = await r.plan(shopOf());
    const held = await r.target().records.lock('shop');
    expect(await codesOf(r.apply(plan))).toEqual(['plan/locked']);
    await held.release();
    await r.target({ lock: { lifetime: 0, renewal: 10_000, settling: 1 } }).records.lock('shop');
    expect(await r.apply(plan)).toMatchObject({ kind: 'done' });
  });

  it('who lost the lock does nothing any more', async () => {
    const r = await rig();
    const plan = await r.plan(shopOf());
    expect(await codesOf(r.apply(plan, r.target({ lock: { lifetime: 1, renewal: 10_000, settling: 20 } })))).toEqual(['cloudiator/lock-lost']);
    expect(r.holdings).toMatchObject({ nodes: [], schedules: 0 });
  });

  it('says who is not let in, where nobody answers, and what is not said', async () => {
    const r = await rig();
    const wrong = r.target({ password: new Secret('canary-of-a-wrong-password') });
    const refused = await wrong.read('shop').catch((error: Error) => error.message);
    expect(refused).toBe(`Cloudiator at ${r.server.url} does not let ${account.email} of tenant ${account.tenant} in: wrong credentials: ${account.email} [secret]`);
    expect(await codesOf(r.target({ url: 'http://127.0.0.1:1' }).read('shop'))).toEqual(['cloudiator/unreachable']);
    r.server.turns.refuse = (operation) => (operation === 'findNodes' ? { status: 500, message: 'out of order' } : undefined);
    await expect(r.target().read('shop')).rejects.toThrow('Cloudiator refuses GET /node: 500, out of order');
    expect(() => cloudiatorTarget({}, { CLOUDIATOR_URL: 'http://localhost:9000' })).toThrow('CLOUDIATOR_EMAIL, CLOUDIATOR_PASSWORD are missing');
    const known = { CLOUDIATOR_URL: 'http://localhost:9000', CLOUDIATOR_EMAIL: account.email };
    expect(() => cloudiatorTarget({}, { ...known, CLOUDIATOR_PASSWORD_FILE: '/no/such' })).toThrow('CLOUDIATOR_PASSWORD is missing, and /no/such, which');
  });

  it.each([
    ['localhost:9000', 'does not begin with http:// or https://'],
    ['cloudiator.example.com', 'is no URL'],
    ['https://shop:canary@example.com', 'holds a user or a password'],
    ['https://example.com/?x', 'has something behind its path'],
  ])('the address %s is refused: it %s', (url, problem) => {
    const open = (): unknown => cloudiatorTarget({ url }, { CLOUDIATOR_EMAIL: account.email, CLOUDIATOR_PASSWORD: account.password });
    expect(open).toThrow(`the address of Cloudiator, CLOUDIATOR_URL or --host, ${problem}`);
    expect(open).not.toThrow('canary');
  });

  it('tells what is no Cloudiator, what is out of order, and what speaks no TLS', async () => {
    const r = await rig();
    const read = (url: string) => r.target({ url, pace: { first: 1, longest: 1 } }).read('shop');
    expect(await codesOf(read(`${r.server.url}/elsewhere`))).toEqual(['cloudiator/stranger']);
    expect(await codesOf(read(r.server.url.replace('http', 'https')))).toEqual(['cloudiator/tls']);
    const other = createServer((_, response) => void response.end('<html>Welcome</html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    expect(await codesOf(read(`http://127.0.0.1:${(other.address() as AddressInfo).port}`))).toEqual(['cloudiator/stranger']);
    other.close();
    r.server.turns.refuse = () => ({ status: 503, message: '' });
    await expect(read(r.server.url)).rejects.toThrow('Cloudiator refuses POST /login: 503, Service Unavailable');
  });

  it('a schedule is not deleted while a process runs by it, as its nodes would go with it', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    const plan = await r.plan(shopOf({}, { configuration: container('shop/web:2') }));
    const target = r.target();
    const lock = await target.records.lock('shop');
    const step = plan.steps.find(({ kind, action }) => kind === 'schedule' && action === 'remove')!;
    const context = { plan, timeout: 1, signal: new AbortController().signal, secrets: r.secrets, progress: () => undefined };
    await expect(target.perform(step, context)).rejects.toThrow('Database, Web still run by it');
    await lock.release();
    expect(r.holdings.nodes).toHaveLength(2);
  });

  it('two ports of a name on one machine are no trouble on two', async () => {
    const r = await rig();
    expect(await r.deploy(shopOf({}, { providedPorts: [port('Http', 5432)] }))).toMatchObject({ kind: 'done' });
  });
});
