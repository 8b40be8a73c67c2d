import { describe, expect, it } from 'vitest';
import { hasDefinition } from './stand-in/definition.js';
import { container, measured, rig, shopOf } from './fixtures.js';

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
    expect(r.changes().filter((operation) => operation.endsWith('Schedule'))).toEqual(['addSchedule', 'deleteSchedule']);
    expect((await r.plan(shopOf({ Web: { number: 2 } }, { configuration: container('shop/web:2') }))).steps).toEqual([]);
  });
});
