import { readFileSync } from 'node:fs';
import type { Problem, ProblemCandidate } from '@camelc/problem';
import { assessShared } from '@camelc/problem';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../test/random.js';
import { solve } from '../src/index.js';
import { component, place, problem } from './problems.js';

/** The machine types of the AWS list; `undefined` where it is not there. */
function machines(): ProblemCandidate[] | undefined {
  try {
    const { offers } = JSON.parse(readFileSync(new URL('../../../../shared/benchmarks/aws-us-east-1-karpenter.json', import.meta.url), 'utf8')) as {
      offers: { name: string; vcpu: number; memoryMiB: number; priceUsdHour: Record<string, number> }[];
    };
    return offers
      .map(({ name, vcpu, memoryMiB, priceUsdHour }) => ({
        id: name,
        price: priceUsdHour['us-east-1']!,
        cores: vcpu,
        memory: memoryMiB,
        allocatable: { cores: vcpu, memory: memoryMiB },
        zone: 'z',
        region: 'r',
        cloud: 'c',
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** A large application, the same each time. */
function large(candidates: ProblemCandidate[], kinds: number, density: number, coInstanceHosting: boolean): Problem {
  const random = randomOf(42);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const components = Array.from({ length: kinds }, (_, i) => {
    const [cores, memory, minimum] = [pick([0.5, 1, 2, 4, 8]), pick([512, 1024, 2048, 4096, 8192, 16384]), pick([1, 2, 3, 4, 5, 6])];
    const fits = candidates.flatMap((c, k) => (c.cores! >= cores && c.memory! >= memory ? [k] : []));
    return component(`K${i}`, minimum, minimum + 10, fits, { demands: { cores, memory }, coInstanceHosting });
  });
  const separations = components.flatMap((a, i) =>
    components
      .slice(i + 1)
      .filter(() => random() < density)
      .map((b) => ({ name: `${a.name} ${b.name}`, place: place(1), level: 'host' as const, relaxed: false, components: [a.name, b.name] })),
  );
  return problem(candidates, components, { placement: 'shared', separations });
}

const candidates = machines();

describe.skipIf(!candidates)('more kinds of host than can be listed', () => {
  for (const [kinds, density, several] of [
    [8, 0.2, true],
    [24, 0.1, true],
    [24, 0.1, false],
    [24, 0.2, true],
  ] as const)
    test(`${kinds} components, ${several ? 'several instances' : 'one instance'} of each on a host: proven within 1 %`, async () => {
      const p = large(candidates!, kinds, density, several);
      // Time is counted in questions, so that the test does not depend on the machine.
      let asked = 0;
      const { solution } = await solve(p, { milp: 'glpk', timeLimit: 1.2, now: () => asked++ });
      const hosts = solution!.hosts.map(({ candidate, number, components }) => ({
        candidate: p.candidates.findIndex((c) => c.id === candidate),
        number,
        instances: p.components.map((c) => components.filter((name) => name === c.name).length),
      }));
      expect(assessShared(p, hosts).breaches).toEqual([]);
      expect(Number(solution!.gap) / solution!.cost!).toBeLessThan(0.01);
    }, 30_000);
});
