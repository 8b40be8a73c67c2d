/** `camelc plan`, against a target in memory. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Secret } from '@camelc/plan';
import { describe, expect, it } from 'vitest';
import { machine, machines } from '../../../test/cli/machines.ts';
import { plan } from '../src/verbs/plan.ts';
import { applied, appliedFile, lastLine, options, planned, target } from './memory-shop.ts';
import { opening, run } from './run.ts';

describe('a plan', () => {
  it('says what changes and why, what it costs, and what to run next', async () => {
    const first = await planned(50);
    expect(first.exit).toBe(2);
    expect(first.out).toContain('Shop on memory `test` (0 hosts): first deployment, 6 changes, cost 0.2000 €/h, utility 0.98\n');
    expect(first.out).toMatch(/\n {2}\+ service +web +the solution has 1 of component Web; .*\(shop\.camel:3:14\)\n/);
    expect(first.out).toMatch(/\nSave it with --out plan\.json and apply that, or run `camelc apply` with the same models and options\.\n$/);

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
    writeFileSync('candidates.json', machines(machine('small', 2, 0.5), machine('large', 8, 0.3)));
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
    writeFileSync('candidates.json', machines({ ...machine('small', 2, 0.1), limit: 1 }));
    expect((await planned(50)).exit).toBe(3);
  });
});
