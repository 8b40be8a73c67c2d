/** An application's whole life on a real swarm of three engines, through the command line as CI would use it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writePlan, type Plan } from '@camelc/plan';
import { bin, type Run } from '../cli/camelc.js';
import { folderWith } from '../folders.js';
import { missing, startRig, type Rig } from './rig.js';
import { environmentOf, expectExit, importShopImages, planShop, runOn, type Shop } from './shop.js';

// Each test applies several plans, and each waits until all is healthy.
vi.setConfig({ testTimeout: 300_000 });

interface Live {
  id: string;
  version: number;
  created: string;
  spec: { Name: string; TaskTemplate: { ContainerSpec: { Image: string; Env?: string[] } } };
}

describe.skipIf(missing.length > 0)(`a shop on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  let rig: Rig;
  /** What the shop is like now, as far as it differs from how it began, and its password. */
  let now: Partial<Shop> = {};
  let password = 'correct-horse';
  /** What the database wrote when it first started. */
  let rows = '';
  /** What was applied, in order. */
  const revisions: { shop: Partial<Shop>; password: string; page: string }[] = [];

  beforeAll(async () => {
    rig = await startRig(3);
    importShopImages(rig, work);
  });
  afterAll(async () => {
    await rig?.stop();
  });

  const run = (...args: string[]): Run => runOn(environmentOf(rig, password), ...args);
  const planned = (changes: Partial<Shop>): ReturnType<typeof planShop> => planShop(environmentOf(rig, password), { ...now, ...changes });
  /** The plan's steps but those that label hosts, as `update service/api`. */
  const stepsOf = ({ steps }: Plan, ...kinds: string[]): string[] => steps.filter(({ kind }) => !kinds.includes(kind)).map(({ action, kind, name }) => `${action} ${kind}/${name}`);
  /** Plans, applies, and sees that nothing is left to do. */
  function bring(changes: Partial<Shop>): Plan {
    const { run: made, plan, file } = planned(changes);
    expectExit(2, made);
    expectExit(0, run('apply', file));
    now = { ...now, ...changes };
    expectExit(0, planned({}).run);
    expectExit(0, run('status'));
    revisions.push({ shop: now, password, page: page() });
    return plan;
  }

  function live(): Record<string, Live> {
    const ids = rig.onManager('docker', 'service', 'ls', '--quiet', '--filter', 'label=com.docker.stack.namespace=shop').split('\n').filter(Boolean);
    const services = ids.length ? (JSON.parse(rig.onManager('docker', 'service', 'inspect', ...ids)) as InspectedService[]) : [];
    return Object.fromEntries(services.map((s) => [s.Spec.Name.replace('shop_', ''), { id: s.ID, version: s.Version.Index, created: s.CreatedAt, spec: s.Spec }]));
  }
  const named = (what: 'network' | 'config' | 'secret' | 'volume'): string[] =>
    rig.onManager('docker', what, 'ls', '--filter', 'label=com.docker.stack.namespace=shop', '--format', '{{.Name}}').split('\n').filter(Boolean).sort();
  const nodesOf = (service: string): string[] =>
    rig.onManager('docker', 'service', 'ps', `shop_${service}`, '--filter', 'desired-state=running', '--format', '{{.Node}}').split('\n').filter(Boolean).sort();
  /** What a visitor sees. */
  const page = (node = nodesOf('web')[0]!): string => rig.get(node, 8080);
  const untouched = (before: Record<string, Live>, ...services: string[]): void => {
    const after = live();
    for (const service of services) expect(after[service], service).toEqual(before[service]);
  };

  it('is not planned over what somebody else has', () => {
    rig.onManager('docker', 'network', 'create', '--driver', 'overlay', 'shop_webtoapi');
    const { run: made } = planned({});
    expectExit(5, made);
    expect(made.stderr).toMatch(/engine\/name-taken[^]*shop_webtoapi[^]*shop\.camel:44:19/);
    rig.onManager('docker', 'network', 'rm', 'shop_webtoapi');
  });

  it('is deployed as planned, by a plan that was saved', () => {
    const plan = bring({});
    const services = stepsOf(plan).filter((step) => step.includes('service/'));
    expect(services.filter((step) => !step.endsWith('worker'))).toEqual(['create service/database', 'create service/api', 'create service/web']);
    expect(services).toHaveLength(4);
    expect(plan.steps.every(({ action }) => action === 'create')).toBe(true);
    expect(stepsOf(plan, 'service', 'label', 'candidate', 'volume').sort()).toEqual([
      'create config/web.conf',
      'create network/apitodatabase',
      'create network/default',
      'create network/webtoapi',
      'create secret/DB_PASSWORD',
    ]);
    expect(nodesOf('web')).toHaveLength(2);
    rows = /\d{10}/.exec(page())![0];
    expect(page()).toBe(`colour = green\napi 1 ${rows}\n`);
  });

  it('is left alone where nothing changes', () => {
    const before = live();
    const { run: made } = planned({});
    expectExit(0, made);
    expect(made.stdout).toMatch(/no change/i);
    expect(live()).toEqual(before);
  });

  it('is scaled out and in, and nothing else is touched', () => {
    const before = live();
    expect(stepsOf(bring({ web: 3 }), 'label', 'candidate')).toEqual(['update service/web']);
    untouched(before, 'database', 'api', 'worker');
    expect(nodesOf('web')).toEqual(['node1', 'node2', 'node3']);
    const wide = live();
    expect(live().web).toMatchObject({ id: before.web!.id, created: before.web!.created });
    expect(stepsOf(bring({ web: 2 }), 'label')).toEqual(['update service/web']);
    untouched(wide, 'database', 'api', 'worker');
    expect(nodesOf('web')).toHaveLength(2);
  });

  it('gets a new image, one service alone', () => {
    const before = live();
    expect(stepsOf(bring({ api: '2' }))).toEqual(['update service/api']);
    untouched(before, 'database', 'web', 'worker');
    expect(page()).toBe(`colour = green\napi 2 ${rows}\n`);
  });

  it('gets a changed configuration file and a changed credential, each under a new name', () => {
    const before = live();
    expect(stepsOf(bring({ config: 'colour = red' }))).toEqual(['create config/web.conf', 'update service/web']);
    untouched(before, 'database', 'api', 'worker');
    expect(page()).toContain('colour = red');
    password = 'battery-staple';
    expect(stepsOf(bring({}))).toEqual(['create secret/DB_PASSWORD', 'update service/database']);
    expect(page()).toBe(`colour = red\napi 2 ${rows}\n`);
  });

  it('loses a component', () => {
    const before = live();
    // Nothing else is in the network of services that talk to nobody.
    expect(stepsOf(bring({ worker: false }), 'label').sort()).toEqual(['remove network/default', 'remove service/worker']);
    untouched(before, 'database', 'api', 'web');
    expect(Object.keys(live()).sort()).toEqual(['api', 'database', 'web']);
  });

  it('moves to another candidate, the new replica first', () => {
    const before = live();
    const plan = bring({ apiCores: 1.2 });
    // Web follows to the large host: a third one would cost more.
    expect([...new Set(stepsOf(plan, 'label', 'candidate'))].sort()).toEqual(['update service/api', 'update service/web']);
    expect(plan.changes.find(({ key }) => key === 'service/api')!.disruption.kind).toBe('migrate');
    untouched(before, 'database');
    expect(page()).toBe(`colour = red\napi 2 ${rows}\n`);
  });

  it('refuses to leave the data of a component behind', () => {
    const before = live();
    const { run: made } = planned({ databaseOnLarge: true, apiCores: 0.1 });
    expectExit(5, made);
    expect(made.stderr).toContain('plan/data-left-behind');
    expect(live()).toEqual(before);
  });

  it('goes back as a whole when a health check fails, and says which step failed and why', () => {
    const before = live();
    const { file } = planned({ api: 'ill', config: 'colour = blue', web: 3 });
    const applied = run('apply', file);
    expectExit(4, applied);
    expect(applied.stdout + applied.stderr).toMatch(/api[^]*health check/);
    const after = live();
    for (const name of Object.keys(before)) expect(after[name]!.spec, name).toEqual(before[name]!.spec);
    expect(page()).toBe(`colour = red\napi 2 ${rows}\n`);
    expectExit(0, planned({}).run);
    expectExit(0, run('status'));
  });

  it('reports what somebody changed by hand, and puts it right', () => {
    rig.onManager('docker', 'service', 'update', '--detach', '--no-resolve-image', '--env-add', 'BY_HAND=1', 'shop_api');
    const status = run('status');
    expectExit(2, status);
    expect(status.stdout).toContain('BY_HAND');
    const { run: made, plan, file } = planned({});
    expectExit(2, made);
    expect(plan.changes.map(({ key, cause }) => [key, cause])).toEqual([['service/api', 'drift']]);
    expectExit(0, run('apply', file));
    expect(live().api!.spec.TaskTemplate.ContainerSpec.Env ?? []).not.toContain('BY_HAND=1');
    expectExit(0, run('status'));
  });

  it('refuses a plan for another swarm, and one when the running state has moved on', () => {
    const old = planned({ api: '1' });
    const other = { ...old.plan, target: { ...old.plan.target, id: 'another' } };
    const elsewhere = join(folderWith({ 'plan.json': writePlan(other) }), 'plan.json');
    const refused = run('apply', elsewhere);
    expectExit(5, refused);
    expect(refused.stderr).toContain('plan/other-target');
    rig.onManager('docker', 'service', 'update', '--detach', '--no-resolve-image', '--env-add', 'BY_HAND=1', 'shop_api');
    const stale = run('apply', old.file);
    expectExit(5, stale);
    expect(stale.stderr).toContain('plan/stale');
    expectExit(0, run('apply', planned({}).file));
  });

  it('rolls back to what was applied before, and to any of the last ten', () => {
    bring({ config: 'colour = white' });
    expectExit(0, run('rollback', '--auto-approve'));
    expect(page()).toContain('colour = red');
    now = { ...now, config: 'colour = red' };
    expectExit(0, planned({}).run);
    const listed = run('rollback', '--list', '--format', 'json');
    expectExit(0, listed);
    const { revisions: kept } = JSON.parse(listed.stdout) as { revisions: { number: number }[] };
    expect(kept).toHaveLength(10);
    const oldest = Math.min(...kept.map(({ number }) => number));
    const former = revisions[oldest - 1]!;
    expectExit(0, run('rollback', '--to', `${oldest}`, '--auto-approve'));
    expect(page()).toBe(former.page);
    ({ shop: now, password } = former);
    expectExit(0, planned({}).run);
    const gone = run('rollback', '--to', `${oldest - 1}`, '--auto-approve');
    expectExit(5, gone);
    expect(gone.stderr).toContain('plan/no-revision');
  });

  it('lets one apply at a time', async () => {
    const { file } = planned({ api: 'ill' });
    const first = start('apply', file);
    await lineOf(first, /api/);
    const second = run('apply', file);
    expectExit(5, second);
    expect(second.stderr).toContain('plan/locked');
    await once(first, 'exit');
    expect(first.exitCode).toBe(4);
    expectExit(0, planned({}).run);
  });

  it('ends as wanted or as it was when a node dies meanwhile', async () => {
    const changes = { web: 3, api: '2' };
    const { file } = planned(changes);
    const applying = start('apply', file, '--timeout', '20', '--parallelism', '1');
    await lineOf(applying, /service/);
    const lost = ['node2', 'node3'].find((node) => !nodesOf('database').includes(node))!;
    await rig.kill(lost);
    // Where the node had what ran before, that cannot be so again until it is back, as after a reboot.
    await Promise.race([once(applying, 'exit'), sleep(60_000, undefined, { ref: false })]);
    await rig.start(lost);
    if (applying.exitCode === null) await once(applying, 'exit');
    if (applying.exitCode === 0) now = { ...now, ...changes };
    else {
      expect(applying.exitCode).toBe(4);
      // What could not be undone without the node is now.
      const { run: open } = planned({});
      if (open.stderr.includes('plan/unfinished')) expectExit(0, run('rollback', '--auto-approve'));
    }
    expectExit(0, planned({}).run);
    expect(page()).toContain(rows);
  });

  it('is destroyed, but for its data', () => {
    expectExit(0, run('destroy', '--auto-approve'));
    expect(live()).toEqual({});
    expect([named('network'), named('config'), named('secret')]).toEqual([[], [], []]);
    expect(rig.onManager('docker', 'config', 'ls', '--quiet')).toBe('');
    bring({ web: 2, api: '1' });
    expect(page()).toBe(`colour = green\napi 1 ${rows}\n`);
  });

  /** Starts a verb that goes on beside the test. */
  function start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [bin, ...args], { cwd: folderWith({}), env: { ...process.env, ...environmentOf(rig, password) }, stdio: ['ignore', 'pipe', 'pipe'] });
  }
});

interface InspectedService {
  ID: string;
  Version: { Index: number };
  CreatedAt: string;
  Spec: Live['spec'];
}

/** Waits until a process says something. */
async function lineOf(child: ChildProcess, what: RegExp): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      if (what.test(said)) resolve();
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}
