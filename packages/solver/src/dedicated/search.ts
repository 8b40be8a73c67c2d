/** Branch and bound over the tables, with bounds from Lagrange multipliers. Exact up to rounding, independent of any MILP solver. */
import type { Long } from '../pace.js';
import { extent, extentOf, rounding, type Column, type Live, type Restriction } from './table.js';

/** What is left to decide. */
export interface Reduced {
  live: Live;
  /** Restrictions that some choice breaks. */
  active: Restriction[];
}

/**
 * Removes rows that no choice for the other components can make right, and restrictions that every choice keeps.
 * @returns undefined where nothing is left
 */
export function propagate(live: Live, restrictions: readonly Restriction[]): Reduced | undefined {
  let active = [...restrictions];
  for (let changed = true; changed; ) {
    changed = false;
    for (const restriction of active) {
      const { column, low, high } = restriction;
      const [least, greatest] = extentOf(column, live);
      if (!(least <= high && greatest >= low)) return undefined;
      if (least >= low && greatest <= high) continue;
      live = live.map((rows, i) => {
        const part = column.parts[i]!;
        const [partLeast, partGreatest] = extent(part, rows);
        const kept = rows.filter((r) => part[r]! + (least - partLeast) <= high && part[r]! + (greatest - partGreatest) >= low);
        changed ||= kept.length < rows.length;
        return kept.length < rows.length ? kept : rows;
      });
      if (live.some((rows) => rows.length === 0)) return undefined;
    }
    active = active.filter(({ column, low, high }) => {
      const [least, greatest] = extentOf(column, live);
      return least < low || greatest > high;
    });
  }
  return { live, active };
}

/** Bound `constant` + sum of the greatest `parts` on a goal under restrictions. */
export interface Relaxation {
  column: Column;
  bound: number;
}

/**
 * Lagrangian relaxation of a goal: restrictions move into the sum, weighted by multipliers that subgradient steps choose
 * (Held, Wolfe and Crowder, "Validation of subgradient optimization", 1974). Valid for any multipliers; here as tight as the LP relaxation can be.
 * @param reached the goal's value of a known solution, which the steps aim at
 */
export function relax(live: Live, restrictions: readonly Restriction[], goal: Column, reached: number | undefined): Relaxation {
  const active = restrictions.filter((r) => !r.implied);
  const scales = active.map(({ column }) => 1 / Math.max(1e-12, extentOf(column, live)[1] - extentOf(column, live)[0]));
  let multipliers = active.map(() => 0);
  let best = weigh(multipliers);
  let current = best;
  const target = reached ?? best.bound - Math.abs(best.bound) * 0.1 - 1;
  let stride = 1;
  for (let step = 0; step < 150 && active.length > 0; step++) {
    const slopes = active.map(({ column, low, high }, k) => {
      const sum = column.constant + column.parts.reduce((s, part, i) => s + part[current.choice[i]!]!, 0);
      // At multiplier 0 either side may be the one that is broken.
      const side = multipliers[k]! > 0 || (multipliers[k] === 0 && sum > high) ? high : low;
      return Number.isFinite(side) && (multipliers[k] !== 0 || sum > high || sum < low) ? (sum - side) * scales[k]! : 0;
    });
    const norm = slopes.reduce((s, g) => s + g * g, 0);
    if (norm === 0 || best.bound - target <= 0) break;
    const length = (stride * Math.max(current.bound - target, 1e-12)) / norm;
    multipliers = multipliers.map((m, k) => {
      const moved = m + length * slopes[k]! * scales[k]!;
      return Math.max(Number.isFinite(active[k]!.low) ? -Infinity : 0, Math.min(Number.isFinite(active[k]!.high) ? Infinity : 0, moved));
    });
    current = weigh(multipliers);
    if (current.bound < best.bound) best = current;
    else stride *= 0.95;
  }
  return best;

  function weigh(weights: number[]): Relaxation & { choice: number[] } {
    let constant = goal.constant;
    weights.forEach((m, k) => {
      if (m !== 0) constant += m * ((m > 0 ? active[k]!.high : active[k]!.low) - active[k]!.column.constant);
    });
    const parts = goal.parts.map((part, i) => {
      const weighed = Float64Array.from(part);
      weights.forEach((m, k) => {
        if (m !== 0) for (const r of live[i]!) weighed[r]! -= m * active[k]!.column.parts[i]![r]!;
      });
      return weighed;
    });
    const choice = parts.map((part, i) => live[i]!.reduce((a, r) => (part[r]! > part[a]! ? r : a)));
    return { column: { constant, parts }, bound: constant + choice.reduce((s, r, i) => s + parts[i]![r]!, 0), choice };
  }
}

