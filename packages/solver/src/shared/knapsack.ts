/**
 * The bounded knapsack with several resources and conflicts: which numbers of items fit on one host and are worth most. Branch and bound, with the
 * fractional knapsack of each resource and of mixtures of two as bounds (Dantzig, "Discrete-variable extremum problems", 1957; Glover, "Surrogate
 * constraint duality in mathematical programming", 1975).
 */
import type { Long } from '../pace.js';

export interface Knapsack {
  /** By item, in the order in which they are decided. */
  profits: readonly number[];
  most: readonly number[];
  /** By item, then by resource: its share of what there is. Those of a resource that is not scarce are 0. */
  sizes: readonly (readonly number[])[];
  /** By resource: what is taken at the start, as a share. */
  taken: readonly number[];
  /** Items that exclude each item. */
  conflicts: readonly (readonly number[])[];
  /** Profit at the start. */
  constant: number;
  /** What `worth` may add to the profit of some numbers. */
  hoped: number;
  /** Sets of items that are worth something where an odd number of them is taken. */
  odd: readonly { worth: number; items: readonly number[] }[];
}

export interface Best {
  /** What no numbers exceed, of those that `worth` admits. */
  bound: number;
  /** The search was cut short: the bound is that of the start. */
  cut: boolean;
  /** Nodes that were searched. */
  nodes: number;
  /** `worth` did not admit numbers that would have been the best. */
  refused: boolean;
}

/** Steps between pauses. */
const stride = 2048;
/** Shares that rounding may add. */
const slack = 1e-9;

/**
 * Visits numbers of items whose profit may exceed `least`, and then all that have been found.
 * @param budget nodes at most
 * @param worth the whole profit of some numbers, if they are admissible; it is called where that may exceed all before
 */
export function* maximise(
  { profits, most, sizes, taken, conflicts, constant, hoped, odd }: Knapsack,
  least: number,
  budget: number,
  over: () => boolean,
  worth: (numbers: Int32Array, profit: number, best: number) => number | undefined,
): Long<Best> {
  const n = profits.length;
  const kinds = taken.length;
  const mixtures = mixturesOf[kinds]!;
  const mixed = mixtures.map((m) => Float64Array.from(sizes, (s) => m.reduce((sum, part, r) => sum + part * s[r]!, 0)));
  const share = Float64Array.from(sizes.flat());
  const orders = mixed.map((size) => Int32Array.from(profits.flatMap((p, i) => (p > 0 ? [i] : []))).sort((a, b) => profits[b]! * size[a]! - profits[a]! * size[b]! || a - b));
  const numbers = new Int32Array(n);
  const room = new Int32Array(n);
  const step = new Int32Array(n);
  const barred = new Int32Array(n);
  const profit = new Float64Array(n + 1);
  const used = new Float64Array((n + 1) * kinds);
  const rest = new Float64Array(n + 1);
  /** By item: sets that it is in, and those in which it is the last one. */
  const setsOf: number[][] = profits.map(() => []);
  const closing: number[][] = profits.map(() => []);
  const isOdd = new Uint8Array(odd.length);
  /** What may be added to the profit that is known once the items before one are decided. */
  const hope = new Float64Array(n + 1).fill(hoped);
  odd.forEach(({ items, worth }, s) => {
    for (const i of items) setsOf[i]!.push(s);
    const last = Math.max(...items);
    closing[last]!.push(s);
    for (let k = 0; k <= last; k++) hope[k]! += Math.max(0, worth);
  });
  for (let i = n - 1; i >= 0; i--) rest[i] = rest[i + 1]! + Math.max(0, profits[i]!) * Math.min(most[i]!, capacity(i, taken, 0));
  profit[0] = constant;
  used.set(taken);
  let best = least;
  let refused = false;
  let nodes = 0;

  const first = Math.max(least, constant + hope[0]! + bound(0)) * (1 + slack);

  for (let k = 0; ; ) {
    let descend = false;
    if (++nodes > budget) return { bound: first, cut: true, nodes, refused };
    if (nodes % stride === 0) {
      yield;
      if (over()) return { bound: first, cut: true, nodes, refused };
    }
    if (k === n) {
      if (profit[n]! + hope[n]! > best) {
        const whole = worth(numbers, profit[n]!, best);
        if (whole === undefined) refused = true;
        else if (whole > best) best = whole;
      }
    } else if (profit[k]! + hope[k]! + rest[k]! > best && ((k > 0 && room[k - 1] === 0) || profit[k]! + hope[k]! + bound(k) > best)) {
      room[k] = barred[k]! > 0 ? 0 : Math.min(most[k]!, capacity(k, used, k * kinds));
      step[k] = 0;
      descend = true;
    }
    if (!descend) {
      // Back to the last item that has another number left.
      for (k--; k >= 0; k--) {
        put(k, -1);
        if (step[k]! < room[k]!) break;
      }
      if (k < 0) return { bound: best, cut: false, nodes, refused };
      step[k]!++;
    }
    // The most first where it pays, none first where it does not.
    numbers[k] = profits[k]! > 0 ? room[k]! - step[k]! : step[k]!;
    put(k, 1);
    profit[k + 1] = profit[k]! + numbers[k]! * profits[k]!;
    for (const s of closing[k]!) if (isOdd[s] === 1) profit[k + 1]! += odd[s]!.worth;
    for (let r = 0; r < kinds; r++) used[(k + 1) * kinds + r] = used[k * kinds + r]! + numbers[k]! * share[k * kinds + r]!;
    k++;
  }

  function put(k: number, sign: 1 | -1): void {
    if (numbers[k]! > 0) for (const j of conflicts[k]!) barred[j]! += sign;
    if (numbers[k]! % 2 === 1) for (const s of setsOf[k]!) isOdd[s]! ^= 1;
    if (sign < 0) numbers[k] = 0;
  }

  /** How many of an item fit beside what is taken. */
  function capacity(i: number, load: ArrayLike<number>, from: number): number {
    let count = 1e9;
    for (let r = 0; r < kinds; r++) {
      const size = share[i * kinds + r]!;
      if (size > 0) count = Math.min(count, Math.floor((1 + slack - load[from + r]!) / size + slack));
    }
    return Math.max(0, count);
  }

  /** What the items from one on can add at most. */
  function bound(k: number): number {
    let least = rest[k]!;
    for (let m = 0; m < mixtures.length; m++) {
      let free = 1 + slack;
      for (let r = 0; r < kinds; r++) free -= mixtures[m]![r]! * used[k * kinds + r]!;
      let sum = 0;
      for (const i of orders[m]!) {
        if (i < k || barred[i]! > 0) continue;
        const size = mixed[m]![i]!;
        const whole = size > 0 ? Math.min(most[i]!, free / size) : most[i]!;
        sum += whole * profits[i]!;
        free -= whole * size;
        if (free <= 0 || sum >= least) break;
      }
      if (sum < least) least = sum;
    }
    return least;
  }
}

/** By number of resources: each alone, and pairs in several proportions, as one resource. */
const mixturesOf = [0, 1, 2, 3].map((kinds) => {
  const alone = Array.from({ length: kinds }, (_, r) => Array.from({ length: kinds }, (__, q) => Number(q === r)));
  const pairs = alone.flatMap((a, r) => alone.slice(r + 1).flatMap((b) => [0.25, 0.5, 0.75].map((part) => a.map((x, q) => part * x + (1 - part) * b[q]!))));
  return [...alone, ...pairs];
});
