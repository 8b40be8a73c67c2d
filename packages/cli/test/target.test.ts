/** The verbs that work on a running system, against a target in memory. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, type Place } from '@camelc/diagnostics';
import { Secret, type Change, type Plan } from '@camelc/plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryTarget } from '../../plan/test/memory-target.ts';
import { folderWith } from '../../../test/folders.ts';
import { renderPlan } from '../src/report/plan.ts';
import { makeStyle } from '../src/report/style.ts';
import { apply } from '../src/verbs/apply.ts';
import { destroy } from '../src/verbs/destroy.ts';
import { plan } from '../src/verbs/plan.ts';
import { rollback } from '../src/verbs/rollback.ts';
import { status } from '../src/verbs/status.ts';
import { opening, run, type Run } from './run.ts';

const machine = (id: string, cores: number, price: number): object => ({
  id,
  type: 'IAAS',
  hardware: id,
  cloud: { id: 'c', provider: 'own', type: 'private' },
  cores,
  memory: 4096,
  price,
});

/** The load that each instance of Web has is at best 50; Db has a volume and stays where it is. */
const shop = (image = 'shop/web:1'): string => `camel model Shop {
  deployment model D {
    software Web {
      requirements Reqs
      provided communication Http port 8080
      required communication ToDb port 5432 mandatory
      container configuration C { image '${image}' }
    }
    software Db {
      [MetaDataModel.MELODICMetadataSchema.UtilityNotions.UtilityRelatedProperties.Unmoveable]
      provided communication Sql port 5432
      container configuration C {
        image 'shop/db:1'
        attribute volume : string 'rows:/rows'
      }
    }
    communication WebToDb from Web.ToDb to Db.Sql
    requirements Reqs { horizontal scale R.Scale }
  }
  requirement model R {
    horizontal scale requirement Scale [1, 5]
    optimisation requirement Best { variable M.Utility }
    slo NotTooBusy constraint K.Busy
  }
  metric model M {
    variable N { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web }
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate }
    sensor LoadSensor { isPush config 'load' }
    raw metric context LoadContext { metric Load sensor LoadSensor }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 - abs(Load / N - 50) / 100 - Cost / 10' }
  }
  constraint model K { metric constraint Busy : [M.LoadContext] > 120.0 }
}
`;
const files = { 'shop.camel': shop(), 'candidates.json': JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 2, 0.1), machine('large', 8, 0.3)] }) };
const common = { target: 'swarm', milp: 'glpk', publishMode: 'ingress', endpointMode: 'vip', candidates: ['candidates.json'], currency: 'EUR' } as const;

let target: MemoryTarget;
const here = process.cwd();
beforeEach(() => {
  target = new MemoryTarget();
  process.chdir(folderWith(files));
});
afterEach(() => process.chdir(here));

const options = (load: number) => ({ ...common, candidates: [...common.candidates], metric: { Load: load } });
const planned = (load: number, more: object = {}, how = {}): Promise<Run> => run((c) => plan(['shop.camel'], { ...options(load), ...more }, c, opening(target)), how);
const applied = (load: number, more: object = {}, how = {}): Promise<Run> =>
  run((c) => apply(['shop.camel'], { ...options(load), autoApprove: true, ...more }, c, opening(target)), how);

const on = (verb: (target: MemoryTarget) => (c: Parameters<Parameters<typeof run>[0]>[0]) => Promise<number>, how = {}): Promise<Run> => run(verb(target), how);
const statusNow = (how = {}): Promise<Run> => on((t) => (c) => status({ target: 'swarm' }, c, opening(t)), how);
const rolledBack = (more: object = {}, how = {}): Promise<Run> => on((t) => (c) => rollback({ target: 'swarm', autoApprove: true, ...more }, c, opening(t)), how);
const destroyed = (more: object = {}, how = {}): Promise<Run> => on((t) => (c) => destroy({ target: 'swarm', autoApprove: true, ...more }, c, opening(t)), how);
/** `camelc apply`, or of a file. */
const appliedFile = (paths: string[], more: object = {}, how = {}): Promise<Run> => on((t) => (c) => apply(paths, { ...options(50), ...more }, c, opening(t)), how);
const lastLine = ({ out }: Run): string => out.trimEnd().split('\n').at(-1)!;

