import { expect, test } from 'vitest';
import { loadMilp } from '../src/milp/load-milp.js';
import type { MilpModel } from '../src/milp/milp.js';

const most = (high: number, low = -Infinity): MilpModel => ({ objective: [2, 3, 1.5], rows: [{ variables: [0, 1, 2], coefficients: [1, 1, 1], low, high }] });

for (const name of ['glpk', 'highs'] as const) {
  test(`${name}: the optimum of a small model`, async () => {
    expect(await (await loadMilp(name)).solve(most(2))).toEqual({ status: 'optimal', values: [1, 1, 0] });
  });
  test(`${name}: rows with both bounds, equal bounds, and none`, async () => {
    const milp = await loadMilp(name);
    expect(await milp.solve({ objective: [-1, -2, -3], rows: most(3, 2).rows })).toMatchObject({ values: [1, 1, 0] });
    expect((await milp.solve({ objective: [1, 1, 1], rows: [...most(1, 1).rows, ...most(Infinity).rows] })).values!.filter((v) => v === 1)).toHaveLength(1);
    expect(await milp.solve({ objective: [-1, 1], rows: [] })).toMatchObject({ status: 'optimal', values: [0, 1] });
  });
  test(`${name}: variables up to their limits, or without any`, async () => {
    const milp = await loadMilp(name);
    const row = { variables: [0, 1, 2], coefficients: [2, 3, 5], low: -Infinity, high: 21 };
    expect(await milp.solve({ objective: [2, 4, 6], high: [3, 2, 0], rows: [row] })).toEqual({ status: 'optimal', values: [3, 2, 0] });
    expect(await milp.solve({ objective: [1, 1, 6], high: [Infinity, 1, Infinity], rows: [row] })).toEqual({ status: 'optimal', values: [0, 0, 4] });
    expect(await milp.solve({ objective: [1, 0, 0], high: [-1, 1, 1], rows: [row] })).toEqual({ status: 'unknown' });
  });
  test(`${name}: an infeasible model is said to be so`, async () => {
    expect(await (await loadMilp(name)).solve(most(Infinity, 4))).toEqual({ status: 'infeasible' });
  });
  test(`${name}: a coefficient that is no number is no model`, async () => {
    const milp = await loadMilp(name);
    expect(await milp.solve({ ...most(2), objective: [Number.NaN, 1, 1] })).toEqual({ status: 'unknown' });
    expect(await milp.solve({ objective: [1], rows: [{ variables: [0], coefficients: [Infinity], low: 0, high: 1 }] })).toEqual({ status: 'unknown' });
  });
}
