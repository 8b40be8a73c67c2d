/**
 * The best choice for one goal under conditions of any kind. Components are decided one after another; partial choices that hand on the same or
 * better values than another one are enough (label setting). What no continuation can make better than the best known choice is dropped: the
 * rest of the components is enclosed in boxes, found backward the same way with so few labels that near ones are made one (relaxed decision
 * diagrams: Bergman, Cire, van Hoeve and Hooker, "Decision Diagrams for Optimization", 2016). Where there are too many labels the most promising
 * go on; the greatest bound of those left behind is a bound of the whole.
 */
import type { Long } from '../pace.js';
import { boxesAround, emptyBox, smallest, type Box } from './boxes.js';
import { cutsOf, keysOf, widthOf, writeKeys, type Cut, type Cuts, type Join, type Roots } from './cuts.js';
import type { Expr } from './expression.js';
import { inOrder, isBefore, writeChoice, type History } from './history.js';
import { Labels, undominated } from './labels.js';
import { sortedBy } from './order.js';
import type { Group } from './program.js';
import { rangeOfAny, reachOf, valuesOf, type Choices } from './reach.js';

export interface Task extends Roots, Choices {
  /** What is maximised; without: the first choice in the order of components and rows. */
  goal?: Expr;
  /** A choice that is known to be right, and its merit. */
  start?: { choice: readonly number[]; merit: number };
  /** A condition that follows where the goal is at least so much, if one is known. */
  impliedBy: (merit: number) => Expr | undefined;
  /** Whether the evaluator admits a choice, and its merit. */
  judge: (choice: readonly number[]) => { admitted: boolean; merit: number };
  over: () => boolean;
}

export interface Answer {
  choice?: readonly number[];
  merit: number;
  /** No choice is better. */
  complete: boolean;
  /** What no choice exceeds. */
  bound: number;
  /** The evaluator does not find the best label as good as it looked: others may have been dropped for it wrongly. */
  refused: boolean;
}

/** Labels that go on from each component, and boxes that enclose the rest, in rounds of growing effort. */
const rounds = [
  { labels: 4, boxes: 2 },
  { labels: 50, boxes: 24 },
  { labels: 2_000, boxes: 200 },
  { labels: 40_000, boxes: 1_000 },
  { labels: 200_000, boxes: 2_000 },
];
/** Labels that boxes are made of for one component. */
const enclosed = 300_000;
/** Programs run for one goal at most. */
const effort = 60_000_000;
/** Labels made of one component before the worst of them are left behind. */
const crowd = 600_000;
/** Best labels that are shown to the evaluator where not all were kept. */
const shown = 20;
/** Programs between two pauses. */
const stretch = 2_000;
/** Merits that differ by less are equal in a search. */
const noise = (merit: number): number => (Number.isFinite(merit) ? 1e-11 * Math.max(1, Math.abs(merit)) : 0);

/** What a pass through the components leaves. */
interface Pass {
  /** Complete choices, best first; absent where the time is up. */
  labels?: Labels;
  history: History;
  /** The greatest bound of what was left behind; absent where nothing was. */
  left?: number;
}

/** Labels to continue by the rows of one more component. */
interface Step {
  join: Join;
  from: Labels;
  cut: Cut;
  /** The side of the cut that the labels are on. */
  side: 'decided' | 'rest';
  /** Boxes around what the other side may hand on. */
  other: Box;
}

/** Finds the best choice. */
export function* labelSetting(task: Task): Long<Answer> {
  return yield* new LabelSetting(task).run();
}

class LabelSetting {
  private readonly answer: Answer;
  private path: Cuts;
  private rows = new Map<Join, Box>();
  private reaches = new Map<Group, Box>();
  private readonly first: readonly number[];
  private programs = 0;

  constructor(private readonly task: Task) {
    const implied = task.goal && task.start ? task.impliedBy(task.start.merit) : undefined;
    this.path = cutsOf(implied ? { ...task, implied: [...task.implied, implied] } : task);
    this.first = task.live.map((rows) => rows[0]!);
    const bound = task.goal ? rangeOfAny(task, task.goal).high : Infinity;
    this.answer = { choice: task.start?.choice, merit: task.start?.merit ?? -Infinity, complete: false, bound, refused: false };
  }

