/** Rows that no best choice needs, whatever the other components do. */
import { boxesAround } from './boxes.js';
import { cutBetween, keysOf, rootsOf, widthOf, writeKeys } from './cuts.js';
import { union } from '@camelc/problem';
import type { Task } from './label-setting.js';
import { Labels, undominated } from './labels.js';
import { slotsOf, type Group } from './program.js';
import { rangeOfAny, reachOf, valuesOf } from './reach.js';
import type { Long } from '../pace.js';

/**
 * Drops conditions that hold anyway, rows that break a condition or stay below a merit whatever the other components do, and those that another
 * row of the component dominates in the values that the goal and the conditions use of it, in the direction in which they use them.
 * @returns undefined where a component has no rows left
 */
export function* presolved(asked: Task): Long<Task | undefined> {
  const task = { ...asked, conditions: asked.conditions.filter((e) => !surelyHolds(rangeOfAny(asked, e))) };
  const live = [...task.live];
  const roots = rootsOf(task);
  const components = union(roots.map((e) => e.components));
  for (const [i, rows] of live.entries()) if (!components.includes(i)) live[i] = rows.slice(0, 1);
  for (const c of components) {
    const own = [...task.conditions, ...task.implied].filter((e) => e.components.length === 1 && e.components[0] === c).map((e) => task.column(e));
    live[c] = live[c]!.filter((r) => own.every((values) => values[r] !== 0 && !Number.isNaN(values[r])));
    if (live[c]!.length === 0) return undefined;
  }
  for (const c of components) {
    const rest = new Set(components.filter((other) => other !== c));
    const group = (inside: Set<number>): Group => ({ inside, slots: slotsOf(roots, inside, task.goal) });
    const cut = cutBetween(task, group(new Set([c])), group(rest));
    const { program, twin } = cut;
    const own = cut.decided.slots.length;
    const values = valuesOf(
      task,
      cut.decided.slots.map((s) => s.expr),
      live[c]!,
    );
    const reach = reachOf({ ...task, live }, cut.rest);
    twin.load(0, own, boxesAround(values, 1));
    twin.load(own, cut.rest.slots.length, reach);
    twin.run();
    const keys = keysOf(cut, 0, cut.decided.slots);
    const { equal, width } = widthOf(keys);
    const labels = new Labels(0, width);
    const sure = new Uint8Array(cut.binding);
    program.load(own, cut.rest.slots.length, reach);
    const possible: number[] = [];
    for (let i = 0; i < values.count; i++) {
      if (i % 1024 === 0) yield;
      program.load(0, own, values, i * own);
      program.run();
      if (!cut.conditions.every(program.mayHold)) continue;
      const bound = cut.goal === undefined ? 0 : program.high[cut.goal]!;
      if (Number.isNaN(bound) || (task.goal && task.start && bound < task.start.merit)) continue;
      labels.reserve();
      for (let j = 0; j < cut.binding; j++) sure[j] = Number(program.holds(cut.conditions[j]!));
      writeKeys(keys, sure, program, 0, labels.keys, labels.count++ * width);
      possible.push(live[c]![i]!);
    }
    const inOrder = task.goal ? undefined : Int32Array.from(possible, (_, i) => i);
    const kept = yield* undominated(labels, equal, inOrder);
    if (kept.length === 0) return undefined;
    live[c] = kept.map((i) => possible[i]!).sort();
  }
  return { ...task, live };
}

const surelyHolds = ({ low, high, open }: ReturnType<typeof rangeOfAny>): boolean => !open && (low > 0 || high < 0);
