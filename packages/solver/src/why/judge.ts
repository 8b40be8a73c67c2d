/** Whether models that differ a little from one that has no solution have one, and how good it is. */
import { levels, type Problem } from '@camelc/problem';
import { solve, type SolveOptions } from '../solve.js';
import type { Solution } from '../solution.js';
import { withParts, type Model, type Pose } from './model.js';

/** `open`: that could not be found out. */
export type Verdict = 'yes' | 'no' | 'open';

/** A solution with what it takes to compare it with others. */
export interface Outcome {
  solution: Solution;
  /** The first level is minimised. */
  minimised: boolean;
}

export interface Judge {
  /** Whether some deployment keeps all that the model asks for. */
  feasible(model: Model): Promise<Verdict>;
  /** The best solution that was found. */
  best(model: Model): Promise<Outcome | undefined>;
}

/** Where a change is looked for. */
export interface Search {
  /** Has no solution. */
  model: Model;
  judge: Judge;
}

/** Where a number of instances is not bounded, deployments with no more are looked at first. */
const manyInstances = 64;

/**
 * @param left seconds for all answers together, undefined: no limit; one answer takes a quarter of what is left at most
 * @param objectives whether objectives have to be defined; without them a model is judged faster
 */
export function judgeWith(options: SolveOptions, left: () => number | undefined, pose: Pose, objectives: boolean): Judge {
  const over = (): boolean => options.interrupted?.() === true || (left() ?? 1) <= 0;
  const answer = async (problem: Problem, any?: true): Promise<Solution | undefined> => {
    const seconds = left();
    return (await solve(problem, { ...options, any, timeLimit: seconds === undefined ? undefined : seconds / 4 })).solution;
  };

  return {
    async feasible(model) {
      if (over()) return 'open';
      const problem = pose(objectives ? model : withParts(model, { objectives: [] }));
      if (!problem) return 'no';
      const question = withoutPreferences(problem);
      const bounded = question.components.map((c) => ({ ...c, maximum: c.maximum ?? Math.max(c.minimum, manyInstances) }));
      const few = verdictOf(await answer({ ...question, components: bounded }, true));
      if (few === 'yes' || question.components.every((c) => c.maximum !== null) || over()) return few;
      return verdictOf(await answer(question, true));
    },
    async best(model) {
      const problem = over() ? undefined : pose(model);
      const solution = problem && (await answer(problem));
      if (!problem || !solution || solution.status === 'infeasible') return undefined;
      return { solution, minimised: levels(problem)[0]?.objectives.every((o) => o.minimise) ?? false };
    },
  };
}

/** The problem without what only makes one deployment better than another. */
function withoutPreferences(problem: Problem): Problem {
  const { couplings, separations } = problem;
  return { ...problem, running: undefined, couplings: couplings.filter((c) => !c.relaxed), separations: separations.filter((s) => !s.relaxed) };
}

const verdictOf = (solution: Solution | undefined): Verdict => (!solution ? 'open' : solution.status === 'infeasible' ? 'no' : 'yes');

/** True when an outcome is better: by utility, then by cost. */
export function isBetter(a: Outcome, b: Outcome): boolean {
  const utility = ({ solution, minimised }: Outcome): number => (minimised ? -1 : 1) * Number(solution.utility ?? 0);
  return utility(a) !== utility(b) ? utility(a) > utility(b) : a.solution.cost! < b.solution.cost!;
}
