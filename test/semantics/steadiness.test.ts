/** One input has one answer: ten runs of one model, and either solver of mixed integer programs. */
import { solve } from '@camelc/solver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pose, shown, solving } from './pose.js';
import { casesOf, seed, sized } from './property.js';
import { randomModel, type Size } from './random-model.js';
import { random } from './random.js';

const cases = casesOf(40);

const answers = async ([drawn, size]: [number, Size], runs: readonly ('glpk' | 'highs')[]): Promise<void> => {
  const model = randomModel(size, random(drawn));
  const texts = new Set<string>();
  for (const milp of runs) {
    const { problem } = await pose(model);
    if (problem) texts.add(JSON.stringify(await solve(problem, { ...solving, milp })));
  }
  expect(texts.size, `${shown(model)}\n${[...texts].join('\n')}`).toBeLessThanOrEqual(1);
};

test.each(['dedicated', 'shared'] as const)('either MILP solver gives the same answer, %s placement', { timeout: 600_000 }, async (placement) => {
  await fc.assert(
    fc.asyncProperty(sized(placement), (drawn) => answers(drawn, ['glpk', 'highs'])),
    { numRuns: cases, seed },
  );
});

test.each(['dedicated', 'shared'] as const)('ten runs give one answer, %s placement', { timeout: 600_000 }, async (placement) => {
  await fc.assert(
    fc.asyncProperty(sized(placement), (drawn) =>
      answers(
        drawn,
        Array.from({ length: 10 }, () => 'glpk'),
      ),
    ),
    { numRuns: Math.ceil(cases / 6), seed },
  );
});