describe('a plan', () => {
  it('says what changes and why, what it costs, and what to run next', async () => {
    const first = await planned(50);
    expect(first.exit).toBe(2);
    expect(first.out).toContain('Shop on memory `test` (0 hosts): first deployment, 6 changes, cost 0.2000 €/h, utility 0.98\n');
    expect(first.out).toMatch(/\n {2}\+ service +web +the solution has 1 of component Web; .*\(shop\.camel:3:14\)\n/);
    expect(first.out).toMatch(/\nSave it with --out plan\.json and apply that, or run `camelc apply shop\.camel --target swarm`\.\n$/);

    await applied(50);
    const second = await planned(150);
    expect(second.exit).toBe(2);
    expect(second.out).toContain('3 changes, cost 0.2000 → 0.4000 €/h, utility 0.98 → 0.96\n');
    expect(second.out).toMatch(/\n {2}~ service +web +replicas 1 → 3 /);
    expect(second.out).toContain('\n    2 labels, 1 network, 1 service, 1 volume unchanged\n');
  });

  it('has no change where it runs already', async () => {
    await applied(50);
    const { exit, out } = await planned(50);
    expect([exit, out]).toEqual([0, 'Shop on memory `test` (0 hosts): no changes, cost 0.2000 €/h, utility 0.98\n']);
  });

  it('is saved as it is printed, and the same each time', async () => {
    const { out } = await planned(50, { out: 'plan.json' }, { format: 'json' });
    expect(readFileSync('plan.json', 'utf8')).toBe(out);
    expect((await planned(50, {}, { format: 'json' })).out).toBe(out);
    expect(lastLine(await planned(50, { out: 'plan.json' }))).toBe('Saved to plan.json; apply it with `camelc apply plan.json`.');
  });

  it('stays as it is where a value of a credential happens to stand in it', async () => {
    const { out } = await run(
      (c) => {
        c.redactor.add(new Secret('shop/web:1'));
        return plan(['shop.camel'], options(50), c, opening(target));
      },
      { format: 'json' },
    );
    writeFileSync('plan.json', out);
    expect((await appliedFile(['plan.json'])).exit).toBe(0);
  });

  it('keeps to the width of the terminal', async () => {
    const { out } = await planned(50, {}, { columns: 80 });
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('takes what runs for the current deployment: what cannot move stays where it is', async () => {
    await applied(50);
    writeFileSync('candidates.json', JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 2, 0.5), machine('large', 8, 0.3)] }));
    await applied(50);
    expect([...target.resources.values()].filter((r) => r.kind === 'label').map((r) => [r.key, r.spec])).toEqual([
      ['label/Db-1', { candidate: 'small' }],
      ['label/Web-1', { candidate: 'large' }],
    ]);
    writeFileSync('other.json', '{ "components": [{ "name": "Web", "cardinality": 1, "candidate": "large" }, { "name": "Db", "cardinality": 1, "candidate": "large" }] }');
    const told = await planned(50, { current: { values: {}, file: 'other.json' } });
    expect(told.exit).toBe(5);
    expect(told.err).toContain('error[running/unmoveable]: Db is annotated Unmoveable and runs on `small`; this would move it to `large`');
  });

  it('keeps what runs unless another deployment gains enough; the first one has nothing to be compared with', async () => {
    expect((await planned(50, { minGain: 5 })).exit).toBe(2);
    await applied(50);
    expect((await planned(150, { minGain: 5 })).exit).toBe(0);
    expect((await planned(150, { minGain: 0.01 })).exit).toBe(2);
  });

  it('says which SLO fires, and where nothing can react to it', async () => {
    expect((await planned(100)).out).not.toContain('fires');
    expect((await planned(150)).out).toMatch(/\nwhy now: Busy fires: Load 150 > 120 \(shop\.camel:\d+:\d+\)\n/);
    await applied(150);
    expect((await planned(150)).out).toContain('Busy fires: Load 150 > 120');
    expect((await planned(150)).out).toContain('The best deployment is what runs: nothing in the model lets it react.');
  });

  it('is not made of models that have no deployment', async () => {
    const { exit, err } = await planned(50, { candidates: ['none.json'] });
    expect([exit, err]).toEqual([5, expect.stringContaining('cannot read none.json')]);
    writeFileSync('candidates.json', JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [{ ...machine('small', 2, 0.1), limit: 1 }] }));
    expect((await planned(50)).exit).toBe(3);
  });
});

