/** Between which values expressions lie, over the rows that components may choose. */
import type { Box } from './boxes.js';
import { handing } from './cuts.js';
import type { Expr } from './expression.js';
import type { Registers } from './interval.js';
import { Labels } from './labels.js';
import { slotsOf, type Group, type SlackOf } from './program.js';

/** What components may choose. */
export interface Choices {
  /** By component: indexes of the rows to choose from, ascending. */
  live: readonly Int32Array[];
  /** The values of an expression of one component, by row. */
  column: (e: Expr) => Float64Array;
}

/** Values of expressions of one component in some rows, as labels. */
export function valuesOf({ column }: Pick<Choices, 'column'>, exprs: readonly Expr[], rows: Int32Array): Labels {
  const labels = new Labels(exprs.length, 0, Math.max(1, rows.length));
  labels.count = rows.length;
  exprs.forEach((e, s) => {
    const values = column(e);
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]!]!;
      labels.low[i * labels.slots + s] = labels.high[i * labels.slots + s] = value;
      labels.open[i * labels.slots + s] = Number(Number.isNaN(value));
    }
  });
  return labels;
}

/** Between which values lies what a group of components hands on. */
export function reachOf(task: Choices & { slackOf: SlackOf }, group: Group): Box {
  const { program, leaves, slots } = handing(task, group);
  leaves.exprs.forEach((e, i) => program.load(leaves.at[i]!, 1, rangeOf(task, e)));
  program.run();
  return {
    low: Float64Array.from(slots, (at) => program.low[at]!),
    high: Float64Array.from(slots, (at) => program.high[at]!),
    open: Uint8Array.from(slots, (at) => program.open[at]!),
  };
}

const ranges = new WeakMap<Int32Array, Map<Expr, Registers>>();

/** Between which values an expression of one component lies. */
export function rangeOf({ column, live }: Choices, e: Expr): Registers {
  const rows = live[e.components[0]!]!;
  let known = ranges.get(rows);
  if (!known) ranges.set(rows, (known = new Map()));
  let range = known.get(e);
  if (!range) {
    const values = column(e);
    let [low, high, open] = [Number.NaN, Number.NaN, 0];
    for (const r of rows) {
      const value = values[r]!;
      if (Number.isNaN(value)) open = 1;
      else {
        if (!(low <= value)) low = value;
        if (!(high >= value)) high = value;
      }
    }
    known.set(e, (range = { low: Float64Array.of(low), high: Float64Array.of(high), open: Uint8Array.of(open) }));
  }
  return range;
}

/** Between which values an expression lies. */
export function rangeOfAny(choices: Choices & { slackOf: SlackOf }, e: Expr): { low: number; high: number; open: boolean } {
  const inside = new Set(e.components);
  const { low, high, open } = reachOf(choices, { inside, slots: slotsOf([e], inside, e) });
  return { low: low[0]!, high: high[0]!, open: open[0] === 1 };
}
