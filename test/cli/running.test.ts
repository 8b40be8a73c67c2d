/** Solving with a deployment that runs already. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelc } from './camelc.js';
import { folderWith } from '../folders.js';
import { machine, machines } from './machines.js';

const [small, large] = [machine('small', 2, 0.1), machine('large', 8, 0.3)];

/** The load that each instance would have, in the middle at best; it is measured with the instances that run. */
const shop = `camel model Shop {
  deployment model D {
    software Web { requirements Reqs }
    software Db { [MetaDataModel.MELODICMetadataSchema.UtilityNotions.UtilityRelatedProperties.Unmoveable] }
    requirements Reqs { horizontal scale R.Scale }
  }
  requirement model R {
    horizontal scale requirement Scale [1, 5]
    optimisation requirement Best { variable M.Utility }
  }
  metric model M {
    variable N { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web }
    variable Was { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web current-config }
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 - abs(Was * Load / N - 50) / 100 - Cost / 10' }
  }
}
`;
const folder = (): string =>
  folderWith({ 'shop.camel': shop, 'machines.json': machines(small, large), 'dear.json': machines({ ...small, price: 0.5 }, large), 'large.json': machines(large) });
const solveWith = (list: string, cwd: string, load: number, ...more: string[]): ReturnType<typeof camelc> =>
  camelc(['solve', 'shop.camel', '--candidates', list, '--metric', `Load=${load}`, '--format', 'json', ...more], { cwd });
const solve = (cwd: string, load: number, ...more: string[]): ReturnType<typeof camelc> => solveWith('machines.json', cwd, load, ...more);

interface Answer {
  status: string;
  utility: number;
  bound: number;
  gap: number;
  kept?: true;
  components: { name: string; cardinality: number; candidate: { id: string } }[];
  conflict: { element: string; kind: string }[];
  diagnostics: { code: string; severity: string }[];
}
const answer = (run: ReturnType<typeof camelc>): Answer => JSON.parse(run.stdout);
const chosen = ({ components }: Answer): string[] => components.map((c) => `${c.cardinality} ${c.candidate.id}`);

describe('a deployment that runs', () => {
  it('is what solve printed, and its numbers count as the current ones', () => {
    const cwd = folder();
    const first = solve(cwd, 50);
    expect(chosen(answer(first))).toEqual(['1 small', '1 small']);
    writeFileSync(join(cwd, 'one.json'), first.stdout);
    const second = solve(cwd, 150, '--current', 'one.json');
    expect(chosen(answer(second))).toEqual(['3 small', '1 small']);
    writeFileSync(join(cwd, 'three.json'), second.stdout);
    // 150 on each of three: nine would be best, and five are allowed.
    expect(chosen(answer(solve(cwd, 150, '--current', 'three.json')))).toEqual(['5 small', '1 small']);
    expect(chosen(answer(solve(cwd, 150, '--current', 'three.json', '--current', 'Was=1')))).toEqual(['3 small', '1 small']);
  });

  it('is kept while the best would not gain enough', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'one.json'), '{ "components": [{ "name": "Web", "cardinality": 1, "candidate": "small" }, { "name": "Db", "cardinality": 1, "candidate": "small" }] }');
    const best = answer(solve(cwd, 100, '--current', 'one.json', '--min-gain', '0.48'));
    expect([best.status, best.utility, best.kept, chosen(best)]).toEqual(['optimal', 0.97, undefined, ['2 small', '1 small']]);
    const kept = answer(solve(cwd, 100, '--current', 'one.json', '--min-gain', '0.5'));
    expect([kept.status, kept.utility, kept.bound, kept.kept, chosen(kept)]).toEqual(['feasible', 0.48, 0.97, true, ['1 small', '1 small']]);
    expect(kept.gap).toBeCloseTo(0.49, 12);
    expect(kept.diagnostics.map((d) => d.code)).toContain('problem/kept-running');
    expect(solve(cwd, 100, '--current', 'one.json', '--min-gain', '0.5', '--require-proof').status).toBe(0);
    const text = camelc(['solve', 'shop.camel', '--candidates', 'machines.json', '--metric', 'Load=100', '--current', 'one.json', '--min-gain', '0.5'], { cwd });
    expect(text.stdout).toContain('utility 0.48 (M.Utility), kept as it runs: within 0.49 of the bound 0.97');
  });

  it('keeps what cannot move where it is, also when that has become dear', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'one.json'), solve(cwd, 50).stdout);
    const dear = answer(solveWith('dear.json', cwd, 50, '--current', 'one.json'));
    expect(dear.components.map((c) => c.candidate.id)).toEqual(['large', 'small']);
  });

  it('tells that what cannot move has lost its place', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'one.json'), solve(cwd, 50).stdout);
    const run = solveWith('large.json', cwd, 50, '--current', 'one.json');
    expect(run.status).toBe(3);
    expect(answer(run).conflict).toMatchObject([{ element: 'Db', kind: 'unmoveable' }]);
    expect(answer(run).diagnostics.map((d) => d.code)).toContain('problem/running-candidate');
  });

  it('is asked for with care', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'wrong.json'), '{ "components": [\n  { "name": "Web" }\n] }');
    const codes = (run: ReturnType<typeof camelc>): [number | null, string[]] => [
      run.status,
      answer(run)
        .diagnostics.filter((d) => d.severity === 'error')
        .map((d) => d.code),
    ];
    expect(codes(solve(cwd, 50, '--current', 'wrong.json'))).toEqual([5, ['file/current']]);
    expect(codes(solve(cwd, 50, '--current', 'missing.json'))).toEqual([5, ['file/unreadable']]);
    expect(codes(solve(cwd, 50, '--min-gain', '1'))).toEqual([64, ['usage/invalid']]);
    expect(codes(solve(cwd, 50, '--current', 'a.json', '--current', 'b.json'))).toEqual([64, ['usage/invalid']]);
    expect(codes(solve(cwd, 50, '--current', 'N=1'))).toEqual([64, ['problem/not-current']]);
  });
});