describe('the text of a plan', () => {
  const none = { kind: 'none' } as const;
  const place = (line: number): Place => ({ file: join(process.cwd(), 'shop.camel'), range: { start: { line, character: 2 }, end: { line, character: 3 } } });
  const change = (kind: string, name: string, more: Partial<Change> = {}): Change => ({
    action: 'create',
    key: `${kind}/${name}`,
    kind,
    name,
    cause: 'model',
    parts: [],
    drift: [],
    disruption: none,
    why: `${name} is wanted`,
    from: [place(1)],
    ...more,
  });
  const textOf = (more: Partial<Plan>, known?: Parameters<typeof renderPlan>[2], columns?: number): string =>
    renderPlan(
      {
        formatVersion: 1,
        fingerprint: '',
        target: { kind: 'swarm', name: 'prod', id: '' },
        application: 'Shop',
        id: 'shop',
        basis: { revision: 3, resources: {} },
        after: { cost: 0.5, currency: 'USD' },
        changes: [],
        unchanged: {},
        hosts: { missing: [], surplus: [] },
        secrets: {},
        steps: [],
        wanted: { formatVersion: 1, application: 'Shop', id: 'shop', worth: { cost: 0.5, currency: 'USD' }, resources: [], solution: null },
        ...more,
      },
      makeStyle(false, columns),
      known,
    );

  it('names the networks and mounts that come and go, without the details of each', () => {
    const joined = change('service', 'web', {
      action: 'update',
      parts: [
        { pointer: '/networks/shop_new', wanted: { aliases: ['web'] } },
        { pointer: '/networks/shop_old', before: { aliases: ['web'] } },
      ],
    });
    expect(textOf({ changes: [joined] })).toContain('+ networks shop_new, - networks shop_old');
  });

  it('gathers the labels of a host, and names places from where the command line stands', () => {
    const changes = [change('label', 'node1 shop=Web', { why: 'a' }), change('label', 'node1 shop.web=true', { why: 'a' }), change('label', 'node2 shop=Web', { why: 'b' })];
    expect(textOf({ changes })).toContain(
      '\n  + label   node1 shop=Web, shop.web=true      a (shop.camel:2:3)\n  + label   node2 shop=Web                     b (shop.camel:2:3)\n',
    );
  });

  it('says what is missing and how it joins, what is not needed, and what users notice', () => {
    const text = textOf({
      changes: [
        change('service', 'web', { action: 'update', cause: 'follows', disruption: { kind: 'rolling', available: 2, of: 3 } }),
        change('service', 'db', { action: 'update', parts: [{ pointer: '/image', before: 'db:1', wanted: 'db:2' }], disruption: { kind: 'recreate', available: 0, of: 1 } }),
      ],
      hosts: {
        missing: [{ group: 'Web', candidate: 'small', hardware: 'small', number: 2, command: 'docker swarm join', why: 'Web has 3 hosts' }],
        surplus: [{ host: 'node7', candidate: 'large', price: 0.25, why: 'carries nothing any more' }],
      },
    });
    expect(text).toContain('Shop on swarm `prod`: 2 changes, 2 hosts missing, cost 0.5000 $/h\n');
    expect(text).toMatch(/\n {2}! host +Web +2 missing: small +Web has 3 hosts\n {8}join: docker swarm join\n/);
    expect(text).toMatch(/\n {2}↻ service +web +restarts, one by one, 2 of 3 replicas serve +web is wanted/);
    expect(text).toMatch(/\n {2}~ service +db +image db:1 → db:2, stops before it starts anew, interrupted +db is wanted/);
    expect(text).toContain('\nno longer needed, and never removed by camelc: node7 (large, 0.2500 $/h): carries nothing any more\n');
    expect(text).toContain('\ndb will be interrupted.\n');
  });

  it('shows parts in few words, and what somebody changed', () => {
    const parts = [
      { pointer: '/environment/LEVEL', before: 'low', wanted: 'high' },
      { pointer: '/text', before: 'a\nb\nc', wanted: 'a\nB\nc\nd' },
      { pointer: '/image', before: `shop/web:1@sha256:${'0123456789abcdef'.repeat(4)}`, wanted: 'shop/web:2' },
      { pointer: '/limits', wanted: { memory: '64M', cpus: 1 } },
      { pointer: '/labels/com.docker.stack.image', before: 'shop/web:1', wanted: 'shop/web:2' },
    ];
    const text = textOf({ changes: [change('service', 'web', { action: 'update', parts, drift: [{ pointer: '/maxReplicasPerNode', before: 2, wanted: 1 }] })] }, {}, 60);
    expect(text.split('\n').slice(2, -1)).toEqual([
      '  ~ service   web   4 parts   web is wanted (shop.camel:2:3)',
      '        environment LEVEL low → high',
      '        text +2 -1 lines',
      '        image shop/web:1@sha256:0123456789ab… → shop/web:2',
      '        limits + memory 64M, cpus 1',
      '        by hand, since it was applied: max replicas per node',
      '        1 → 2',
    ]);
  });

  it('counts labels that a target keeps for itself as one thing', () => {
    const parts = ['camelc.model', 'com.docker.stack.image'].map((label) => ({ pointer: `/labels/${label}`, wanted: 'x' }));
    expect(textOf({ changes: [change('service', 'web', { action: 'update', parts })] })).toContain('\n  ~ service   web   labels   web is wanted');
  });

  it('shows fingerprints of credentials, and which could not be compared', () => {
    const secret = (name: string, hash: string) => ({ key: `secret/${name}-${hash}`, kind: 'secret', name, spec: {}, needs: [], why: '', from: [] });
    const wanted: Plan['wanted'] = {
      formatVersion: 1,
      application: 'Shop',
      id: 'shop',
      worth: { cost: 0, currency: 'EUR' },
      resources: [secret('A', '0123456789ab'), secret('B', 'ba9876543210')],
      solution: null,
    };
    const text = textOf({ secrets: { A: 'env:A', B: 'file:b' }, wanted }, { hints: [diagnose('engine/secret-kept', { name: 'B', why: 'there is no file b' })] });
    expect(text).toContain('credentials: A from env:A (fingerprint 0123456789ab), B from file:b (not compared)\n\nthe credential B stays as it was applied: there is no file b\n');
  });
});

