/**
 * The stages of an answer: levels of the objective, then cost, then hosts, each over the solutions that are as good as the best in all stages before;
 * last the first in the order of rows. The MILP solver proposes, the evaluator checks, and the own search proves or improves.
 */
import { asGood, tolerance, type Assessment } from '@camelc/problem';
import type { Milp, MilpModel } from '../milp/milp.js';
import { merge } from './merge.js';
import { propagate, relax, search, type Found, type Reduced } from './search.js';
import { extent, rounding, type Column, type Live, type Restriction, type Table } from './table.js';

/** Nodes that the own search may take. */
const nodeBudget = 400_000;
/** Seconds in which the MILP solver proposes a start. */
const shortly = 1;
/** Seconds it has where the own proof took too long and the user sets no limit. */
const patience = 20;
/** Solutions of the MILP solver that the evaluator refuses, before the own search goes on alone. */
const refusals = 20;
/** Binary variables that are given to a MILP solver. */
const milpVariables = 20_000;

export interface StagesInput {
  table: Table;
  /** Rows to choose from. */
  live: Live;
  assess: (choice: readonly number[]) => Assessment;
  milp: () => Promise<Milp>;
  /** Seconds left; undefined: no limit. */
  secondsLeft: () => number | undefined;
}

export interface StagesResult {
  /** A row for each component; undefined: none is admissible, if `proven`. */
  choice?: number[];
  merits?: number[];
  /** Every stage was searched to its end. */
  proven: boolean;
  /** What no solution's first merit exceeds. */
  bound: number;
}

/** Whether the evaluator admits a choice, and finds it as good as the best in all stages before. */
type Accept = (choice: readonly number[]) => boolean;

/** Runs all stages; `table.goals` empty: finds any admissible choice. */
export async function runStages(input: StagesInput): Promise<StagesResult> {
  const { table, assess } = input;
  const best: number[] = [];
  let restrictions = table.restrictions;
  let live = input.live;
  let choice: number[] | undefined;
  let proven = true;
  let bound = Infinity;

  const accept: Accept = (candidate) => {
    const { breaches, merits } = assess(candidate);
    return breaches.length === 0 && best.every((b, k) => asGood(merits[k]!, b));
  };

  for (const [k, goal] of table.goals.entries()) {
    let found: (Found & { rest: Restriction[] } & Reduced) | undefined;
    for (const attempt of attempts(goal.column, live)) {
      const rest = [...restrictions, ...attempt.restrictions];
      const reduced = propagate(attempt.live, rest);
      if (!reduced) continue;
      const start = choice?.every((r, i) => reduced.live[i]!.includes(r)) ? choice : undefined;
      const result = await optimise(input, reduced, attempt.column, accept, start);
      proven &&= result.complete;
      if (!result.choice) continue;
      found = { ...result, ...reduced, rest };
      break;
    }
    if (!found?.choice) {
      // Later stages always have the solution of the stage before.
      if (choice) continue;
      return { proven, bound };
    }
    choice = found.choice;
    const merit = assess(choice).merits[k]!;
    best.push(merit);
    if (k === 0) bound = found.complete ? merit : Math.max(merit, goal.merit(found.bound));
    live = found.live;
    restrictions = found.rest;
    if (Number.isFinite(merit)) {
      const reached = valueOf(goal.column, choice);
      const low = goal.columnFor(merit - tolerance(merit), reached);
      // Whatever keeps the restrictions is at least as good in the relaxation as in the goal itself.
      const relaxed = relax(live, found.active, goal.column, reached).column;
      restrictions = [
        ...restrictions,
        { column: goal.column, low, high: Infinity },
        { column: relaxed, low: low - rounding(low, goal.column.constant, relaxed.constant), high: Infinity, implied: true },
      ];
    }
  }

  const reduced = propagate(live, restrictions);
  if (reduced) {
    const stop = (): boolean => (input.secondsLeft() ?? 1) <= 0;
    let first = merge({ ...reduced, accept, stop });
    if (!first.complete) first = search({ ...reduced, accept, stop, budget: nodeBudget });
    choice = first.choice ?? choice;
    proven &&= first.complete;
  }
  return choice ? { choice, merits: assess(choice).merits, proven, bound } : { proven, bound };
}

const valueOf = ({ constant, parts }: Column, choice: number[]): number => choice.reduce((sum, r, i) => sum + parts[i]![r]!, constant);

/**
 * The cases that a goal with infinite parts falls into, best first: +∞ by some component and -∞ by none, finite, -∞ by some and +∞ by none.
 * Within an infinite case every choice is as good as every other.
 */
function attempts(column: Column, live: Live): { live: Live; restrictions: Restriction[]; column: Column }[] {
  const has = (sign: number): boolean => live.some((rows, i) => rows.some((r) => column.parts[i]![r] === sign * Infinity));
  const without = (...signs: number[]): Live => live.map((rows, i) => rows.filter((r) => !signs.some((s) => column.parts[i]![r] === s * Infinity)));
  const flat: Column = { constant: 0, parts: column.parts.map((part) => new Float64Array(part.length)) };
  const some = (sign: number): Restriction => ({
    column: { constant: 0, parts: column.parts.map((part) => part.map((v) => Number(v === sign * Infinity))) },
    low: 1,
    high: Infinity,
  });
  return [
    ...(has(1) ? [{ live: without(-1), restrictions: [some(1)], column: flat }] : []),
    { live: without(1, -1), restrictions: [], column },
    ...(has(-1) ? [{ live: without(1), restrictions: [some(-1)], column: flat }] : []),
  ].filter((attempt) => attempt.live.every((rows) => rows.length > 0));
}

