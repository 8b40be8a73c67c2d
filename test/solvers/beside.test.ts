/** Our answers beside those of solvers that share no code with ours: GLPK's own program, and MiniZinc with Gecode. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lpText } from '../../packages/solver/src/milp/highs.js';
import { loadMilp } from '../../packages/solver/src/milp/load-milp.js';
import type { MilpModel } from '../../packages/solver/src/milp/milp.js';
import { camelc } from '../cli/camelc.js';
import { folderWith } from '../folders.js';
import { glpsol, has, miniZinc, skipped } from './outside.js';

const model: fc.Arbitrary<MilpModel> = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc.record({
    objective: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: n, maxLength: n }),
    rows: fc.array(
      fc.record({
        variables: fc.constant(Array.from({ length: n }, (_, i) => i)),
        coefficients: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }),
        low: fc.oneof(fc.constant(-Infinity), fc.integer({ min: -20, max: 5 })),
        high: fc.integer({ min: 5, max: 20 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  }),
);

describe.skipIf(!has('glpsol'))(`mixed integer programs${skipped('glpsol')}`, () => {
  it('have the optimum that glpsol finds', async () => {
    const solvers = [await loadMilp('glpk'), await loadMilp('highs')];
    await fc.assert(
      fc.asyncProperty(model, async (m) => {
        const optimum = glpsol(lpText(m), 'lp');
        for (const solver of solvers) {
          const { status, values } = await solver.solve(m);
          expect(status).toBe(optimum === undefined ? 'infeasible' : 'optimal');
          if (optimum !== undefined) expect(values!.reduce((sum, v, j) => sum + v * m.objective[j]!, 0)).toBeCloseTo(optimum, 9);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

interface ProblemFile {
  candidates: { id: string; price: number; cores: number; limit?: number }[];
  components: { name: string; minimum: number; maximum: number; candidates: number[] }[];
}

/** Cheapest deployment with at least so many cores in all, in thousandths: a model of the same problem written for MiniZinc. */
function modelText({ candidates, components }: ProblemFile, cores: number): string {
  const n = components.length;
  const perComponent = components.map(
    ({ candidates: fitting, minimum, maximum }, i) => `
var {${fitting.map((c) => c + 1).join(', ')}}: c${i};
var ${minimum}..${maximum}: n${i};`,
  );
  const all = (term: (i: number) => string): string => Array.from({ length: n }, (_, i) => term(i)).join(' + ');
  return `array[int] of int: price = [${candidates.map((c) => Math.round(c.price * 1000)).join(', ')}];
array[int] of int: cores = [${candidates.map((c) => c.cores).join(', ')}];${perComponent.join('')}
constraint ${all((i) => `cores[c${i}] * n${i}`)} >= ${cores};
${candidates.flatMap(({ limit }, k) => (limit === undefined ? [] : [`constraint ${all((i) => `bool2int(c${i} = ${k + 1}) * n${i}`)} <= ${limit};`])).join('\n')}
solve minimize ${all((i) => `price[c${i}] * n${i}`)};
output ["= \\(${all((i) => `price[c${i}] * n${i}`)})"];
`;
}

const variables = (name: string): string => `
  variable Number${name} { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.${name} }
  variable Cores${name} { template MetricTemplateCamelModel.MetricTemplateModel.CoresTemplate component D.${name} }`;

const text = (ranges: readonly [number, number][], cores: number): string => {
  const names = ranges.map((_, i) => `C${i}`);
  return `camel model M {
  deployment model D {
    ${names.map((name) => `software ${name} { requirements R${name} } requirements R${name} { horizontal scale R.S${name} }`).join('\n    ')}
  }
  requirement model R {
    ${ranges.map(([low, high], i) => `horizontal scale requirement SC${i} [${low}, ${high}]`).join('\n    ')}
    optimisation requirement Cheapest { minimise variable X.Cost }
  }
  metric model X {${names.map(variables).join('')}
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    variable AllCores { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '${names.map((n) => `Number${n} * Cores${n}`).join(' + ')}' }
  }
  constraint model K { variable constraint Enough : X.AllCores >= ${cores} }
}`;
};

const instance = fc.record({
  ranges: fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 5 })), { minLength: 2, maxLength: 3 }),
  candidates: fc.array(
    fc.record({ price: fc.integer({ min: 1, max: 60 }), cores: fc.integer({ min: 1, max: 8 }), limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }),
    { minLength: 2, maxLength: 4 },
  ),
  cores: fc.integer({ min: 1, max: 45 }),
});

describe.skipIf(!has('minizinc'))(`constraint problems${skipped('minizinc')}`, () => {
  it('have the optimum that MiniZinc finds', () => {
    let solved = 0;
    fc.assert(
      fc.property(instance, ({ ranges, candidates, cores }) => {
        const list = candidates.map(({ price, cores: c, limit }, i) => ({
          id: `k${i}`,
          type: 'IAAS',
          hardware: `k${i}`,
          cloud: { id: 'c', provider: 'p', type: 'public' },
          cores: c,
          price: price / 1000,
          ...(limit !== undefined && { limit }),
        }));
        const cwd = folderWith({ 'm.camel': text(ranges as [number, number][], cores), 'c.json': JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: list }) });
        const problem = JSON.parse(camelc(['problem', 'm.camel', '--candidates', 'c.json'], { cwd }).stdout) as ProblemFile;
        const ours = JSON.parse(camelc(['solve', 'm.camel', '--candidates', 'c.json', '--format', 'json'], { cwd }).stdout) as { status: string; cost?: number };
        const theirs = miniZinc(modelText(problem, cores));
        if (!theirs) {
          expect(ours.status).toBe('infeasible');
          return;
        }
        solved++;
        expect(ours.status).toBe('optimal');
        expect(ours.cost! * 1000).toBeCloseTo(theirs.optimum, 6);
      }),
      { seed: 11, numRuns: 25 },
    );
    expect(solved).toBeGreaterThan(5);
  });
});