describe('an apply', () => {
  it('tells every step, how it ended, and where its log is', async () => {
    const { exit, out } = await applied(50);
    expect(exit).toBe(0);
    expect(out).toMatch(/\n… service web: being made\n✔ service web made, 1 to go\n/);
    const [, log] = /^Shop runs as planned: revision 1\. Log: (\S+)$/.exec(out.trimEnd().split('\n').at(-1)!)!;
    const { outcome, events } = JSON.parse(readFileSync(log!, 'utf8'));
    expect(outcome).toEqual({ kind: 'done', revision: 1, left: [] });
    expect(events).toContainEqual({ time: expect.any(String), kind: 'done', step: 'service/web', undoing: false });
    expect(readFileSync('.camelc/.gitignore', 'utf8')).toBe('*\n');
  });

  it('shows durations on a terminal alone', async () => {
    expect((await applied(50, {}, { columns: 100 })).out).toMatch(/✔ service web made, 1 to go {2}\d\.\d s\n/);
    expect((await applied(150)).out).not.toMatch(/\d s\n/);
  });

  it('knows a plan by what it is', async () => {
    await planned(50, { out: 'tonight.plan' });
    expect((await appliedFile(['tonight.plan'])).exit).toBe(0);
    expect(await appliedFile(['missing.plan'], { autoApprove: true })).toMatchObject({ exit: 5, err: expect.stringContaining('cannot read missing.plan') });
  });

  it('does a saved plan exactly, once, and not when something has moved on', async () => {
    await planned(50, { out: 'plan.json' });
    await planned(150, { out: 'other.json' });
    expect((await appliedFile(['plan.json'])).exit).toBe(0);
    expect([...target.resources.keys()].filter((key) => key.startsWith('label/Web'))).toEqual(['label/Web-1']);
    const stale = await appliedFile(['other.json']);
    expect([stale.exit, stale.err]).toEqual([5, expect.stringContaining('error[plan/stale]')]);
  });

  it('refuses a plan that was edited, and what is none', async () => {
    await planned(50, { out: 'plan.json' });
    writeFileSync('plan.json', readFileSync('plan.json', 'utf8').replace('shop/web:1', 'shop/evil:1'));
    expect(await appliedFile(['plan.json'])).toMatchObject({ exit: 5, err: expect.stringContaining('plan/edited') });
    expect(await appliedFile(['candidates.json'])).toMatchObject({ exit: 5, err: expect.stringContaining('candidates.json') });
    expect(await appliedFile(['plan.json', 'shop.camel'])).toMatchObject({ exit: 64, err: expect.stringContaining('a plan is applied by itself') });
    expect(await appliedFile(['plan.json'], { waitHosts: 3 })).toMatchObject({ exit: 64, err: expect.stringContaining('--wait-hosts plans again') });
    expect(target.log).toEqual([]);
  });

  it('ends in order with the first Ctrl-C, and says how it goes on', async () => {
    await applied(50);
    target.turns = {
      ticks: (step) => {
        if (step.key === 'label/Web-2') process.emit('SIGINT');
        return 1;
      },
    };
    const { exit, out, err } = await applied(150);
    expect(exit).toBe(130);
    expect(err).toContain('ending: no further step is begun; Ctrl-C again ends at once\n');
    expect(lastLine({ out } as Run)).toMatch(/^interrupted: 2 of 3 steps are done\. `camelc apply` goes on with it, `camelc rollback` undoes it, from any machine\. Log: /);
    target.turns = {};
    expect((await appliedFile([])).exit).toBe(0);
  });

  it('waits for hosts that are missing, and refuses while they are', async () => {
    const lower = target.lower.bind(target);
    let looks = 0;
    const missing = [{ group: 'Web', candidate: 'small', hardware: 'small', number: 1, command: 'docker swarm join', why: 'Web has 1 host' }];
    target.lower = async (...args) => {
      const lowered = await lower(...args);
      return looks++ < 1 ? { ...lowered, wanted: { ...lowered.wanted!, hosts: { missing, surplus: [] } } } : lowered;
    };
    expect(await applied(50)).toMatchObject({ exit: 5, err: expect.stringContaining('plan/hosts-missing') });
    expect(target.log).toEqual([]);
    looks = 0;
    expect(await applied(50, { waitHosts: 1 })).toMatchObject({ exit: 0, err: expect.stringContaining('waiting for 1 × small: docker swarm join\n') });
  });

  it('asks nobody where nobody is there', async () => {
    const refused = await run((c) => apply(['shop.camel'], options(50), c, opening(target)));
    expect(refused).toMatchObject({ exit: 64, err: expect.stringContaining('apply asks before it changes something, and there is no terminal: say --auto-approve') });
    expect(await rolledBack({ autoApprove: false })).toMatchObject({ exit: 64, err: expect.stringContaining('rollback asks') });
    expect(await destroyed({ autoApprove: false }, { format: 'json' })).toMatchObject({ exit: 64, out: expect.stringContaining('with --format json it cannot') });
  });

  it('brings all back where a step fails: exit code 4, with the step and why', async () => {
    await applied(50);
    const before = JSON.stringify([...target.resources]);
    target.turns = { failure: (step) => (step.key === 'service/web' && JSON.stringify(step.wanted).includes('"replicas":3') ? 'exit 1: cannot bind :443' : undefined) };
    const { exit, out } = await applied(150);
    expect(exit).toBe(4);
    expect(out).toContain('✖ service web: exit 1: cannot bind :443\n');
    expect(out).toContain('↶ service web as it was');
    expect(out).toContain('↶ label Web-2 removed again');
    expect(lastLine({ out } as Run)).toMatch(/^Shop is as it was before; nothing of this plan remains\. Log: /);
    expect(JSON.stringify([...target.resources])).toBe(before);
    const quiet = await applied(150, {}, { quiet: true });
    expect(quiet.out).toMatch(/^service web \(exit 1: cannot bind :443\) failed\. Shop is as it was before/);
    expect(JSON.parse((await applied(150, {}, { format: 'json' })).out)).toMatchObject({
      outcome: 'undone',
      failed: [{ step: 'service/web', why: 'exit 1: cannot bind :443' }],
      undoFailures: [],
    });
  });

  it('says so where not all could be brought back, and rollback does the rest', async () => {
    await applied(50);
    target.turns = { failure: (step) => (step.key === 'service/web' ? 'no answer' : undefined) };
    const { exit, out } = await applied(150);
    expect(exit).toBe(4);
    expect(out).toContain('✖ service web could not be undone: no answer\n');
    expect(out).toContain(
      'Shop is not as it was before: service web (no answer) could not be undone. When the cause is gone, `camelc rollback` undoes the rest; `camelc rollback --abandon` leaves it so.',
    );
    expect(await planned(50)).toMatchObject({ exit: 5, err: expect.stringContaining('plan/unfinished') });
    target.turns = {};
    expect(await rolledBack()).toMatchObject({ exit: 0, out: expect.stringContaining('Shop is as it was before') });
    expect((await planned(50)).exit).toBe(0);
  });

  it('gives up on demand what can never be brought back', async () => {
    await applied(50);
    target.turns = { failure: (step) => (step.key === 'service/web' ? 'its host is gone' : undefined) };
    await applied(150);
    expect(await rolledBack({ abandon: true, to: 1 })).toMatchObject({ exit: 64, err: expect.stringContaining('--abandon goes with neither') });
    expect(await rolledBack({ abandon: true })).toEqual({
      exit: 0,
      err: '',
      out: 'Shop stays as it is now, neither as it was before nor as it was planned: `camelc status` and `camelc plan` show what differs.\n',
    });
    expect(await rolledBack({ abandon: true })).toMatchObject({ exit: 5, err: expect.stringContaining('plan/nothing-unfinished') });
    target.turns = {};
    expect((await applied(150)).exit).toBe(0);
  });

  it('goes on after an interruption, from anywhere, without a model', async () => {
    await applied(50);
    target.killAt(12);
    await expect(applied(150)).rejects.toThrow('killed');
    target.killAt(Number.POSITIVE_INFINITY);
    target.revive();
    process.chdir(folderWith({}));
    expect((await statusNow()).out).toMatch(/\nAn apply was interrupted when \d of 3 steps were done: `camelc apply` goes on with it, `camelc rollback` undoes it\.\n/);
    const { exit, out } = await appliedFile([]);
    expect(out).toMatch(/^going on with what was interrupted: \d of 3 steps of Shop are done\n/);
    expect([exit, lastLine({ out } as Run)]).toEqual([0, expect.stringContaining('Shop runs as planned: revision 2.')]);
    expect(await appliedFile([])).toMatchObject({ exit: 5, err: expect.stringContaining('plan/nothing-unfinished') });
  });
});

