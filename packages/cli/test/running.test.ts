/** `camelc status`, `rollback` and `destroy`, against a target in memory. */
import { writeFileSync } from 'node:fs';
import { diagnose } from '@camelc/diagnostics';
import { describe, expect, it } from 'vitest';
import { status } from '../src/verbs/status.ts';
import { applied, appliedFile, destroyed, lastLine, planned, rolledBack, shop, statusNow, target } from './memory-shop.ts';
import { opening, run, type Run } from './run.ts';

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
    expect(plan.out).toMatch(/~ service +web +replicas 5 → 3 +it changed since it was applied: /);
  });

  it('is found where there is one application, else by its name', async () => {
    expect(await statusNow()).toMatchObject({ exit: 5, err: expect.stringContaining('error[running/nothing]: memory `test` runs nothing of camelc') });
    await applied(50);
    target.applications = () => Promise.resolve(['shop', 'shelf']);
    expect(await statusNow()).toMatchObject({ exit: 64, err: expect.stringContaining('memory `test` runs several applications: `shelf`, `shop`') });
    const named = (application: string): Promise<Run> => run((c) => status({ target: 'swarm', application }, c, opening(target)));
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
    expect(lastLine({ out })).toContain('Shop runs as in revision 1; that is revision 4 now.');
    expect((await planned(50)).exit).toBe(0);
    expect(await rolledBack({ to: 9 })).toMatchObject({ exit: 5, err: expect.stringContaining('Shop has no revision 9') });
  });

  it('is not rolled back where that would leave data behind', async () => {
    await applied(50);
    await applied(150);
    target.checkMoves = () => [diagnose('plan/data-left-behind', { volume: 'rows', component: 'Db', host: 'one', why: 'would no longer carry Db' }, undefined)];
    expect(await rolledBack()).toMatchObject({ exit: 5, err: expect.stringContaining('plan/data-left-behind') });
    expect((await statusNow()).out).toContain('revision 2');
  });

  it('is removed, but for its data', async () => {
    await applied(50);
    const { exit, out } = await destroyed();
    expect([exit, lastLine({ out })]).toEqual([0, expect.stringContaining('Shop is gone, but for volume db-rows on Db-1.')]);
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
    writeFileSync('shop.camel', shop.replaceAll('Db', 'Store'));
    expect((await planned(50)).out).toContain('\nData stays behind that nothing uses any more: volume db-rows on Db-1.\n');
    expect(JSON.parse((await planned(50, {}, { format: 'json' })).out)).toMatchObject({ leftBehind: [{ key: 'volume/db-rows', hosts: ['Db-1'] }] });
  });

  it('is removed with its data on demand', async () => {
    await applied(50);
    expect((await destroyed({ volumes: true })).exit).toBe(0);
    expect(target.resources.size).toBe(0);
  });
});
