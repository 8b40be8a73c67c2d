import { describe, expect, it } from 'vitest';
import { hasDefinition } from './stand-in/definition.js';
import { application, at, component, container, deploymentOf, measured, rig, secretsOf, shopOf, spark } from './fixtures.js';

describe.runIf(hasDefinition)('a server of Cloudiator', () => {
  it('gets a first deployment: nodes, job, schedule, providers before those who need them, monitors', async () => {
    const r = await rig();
    const outcome = await r.deploy(shopOf({ Web: { number: 2 } }, {}, { measurements: [measured] }));
    expect(outcome).toEqual({ kind: 'done', revision: 1, left: [] });
    expect(r.holdings).toEqual({
      nodes: ['database-1 RUNNING', 'web-1 RUNNING', 'web-2 RUNNING'],
      processes: ['Database on database-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-2 RUNNING'],
      schedules: 1,
      monitors: [expect.stringMatching(/^Load of PROCESS process-\d+$/), expect.stringMatching(/^Load of PROCESS process-\d+$/)],
    });
    const tasks = r.server.log.flatMap(({ operation, body }) => (operation === 'createProcess' ? [(body as { task: string }).task] : []));
    expect(tasks).toEqual(['Database', 'Web', 'Web']);
    expect(r.server.faults).toEqual([]);
  });

  it('and nothing where all is as wanted', async () => {
    const r = await rig();
    const shop = shopOf({ Web: { number: 2 } }, {}, { measurements: [measured] });
    await r.deploy(shop);
    r.changes();
    const plan = await r.plan(shop);
    expect(plan.changes).toEqual([]);
    expect(plan.steps).toEqual([]);
    expect(await r.apply(plan)).toMatchObject({ kind: 'done', revision: 1 });
    expect(r.changes()).toEqual([]);
  });

  it('scales out and in; what stays is not touched', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    const before = [...r.server.processes.keys()];
    r.changes();
    await r.deploy(shopOf({ Web: { number: 3 } }));
    expect(r.changes().sort()).toEqual(['addNode', 'addNode', 'createProcess', 'createProcess']);
    expect([...r.server.processes.keys()]).toEqual(expect.arrayContaining(before));
    await r.deploy(shopOf());
    expect(r.changes().sort()).toEqual(['deleteNode', 'deleteNode', 'deleteProcess', 'deleteProcess']);
    expect([...r.server.processes.keys()]).toEqual(before);
    expect(r.holdings.nodes).toEqual(['database-1 RUNNING', 'web-1 RUNNING']);
  });

  it('migrates: the new process is up before the old one goes, and that before its node', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    r.changes();
    const plan = await r.plan(shopOf({ Web: { candidate: 'large' } }));
    expect(plan.changes.map(({ action, kind, name, disruption }) => `${action} ${kind} ${name}: ${disruption.kind}`)).toEqual([
      'update node web-1: none',
      'update process Web@web-1: none',
      'update task Web: migrate',
    ]);
    await r.apply(plan);
    expect(r.changes()).toEqual(['addNode', 'createProcess', 'deleteProcess', 'deleteNode']);
    expect([...r.server.nodes.values()].map(({ nodeCandidate }) => nodeCandidate).sort()).toEqual(['offer-of-large', 'offer-of-small']);
  });

  it('takes a new image as a new job, whose processes take the places of the old ones', async () => {
    const r = await rig();
    await r.deploy(shopOf({ Web: { number: 2 } }));
    const nodes = [...r.server.nodes.keys()];
    r.changes();
    const plan = await r.plan(shopOf({ Web: { number: 2 } }, { configuration: container('shop/web:2') }));
    expect(plan.changes.filter(({ kind }) => kind === 'task').map(({ name, disruption }) => [name, disruption])).toEqual([
      ['Database', { kind: 'recreate', available: 0, of: 1 }],
      ['Web', { kind: 'recreate', available: 0, of: 2 }],
    ]);
    await r.apply(plan);
    expect([...r.server.nodes.keys()]).toEqual(nodes);
    expect(r.holdings).toMatchObject({ processes: ['Database on database-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-2 RUNNING'], schedules: 1 });
    const [job] = [...r.server.schedules.values()].map((schedule) => r.server.jobs.get(schedule.job)!);
    expect(job!.tasks.find(({ name }) => name === 'Web')!.interfaces[0]).toMatchObject({ dockerImage: 'shop/web:2' });
    const changes = r.changes();
    expect(changes.filter((operation) => operation.endsWith('Schedule'))).toEqual(['addSchedule', 'deleteSchedule']);
    // Nothing stops before there is a schedule to start it again.
    expect(changes.indexOf('deleteProcess')).toBeGreaterThan(changes.indexOf('addSchedule'));
    expect((await r.plan(shopOf({ Web: { number: 2 } }, { configuration: container('shop/web:2') }))).steps).toEqual([]);
  });

  it('scales a cluster on all of its nodes, out before in', async () => {
    const r = await rig();
    const count = (number: number, candidate: string) => deploymentOf(application([component('Count', { configuration: spark })]), { Count: { number, candidate } });
    await r.deploy(count(2, 'small'));
    expect(r.holdings.processes).toEqual(['Count on count-1 and count-2 RUNNING']);
    r.changes();
    await r.deploy(count(3, 'small'));
    expect(r.changes()).toEqual(['addNode', 'triggerScale']);
    await r.deploy(count(3, 'large'));
    expect(r.changes()).toEqual(['addNode', 'addNode', 'addNode', 'triggerScale', 'triggerScale']);
    await r.deploy(count(1, 'large'));
    expect(r.changes()).toEqual(['triggerScale']);
    expect(r.holdings.processes).toEqual(['Count on count-1 RUNNING']);
    expect(r.server.processes.size).toBe(1);
    expect(r.server.faults).toEqual([]);
  });

  it('changes a monitor in place, and takes it away with its process', async () => {
    const r = await rig();
    await r.deploy(shopOf({ Web: { number: 2 } }, {}, { measurements: [measured] }));
    r.changes();
    const other = { ...measured, sensor: { ...measured.sensor, config: '9200' } };
    const plan = await r.plan(shopOf({ Web: { number: 2 } }, {}, { measurements: [other] }));
    expect(plan.changes.map(({ name, parts }) => [name, parts])).toEqual([
      ['Load of Web@web-1', [{ pointer: '/sensor/port', before: 9100, wanted: 9200 }]],
      ['Load of Web@web-2', [{ pointer: '/sensor/port', before: 9100, wanted: 9200 }]],
    ]);
    await r.apply(plan);
    expect(r.changes()).toEqual(['updateMonitor', 'updateMonitor']);
    await r.deploy(shopOf({}, {}, { measurements: [other] }));
    expect(r.server.monitors.map(({ sensor, targets }) => [sensor, targets.length])).toEqual([[{ type: 'PushSensor', port: 9200 }, 1]]);
  });

  it('keeps what stays on a shared node where it is', async () => {
    const r = await rig();
    const app = application([component('Web'), component('Cache', { coInstanceHosting: true })], [], { placement: 'shared' });
    const placed = (...hosts: string[][]) =>
      deploymentOf(
        app,
        {},
        {
          components: ['Web', 'Cache'].map((name) => ({ name, cardinality: hosts.flat().filter((other) => other === name).length })),
          hosts: hosts.map((components) => ({ candidate: 'small', number: 1, components })),
        },
      );
    await r.deploy(placed(['Web', 'Cache', 'Cache'], ['Web']));
    expect(r.holdings.processes).toEqual(['Cache on web-cache-1 RUNNING', 'Cache on web-cache-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-cache-1 RUNNING']);
    r.changes();
    // Its host group is called otherwise now; the node is the same.
    await r.deploy(placed(['Web', 'Cache'], ['Web', 'Cache']));
    expect(r.changes().sort()).toEqual(['createProcess', 'deleteProcess']);
    expect(r.holdings.processes).toEqual(['Cache on web-1 RUNNING', 'Cache on web-cache-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-cache-1 RUNNING']);
  });

  it('finds what runs by its names when the records are lost, and what is there twice', async () => {
    const r = await rig();
    await r.deploy(shopOf());
    const [node] = [...r.server.nodes.values()].filter(({ name }) => name!.includes('web'));
    r.server.nodes.set('node-twice', { ...node!, id: 'node-twice', name: `${node!.name}-twice` });
    r.server.store.clear();
    r.changes();
    const plan = await r.plan(shopOf());
    expect(plan.steps.filter(({ action }) => action !== 'update').map(({ action, key }) => `${action} ${key}`)).toEqual([expect.stringMatching(/^remove node\/web-1-\w+~2$/)]);
    await r.apply(plan);
    expect(r.changes()).toEqual(['deleteNode']);
    expect(r.server.nodes.has('node-twice')).toBe(false);
    expect((await r.plan(shopOf())).steps).toEqual([]);
  });

  it('puts back what somebody deleted by hand', async () => {
    const r = await rig();
    await r.deploy(shopOf({ Web: { number: 2 } }));
    r.server.processes.delete([...r.server.processes.values()].find(({ task }) => task === 'Web')!.id);
    r.changes();
    const plan = await r.plan(shopOf({ Web: { number: 2 } }));
    expect(plan.changes.every(({ cause }) => cause === 'drift')).toBe(true);
    await r.apply(plan);
    expect(r.changes()).toEqual(['createProcess']);
  });

  it('gets credentials at the last moment, and those of the plan alone', async () => {
    const r = await rig();
    const withSecret = shopOf(
      {},
      {
        configuration: container('shop/web:1', {
          environment: [{ ...component('x').attributes[0]!, path: 'PASSWORD', name: 'PASSWORD', place: at(5), annotations: [], featureAnnotations: [], value: '$DB_PASSWORD' }],
        }),
      },
    );
    const plan = await r.plan(withSecret);
    expect(JSON.stringify(plan)).not.toContain('canary');
    r.secrets = secretsOf({ DB_PASSWORD: 'canary-of-another' });
    await expect(r.apply(plan)).rejects.toThrow('$DB_PASSWORD has another value than when the plan was made');
    await r.apply(await r.plan(withSecret));
    const [job] = r.server.jobs.values();
    expect(job!.tasks[0]!.interfaces[0]).toMatchObject({ environment: { PASSWORD: 'canary-of-another' } });
    // Another value is another job.
    r.secrets = secretsOf({ DB_PASSWORD: 'canary-of-a-third' });
    expect((await r.plan(withSecret)).changes.map(({ kind }) => kind)).toContain('job');
  });
});
