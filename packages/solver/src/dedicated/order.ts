/** Sorting that can be paused, and halving. */
import type { Long } from '../pace.js';

/** Comparisons between two pauses. */
const stretch = 50_000;

/** Sorts indexes by a comparison, keeping the order of equal ones (merge sort). */
export function* sortedBy(indexes: Int32Array<ArrayBuffer>, compare: (a: number, b: number) => number): Long<Int32Array<ArrayBuffer>> {
  let from = indexes;
  let to = new Int32Array(from.length);
  let steps = 0;
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      const end = Math.min(start + 2 * width, from.length);
      for (let i = start, j = middle, k = start; k < end; k++) {
        to[k] = j >= end || (i < middle && compare(from[i]!, from[j]!) <= 0) ? from[i++]! : from[j++]!;
        if (++steps % stretch === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Parts indexes in place so that those before `half` have values no greater than those from there on (Hoare, "Algorithm 65: Find", 1961). */
export function halve(indexes: Int32Array, half: number, value: (i: number) => number): void {
  let [low, high] = [0, indexes.length - 1];
  while (low < high) {
    const pivot = value(indexes[(low + high) >> 1]!);
    let [i, j] = [low, high];
    while (i <= j) {
      while (value(indexes[i]!) < pivot) i++;
      while (value(indexes[j]!) > pivot) j--;
      if (i <= j) {
        const swapped = indexes[i]!;
        indexes[i++] = indexes[j]!;
        indexes[j--] = swapped;
      }
    }
    if (half <= j) high = j;
    else if (half >= i) low = i;
    else return;
  }
}
