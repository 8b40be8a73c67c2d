/** Sets of partial choices, and which of them are worth keeping. */
import type { Long } from '../pace.js';
import { sortedBy } from './order.js';

/** Partial choices, each with the values that it hands on. Everything about label `i` of `n` slots lies from `i * n` on. */
export class Labels {
  count = 0;
  /** Between which values each slot lies. */
  low: Float64Array;
  high: Float64Array;
  /** 1: the slot may be undefined; NaN in its bounds: surely. */
  open: Uint8Array;
  /** What labels are compared by: first what must be equal, then what should be great. */
  keys: Float64Array;
  /** The label that it continues, and the row by which. */
  before: Int32Array;
  row: Int32Array;
  /** What no continuation exceeds. */
  bound: Float64Array;

  constructor(
    readonly slots: number,
    readonly width: number,
    private capacity = 1024,
  ) {
    this.low = new Float64Array(capacity * slots);
    this.high = new Float64Array(capacity * slots);
    this.open = new Uint8Array(capacity * slots);
    this.keys = new Float64Array(capacity * width);
    this.before = new Int32Array(capacity);
    this.row = new Int32Array(capacity);
    this.bound = new Float64Array(capacity);
  }

  /** Makes room for one more, at index `count`. */
  reserve(): void {
    if (this.count < this.capacity) return;
    this.capacity *= 2;
    const grown = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.low = grown(this.low, new Float64Array(this.capacity * this.slots));
    this.high = grown(this.high, new Float64Array(this.capacity * this.slots));
    this.open = grown(this.open, new Uint8Array(this.capacity * this.slots));
    this.keys = grown(this.keys, new Float64Array(this.capacity * this.width));
    this.before = grown(this.before, new Int32Array(this.capacity));
    this.row = grown(this.row, new Int32Array(this.capacity));
    this.bound = grown(this.bound, new Float64Array(this.capacity));
  }

  /** Keeps some of the labels, in this order. */
  keep(kept: Int32Array): void {
    const picked = <A extends Float64Array | Uint8Array>(from: A, to: A, stride: number): A => {
      for (let i = 0; i < kept.length; i++) for (let s = 0; s < stride; s++) to[i * stride + s] = from[kept[i]! * stride + s]!;
      return to;
    };
    this.low = picked(this.low, new Float64Array(kept.length * this.slots), this.slots);
    this.high = picked(this.high, new Float64Array(kept.length * this.slots), this.slots);
    this.open = picked(this.open, new Uint8Array(kept.length * this.slots), this.slots);
    this.keys = picked(this.keys, new Float64Array(kept.length * this.width), this.width);
    this.bound = picked(this.bound, new Float64Array(kept.length), 1);
    this.before = kept.map((i) => this.before[i]!);
    this.row = kept.map((i) => this.row[i]!);
    this.count = this.capacity = kept.length;
  }
}

/** Comparisons against all others that a set may take; labels that come later are compared with the first few alone. */
const comparisons = 20_000_000;
const few = 64;
/** Labels between two pauses. */
const stretch = 4096;

/**
 * The labels that no other one dominates: equal in the first `equal` keys, and at least as great in the rest.
 * @param order the labels in an order in which only an earlier one can dominate; without: any can
 * @returns their indexes, in that order or by the first key that is compared by size
 */
export function* undominated(labels: Labels, equal: number, order?: Int32Array<ArrayBuffer>): Long<Int32Array<ArrayBuffer>> {
  const { keys, width, count } = labels;
  const groups = yield* grouped(labels, equal);
  let sorted = order ?? Int32Array.from({ length: count }, (_, i) => i);
  let from = equal;
  if (!order && width > equal) {
    sorted = yield* sortedBy(sorted, (a, b) => {
      for (let k = equal; k < width; k++) {
        const [x, y] = [keys[a * width + k]!, keys[b * width + k]!];
        if (x !== y) return x > y ? -1 : 1;
      }
      return 0;
    });
    from++;
  }
  const fronts = new Map<number, Front>();
  const kept: number[] = [];
  const budget = { left: comparisons };
  for (let k = 0; k < count; k++) {
    const i = sorted[k]!;
    let front = fronts.get(groups[i]!);
    if (!front) fronts.set(groups[i]!, (front = width - from < 2 ? new Best(keys) : width - from === 2 ? new Staircase(keys) : new List(keys, width - from, budget)));
    if (front.admits(i * width + from, width - from)) kept.push(i);
    if (k % stretch === 0) yield;
  }
  return Int32Array.from(kept);
}

/** A number for each label, the same for those whose first keys are equal. */
function* grouped({ keys, width, count }: Labels, equal: number): Long<Float64Array> {
  const group = new Float64Array(count);
  for (let k = 0; k < equal; k++) {
    const values = new Map<number, number>();
    const pairs = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const value = keys[i * width + k]!;
      let v = values.get(value);
      if (v === undefined) values.set(value, (v = values.size));
      const pair = group[i]! * (count + 1) + v;
      let p = pairs.get(pair);
      if (p === undefined) pairs.set(pair, (p = pairs.size));
      group[i] = p;
      if (i % stretch === 0) yield;
    }
  }
  return group;
}

/** Points that none of those before dominates. */
interface Front {
  /** Whether the point at this place of the keys is one more, which it then becomes. */
  admits(at: number, dimensions: number): boolean;
}

/** In one dimension, or none. */
class Best implements Front {
  private best = Number.NaN;
  constructor(private readonly keys: Float64Array) {}
  admits(at: number, dimensions: number): boolean {
    const value = dimensions === 0 ? 0 : this.keys[at]!;
    if (value <= this.best) return false;
    this.best = value;
    return true;
  }
}

/** In two dimensions: the points stand by the first, falling, so that the second rises. */
class Staircase implements Front {
  private readonly first: number[] = [];
  private readonly second: number[] = [];
  constructor(private readonly keys: Float64Array) {}
  admits(at: number): boolean {
    const [x, y] = [this.keys[at]!, this.keys[at + 1]!];
    let [low, high] = [0, this.first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.first[middle]! >= x) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && this.second[low - 1]! >= y) return false;
    // Those with the same first or a smaller one whose second is no greater are of no use any more.
    let start = low;
    while (start > 0 && this.first[start - 1] === x) start--;
    let end = low;
    while (end < this.first.length && this.second[end]! <= y) end++;
    this.first.splice(start, end - start, x);
    this.second.splice(start, end - start, y);
    return true;
  }
}

/** In any number of dimensions. */
class List implements Front {
  private readonly points: number[] = [];
  constructor(
    private readonly keys: Float64Array,
    private readonly dimensions: number,
    private readonly budget: { left: number },
  ) {}
  admits(at: number): boolean {
    const { points, keys, dimensions } = this;
    const end = this.budget.left > 0 ? points.length : Math.min(few, points.length);
    for (let p = 0; p < end; p++) {
      const other = points[p]!;
      let k = 0;
      while (k < dimensions && keys[other + k]! >= keys[at + k]!) k++;
      if (k === dimensions) {
        this.budget.left -= p;
        // What dominates one often dominates the next.
        points.splice(p, 1);
        points.unshift(other);
        return false;
      }
    }
    this.budget.left -= end;
    points.push(at);
    return true;
  }
}
