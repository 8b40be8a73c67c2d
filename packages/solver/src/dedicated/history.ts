/** What labels have chosen, and their order. */
import type { Long } from '../pace.js';
import type { Labels } from './labels.js';
import { sortedBy } from './order.js';

/** For each component that is decided, in the order of decision: the label that each label continues, and its row. */
export type History = { component: number; before: Int32Array; row: Int32Array }[];

/** Writes the rows that a label of the last component has chosen. */
export function writeChoice(history: History, label: number, to: number[]): void {
  for (const { component, before, row } of history.toReversed()) {
    to[component] = row[label]!;
    label = before[label]!;
  }
}

/** Whether a choice comes before another in the order of components and rows. */
export function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, row] of a.entries()) if (row !== b[i]) return row < b[i]!;
  return false;
}

/** Labels of one more component by the order of components and rows. */
export function* inOrder(labels: Labels, component: number, history: History): Long<Int32Array<ArrayBuffer>> {
  const components = [...history.map((h) => h.component), component].sort((a, b) => a - b);
  const width = components.length;
  const rows = new Int32Array(labels.count * width);
  const choice: number[] = [];
  for (let i = 0; i < labels.count; i++) {
    writeChoice(history, labels.before[i]!, choice);
    choice[component] = labels.row[i]!;
    for (const [k, c] of components.entries()) rows[i * width + k] = choice[c]!;
    if (i % 4096 === 0) yield;
  }
  const indexes = Int32Array.from({ length: labels.count }, (_, i) => i);
  return yield* sortedBy(indexes, (a, b) => {
    for (let k = 0; k < width; k++) {
      const difference = rows[a * width + k]! - rows[b * width + k]!;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
