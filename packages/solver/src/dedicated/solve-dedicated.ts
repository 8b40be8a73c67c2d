/** The answer to a problem of dedicated placement. */
import type { Diagnostic } from '@camelc/diagnostics';
import { assess, stagesOf, type Assignment, type Problem } from '@camelc/problem';
import type { Milp } from '../milp/milp.js';
import { run, type Pace } from '../pace.js';
import { withoutDominated } from './candidates.js';
import { compile } from './compile.js';
import { impliedConditions } from './conditions.js';
import { coupledStages } from './coupled.js';
import { undominated } from './dominance.js';
import { allRows, type AllRows } from './rows.js';
import { sort, type Sorted } from './sort.js';
import { runStages, type StagesResult } from './stages.js';

export interface DedicatedAnswer {
  /** Absent: none was found; there is none if `proven`. */
  assignment?: Assignment[];
  /** By stage. */
  merits?: number[];
  /** Every stage was searched to its end. */
  proven: boolean;
  /** What no solution's first merit exceeds. */
  bound: number;
  /** Not empty: why no solution was sought. */
  diagnostics: Diagnostic[];
}

/**
 * Finds the best assignment of a problem, without reasons or conflicts.
 * @param milp loads the solver of mixed integer programs, where one is of use
 * @param any whether any admissible one will do
 */
export async function solveDedicated(asked: Problem, milp: () => Promise<Milp>, pace: Pace, any = false): Promise<DedicatedAnswer> {
  const problem = await run(withoutDominated(asked), pace);
  const sorted = sort(problem);
  const { made, diagnostics } = await run(allRows(problem, sorted), pace);
  if (!made) return { proven: false, bound: Infinity, diagnostics };
  if (made.rows.some(({ candidate }) => candidate.length === 0)) return { proven: true, bound: -Infinity, diagnostics };
  const { choice, merits, proven, bound } = await answered(problem, sorted, made, milp, pace, any);
  return { ...(choice && { assignment: choice.map((r, i) => made.decided(i, r)), merits }), proven, bound, diagnostics };
}

async function answered(problem: Problem, sorted: Sorted, made: AllRows, milp: () => Promise<Milp>, whole: Pace, any: boolean): Promise<StagesResult> {
  /** What was admitted first, where any will do. */
  let first: { choice: number[]; merits: number[] } | undefined;
  const pace: Pace = { ...whole, over: () => first !== undefined || whole.over() };
  const assessed = (choice: readonly number[]): ReturnType<typeof assess> => {
    const assessment = assess(
      problem,
      choice.map((r, i) => made.decided(i, r)),
    );
    if (any && assessment.breaches.length === 0) first ??= { choice: [...choice], merits: assessment.merits };
    return assessment;
  };
  const found = await searched();
  return first ? { ...found, ...first } : found;

  async function searched(): Promise<StagesResult> {
    const table = await run(compile(problem, sorted, made), pace);
    if (table?.live.some((rows) => rows.length === 0)) return { proven: true, bound: -Infinity };
    if (table) return runStages({ table, live: await run(undominated(table), pace), assess: assessed, milp, pace });
    const { expressions, rows, column } = made;
    const conditions = [...sorted.across, ...sorted.coupled, ...impliedConditions(problem).map((condition) => ({ condition }))].map(({ condition }) =>
      expressions.condition(condition),
    );
    const goals = stagesOf(problem).map(({ term }) => expressions.of(term));
    const live = rows.map(({ candidate }) => Int32Array.from(candidate, (_, r) => r));
    return run(coupledStages({ expressions, conditions, goals, live, column, assess: assessed, over: pace.over }), pace);
  }
}