  *run(): Long<Answer> {
    const { task, answer } = this;
    let aimed = answer.merit;
    for (const { labels: most, boxes } of rounds) {
      // What a better choice must reach is known by now.
      const implied = task.goal && answer.choice && answer.merit > aimed ? task.impliedBy(answer.merit) : undefined;
      if (implied) this.aim(implied);
      aimed = answer.merit;
      const rest = yield* this.enclose(boxes);
      if (!rest) break;
      if (rest === 'none') return Object.assign(answer, { complete: true, bound: answer.merit });
      const { labels, history, left } = yield* this.forward(most, rest);
      const complete = labels !== undefined && left === undefined;
      const reached = labels?.bound.subarray(0, labels.count).reduce((a, b) => Math.max(a, b), -Infinity) ?? -Infinity;
      answer.bound = Math.min(answer.bound, Math.max(answer.merit, left ?? -Infinity, reached));
      const top = Math.min(labels?.count ?? 0, complete ? 1 : shown);
      for (let i = 0; i < top; i++) {
        const choice = this.choiceOf(history, i);
        const { admitted, merit } = task.judge(choice);
        if (complete && !(admitted && (!task.goal || merit >= labels!.bound[i]! - 100 * noise(merit)))) answer.refused = true;
        if (admitted && (!answer.choice || (task.goal ? merit > answer.merit : isBefore(choice, answer.choice)))) Object.assign(answer, { choice, merit });
      }
      answer.complete = complete && !answer.refused;
      if (complete) answer.bound = answer.merit;
      if (complete || this.stopped()) break;
    }
    return answer;
  }

  private aim(implied: Expr): void {
    this.path = cutsOf({ ...this.task, implied: [...this.task.implied, implied] });
    this.rows = new Map();
    this.reaches = new Map();
  }

  private stopped = (): boolean => this.programs > effort || this.task.over();

  /** Whether choices up to this bound may be better than the best known one. */
  private mayImprove = (bound: number): boolean => (this.task.goal && this.answer.choice ? bound > this.answer.merit + noise(this.answer.merit) : !Number.isNaN(bound));

  /** Boxes around what the components behind each cut can hand on; `none`: nothing that is better; undefined: the time is up. */
  private *enclose(most: number): Long<Box[] | 'none' | undefined> {
    const { task } = this;
    const { order, cuts, joinsBack } = this.path;
    const boxes: Box[] = [];
    boxes[order.length] = emptyBox;
    for (let k = order.length - 1; k > 0; k--) {
      const cut = cuts[k]!;
      const step: Step = { join: joinsBack[k]!, from: smallest(boxes[k + 1]!), cut, side: 'rest', other: this.reach(cut.decided) };
      const { labels } = yield* this.extend(step, Infinity);
      if (!labels) return undefined;
      if (labels.count === 0) return 'none';
      const next = task.live[order[k - 1]!]!.length;
      boxes[k] = boxesAround(labels, Math.max(1, Math.min(most, Math.floor(enclosed / next))));
    }
    return boxes;
  }

  private *forward(most: number, rest: Box[]): Long<Pass> {
    const { order, cuts, joins } = this.path;
    const history: History = [];
    let labels = new Labels(0, 0, 1);
    labels.count = 1;
    labels.bound[0] = Infinity;
    let left: number | undefined;
    for (const [k, component] of order.entries()) {
      const next = yield* this.extend({ join: joins[k]!, from: labels, cut: cuts[k + 1]!, side: 'decided', other: rest[k + 1]! }, most, history);
      left = greater(left, next.left);
      if (!next.labels)
        return {
          history,
          left: greater(
            left,
            labels.bound.subarray(0, labels.count).reduce((a, b) => Math.max(a, b)),
          ),
        };
      labels = next.labels;
      history.push({ component, before: labels.before, row: labels.row });
    }
    return { labels, history, left };
  }