describe('what runs', () => {
  it('is told with its health, its cost, and what somebody changed', async () => {
    await applied(150);
    expect(await statusNow()).toEqual({
      exit: 0,
      err: '',
      out: 'Shop on memory `test`: revision 1, 0.4000 €/h, utility 0.96 (M.Utility)\n\n  ✔ service   db    1/1 healthy\n  ✔ service   web   3/3 healthy\n',
    });
    target.byHand('service/web', { ...(target.resources.get('service/web')!.spec as object), replicas: 5 });
    target.byHand('network/mine', {});
    target.byHand('service/db');
    const { exit, out } = await statusNow();
    expect(exit).toBe(2);
    expect(out).toContain(
      '3 differences from what was applied; `camelc plan` shows how that is put right:\n  + network mine   was added\n  - service db   is gone\n  ~ service web   replicas 3 → 5\n',
    );
    expect(JSON.parse((await statusNow({ format: 'json' })).out)).toMatchObject({
      revision: 1,
      healthy: true,
      drift: [{ what: 'extra' }, { what: 'missing' }, { what: 'changed', name: 'web' }],
    });
    const plan = await planned(150);
    expect(plan.out).toMatch(/~ service +web +replicas 5 → 3 +somebody changed it: /);
  });

  it('is found where there is one application, else by its name', async () => {
    expect(await statusNow()).toMatchObject({ exit: 5, err: expect.stringContaining('error[running/nothing]: memory `test` runs nothing of camelc') });
    await applied(50);
    target.applications = () => Promise.resolve(['shop', 'shelf']);
    expect(await statusNow()).toMatchObject({ exit: 64, err: expect.stringContaining('memory `test` runs several applications: `shelf`, `shop`') });
    const named = (application: string): Promise<Run> => on((t) => (c) => status({ target: 'swarm', application }, c, opening(t)));
    expect((await named('Shop')).exit).toBe(0);
    const wrong = await named('shopp');
    expect([wrong.exit, wrong.err]).toEqual([5, expect.stringContaining('did you mean `shop`?')]);
  });

  it('is left alone while somebody else changes it', async () => {
    await applied(50);
    const read = target.read.bind(target);
    target.read = async (id) => ({ ...(await read(id)), lock: { holder: 'ann@example.com', expires: Number.MAX_SAFE_INTEGER } });
    for (const tried of [planned(150), applied(150), appliedFile([]), rolledBack(), destroyed()])
      expect(await tried).toMatchObject({ exit: 5, err: expect.stringContaining('error[plan/locked]: ann@example.com is applying a plan') });
    expect((await statusNow()).out).toContain('\nann@example.com is applying a plan.\n');
    expect((await rolledBack({ list: true })).exit).toBe(0);
  });

  it('goes back to a deployment that was applied', async () => {
    await applied(50);
    await applied(150);
    await applied(100);
    expect((await rolledBack({ list: true })).out).toBe(
      '3   0.3000 €/h, utility 0.97 (M.Utility)   7 resources   was applied last\n2   0.4000 €/h, utility 0.96 (M.Utility)   8 resources\n1   0.2000 €/h, utility 0.98 (M.Utility)   6 resources\n',
    );
    const { exit, out } = await rolledBack({ to: 1 });
    expect(exit).toBe(0);
    expect(out).toContain('cost 0.3000 → 0.2000 €/h');
    expect(lastLine({ out } as Run)).toContain('Shop runs as in revision 1; that is revision 4 now.');
    expect((await planned(50)).exit).toBe(0);
    expect(await rolledBack({ to: 9 })).toMatchObject({ exit: 5, err: expect.stringContaining('Shop has no revision 9') });
  });

  it('is not rolled back where that would leave data behind', async () => {
    await applied(50);
    await applied(150);
    target.leftBehind = () => [diagnose('plan/data-left-behind', { volume: 'rows', component: 'Db', host: 'one', why: 'would no longer carry Db' }, undefined)];
    expect(await rolledBack()).toMatchObject({ exit: 5, err: expect.stringContaining('plan/data-left-behind') });
    expect((await statusNow()).out).toContain('revision 2');
  });

  it('is removed, but for its data', async () => {
    await applied(50);
    const { exit, out } = await destroyed();
    expect([exit, lastLine({ out } as Run)]).toEqual([0, expect.stringContaining('Shop is gone, but for volume db-rows on Db-1.')]);
    expect(out).toContain('\nData stays behind that nothing uses any more: volume db-rows on Db-1.\n\n--volumes removes it too.\n');
    expect([...target.resources.keys()]).toEqual(['volume/db-rows']);
  });

  it('is removed, and has no revision any more', async () => {
    await applied(50);
    const { exit, out } = await destroyed({}, { format: 'json' });
    expect([exit, JSON.parse(out)]).toEqual([
      0,
      {
        formatVersion: 1,
        application: 'Shop',
        outcome: 'done',
        left: [],
        leftBehind: [{ key: 'volume/db-rows', kind: 'volume', name: 'db-rows', hosts: ['Db-1'] }],
        log: expect.any(String),
      },
    ]);
  });

  it('is removed by whoever goes on with that', async () => {
    await applied(50);
    target.killAt(9);
    await expect(destroyed()).rejects.toThrow('killed');
    target.revive();
    expect(lastLine(await appliedFile([]))).toMatch(/^Shop is gone, but for volume db-rows on Db-1\./);
  });

  it('loses no data unnoticed when a component goes', async () => {
    await applied(50);
    writeFileSync('shop.camel', shop().replaceAll('Db', 'Store'));
    expect((await planned(50)).out).toContain('\nData stays behind that nothing uses any more: volume db-rows on Db-1.\n');
    expect(JSON.parse((await planned(50, {}, { format: 'json' })).out)).toMatchObject({ leftBehind: [{ key: 'volume/db-rows', hosts: ['Db-1'] }] });
  });

  it('is removed with its data on demand', async () => {
    await applied(50);
    expect((await destroyed({ volumes: true })).exit).toBe(0);
    expect(target.resources.size).toBe(0);
  });
});
