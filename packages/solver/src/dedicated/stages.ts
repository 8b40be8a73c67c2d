/**
 * The stages of an answer whose conditions and goals are sums over the components, or follow such sums: each over the solutions that are as good as the
 * best in all stages before; last the first in the order of rows. Three searches, one after the other, until one has the proof.
 */
import { asGood, tolerance, type Assessment } from '@camelc/problem';
import { solveInteger } from '../linear/integer.js';
import type { Program } from '../linear/program.js';
import type { Milp } from '../milp/milp.js';
import { run, type Pace } from '../pace.js';
import { merge } from './merge.js';
import { propagate, relax, search, type Found, type Reduced } from './search.js';
import { rounding, type Column, type Live, type Restriction, type Table } from './table.js';

/** Nodes that the branch and bound over the tables may take. */
const nodeBudget = 50_000;
/** Nodes that the branch and bound over the integer program may take at first, and at last. */
const few = 200;
const many = 50_000;
/** Rows of all components that are given to the integer program. */
const integerRows = 30_000;

export interface StagesInput {
  table: Table;
  /** Rows to choose from. */
  live: Live;
  assess: (choice: readonly number[]) => Assessment;
  milp: () => Promise<Milp>;
  pace: Pace;
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
    if (choice && input.pace.over()) {
      proven = false;
      break;
    }
    let found: (Found & { rest: Restriction[] } & Reduced) | undefined;
    let open = -Infinity;
    for (const attempt of attempts(goal.column, live)) {
      const rest = [...restrictions, ...attempt.restrictions];
      const reduced = propagate(attempt.live, rest);
      if (!reduced) continue;
      const start = choice?.every((r, i) => reduced.live[i]!.includes(r)) ? choice : undefined;
      const result = await optimise(input, reduced, attempt.column, accept, start);
      proven &&= result.complete;
      if (!result.complete && !result.choice) open = Infinity;
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
    if (k === 0) bound = Math.max(merit, open, found.complete ? merit : goal.merit(found.bound));
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

  const first = await firstOf(input, live, restrictions, accept);
  choice = first.choice ?? choice;
  proven &&= first.complete;
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
async function optimise(input: StagesInput, reduced: Reduced, goal: Column, accept: Accept, start: number[] | undefined): Promise<Found> {
  const { pace } = input;
  const { live, active } = reduced;
  const integer = active.length > 0 && live.reduce((sum, rows) => sum + rows.length, 0) <= integerRows;
  let known: Found = { choice: start, complete: false, bound: Infinity };
  const take = (found: Found): boolean => {
    known = { choice: found.choice ?? known.choice, complete: found.complete, bound: Math.min(found.bound, known.bound) };
    return found.complete;
  };
  // A good choice to start from makes every proof shorter.
  if (integer && take(await byIntegerProgram(input, reduced, goal, accept, known.choice, few))) return known;
  for (const attempt of [merge, search])
    if (pace.over() || take(await run(attempt({ live, active, goal, accept, start: known.choice, budget: nodeBudget, stop: pace.over }), pace))) return known;
  if (integer && !pace.over()) take(await byIntegerProgram(input, reduced, goal, accept, known.choice, many));
  return known;
}

/** Branch and bound over one binary variable for each live row, one of each component. */
async function byIntegerProgram({ milp, pace }: StagesInput, { live, active }: Reduced, goal: Column, accept: Accept, start: number[] | undefined, nodes: number): Promise<Found> {
  const rows = active.filter((r) => !r.implied);
  const columns: Program<[component: number, row: number]>['columns'] = live.flatMap((list, i) =>
    list.map((r) => ({
      objective: goal.parts[i]![r]!,
      low: 0,
      high: 1,
      rows: [i, ...rows.map((_, k) => live.length + k)],
      coefficients: [1, ...rows.map(({ column }) => column.parts[i]![r]!)],
      content: [i, r],
    })),
  );
  const program = {
    columns,
    rows: [...live.map(() => ({ low: 1, high: 1 })), ...rows.map(({ column, low, high }) => ({ low: low - column.constant, high: high - column.constant }))],
  };
  const chosen = (x: readonly number[]): number[] => {
    const choice: number[] = [];
    columns.forEach(({ content: [i, r] }, j) => {
      if (x[j] === 1) choice[i] = r;
    });
    return choice;
  };
  const { x, bound, complete } = await solveInteger(program, {
    ...(start && { start: columns.map(({ content: [i, r] }) => Number(start[i] === r)) }),
    accept: (point) => accept(chosen(point)),
    milp,
    relativeGap: 1e-12,
    nodes,
    pace,
  });
  return { ...(x && { choice: chosen(x) }), complete, bound: bound + goal.constant };
}

/** The first choice in the order of rows. */
async function firstOf(input: StagesInput, live: Live, restrictions: Restriction[], accept: Accept): Promise<Omit<Found, 'bound'>> {
  const { pace } = input;
  let reduced = propagate(live, restrictions);
  if (!reduced) return { complete: true };
  for (const attempt of [merge, search]) {
    if (pace.over()) return { complete: false };
    const found = await run(attempt({ ...reduced, accept, budget: nodeBudget, stop: pace.over }), pace);
    if (found.complete) return found;
  }
  // One component after the other gets the first of its rows with which something is left.
  let choice: number[] | undefined;
  for (const i of live.keys()) {
    const place: Column = { constant: 0, parts: reduced.live.map((rows, j) => Float64Array.from({ length: Math.max(...rows) + 1 }, (_, r) => (j === i ? -r : 0))) };
    const found: Found = await optimise(input, reduced, place, accept, choice);
    if (!found.complete || !found.choice) return { choice: found.choice, complete: false };
    ({ choice } = found);
    reduced = propagate(
      reduced.live.map((rows, j) => (j === i ? [choice![i]!] : rows)),
      restrictions,
    );
    if (!reduced) return { choice, complete: false };
  }
  return { choice, complete: true };
}
