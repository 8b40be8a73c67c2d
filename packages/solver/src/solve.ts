/** The answer to a constraint problem of dedicated placement. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { asGood, assess, evaluation, levels, type Assignment, type Problem } from '@camelc/problem';
import { compile } from './dedicated/compile.js';
import { findConflict, infeasible } from './why/conflict.js';
import { undominated } from './dedicated/dominance.js';
import { loadMilp, type MilpName } from './milp/load-milp.js';
import type { Milp } from './milp/milp.js';
import type { Pace } from './pace.js';
import { reasonsOf } from './why/reasons.js';
import { plain, type Solution, type SolutionComponent, type SolutionHosts, type SolveResult } from './solution.js';
import { runStages, type StagesResult } from './dedicated/stages.js';
import type { Table } from './dedicated/table.js';

export interface SolveOptions {
  /** The solver of mixed integer programs; it never changes the answer. */
  milp: MilpName;
  /** Loads it, where it shall not run in this thread, which it blocks. */
  loadMilp?: (name: MilpName) => Promise<Milp>;
  /** Seconds. Needs `now`. */
  timeLimit?: number;
  /** A clock in milliseconds, such as `performance.now`: this package has none of its own. */
  now?: () => number;
  /** True when the user wants what was found so far. Needs `breathe`. */
  interrupted?: () => boolean;
  /** Lets the caller's event loop turn. Called every few milliseconds of a long search. */
  breathe?: () => Promise<void>;
}

/**
 * Finds the best solution of a problem: by the levels of its objective, then cost, then hosts, then the order of components and candidates.
 * @returns the solution with its proof; the status `infeasible` with what contradicts each other; or no solution and the diagnostics that say why none was sought
 */
export async function solve(problem: Problem, options: SolveOptions): Promise<SolveResult> {
  const pace = paceOf(options);
  const milp = (): Promise<Milp> => (options.loadMilp ?? loadMilp)(options.milp);

  const { table, diagnostics } = compile(problem);
  if (!table) return { diagnostics };
  const result = await stages(problem, table, milp, pace);
  if (!result.choice) {
    if (!result.proven) return { diagnostics: [...diagnostics, diagnose('solver/no-answer', {})] };
    const conflict = findConflict(problem);
    return {
      solution: { formatVersion: 1, status: 'infeasible', currency: problem.currency, components: [], hosts: [], values: {}, conflict },
      diagnostics: [...diagnostics, infeasible(problem, conflict)],
    };
  }
  const assignment = result.choice.map((r, i) => table.rows[i]![r]!);
  if (!result.proven) diagnostics.push(diagnose('solver/not-proven', {}));
  diagnostics.push(...infiniteObjectives(problem, assignment));
  return { solution: solutionOf(problem, assignment, result), diagnostics };
}

/** What a search may take, from the options. */
function paceOf({ timeLimit, now, interrupted, breathe }: SolveOptions): Pace {
  const start = now?.() ?? 0;
  const secondsLeft = (): number | undefined => (timeLimit === undefined || !now ? timeLimit : Math.max(0, timeLimit - (now() - start) / 1000));
  return { secondsLeft, over: () => interrupted?.() === true || secondsLeft() === 0, breathe: breathe ?? (async () => undefined) };
}

async function stages(problem: Problem, table: Table, milp: () => Promise<Milp>, pace: Pace): Promise<StagesResult> {
  if (table.rows.some((rows) => rows.length === 0)) return { proven: true, bound: -Infinity };
  return runStages({
    table,
    live: undominated(table),
    assess: (choice) =>
      assess(
        problem,
        choice.map((r, i) => table.rows[i]![r]!),
      ),
    milp,
    secondsLeft: pace.secondsLeft,
  });
}

function solutionOf(problem: Problem, assignment: Assignment[], { merits, proven, bound }: StagesResult): Solution {
  const { value, cost } = evaluation(problem, assignment);
  const sign = signOf(problem);
  const utility = sign * merits![0]!;
  const closed = asGood(merits![0]!, bound);
  const values = Object.entries(problem.formulas).map(([id, { term }]) => [id, value(term)] as const);
  const id = (candidate: number | null): string => problem.candidates[candidate!]!.id;
  return {
    formatVersion: 1,
    status: proven ? 'optimal' : 'feasible',
    ...(problem.objectives.length > 0 && { utility: plain(utility), bound: closed ? plain(utility) : plain(sign * bound), gap: closed ? 0 : bound - merits![0]! }),
    cost,
    currency: problem.currency,
    components: assignment.map(
      ({ candidate, cardinality }, i): SolutionComponent => ({
        name: problem.components[i]!.name,
        cardinality,
        ...(candidate !== null && { candidate: id(candidate), reasons: reasonsOf(problem, assignment, i, sign) }),
      }),
    ),
    hosts: assignment.flatMap(({ candidate, cardinality }, i): SolutionHosts[] =>
      candidate === null ? [] : [{ candidate: id(candidate), number: cardinality, components: [problem.components[i]!.name] }],
    ),
    values: Object.fromEntries(values.filter(([, v]) => !Number.isNaN(v)).map(([k, v]) => [k, plain(v)])),
  };
}

/** -1 where the first level only minimises: what is reported is the value as the model defines it, not negated. */
const signOf = (problem: Problem): number => (levels(problem)[0]?.objectives.every((o) => o.minimise) ? -1 : 1);

/** Warns of each objective that is infinite, at the level where it counts. */
function infiniteObjectives(problem: Problem, assignment: Assignment[]): Diagnostic[] {
  const { value } = evaluation(problem, assignment);
  const used = assignment.flatMap((a) => (a.candidate === null ? [] : [problem.candidates[a.candidate]!]));
  const free = used.filter((c) => c.price === 0).map((c) => c.id);
  const absent = problem.components.filter((_, i) => assignment[i]!.cardinality === 0).map((c) => `no instance of ${c.name}`);
  const causes = [...new Set(free.length + absent.length > 0 ? [...free, ...absent] : used.map((c) => c.id))];
  return problem.objectives.flatMap(({ name, place, term }) => {
    const reached = value(term);
    return Number.isFinite(reached) ? [] : [diagnose('solver/infinite', { name, value: reached > 0 ? 'infinite' : 'negatively infinite', candidates: causes }, place)];
  });
}
