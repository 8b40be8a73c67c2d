/** The stages of an answer where formulas or conditions couple components in any other way than by sums. */
import { asGood, tolerance, type Assessment } from '@camelc/problem';
import type { Long } from '../pace.js';
import type { Expr, Expressions } from './expression.js';
import { conjuncts, flattening } from './flatten.js';
import { labelSetting, type Answer, type Task } from './label-setting.js';
import { presolved } from './presolve.js';
import { noSlack, type Slack } from './program.js';
import { impliedBy } from './quotient.js';
import { rangeOfAny } from './reach.js';
import { slacksOf } from './slack.js';
import type { StagesResult } from './stages.js';

export interface Model {
  expressions: Expressions;
  /** 1 where it holds. */
  conditions: readonly Expr[];
  /** What is maximised, in order. */
  goals: readonly Expr[];
  live: readonly Int32Array[];
  column: (e: Expr) => Float64Array;
  assess: (choice: readonly number[]) => Assessment;
  over: () => boolean;
}

/** Runs all stages. */
export function* coupledStages({ expressions, conditions, goals, live, column, assess, over }: Model): Long<StagesResult> {
  const best: number[] = [];
  // A level that is undefined makes a choice inadmissible from the first stage on.
  const kept: Expr[] = [...conditions, ...goals.map((g) => expressions.test(g, 'least', -Infinity))];
  const ways = [false, true].map((faithful) => flattening(expressions, faithful));
  let choice: readonly number[] | undefined;
  let proven = true;
  let bound = Infinity;

  const judge: Task['judge'] = (c) => {
    const { breaches, merits } = assess(c);
    return { admitted: breaches.length === 0 && best.every((b, k) => asGood(merits[k]!, b)), merit: merits[best.length] ?? 0 };
  };

  for (const [k, goal] of [...goals, undefined].entries()) {
    if (choice && over()) {
      proven = false;
      break;
    }
    if (goal?.op === 'number' && !Number.isNaN(goal.value) && k < goals.length) {
      best.push(goal.value!);
      if (k === 0) bound = goal.value!;
      continue;
    }
    let answer: Answer = { choice, merit: choice ? judge(choice).merit : -Infinity, complete: false, bound: Infinity, refused: true };
    // As the evaluator computes where rounding made a difference.
    for (const [w, flat] of ways.entries()) {
      if (!answer.refused) continue;
      const exprs = kept.flatMap((e) => conjuncts(flat(e)));
      if (exprs.some((e) => e.op === 'number' && e.value !== 1)) return { proven: true, bound: -Infinity };
      const roots = { conditions: [...new Set(exprs.filter((e) => e.components.length > 0))], ...(goal && { goal: flat(goal) }) };
      const slackOf = w === 0 ? slacksOf([...roots.conditions, ...(roots.goal ? [roots.goal] : [])], { column, live }) : (): Slack => noSlack;
      const isPositive = (e: Expr): boolean => rangeOfAny({ column, live, slackOf }, e).low > 0;
      const follows = (g: Expr, merit: number): Expr | undefined => impliedBy(expressions, ways[0]!, ways[0]!(g), merit, isPositive);
      const task: Task = {
        ...roots,
        implied: goals.slice(0, k).flatMap((g, j) => follows(g, best[j]! - tolerance(best[j]!)) ?? []),
        impliedBy: (merit) => goal && follows(goal, merit),
        slackOf,
        live,
        column,
        judge,
        over,
        ...(answer.choice && { start: { choice: answer.choice, merit: answer.merit } }),
      };
      const left = yield* presolved(task);
      if (left) answer = yield* labelSetting(left);
      else answer = { ...answer, complete: true, bound: answer.merit, refused: false };
    }
    proven &&= answer.complete;
    choice = answer.choice ?? choice;
    if (!choice) return { proven: answer.complete, bound: answer.complete ? -Infinity : answer.bound };
    if (!goal) continue;
    const merit = assess(choice).merits[k]!;
    best.push(merit);
    if (k === 0) bound = answer.complete ? merit : Math.max(merit, answer.bound);
    kept.push(expressions.test(goal, 'least', Number.isFinite(merit) ? merit - tolerance(merit) : merit));
  }
  return { choice: [...choice!], merits: assess(choice!).merits, proven, bound };
}
