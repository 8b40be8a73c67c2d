/** Why a model has no solution, and what would help. */
import { cardinalities } from '@camelc/problem';
import type { SolveOptions } from '../solve.js';
import type { WhyNot } from './answer.js';
import { minimalConflict } from './conflict.js';
import { judgeWith } from './judge.js';
import { poser, type Model } from './model.js';
import { bySource, conflicting } from './says.js';
import { jointChange, singleChanges } from './suggest.js';
import { unitsOf, without, type Unit } from './units.js';

const mostConflicts = 5;

/** Seconds after which reasons are told as far as they are known, where the user sets no limit. */
const patience = 30;

/**
 * Finds sets of elements that contradict each other, and changes that would help. Leaving an element out means to pose the model without it, so
 * that lists over the candidates that fit are what they would be.
 * @param model has no solution
 * @param options the time limit is for all that is asked of the solver here; what is not finished by then is left out, save the first conflict
 */
export async function whyNot(model: Model, options: SolveOptions): Promise<WhyNot> {
  const { now, timeLimit = patience } = options;
  const start = now?.() ?? 0;
  const left = (): number | undefined => now && Math.max(0, timeLimit - (now() - start) / 1000);
  const pose = poser();
  const quick = judgeWith(options, left, pose, false);
  // Where all but the objectives can be kept, some objective is defined nowhere.
  const judge = (await quick.feasible(model)) === 'yes' ? judgeWith(options, left, pose, true) : quick;

  const problem = pose(model);
  const units = problem ? unitsOf(model, problem) : [];
  const only = (kept: readonly Unit[]): Model => units.filter((u) => !kept.includes(u)).reduce(without, model);
  const conflicts: Unit[][] = [];
  let minimal = true;
  for (let rest = units; conflicts.length < mostConflicts; ) {
    if (conflicts.length > 0 && (await judge.feasible(only(rest))) !== 'no') break;
    const found = await minimalConflict(rest, (kept) => judge.feasible(only(kept)));
    if (found.units.length === 0) break;
    minimal &&= found.minimal;
    conflicts.push([...found.units].sort(bySource));
    rest = rest.filter((u) => !found.units.includes(u));
  }

  const search = { model, judge };
  const single = conflicts.length === 1 ? await singleChanges(conflicts[0]!, search) : [];
  const joint = conflicts.length > 0 && single.length === 0 ? await jointChange(search, pose) : undefined;
  return {
    conflicts: conflicts.map((c) => c.map(conflicting)),
    minimal,
    unplaceable: conflicts.length > 0 ? [] : unplaceable(only([])),
    suggestions: joint ? [joint] : single,
  };

  function unplaceable(bare: Model): string[] {
    const posed = pose(bare);
    return posed?.components.filter((c, i) => c.candidates.length === 0 && !cardinalities(posed, i).zero).map((c) => c.name) ?? [];
  }
}
