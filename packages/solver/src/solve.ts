/** The answer to a constraint problem. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { asGood, assignmentOf, evaluation, evaluationOf, levels, type Evaluation, type Problem } from '@camelc/problem';
import { hostsOf } from './dedicated/hosts.js';
import { solveDedicated } from './dedicated/solve-dedicated.js';
import { keptAssignment, keptHosts } from './keep-running.js';
import { loadMilp, type MilpName } from './milp/load-milp.js';
import type { Milp } from './milp/milp.js';
import type { Pace } from './pace.js';
import { compareHosts, contentOf } from './shared/order.js';
import { solveShared } from './shared/solve-shared.js';
import { plain, type Solution, type SolutionComponent, type SolutionHosts, type SolveResult } from './solution.js';

export interface SolveOptions {
  /** The solver of mixed integer programs; it never changes the answer. */
  milp: MilpName;
  /** Loads it, where it shall not run in this thread, which it blocks. */
  loadMilp?: (name: MilpName) => Promise<Milp>;
  /** Seconds. Needs `now`. */
  timeLimit?: number;
  /** Any admissible solution will do: nothing is optimised, and what is found is `feasible`. */
  any?: true;
  /** A clock in milliseconds, such as `performance.now`: this package has none of its own. */
  now?: () => number;
  /** True when the user wants what was found so far. Needs `breathe`. */
  interrupted?: () => boolean;
  /** Lets the caller's event loop turn. Called every few milliseconds of a long search. */
  breathe?: () => Promise<void>;
}

/**
 * Finds the best solution of a problem: by the levels of its objective, then cost, then hosts, then the order of components and candidates.
 * @returns the solution with its proof, or with the status `infeasible`; or no solution and the diagnostics that say why none was sought. `why` and `whyNot` give the reasons.
 */
export async function solve(problem: Problem, options: SolveOptions): Promise<SolveResult> {
  const pace = paceOf(options);
  const { any = false } = options;
  const milp = (): Promise<Milp> => (options.loadMilp ?? loadMilp)(options.milp);

  const found = await (problem.placement === 'shared' ? shared : dedicated)(problem, milp, pace, any);
  if (found.diagnostics.length > 0) return { diagnostics: found.diagnostics };
  const { decided, proven, bound } = found;
  if (!decided) {
    if (!proven) return { diagnostics: [diagnose('solver/no-answer', {})] };
    return { solution: { formatVersion: 1, status: 'infeasible', currency: problem.currency, components: [], hosts: [], values: {} }, diagnostics: [] };
  }
  if (any) return { solution: solutionOf(problem, decided, false, bound), diagnostics: [] };
  const warnings = [...(proven ? [] : [diagnose('solver/not-proven', {})]), ...(decided.kept ? [decided.kept] : []), ...infiniteObjectives(problem, decided)];
  return { solution: solutionOf(problem, decided, proven, bound), diagnostics: warnings };
}

/** What is answered, of either placement. */
interface Decided {
  merits: readonly number[];
  evaluated: Evaluation;
  components: SolutionComponent[];
  hosts: SolutionHosts[];
  /** It is what runs, kept. */
  kept?: Diagnostic;
}

interface Found {
  decided?: Decided;
  proven: boolean;
  bound: number;
  diagnostics: Diagnostic[];
}

async function dedicated(problem: Problem, milp: () => Promise<Milp>, pace: Pace, any: boolean): Promise<Found> {
  const { assignment: best, merits, ...rest } = await solveDedicated(problem, milp, pace, any);
  if (!best) return rest;
  const kept = any ? undefined : keptAssignment(problem, merits![0]!);
  const assignment = kept?.decided ?? best;
  const id = (candidate: number): string => problem.candidates[candidate]!.id;
  const decided: Decided = {
    merits: kept?.merits ?? merits!,
    evaluated: evaluation(problem, assignment),
    components: assignment.map(
      ({ candidate, cardinality }, i): SolutionComponent => ({ name: problem.components[i]!.name, cardinality, ...(candidate !== null && { candidate: id(candidate) }) }),
    ),
    hosts: hostsOf(problem, assignment),
    ...(kept && { kept: kept.diagnostic }),
  };
  return { ...rest, decided };
}

