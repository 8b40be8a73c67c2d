/** `camelc apply`, against a target in memory. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../../../test/folders.ts';
import { apply } from '../src/verbs/apply.ts';
import { applied, appliedFile, destroyed, lastLine, options, planned, rolledBack, statusNow, target } from './memory-shop.ts';
import { opening, run } from './run.ts';

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

  it('claims nothing of what runs for a plan without steps', async () => {
    await applied(50);
    await planned(50, { out: 'plan.json' });
    target.byHand('service/web', { ...(target.resources.get('service/web')!.spec as object), replicas: 5 });
    expect(await appliedFile(['plan.json'])).toMatchObject({ exit: 0, out: 'there is nothing to do: Shop stays at revision 1.\n' });
  });

  it('refuses a plan that was edited, and what is none', async () => {
    await planned(50, { out: 'plan.json' });
    writeFileSync('plan.json', readFileSync('plan.json', 'utf8').replace('shop/web:1', 'shop/evil:1'));
    expect(await appliedFile(['plan.json'])).toMatchObject({ exit: 5, err: expect.stringContaining('plan/edited') });
    expect(await appliedFile(['candidates.json'])).toMatchObject({ exit: 5, err: expect.stringContaining('candidates.json') });
    expect(await appliedFile(['plan.json', 'shop.camel'])).toMatchObject({ exit: 64, err: expect.stringContaining('a plan is applied by itself') });
    expect(await appliedFile(['plan.json'], { waitHosts: 3 })).toMatchObject({ exit: 64, err: expect.stringContaining('--wait-hosts plans again') });
    expect(await appliedFile(['plan.json'], { ofPlanning: ['--metric'] })).toMatchObject({
      exit: 64,
      err: expect.stringContaining('--metric says how to plan, which is done already: plan anew, or leave it out'),
    });
    expect(await appliedFile(['plan.json'], { ofPlanning: ['--application'] })).toMatchObject({ exit: 64, err: expect.stringContaining('--application says how to plan') });
    expect(await appliedFile([], { ofPlanning: ['--images', '--var'] })).toMatchObject({ exit: 64, err: expect.stringContaining('--images, --var say how to plan') });
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
    expect(lastLine({ out })).toMatch(/^interrupted: 2 of 3 steps are done\. `camelc apply` goes on with it, `camelc rollback` undoes it, from any machine\. Log: /);
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
    expect(lastLine({ out })).toMatch(/^Shop is as it was before; nothing of this plan remains\. Log: /);
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
    target.applications = () => Promise.resolve(['shop', 'shelf']);
    expect(await appliedFile([])).toMatchObject({ exit: 64, err: expect.stringContaining('running/several') });
    const { exit, out } = await appliedFile([], { application: 'shop', ofPlanning: ['--application'] });
    expect(out).toMatch(/^going on with what was interrupted: \d of 3 steps of Shop are done\n/);
    expect([exit, lastLine({ out })]).toEqual([0, expect.stringContaining('Shop runs as planned: revision 2.')]);
    expect(await appliedFile([], { application: 'shop' })).toMatchObject({ exit: 5, err: expect.stringContaining('plan/nothing-unfinished') });
  });
});