  /**
   * The labels with one more component, best first, that no other dominates: so many at most, and the greatest bound of those left behind.
   * Without `history` they are on the other way.
   */
  private *extend(step: Step, most: number, history?: History): Long<{ labels?: Labels; left?: number }> {
    const { join, from, cut, side, other } = step;
    const { task } = this;
    const own = cut[side].slots.length;
    const [at, beside] = side === 'decided' ? [0, own] : [cut.decided.slots.length, 0];
    const others = cut[side === 'decided' ? 'rest' : 'decided'];
    const rows = this.rowsOf(join);
    const { program, twin } = cut;

    // What labels are compared by is found at the widest ranges, as what boxes enclose is not all that may follow.
    const around = boxesAround(from, 1);
    twin.load(beside, others.slots.length, this.reach(others));
    join.program.load(0, from.slots, around);
    join.program.put(join.leaves.at, rows);
    join.program.run();
    twin.take(at, join.program, join.slots);
    twin.run();
    const keys = keysOf(cut, at, cut[side].slots);
    const { equal, width } = widthOf(keys);

    let labels = new Labels(own, width);
    let left: number | undefined;
    const sure = new Uint8Array(cut.binding);
    const narrow = history !== undefined && cut.binding > 0;
    const lexicographic = history !== undefined && !task.goal;
    const chosen = [...this.first];
    program.load(beside, others.slots.length, other);
    let label = 0;
    let lastPause = this.programs;

    const descend = (box: Box): void => {
      this.programs++;
      join.program.put(join.leaves.at, box);
      join.program.run();
      if (!join.conditions.every(join.program.mayHold)) return;
      program.take(at, join.program, join.slots);
      program.run();
      if (!cut.conditions.every(program.mayHold)) return;
      const bound = cut.goal === undefined ? 0 : program.high[cut.goal]!;
      if (!this.mayImprove(bound)) return;
      if (box.halves) return box.halves.forEach(descend);
      const row = task.live[join.component]![box.label!]!;
      if (lexicographic) {
        chosen[join.component] = row;
        if (this.answer.choice && !isBefore(chosen, this.answer.choice)) return;
      }
      labels.reserve();
      const i = labels.count++;
      labels.before[i] = label;
      labels.row[i] = row;
      labels.bound[i] = bound;
      for (let s = 0; s < own; s++) {
        labels.low[i * own + s] = program.low[at + s]!;
        labels.high[i * own + s] = program.high[at + s]!;
        labels.open[i * own + s] = program.open[at + s]!;
      }
      const judge = narrow ? twin : program;
      if (narrow) {
        twin.take(at, join.program, join.slots);
        twin.run();
      }
      for (let j = 0; j < cut.binding; j++) sure[j] = Number(judge.holds(cut.conditions[j]!));
      writeKeys(keys, sure, program, at, labels.keys, i * width);
    };

    for (; label < from.count; label++) {
      if (history && !this.mayImprove(from.bound[label]!)) continue;
      if (lexicographic) writeChoice(history, label, chosen);
      join.program.load(0, from.slots, from, label * from.slots);
      descend(rows);
      if (labels.count > crowd) {
        labels.keep(yield* undominated(labels, equal, lexicographic ? yield* inOrder(labels, join.component, history) : undefined));
        if (labels.count > crowd / 2) left = greater(left, yield* keepBest(labels, Math.min(crowd / 2, most), lexicographic));
      }
      if (this.programs - lastPause > stretch) {
        lastPause = this.programs;
        yield;
        if (this.stopped()) return { left };
      }
    }
    labels.keep(yield* undominated(labels, equal, lexicographic ? yield* inOrder(labels, join.component, history) : undefined));
    if (history) {
      yield* this.tighten(labels, cut, other);
      left = greater(left, yield* keepBest(labels, most, lexicographic));
    }
    return { labels, left };
  }

  /** Bounds labels by each of the boxes around what may follow, and drops those that can come to nothing better. */
  private *tighten(labels: Labels, cut: Cut, other: Box): Long<void> {
    if (!other.halves) return;
    const { program, goal, conditions } = cut;
    const own = cut.decided.slots.length;
    const boundIn = (box: Box): number => {
      this.programs++;
      program.load(own, box.low.length, box);
      program.run();
      if (!conditions.every(program.mayHold)) return Number.NaN;
      return goal === undefined ? 0 : program.high[goal]!;
    };
    const greatest = (box: Box, bound: number, known: number): number => {
      if (!(bound > known) && !Number.isNaN(known)) return known;
      if (!box.halves) return bound;
      const halves = box.halves.map((half) => ({ half, bound: boundIn(half) })).filter((h) => this.mayImprove(h.bound));
      halves.sort((a, b) => b.bound - a.bound);
      return halves.reduce((best, h) => greatest(h.half, h.bound, best), known);
    };
    const kept: number[] = [];
    let stopped = false;
    for (let i = 0; i < labels.count; i++) {
      if (!stopped) {
        program.load(0, own, labels, i * own);
        labels.bound[i] = greatest(other, labels.bound[i]!, Number.NaN);
      }
      if (!Number.isNaN(labels.bound[i])) kept.push(i);
      if (i % 256 === 0) {
        yield;
        stopped ||= this.stopped();
      }
    }
    labels.keep(Int32Array.from(kept));
  }

  /** Rows of a join's component, in boxes of the values that it takes from them. */
  private rowsOf(join: Join): Box {
    let rows = this.rows.get(join);
    if (!rows) {
      const live = this.task.live[join.component]!;
      this.rows.set(join, (rows = boxesAround(valuesOf(this.task, join.leaves.exprs, live), live.length)));
    }
    return rows;
  }

  /** Between which values lies what some components hand on, whatever their rows. */
  private reach(group: Group): Box {
    let reach = this.reaches.get(group);
    if (!reach) this.reaches.set(group, (reach = reachOf(this.task, group)));
    return reach;
  }

  private choiceOf(history: History, label: number): number[] {
    const choice = this.task.goal && this.answer.choice ? this.answer.choice.map((r, i) => (this.task.live[i]!.includes(r) ? r : this.first[i]!)) : [...this.first];
    writeChoice(history, label, choice);
    return choice;
  }
}

/** Keeps so many labels: the first, or those of greatest bound, best first. Returns the greatest bound of the others, if there are any. */
function* keepBest(labels: Labels, most: number, first: boolean): Long<number | undefined> {
  let order = Int32Array.from({ length: labels.count }, (_, i) => i);
  if (!first) order = yield* sortedBy(order, (a, b) => labels.bound[b]! - labels.bound[a]! || 0);
  const rest = order.subarray(most);
  const left = rest.reduce<number | undefined>((bound, i) => greater(bound, labels.bound[i]), undefined);
  labels.keep(order.subarray(0, most));
  return left;
}

const greater = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? (a ?? b) : Math.max(a, b));
