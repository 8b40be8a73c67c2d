/** The steps of plans, and the records of applications, on a real swarm. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { DiagnosticError } from '@camelc/diagnostics';
import { fingerprintOfPlan, StepFailure, type Json, type Plan, type Revision, type Step, type StepContext, type Target } from '@camelc/plan';
import { swarmTarget } from '@camelc/target-swarm/engine';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secretsOf } from '../../packages/targets/swarm/test/engine/fake-engine.js';
import { folderWith } from '../folders.js';
import { makeCertificates } from './certificates.js';
import { makeImage } from './images.js';
import { busybox, missing, startRig, type Rig } from './rig.js';

const id = 'shop';
const labels = { 'camelc.application': 'Shop', 'com.docker.stack.namespace': id };
const value = 'canary-5c1e';

describe.skipIf(missing.length > 0)(`steps and records on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  let rig: Rig;
  let target: Target;
  let lock: { release(): Promise<void> };

  beforeAll(async () => {
    rig = await startRig(2);
    makeImage(join(work, 'image'), busybox!, {
      'bin/serve': 'trap "exit 0" TERM; while :; do /bin/busybox sleep 0.2; done',
      'bin/fail': `echo "cannot bind :443 as ${value}" >&2; exit 3`,
    });
    rig.importImage('shop/web:1', join(work, 'image'), ['/bin/serve']);
    target = await swarmTarget({ host: rig.hostOf('node1') });
    lock = await target.records.lock(id);
  });

  afterAll(async () => {
    await lock?.release();
    target?.close();
    await rig?.stop();
  });

  const said: string[] = [];
  const perform = (key: string, change: { before?: object; wanted?: object }, timeout = 60): Promise<void> => {
    const [kind = '', name = ''] = key.split(/\/(.*)/s);
    const action = change.before === undefined ? 'create' : change.wanted === undefined ? 'remove' : 'update';
    const step = { id: key, key, kind, name, action, after: [], undone: true, disruption: { kind: 'none' }, why: '', ...change } as unknown as Step;
    const context: StepContext = { plan: planOf('0'), timeout, signal: new AbortController().signal, secrets: secretsOf({ PASSWORD: value }), progress: (text) => said.push(text) };
    return target.perform(step, context);
  };
  const specOf = async (key: string): Promise<Json | undefined> => (await target.read(id)).resources.find((resource) => resource.key === key)?.spec;
  const inspect = (kind: string, name: string): { ID: string; Version: { Index: number } } =>
    (JSON.parse(rig.onManager('docker', kind, 'inspect', name)) as { ID: string; Version: { Index: number } }[])[0]!;

  const replaced = { parallelism: 1, delay: '0s', monitor: '1s', maxFailureRatio: 0, order: 'start-first' };
  const service = (more: object = {}): object => ({
    image: 'shop/web:1',
    command: ['/bin/serve'],
    mode: 'replicated',
    replicas: 2,
    endpointMode: 'dnsrr',
    restart: { condition: 'any', delay: '500ms' },
    update: { ...replaced, failureAction: 'rollback' },
    rollback: { ...replaced, failureAction: 'pause' },
    labels,
    ...more,
  });

  it('makes each kind, leaves alone what is there, and removes it', async () => {
    const node = (await target.read(id)).hosts.find(({ name }) => name === 'node2')!.id;
    const made: [key: string, wanted: object][] = [
      ['network/back', { driver: 'overlay' }],
      ['config/web.conf-0123456789ab', { text: 'listen 80', labels: { ...labels, 'camelc.config': 'web.conf' } }],
      ['secret/PASSWORD-0123456789ab', { labels: { ...labels, 'camelc.secret': 'PASSWORD' } }],
      [`label/${node}/camelc.shop=Web`, { node, label: 'camelc.shop', value: 'Web' }],
      [
        'service/web',
        service({
          networks: { shop_back: {} },
          configs: { '/etc/web.conf': { source: 'shop_web.conf-0123456789ab' } },
          secrets: { '/run/secrets/password': { source: 'shop_PASSWORD-0123456789ab' } },
          constraints: ['node.labels.camelc.shop == Web'],
        }),
      ],
    ];
    for (const [key, wanted] of made) {
      await perform(key, { wanted });
      expect(await specOf(key), key).toEqual(wanted);
    }
    const state = await target.read(id);
    expect(state.resources.map(({ key }) => key).sort()).toEqual(made.map(([key]) => key).sort());
    expect(state.resources.find(({ kind }) => kind === 'service')).toMatchObject({
      name: 'web',
      tasks: { wanted: 2, healthy: 2 },
      needs: ['network/back', 'config/web.conf-0123456789ab', 'secret/PASSWORD-0123456789ab'],
    });
    expect(JSON.stringify(state)).not.toContain(value);

    const before = ['service', 'config', 'secret', 'node'].map(
      (kind, i) => inspect(kind, ['shop_web', 'shop_web.conf-0123456789ab', 'shop_PASSWORD-0123456789ab', 'node2'][i]!).Version,
    );
    for (const [key, wanted] of made) await perform(key, { wanted });
    const after = ['service', 'config', 'secret', 'node'].map(
      (kind, i) => inspect(kind, ['shop_web', 'shop_web.conf-0123456789ab', 'shop_PASSWORD-0123456789ab', 'node2'][i]!).Version,
    );
    expect(after).toEqual(before);

    const container = rig.run('node2', 'docker', 'ps', '--quiet', '--latest').trim();
    expect(rig.run('node2', 'docker', 'exec', container, 'busybox', 'cat', '/run/secrets/password', '/etc/web.conf')).toBe(`${value}listen 80`);

    for (const [key, wanted] of [...made].reverse()) {
      await perform(key, { before: wanted });
      await perform(key, { before: wanted });
    }
    expect((await target.read(id)).resources).toEqual([]);
  });

  it('waits until all replicas are healthy', async () => {
    const checked = service({ healthCheck: { test: ['CMD-SHELL', 'test -e /tmp/up || { : >/tmp/up; exit 1; }'], interval: '300ms', retries: 5 } });
    await perform('service/checked', { wanted: checked });
    expect((await target.read(id)).resources.find(({ key }) => key === 'service/checked')!.tasks).toEqual({ wanted: 2, healthy: 2 });
    expect(said).toEqual(expect.arrayContaining(['0/2 healthy', '2/2 healthy']));
    const tasks = (): string[] => rig.onManager('docker', 'service', 'ps', '--quiet', '--filter', 'desired-state=running', 'shop_checked').trim().split('\n').sort();
    const [first, second] = tasks();

    const three = { ...checked, replicas: 3 };
    await perform('service/checked', { before: checked, wanted: three });
    expect(tasks()).toEqual(expect.arrayContaining([first, second]));
    await perform('service/checked', { before: three, wanted: checked });
    expect(tasks()).toHaveLength(2);
    await perform('service/checked', { before: checked });
  });

  it('tells why an update failed, when the former version is back', async () => {
    const good = service();
    await perform('service/web', { wanted: good });
    const sick = ['CMD-SHELL', `echo no answer for ${value}; exit 1`];
    // The engine that is asked knows the checks of its own host.
    const failing = service({ healthCheck: { test: sick, interval: '200ms', retries: 1 }, constraints: ['node.hostname == node1'] });
    await expect(perform('service/web', { before: good, wanted: failing })).rejects.toThrow(
      new StepFailure('a new task failed: its health check fails (exit 1: no answer for [secret]); the swarm brought its former version back'),
    );
    expect(await specOf('service/web')).toEqual(good);

    const ending = service({ command: ['/bin/fail'] });
    await expect(perform('service/web', { before: good, wanted: ending })).rejects.toThrow(
      new StepFailure('a new task failed: it ended with exit code 3; its last words: "cannot bind :443 as [secret]"; the swarm brought its former version back'),
    );
    await expect(perform('service/web', { before: good, wanted: service({ image: 'shop/web:2' }) })).rejects.toThrow(
      new StepFailure('a new task failed: No such image: shop/web:2; the swarm brought its former version back'),
    );
    expect(await specOf('service/web')).toEqual(good);
    await perform('service/web', { before: good, wanted: good });
    await perform('service/web', { before: good });
  });

  it('gives a new service up that fails again and again, or has no host', async () => {
    const cases: [change: object, why: string, timeout: number][] = [
      [{ command: ['/bin/fail'] }, 'its tasks fail again and again: it ended with exit code 3; its last words: "cannot bind :443 as [secret]"', 60],
      [{ image: 'shop/web:2' }, 'its tasks fail again and again: No such image: shop/web:2', 60],
      [{ constraints: ['node.labels.zone == west'] }, 'its hosts can carry 0 of 2 tasks: no suitable node (scheduling constraints not satisfied on 2 nodes)', 60],
      [{ reservations: { memory: '999999M' } }, '0 of 2 tasks are healthy after 2 s: no suitable node (insufficient resources on 2 nodes)', 2],
    ];
    for (const [change, why, timeout] of cases) {
      await expect(perform('service/new', { wanted: service(change) }, timeout)).rejects.toThrow(new StepFailure(why));
      if (timeout === 2)
        expect((await target.read(id)).resources.find(({ key }) => key === 'service/new')!.tasks!.problem).toBe('no suitable node (insufficient resources on 2 nodes)');
      await perform('service/new', { before: service(change) });
    }

    const bound = service({ constraints: ['node.hostname == node2'], maxReplicasPerNode: 2 });
    rig.onManager('docker', 'node', 'update', '--availability', 'drain', 'node2');
    await expect(perform('service/new', { wanted: bound })).rejects.toThrow(
      new StepFailure('its hosts can carry 0 of 2 tasks: node2 takes no tasks (it is drained; `docker node update --availability active`)'),
    );
    await perform('service/new', { before: bound });
    rig.onManager('docker', 'node', 'update', '--availability', 'active', 'node2');
  });

  it('changes nothing that is otherwise than the plan says, or somebody else’s', async () => {
    const wanted = service({ replicas: 1 });
    await perform('service/web', { wanted });
    rig.onManager('docker', 'service', 'update', '--env-add', 'BY=hand', 'shop_web');
    await expectCode(perform('service/web', { before: wanted, wanted: service() }), 'engine/moved-on', 'the service web was changed since the plan was made');
    await expectCode(perform('service/web', { before: wanted }), 'engine/moved-on', 'the service web was changed since the plan was made');
    await expectCode(perform('service/web', { wanted }), 'engine/moved-on', 'the service web was made since the plan was made');
    rig.onManager('docker', 'service', 'rm', 'shop_web');
    await expectCode(perform('service/web', { before: wanted, wanted: service() }), 'engine/moved-on', 'the service web was removed since the plan was made');
    rig.onManager('docker', 'service', 'create', '--name', 'shop_web', '--detach', 'shop/web:1');
    await expectCode(perform('service/web', { wanted }), 'engine/name-taken', 'there is a service `shop_web` in the swarm already that does not belong to the application');
    rig.onManager('docker', 'service', 'rm', 'shop_web');
  });

  it('changes several labels of a node at a time', async () => {
    const node = (await target.read(id)).hosts[0]!.id;
    const names = Array.from({ length: 6 }, (_, i) => `camelc.shop.part-${i}`);
    const form = (label: string): object => ({ node, label, value: 'true' });
    await Promise.all(names.map((label) => perform(`label/${node}/${label}=true`, { wanted: form(label) })));
    expect((await target.read(id)).resources.map(({ key }) => key).sort()).toEqual(names.map((label) => `label/${node}/${label}=true`));
    await Promise.all(names.map((label) => perform(`label/${node}/${label}=true`, { before: form(label) })));
    expect((await target.read(id)).resources).toEqual([]);
  });

  it('says before the first step which credentials and hosts are not as planned', async () => {
    const wanted = { labels: { ...labels, 'camelc.secret': 'PASSWORD' } };
    const stepOf = (key: string, spec: object): Step => ({ ...planOf('c', [key]).steps[0]!, kind: key.split('/')[0]!, wanted: spec as Json });
    const plan = {
      ...planOf('c'),
      steps: [
        stepOf('secret/PASSWORD-000000000000', wanted),
        stepOf('service/web', service({ labels: { ...labels, 'camelc.registry.password': 'LOGIN' } })),
        stepOf('label/gone/camelc.shop=Web', { node: 'gone', label: 'camelc.shop', value: 'Web' }),
      ],
    };
    const { resolve, ...rest } = secretsOf({ PASSWORD: value });
    const missing = new DiagnosticError([{ code: 'secret/missing', severity: 'error', message: 'there is no LOGIN' }]);
    const secrets = { ...rest, resolve: (name: string) => (name === 'LOGIN' ? Promise.reject(missing) : resolve(name)) };
    const codes = async (): Promise<string[]> => (await target.check(plan, secrets)).map(({ code }) => code);
    expect(await codes()).toEqual(['engine/secret-changed', 'secret/missing', 'engine/host-gone']);
    await perform('secret/PASSWORD-000000000000', { wanted });
    expect(await codes()).toEqual(['secret/missing', 'engine/host-gone']);
    await perform('secret/PASSWORD-000000000000', { before: wanted });
  });

  it('keeps a journal that any process reads, and the last ten revisions', async () => {
    const other = await swarmTarget({ host: rig.hostOf('node1') });
    try {
      const plan = planOf('1', ['service/a', 'service/b', 'service/c']);
      await target.records.begin(id, plan);
      expect((await other.read(id)).journal).toEqual({ plan, undoing: false, begun: [], done: [] });
      const marks = { undoing: true, begun: ['service/a', 'service/b'], done: ['service/a'] };
      await target.records.mark(id, marks);
      expect((await other.read(id)).journal).toEqual({ plan, ...marks });
      await target.records.end(id);
      expect(await other.read(id)).toMatchObject({ revisions: [], resources: [] });
      expect((await other.read(id)).journal).toBeUndefined();

      for (let number = 1; number <= 11; number++) {
        const next = planOf(`r${number}`);
        await target.records.begin(id, next);
        const journal = number === 11 ? (JSON.parse(rig.onManager('docker', 'config', 'inspect', 'camelc.shop.journal')) as ConfigInspect[])[0]! : undefined;
        await target.records.end(id, { revision: next.wanted, plan: fingerprintOfPlan(next) });
        // Whoever recorded the revision was killed before it could remove the journal.
        if (journal) createConfig(rig, work, journal);
      }
      const { revisions, journal } = await other.read(id);
      expect(revisions.map(({ number }) => number)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
      expect(revisions[0]).toEqual({ ...planOf('r11').wanted, number: 11, plan: fingerprintOfPlan(planOf('r11')) });
      expect(journal).toBeUndefined();
      expect(await other.applications()).toEqual([id]);
      await target.records.forget(id);
      expect(await other.read(id)).toMatchObject({ revisions: [] });
    } finally {
      other.close();
    }
  });

  it('lets one process at a time change an application, and takes over when it has died', async () => {
    await lock.release();
    const holder = await holdLock(rig.hostOf('node1'));
    try {
      await expectCode(target.records.lock(id), 'plan/locked', expect.stringContaining(`(process ${holder.pid})`));
      expect((await target.read(id)).lock!.holder).toContain(`(process ${holder.pid})`);
      await expectCode(target.records.mark(id, { undoing: false, begun: [], done: [] }), 'engine/lock-lost', expect.anything());
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    expect((await target.read(id)).lock).toBeUndefined();
    lock = await target.records.lock(id);
    const { labels: of } = (JSON.parse(rig.onManager('docker', 'config', 'inspect', 'camelc.shop.lock')) as { Spec: { Labels: Record<string, string> } }[]).map(({ Spec }) => ({
      labels: Spec.Labels,
    }))[0]!;
    expect(of['camelc.holder']).toContain(`(process ${process.pid})`);
  });

  it('takes a lock over that has expired, whoever held it, and no other', async () => {
    await lock.release();
    const held = (expires: number): ConfigInspect => ({
      Spec: {
        Name: 'camelc.shop.lock',
        Data: 'LQ==',
        Labels: { 'camelc.records': id, 'camelc.record': 'lock', 'camelc.holder': 'ann@elsewhere', 'camelc.process': 'boot space 1 1', 'camelc.expires': String(expires) },
      },
    });
    createConfig(rig, work, held(Date.now() + 60_000));
    await expectCode(target.records.lock(id), 'plan/locked', 'ann@elsewhere is applying a plan to this application');
    rig.onManager('docker', 'config', 'rm', 'camelc.shop.lock');
    createConfig(rig, work, held(Date.now() - 2_000));
    lock = await target.records.lock(id);
  });

  it('has a task placed that waited for a node while its service changed, and leaves the others alone', async () => {
    const spread = (monitor: string): object => service({ maxReplicasPerNode: 1, update: { ...replaced, monitor, failureAction: 'rollback' } });
    await perform('service/spread', { wanted: spread('1s') });
    const tasks = (what: string): string => rig.onManager('docker', 'service', 'ps', '--filter', 'desired-state=running', '--format', what, 'shop_spread');
    const isOn1 = /.* on node1/;
    const [before] = isOn1.exec(tasks('{{.ID}} on {{.Node}}'))!;
    await rig.kill('node2');
    await vi.waitUntil(() => tasks('{{.Error}}').includes('no suitable node'), 60_000);
    const changed = perform('service/spread', { before: spread('1s'), wanted: spread('2s') });
    await vi.waitUntil(() => rig.onManager('docker', 'service', 'inspect', '--format', '{{.Spec.UpdateConfig.Monitor}}', 'shop_spread').trim() === '2s');
    // A change of a node makes the swarm try again, for the last time; it waits up to a second for more changes.
    rig.onManager('docker', 'node', 'update', '--label-add', 'colour=red', 'node1');
    await sleep(2000);
    await rig.start('node2');
    await changed;
    expect(isOn1.exec(tasks('{{.ID}} on {{.Node}}'))![0]).toBe(before);
    await perform('service/spread', { before: spread('2s') });
    rig.onManager('docker', 'node', 'update', '--label-rm', 'colour', 'node1');
  });

  it('goes on when a node is lost meanwhile', async () => {
    const wanted = service({ labels: { ...labels, round: 'lost' }, update: { ...replaced, monitor: '4s', failureAction: 'rollback' } });
    const done = perform('service/web', { wanted }, 90);
    while (!said.includes('2/2 healthy')) await new Promise((resolve) => setTimeout(resolve, 100));
    said.length = 0;
    await rig.kill('node2');
    await done;
    await perform('service/web', { before: wanted, wanted: service() }, 90);
    expect((await target.read(id)).hosts.map(({ ready }) => ready).sort()).toEqual([false, true]);
    expect((await target.read(id)).resources[0]!.tasks).toEqual({ wanted: 2, healthy: 2 });
    await rig.start('node2');
    await perform('service/web', { before: service() });
  });

  it('waits for an engine that starts anew', async () => {
    const wanted = service({ replicas: 1 });
    await rig.kill('node1');
    const done = perform('service/web', { wanted }, 90);
    await rig.start('node1');
    await done;
    expect(said).toContain('the engine does not answer');
    await perform('service/web', { before: wanted });
  });

  it('reaches the engine over TLS and over SSH', async () => {
    const socket = rig.hostOf('node1').replace('unix://', '');
    const certificates = makeCertificates(join(work, 'certificates'));
    const server = createTlsServer({ ...certificates.server, requestCert: true, rejectUnauthorized: true }, (connection) => {
      connection.on('error', () => {});
      connection.pipe(connectTo(socket)).pipe(connection);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const tls = { DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: '1' };
    const overTls = await swarmTarget({ environment: { ...tls, DOCKER_CERT_PATH: certificates.folder } });
    expect(overTls.id).toBe(target.id);
    expect((await overTls.read(id)).hosts).toHaveLength(2);
    overTls.close();
    await expectCode(swarmTarget({ environment: { ...tls, DOCKER_CERT_PATH: certificates.stranger } }), 'engine/tls', expect.anything());
    server.close();

    // In place of `ssh`, a program that notes what it is told and does what it would do over there.
    const arguments_ = join(work, 'arguments');
    writeFileSync(join(work, 'ssh'), `#!/bin/sh\necho "$@" >>${arguments_}\nexec docker --host ${rig.hostOf('node1')} system dial-stdio\n`);
    chmodSync(join(work, 'ssh'), 0o755);
    const path = process.env['PATH'];
    process.env['PATH'] = `${work}:${path}`;
    try {
      const overSsh = await swarmTarget({ host: 'ssh://ann@manager.example.com:2222' });
      expect(overSsh.id).toBe(target.id);
      expect((await overSsh.read(id)).hosts).toHaveLength(2);
      overSsh.close();
      expect(readFileSync(arguments_, 'utf8').split('\n')[0]).toBe('-T -o ConnectTimeout=30 -l ann -p 2222 -- manager.example.com docker system dial-stdio');
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('says that a worker is no manager', async () => {
    await expectCode(swarmTarget({ host: rig.hostOf('node2') }), 'engine/no-manager', `the Docker engine at ${rig.hostOf('node2')} is a worker of a swarm, not a manager`);
  });
});

async function expectCode(promise: Promise<unknown>, code: string, message: string | object): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(DiagnosticError);
  expect((error as DiagnosticError).diagnostics[0]).toMatchObject({ code, message });
}

function planOf(name: string, keys: readonly string[] = []): Plan {
  const wanted: Revision = { formatVersion: 1, application: 'Shop', id, worth: { cost: 1, currency: 'EUR' }, resources: [], solution: { of: name } };
  const steps = keys.map((key) => ({ id: key, key, kind: 'service', name: key, action: 'create', after: [], undone: true, disruption: { kind: 'none' }, why: '' })) as Step[];
  return { formatVersion: 1, application: 'Shop', id, steps, wanted, secrets: {} } as unknown as Plan;
}

interface ConfigInspect {
  Spec: { Name: string; Labels: Record<string, string>; Data: string };
}

function createConfig(rig: Rig, folder: string, { Spec: { Name, Labels, Data } }: ConfigInspect): void {
  writeFileSync(join(folder, 'config'), Buffer.from(Data, 'base64'));
  rig.onManager('docker', 'config', 'create', ...Object.entries(Labels).flatMap(([label, text]) => ['--label', `${label}=${text}`]), Name, join(folder, 'config'));
}

/** Another process that takes the lock, and keeps it until it is killed. */
async function holdLock(host: string): Promise<ChildProcess> {
  const module = fileURLToPath(new URL('../../packages/targets/swarm/dist/engine/index.js', import.meta.url));
  const program = `const { swarmTarget } = await import(${JSON.stringify(module)}); await (await swarmTarget({ host: ${JSON.stringify(host)} })).records.lock('${id}'); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