export interface Search {
  live: Live;
  active: readonly Restriction[];
  /** Called with each complete choice that the tables allow and that is better than all before; false refuses it. */
  accept: (choice: readonly number[]) => boolean;
  /** Without: the first choice in the order of components and rows. */
  goal?: Column;
  /** A choice that is known to be right. */
  start?: number[];
  /** Stops the search when it returns true; asked after each pause. */
  stop: () => boolean;
  /** Nodes to visit at most. */
  budget: number;
}

export interface Found {
  choice?: number[];
  /** The whole space was searched. */
  complete: boolean;
  /** What no choice exceeds; only with a goal. */
  bound: number;
}

/** Finds the choice of greatest goal, or the first one. */
export function* search({ live, active, accept, goal, start, stop, budget }: Search): Long<Found> {
  const valueOf = (column: Column, choice: number[]): number => choice.reduce((s, r, i) => s + column.parts[i]![r]!, column.constant);
  let best = start;
  let reached = goal && start ? valueOf(goal, start) : -Infinity;
  const relaxation = goal && relax(live, active, goal, best ? reached : undefined);
  const slack = relaxation ? rounding(relaxation.bound, reached) : 0;

  // With a goal: components of fewest rows first, and rows of greatest weight first.
  const order = live.map((_, i) => i);
  if (goal) order.sort((a, b) => live[a]!.length - live[b]!.length || a - b);
  const weight = relaxation?.column.parts;
  const rows = order.map((i) => (weight ? [...live[i]!].sort((a, b) => weight[i]![b]! - weight[i]![a]! || a - b) : live[i]!));
  const restWeight = suffix(order.map((i, d) => (weight ? weight[i]![rows[d]![0]!]! : 0)));
  const restLow = active.map(({ column }) => suffix(order.map((i) => extent(column.parts[i]!, live[i]!)[0])));
  const restHigh = active.map(({ column }) => suffix(order.map((i) => extent(column.parts[i]!, live[i]!)[1])));
  const choice = live.map(() => 0);
  let nodes = 0;
  let stopped = false;

  yield* descend(
    0,
    relaxation?.column.constant ?? 0,
    active.map(({ column }) => column.constant),
  );
  const bound = relaxation ? (stopped ? relaxation.bound : reached) : Infinity;
  return { choice: best, complete: !stopped, bound };

  function* descend(depth: number, weightSoFar: number, sums: number[]): Long<void> {
    if (depth === order.length) {
      const value = goal ? valueOf(goal, choice) : 0;
      if (goal && best && value <= reached) return;
      if (accept([...choice])) [best, reached] = [[...choice], value];
      return;
    }
    const component = order[depth]!;
    for (const row of rows[depth]!) {
      if (stopped || (!goal && best)) return;
      if (++nodes % 1024 === 0) {
        yield;
        stopped ||= stop();
      }
      stopped ||= nodes > budget;
      if (stopped) return;
      const weightNow = weight ? weightSoFar + weight[component]![row]! : 0;
      if (goal && best && weightNow + restWeight[depth + 1]! <= reached + slack) return;
      const next = sums.map((sum, k) => sum + active[k]!.column.parts[component]![row]!);
      if (next.every((sum, k) => sum + restLow[k]![depth + 1]! <= active[k]!.high && sum + restHigh[k]![depth + 1]! >= active[k]!.low)) {
        choice[component] = row;
        yield* descend(depth + 1, weightNow, next);
      }
    }
  }
}

/** Sums of a list from each position on; one longer than the list. */
export function suffix(values: number[]): number[] {
  const sums = [...values, 0];
  for (let i = values.length - 1; i >= 0; i--) sums[i] = sums[i + 1]! + values[i]!;
  return sums;
}
