/** Why a random model has no solution: what is named contradicts itself, and all of it is needed for that. */
import { whyNot } from '@camelc/solver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingFacts } from './oracle.js';
import { pose, shown, solving } from './pose.js';
import { areMany, casesOf, seed, sized } from './property.js';
import { randomModel, type Size } from './random-model.js';
import { random } from './random.js';
import { hasSolution, unitsOf } from './relax.js';

const cases = casesOf(80);
const seen = { models: 0, conflicts: 0, open: 0, kinds: new Map<string, number>() };

/** Expects minimal conflicts of the random model of a seed and a size, where that has no solution. */
async function check([drawn, size]: [number, Size]): Promise<void> {
  const model = randomModel(size, random(drawn));
  const { model: posed } = await pose(model);
  if (model.error !== undefined || missingFacts(model) || !posed || hasSolution(model)) return;
  const { conflicts, minimal, unplaceable } = await whyNot(posed, { ...solving, timeLimit: 2 });
  seen.models++;
  if (!minimal) return void seen.open++;
  const where = `${shown(model)}\n${JSON.stringify(conflicts.map((c) => c.map(({ kind, name, says }) => ({ kind, name, says }))))}`;
  if (unplaceable.length === 0) expect(conflicts.length, where).toBeGreaterThan(0);
  for (const conflict of conflicts) {
    const isIn = (unit: { kind: string; name: string; says?: string }): boolean =>
      conflict.some((c) => c.kind === unit.kind && c.name === unit.name && (unit.says === undefined || c.says!.includes(unit.says)));
    const others = unitsOf(model).filter((unit) => !isIn(unit));
    expect(hasSolution(model, others), `contradicts itself: ${where}`).toBe(false);
    // It may take more than a few instances of what nothing bounds then.
    const most = size.placement === 'shared' && size.components > 1 ? 7 : 14;
    for (const unit of conflict)
      expect(hasSolution(model, [...others, unit]) || hasSolution(model, [...others, unit], most), `needs ${unit.kind} ${unit.name} ${unit.says}: ${where}`).toBe(true);
    seen.conflicts++;
    for (const { kind } of conflict) seen.kinds.set(kind, (seen.kinds.get(kind) ?? 0) + 1);
  }
}

test.each(['dedicated', 'shared'] as const)(
  `of ${cases} random models, the conflicts of those without solution are minimal, %s placement`,
  { timeout: 600_000 },
  async (placement) => {
    const few = sized(placement, { constraints: 4, rules: 3 }).filter(([, size]) => size.components * size.machines <= (placement === 'shared' ? 4 : 9));
    const before = { ...seen };
    await fc.assert(fc.asyncProperty(few, check), { numRuns: cases, seed });
    console.log(
      `seed ${seed}, ${placement}: ${seen.models - before.models} models without solution, ${seen.open - before.open} open; ${[...seen.kinds].map(([k, n]) => `${n} ${k}`).join(', ')}`,
    );
    if (!areMany(cases)) return;
    // Where a number without a maximum keeps a question open, nothing is claimed.
    expect(seen.models - before.models).toBeGreaterThan(cases / 5);
    expect(seen.open - before.open).toBeLessThan((seen.models - before.models) / 3);
  },
);
