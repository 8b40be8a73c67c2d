import { assessShared, type Hosts, type Problem } from '@camelc/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solve, type Solution } from '../src/index.js';
import { bruteForceShared, listOf } from './shared-brute-force.js';
import { randomShared } from './shared-random.js';

/** The hosts of a solution, as the problem counts. */
function hostsOf(problem: Problem, { hosts }: Solution): Hosts[] {
  return hosts.map(({ candidate, number, components }) => ({
    candidate: problem.candidates.findIndex((c) => c.id === candidate),
    number,
    instances: problem.components.map(({ name }) => components.filter((c) => c === name).length),
  }));
}

test('shared placement: the answer is the one that comparing all ways to place instances gives', async () => {
  const seen = { optimal: 0, infeasible: 0, many: 0 };
  await fc.assert(
    fc.asyncProperty(randomShared, async (p) => {
      const expected = bruteForceShared(p, 3000);
      if (expected === 'many') return void seen.many++;
      const { solution, diagnostics } = await solve(p, { milp: 'glpk' });
      expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
      expect(solution!.status).toBe(expected ? 'optimal' : 'infeasible');
      seen[expected ? 'optimal' : 'infeasible']++;
      if (!expected) return;
      const found = hostsOf(p, solution!);
      expect(assessShared(p, found).breaches).toEqual([]);
      expect(listOf(p, found)).toEqual(listOf(p, expected.hosts));
      // Costs are added up in another order.
      const equal = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a));
      expect(assessShared(p, found).merits.every((m, k) => equal(m, expected.merits[k]!))).toBe(true);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300), seed: Number(process.env['SEED'] ?? 20261122) },
  );
  // Each kind of answer is seen often, and most problems are small enough to compare.
  const runs = seen.optimal + seen.infeasible + seen.many;
  expect(Math.min(seen.optimal, seen.infeasible)).toBeGreaterThan(runs / 10);
  expect(seen.many).toBeLessThan(runs / 5);
}, 300_000);