async function shared(problem: Problem, milp: () => Promise<Milp>, pace: Pace, any: boolean): Promise<Found> {
  const { hosts: best, merits, ...rest } = await solveShared(problem, milp, pace, any);
  if (!best) return rest;
  const kept = any ? undefined : keptHosts(problem, merits![0]!);
  const hosts = [...(kept?.decided ?? best)].filter((h) => h.number > 0).sort(compareHosts);
  const decided: Decided = {
    merits: kept?.merits ?? merits!,
    evaluated: evaluationOf(problem, hosts),
    components: assignmentOf(problem, hosts).map(({ cardinality }, i): SolutionComponent => ({ name: problem.components[i]!.name, cardinality })),
    hosts: hosts.map(
      ({ candidate, number, instances }): SolutionHosts => ({
        candidate: problem.candidates[candidate]!.id,
        number,
        components: contentOf(instances).map((i) => problem.components[i]!.name),
      }),
    ),
    ...(kept && { kept: kept.diagnostic }),
  };
  return { ...rest, decided };
}

/** What a search may take, from the options. */
function paceOf({ timeLimit, now, interrupted, breathe }: SolveOptions): Pace {
  const start = now?.() ?? 0;
  const secondsLeft = (): number | undefined => (timeLimit === undefined || !now ? timeLimit : Math.max(0, timeLimit - (now() - start) / 1000));
  return { secondsLeft, over: () => interrupted?.() === true || secondsLeft() === 0, breathe: breathe ?? (async () => undefined) };
}

function solutionOf(problem: Problem, { merits, evaluated, components, hosts, kept }: Decided, proven: boolean, bound: number): Solution {
  const sign = signOf(problem);
  const utility = sign * merits[0]!;
  const closed = asGood(merits[0]!, bound);
  const values = Object.entries(problem.formulas).map(([id, { term }]) => [id, evaluated.value(term)] as const);
  return {
    formatVersion: 1,
    status: proven && (closed || !kept) ? 'optimal' : 'feasible',
    ...(problem.objectives.length > 0 && { utility: plain(utility) }),
    bound: closed ? plain(utility) : plain(sign * bound),
    gap: closed ? 0 : plain(bound - merits[0]!),
    ...(kept && { kept: true as const }),
    cost: evaluated.cost,
    currency: problem.currency,
    components,
    hosts,
    values: Object.fromEntries(values.filter(([, v]) => !Number.isNaN(v)).map(([k, v]) => [k, plain(v)])),
  };
}

/** -1 where the first level only minimises, or is the cost: what is reported is the value as the model defines it, not negated. */
const signOf = (problem: Problem): number => ((levels(problem)[0]?.objectives.every((o) => o.minimise) ?? true) ? -1 : 1);

/** Warns of each objective that is infinite, at the level where it counts. */
function infiniteObjectives(problem: Problem, { evaluated, components, hosts }: Decided): Diagnostic[] {
  const used = [...new Set(hosts.map((h) => h.candidate))];
  const free = used.filter((id) => problem.candidates.some((c) => c.id === id && c.price === 0));
  const absent = components.filter((c) => c.cardinality === 0).map((c) => `no instance of ${c.name}`);
  const causes = free.length + absent.length > 0 ? [...free, ...absent] : used;
  return problem.objectives.flatMap(({ name, place, term }) => {
    const reached = evaluated.value(term);
    return Number.isFinite(reached) ? [] : [diagnose('solver/infinite', { name, value: reached > 0 ? 'infinite' : 'negatively infinite', candidates: causes }, place)];
  });
}
