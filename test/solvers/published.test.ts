/** The published optima of instances of the literature, and those of other sizes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@camelc/problem';
import { exportProblem, solve, type Solution } from '@camelc/solver';
import { describe, expect, it } from 'vitest';
import { pose } from '../bench/pose.mjs';
import { slotModel } from '../bench/slot-model.mjs';
import { repository } from '../cli/camelc.js';
import { glpsol, has, miniZinc, skipped } from './outside.js';

const benchmarks = join(repository, '../shared/benchmarks');
const offers = (count: 20 | 500): string => join(benchmarks, `offers_${count}.json`);
const text = (name: string): string => readFileSync(join(repository, `examples/benchmarks/${name}.camel`), 'utf8');
const solved = async (problem: Problem): Promise<Solution> => (await solve(problem, { milp: 'glpk' })).solution!;

/** Published cost with 20 and with 500 offers; slots are enough machines for it. */
const instances = [
  { name: 'secure-web-container', optimum: { 20: 3759, 500: 1582 }, slots: 6 },
  { name: 'secure-billing-email', optimum: { 20: 1416, 500: 862 }, slots: 5 },
  { name: 'wordpress-3', optimum: { 20: 1777, 500: 1210 }, slots: 8 },
  { name: 'wordpress-4', optimum: { 20: 2033, 500: 1442 }, slots: 10 },
];
/** Components of which no two share a host. */
const caches = [
  { component: 'Varnish', slot: 1 },
  { component: 'Varnish', slot: 2 },
  { component: 'MySQL', slot: 3 },
  { component: 'MySQL', slot: 4 },
];

describe.skipIf(!existsSync(benchmarks))('published instances', () => {
  const all = instances.flatMap(({ name, optimum }) => ([20, 500] as const).map((count) => ({ name, count, optimum: optimum[count] })));
  it.each(all)('$name costs $optimum with $count offers, proven', async ({ name, count, optimum }) => {
    const solution = await solved(await pose(text(name), offers(count)));
    expect(solution).toMatchObject({ status: 'optimal', cost: optimum, bound: optimum, gap: 0 });
  });

  describe.skipIf(!has('glpsol'))(`for glpsol${skipped('glpsol')}`, () => {
    it.each(all)('$name with $count offers is the same', async ({ name, count, optimum }) => {
      expect(glpsol(exportProblem(await pose(text(name), offers(count)), 'lp').text!, 'lp')).toBe(optimum);
    });
  });

  it.skipIf(!has('minizinc'))(`cost the same with the slot model of the literature${skipped('minizinc')}`, async () => {
    for (const { name, optimum, slots } of instances.slice(0, 3)) {
      const problem = await pose(text(name), offers(20));
      expect(miniZinc(slotModel(problem, slots, name === 'wordpress-3' ? caches : []))!.optimum).toBe(optimum[20]);
    }
  });

  it.each([20, 500] as const)('WordPress for 3 to 12 sites costs what comparing all numbers of hosts gives, with %i offers', async (count) => {
    for (let sites = 3; sites <= 12; sites++) {
      const problem = await pose(text('wordpress-3').replace('WordPressScale [3, -1]', `WordPressScale [${sites}, -1]`), offers(count));
      const { status, cost } = await solved(problem);
      expect({ sites, status, cost }).toEqual({ sites, status: 'optimal', cost: cheapestWordPress(sites, count) });
    }
  });
});

/** The cheapest deployment of so many sites, by comparing how many hosts hold what. */
function cheapestWordPress(sites: number, count: 20 | 500): number {
  const list = Object.values(JSON.parse(readFileSync(offers(count), 'utf8')) as Record<string, { cpu: number; memory: number; storage: number; price: number }>);
  const cheapest = (cpu: number, memory: number, storage: number): number =>
    Math.min(...list.filter((o) => o.cpu >= cpu && o.memory >= memory && o.storage >= storage).map((o) => o.price));
  const price = {
    site: cheapest(2, 512, 1000),
    database: cheapest(2, 512, 2000),
    cache: cheapest(4, 4000, 500),
    balancer: cheapest(4, 2048, 500),
    siteAndDatabase: cheapest(4, 1024, 3000),
    siteAndCache: cheapest(6, 4512, 1500),
  };
  let best = Infinity;
  for (let n = sites; n <= sites + 3; n++)
    for (let databases = Math.max(2, Math.ceil((2 * n) / 3)); databases <= n + 3; databases++)
      for (let cached = 2; cached <= 4; cached++)
        for (let withDatabase = 0; withDatabase <= Math.min(n, databases); withDatabase++)
          for (let withCache = 0; withCache <= Math.min(n - withDatabase, cached); withCache++) {
            const balancers = n <= 7 ? 1 : Math.ceil(n / 3);
            const cost =
              price.siteAndDatabase * withDatabase +
              price.siteAndCache * withCache +
              price.site * (n - withDatabase - withCache) +
              price.database * (databases - withDatabase) +
              price.cache * (cached - withCache) +
              price.balancer * balancers;
            best = Math.min(best, cost);
          }
  return best;
}
