/** The property that every random model has the answer that comparing all deployments gives. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { check, Split } from './agreement.js';
import type { Size } from './random-model.js';

/** Another seed, or another number of models: `CAMELC_SEED=1 CAMELC_CASES=10000 npx vitest run test/semantics`. */
export const seed = Number(process.env.CAMELC_SEED ?? fc.readConfigureGlobal().seed);
export const casesOf = (usual: number): number => Number(process.env.CAMELC_CASES ?? usual);
/** Whether shares of so many models tell something: of a few, all may be of one kind. */
export const areMany = (cases: number): boolean => cases >= 50;

const upTo = (most: number, least = 0): fc.Arbitrary<number> => fc.integer({ min: least, max: most });

/** A size for which all deployments can be compared. */
const comparable = (size: Size): Size =>
  size.placement === 'shared' && size.components === 3 ? { ...size, machines: Math.min(3, size.machines), width: Math.min(1, size.width) } : size;

/** A size, with the seed of all that is random in the model; a failing one is made smaller, its seed stays. */
export const sized = (placement: Size['placement'], more: { constraints: number; rules: number } = { constraints: 2, rules: 2 }): fc.Arbitrary<[number, Size]> =>
  fc.tuple(
    fc.noShrink(fc.nat()),
    fc
      .record({
        placement: fc.constant(placement),
        components: upTo(3, 1),
        machines: upTo(placement === 'shared' ? 4 : 6, 2),
        width: upTo(placement === 'shared' ? 2 : 3),
        objectives: upTo(3),
        constraints: upTo(more.constraints),
        rules: upTo(more.rules),
        running: upTo(3).map((n) => n === 3),
      })
      .map(comparable),
  );

/** Checks so many random models, and that they are of all kinds. */
export async function expectAgreement(placement: Size['placement'], cases: number): Promise<void> {
  const split = new Split();
  await fc.assert(
    fc.asyncProperty(sized(placement), async ([drawn, size]) => void (await check(drawn, size, split))),
    { numRuns: cases, seed },
  );
  console.log(`seed ${seed}, ${placement}: ${String(split)}`);
  const [name, share] = split.smallest();
  if (cases >= 1_000) {
    expect(share, `of the kind «${name}» there are few`).toBeGreaterThan(5);
    expect(split.doubtful / split.total).toBeLessThan(0.05);
  }
}
