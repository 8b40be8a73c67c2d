/**
 * Exact search that joins the tables one after another and keeps only partial choices that no other one dominates
 * (label setting, as for the multiple-choice knapsack problem: Kellerer, Pferschy and Pisinger, "Knapsack Problems", 2004, chapter 11).
 * Where many choices are equally good it is far quicker than branching.
 */
import type { Long } from '../pace.js';
import { relax, suffix, type Found, type Search } from './search.js';
import { extent, rounding } from './table.js';

/** A choice for the first components. */
interface Label {
  row: number;
  before: Label | undefined;
  goal: number;
  weight: number;
  /** Of each restriction. */
  sums: number[];
  /** The same, no smaller or greater than still matters: for comparisons alone, as rounding would make a sum of them break its bound. */
  relevant: number[];
}

/** Comparisons of two labels that a search may take. */
const comparisons = 30_000_000;
/** Labels made of one component at most. */
const crowd = 2_000_000;
/** Labels between two pauses. */
const stretch = 4096;

/**
 * Finds the choice of greatest goal or, without a goal, the first one.
 * `complete` is false where it took too much, or where the evaluator refused a choice whose like had been dropped for it.
 */
export function* merge({ live, active, accept, goal, start, stop }: Omit<Search, 'budget'>): Long<Found> {
  const reached = goal && start ? start.reduce((sum, r, i) => sum + goal.parts[i]![r]!, goal.constant) : -Infinity;
  const relaxation = goal && relax(live, active, goal, start ? reached : undefined);
  const slack = relaxation ? rounding(relaxation.bound, reached) : 0;
  const restWeight = suffix(live.map((rows, i) => (relaxation ? extent(relaxation.column.parts[i]!, rows)[1] : 0)));
  const restLow = active.map(({ column }) => suffix(live.map((rows, i) => extent(column.parts[i]!, rows)[0])));
  const restHigh = active.map(({ column }) => suffix(live.map((rows, i) => extent(column.parts[i]!, rows)[1])));
  const bounded = active.map(({ low, high, implied }) => ({ upper: !implied && high !== Infinity, lower: !implied && low !== -Infinity }));
  const gaveUp: Found = { choice: start, complete: false, bound: relaxation?.bound ?? Infinity };
  let compared = 0;
  let steps = 0;

  let labels: Label[] = [
    { row: -1, before: undefined, goal: goal?.constant ?? 0, weight: relaxation?.column.constant ?? 0, sums: active.map(({ column }) => column.constant), relevant: [] },
  ];
  for (const [i, rows] of live.entries()) {
    const next: Label[] = [];
    for (const label of labels)
      for (const row of rows) {
        const joined = join(label, i, row);
        if (joined) next.push(joined);
        if (next.length > crowd) return gaveUp;
        if (++steps % stretch === 0) {
          yield;
          if (stop()) return gaveUp;
        }
      }
    const front = yield* undominated(next);
    if (!front) return gaveUp;
    labels = front;
  }
  // The bound of a complete choice may lie above its goal, so some are no better than the start.
  const best = labels.find((label) => !start || label.goal > reached);
  if (!best) return { choice: start, complete: true, bound: reached };
  const choice = choiceOf(best);
  // What a refused choice dominated may be right although it is not.
  return accept(choice) ? { choice, complete: true, bound: best.goal } : gaveUp;

  function join(label: Label, i: number, row: number): Label | undefined {
    const weight = label.weight + (relaxation ? relaxation.column.parts[i]![row]! : 0);
    if (goal && start && weight + restWeight[i + 1]! <= reached + slack) return undefined;
    const sums: number[] = [];
    const relevant: number[] = [];
    for (const [k, { column, low, high }] of active.entries()) {
      const sum = label.sums[k]! + column.parts[i]![row]!;
      const [least, greatest] = [restLow[k]![i + 1]!, restHigh[k]![i + 1]!];
      if (sum + least > high || sum + greatest < low) return undefined;
      // Beyond what the rest could still spoil, one value is as good as another.
      sums.push(sum);
      relevant.push(low !== -Infinity && high !== Infinity ? sum : high === Infinity ? Math.min(sum, low - least) : Math.max(sum, high - greatest));
    }
    return { row, before: label, goal: label.goal + (goal ? goal.parts[i]![row]! : 0), weight, sums, relevant };
  }

  /** The labels that no other dominates; without a goal only an earlier one can. In order: by goal, else as they are. */
  function* undominated(all: Label[]): Long<Label[] | undefined> {
    if (goal) all.sort((a, b) => b.goal - a.goal);
    const front: Label[] = [];
    for (const label of all) {
      let dominated = false;
      for (const other of front) {
        compared++;
        if (other.relevant.every((sum, k) => (!bounded[k]!.upper || sum <= label.relevant[k]!) && (!bounded[k]!.lower || sum >= label.relevant[k]!))) {
          dominated = true;
          break;
        }
      }
      if (compared > comparisons) return undefined;
      if (!dominated) front.push(label);
      if (++steps % 64 === 0) {
        yield;
        if (stop()) return undefined;
      }
    }
    return front;
  }
}

function choiceOf(label: Label): number[] {
  const choice: number[] = [];
  for (let l: Label | undefined = label; l?.before; l = l.before) choice.unshift(l.row);
  return choice;
}
