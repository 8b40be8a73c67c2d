/** Boxes around points of several dimensions, for bounds that hold for all of them. */
import type { Registers } from './interval.js';
import { Labels } from './labels.js';
import { halve } from './order.js';

/** Boxes around labels: the whole, its halves, their halves, … */
export interface Box extends Registers {
  halves?: [Box, Box];
  /** Of a box around one label. */
  label?: number;
}

/**
 * Boxes around labels, halved where they differ most, down to so many or to single ones (as in a k-d tree: Bentley, "Multidimensional binary
 * search trees used for associative searching", 1975).
 */
export function boxesAround({ low, high, open, slots, count }: Pick<Labels, 'low' | 'high' | 'open' | 'slots' | 'count'>, most: number): Box {
  const middle = (i: number, s: number): number => {
    const at = i * slots + s;
    const value = (Math.max(-1e300, low[at]!) + Math.min(1e300, high[at]!)) / 2;
    return Number.isNaN(value) ? -1e300 : value;
  };
  const hull = (members: Int32Array): Box => {
    const box: Box = { low: new Float64Array(slots).fill(Number.NaN), high: new Float64Array(slots).fill(Number.NaN), open: new Uint8Array(slots) };
    for (const i of members)
      for (let s = 0; s < slots; s++) {
        const [least, most] = [low[i * slots + s]!, high[i * slots + s]!];
        if (!Number.isNaN(least) && !(box.low[s]! <= least)) box.low[s] = least;
        if (!Number.isNaN(most) && !(box.high[s]! >= most)) box.high[s] = most;
        box.open[s]! |= open[i * slots + s]!;
      }
    return box;
  };
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const whole = hull(all);
  const build = (members: Int32Array, leaves: number, around = hull(members)): Box => {
    if (members.length === 1) return { ...around, label: members[0]! };
    if (leaves <= 1) return around;
    let widest = 0;
    let most = -1;
    for (let s = 0; s < slots; s++) {
      const range = (around.high[s]! - around.low[s]!) / (whole.high[s]! - whole.low[s]!);
      if (range > most) [widest, most] = [s, range];
    }
    const half = members.length >> 1;
    halve(members, half, (i) => middle(i, widest));
    const left = leaves >> 1;
    return { ...around, halves: [build(members.slice(0, half), left), build(members.slice(half), leaves - left)] };
  };
  return build(all, most, whole);
}

/** Around nothing that varies. */
export const emptyBox: Box = { low: new Float64Array(0), high: new Float64Array(0), open: new Uint8Array(0) };

/** The boxes that are not halved any more, as labels. */
export function smallest(box: Box): Labels {
  const leaves: Box[] = [];
  const visit = (b: Box): void => (b.halves ? b.halves.forEach(visit) : void leaves.push(b));
  visit(box);
  const labels = new Labels(box.low.length, 0, leaves.length);
  labels.count = leaves.length;
  leaves.forEach((b, i) => {
    labels.low.set(b.low, i * labels.slots);
    labels.high.set(b.high, i * labels.slots);
    labels.open.set(b.open, i * labels.slots);
  });
  return labels;
}