/** The best choice for one goal. */
async function optimise(input: StagesInput, { live, active }: Reduced, goal: Column, accept: Accept, start: number[] | undefined): Promise<Found> {
  const stop = (): boolean => (input.secondsLeft() ?? 1) <= 0;
  const better = (a: number[] | undefined, b: number[] | undefined): number[] | undefined => (a && b ? (valueOf(goal, a) > valueOf(goal, b) ? a : b) : (a ?? b));
  const ask = async (seconds: number | undefined): Promise<Proposal> => propose(await input.milp(), milpModel(live, active, goal), live, accept, seconds);
  const coupled = active.length > 0 && live.reduce((sum, rows) => sum + rows.length, 0) <= milpVariables;

  // What the MILP solver finds in short time is where the proof starts from; how much that is does not change the answer.
  let known = start ?? (coupled ? (await ask(Math.min(shortly, input.secondsLeft() ?? shortly))).choice : undefined);
  for (const attempt of [merge, search]) {
    const found = attempt({ live, active, goal, accept, start: known, budget: nodeBudget, stop });
    if (found.complete) return found;
    known = better(known, found.choice);
  }
  const bound = relax(live, active, goal, known && valueOf(goal, known)).bound;
  if (!coupled || stop()) return { choice: known, complete: false, bound };
  // Where the own proof takes too long, the claim of the MILP solver stands, unless a better choice is known.
  const { choice, claimed } = await ask(input.secondsLeft() ?? patience);
  const best = better(choice, known);
  return { choice: best, complete: claimed && best === choice, bound };
}

interface Proposal {
  choice?: number[];
  /** The solver says that it is the best, or that there is none. */
  claimed: boolean;
}

/** Asks the MILP solver until the evaluator accepts what it says. */
async function propose(milp: Milp, model: MilpModel, live: Live, accept: Accept, seconds: number | undefined): Promise<Proposal> {
  for (let attempt = 0; attempt < refusals; attempt++) {
    const { status, values } = await milp.solve(model, seconds);
    if (!values) return { claimed: status === 'infeasible' };
    const choice = choiceOf(live, values);
    if (choice && accept(choice)) return { choice, claimed: status === 'optimal' };
    model.rows.push(cutting(values));
  }
  return { claimed: false };
}

/** One binary variable for each live row, one of each component; data scaled to whole numbers where they are decimal. */
function milpModel(live: Live, active: Restriction[], goal: Column): MilpModel {
  const offsets = live.map((_, i) => live.slice(0, i).reduce((sum, rows) => sum + rows.length, 0));
  /** The column's values less the least of each component, which moves into the constant. */
  const shifted = ({ constant, parts }: Column): { values: number[]; constant: number } => {
    const least = live.map((rows, i) => extent(parts[i]!, rows)[0]);
    return { values: live.flatMap((rows, i) => rows.map((r) => parts[i]![r]! - least[i]!)), constant: least.reduce((a, b) => a + b, constant) };
  };
  const objective = shifted(goal);
  const scale = scaleOf(objective.values);
  return {
    objective: objective.values.map(scale.apply),
    rows: [
      ...live.map((rows, i) => ({ variables: rows.map((_, k) => offsets[i]! + k), coefficients: rows.map(() => 1), low: 1, high: 1 })),
      ...active
        .filter((r) => !r.implied)
        .map(({ column, low, high }) => {
          const { values, constant } = shifted(column);
          const { apply, factor, whole } = scaleOf(values);
          const used = values.flatMap((v, j) => (apply(v) === 0 ? [] : [j]));
          const bound = (b: number, round: (b: number) => number): number => (Number.isFinite(b) && whole ? round((b - constant) * factor) : (b - constant) * factor);
          return { variables: used, coefficients: used.map((j) => apply(values[j]!)), low: bound(low, (b) => Math.ceil(b - 1e-6)), high: bound(high, (b) => Math.floor(b + 1e-6)) };
        }),
    ],
  };
}

/** Decimal data become whole numbers; other data are brought to a size that solvers like. */
function scaleOf(values: number[]): { apply: (v: number) => number; factor: number; whole: boolean } {
  const greatest = Math.max(0, ...values.map(Math.abs));
  for (let factor = 1; factor * greatest <= 1e9 && factor <= 1e9; factor *= 10) {
    if (values.every((v) => Math.abs(v * factor - Math.round(v * factor)) <= 1e-9 * Math.max(1, Math.abs(v * factor))))
      return { apply: (v) => Math.round(v * factor), factor, whole: true };
  }
  const factor = greatest > 0 ? 1e4 / greatest : 1;
  return { apply: (v) => v * factor, factor, whole: false };
}

/** The rows that a solution of the MILP chooses; undefined unless it is one of each component. */
function choiceOf(live: Live, values: number[]): number[] | undefined {
  let offset = 0;
  const chosen = live.map((rows) => {
    const own = rows.filter((_, k) => values[offset + k] === 1);
    offset += rows.length;
    return own;
  });
  return chosen.every((own) => own.length === 1) ? chosen.map(([r]) => r!) : undefined;
}

/** Forbids one solution. */
function cutting(values: number[]): MilpModel['rows'][number] {
  const variables = values.flatMap((v, j) => (v === 1 ? [j] : []));
  return { variables, coefficients: variables.map(() => 1), low: -Infinity, high: variables.length - 1 };
}
