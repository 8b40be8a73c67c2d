/** The order in which components are decided, and the programs that go from one to the next. */
import { union } from '@camelc/problem';
import type { Expr } from './expression.js';
import type { Registers } from './interval.js';
import { truthTrend } from './interval-logic.js';
import { ProgramBuilder, slotsOf, type Group, type Leaves, type Program, type Slot, type SlackOf } from './program.js';

/** From what the decided components hand on, and what the rest does, to the conditions and the goal that hang on both. */
export interface Cut {
  decided: Group;
  rest: Group;
  program: Program;
  /** The same once more, for other ranges. */
  twin: Program;
  conditions: number[];
  /** How many of them, from the first on, count for comparing: the others follow from them. */
  binding: number;
  goal?: number;
}

/** From what some components hand on to what they hand on with one more. */
export interface Join {
  component: number;
  program: Program;
  /** Values of the component's row. */
  leaves: Leaves;
  /** Registers of the slots. */
  slots: number[];
  /** Conditions that hang on no other component. */
  conditions: number[];
}

export interface Cuts {
  order: readonly number[];
  /** Before the first, between any two, and behind the last component. */
  cuts: Cut[];
  /** From each cut to the next. */
  joins: Join[];
  /** From each cut to the one before, for the rest. */
  joinsBack: Join[];
}

export interface Roots {
  conditions: readonly Expr[];
  /** Conditions that follow from the others, or from what is sought: they shorten the search. */
  implied: readonly Expr[];
  goal?: Expr;
  slackOf: SlackOf;
}

/** Cuts along an order in which few values are handed on. */
export function cutsOf(roots: Roots): Cuts {
  const order = orderOf(roots);
  const all = rootsOf(roots);
  const groups = (sets: Set<number>[]): Group[] => sets.map((inside) => ({ inside, slots: slotsOf(all, inside, roots.goal) }));
  const decided = groups(Array.from({ length: order.length + 1 }, (_, k) => new Set(order.slice(0, k))));
  const rest = groups(Array.from({ length: order.length + 1 }, (_, k) => new Set(order.slice(k))));
  return {
    order,
    cuts: decided.map((d, k) => cutBetween(roots, d, rest[k]!)),
    joins: order.map((c, k) => joinOf(roots, decided[k]!, decided[k + 1]!, c)),
    joinsBack: order.map((c, k) => joinOf(roots, rest[k + 1]!, rest[k]!, c)),
  };
}

export const rootsOf = ({ conditions, implied, goal }: Roots): Expr[] => [...(goal ? [goal] : []), ...conditions, ...implied];

export function cutBetween({ conditions, implied, goal, slackOf }: Roots, decided: Group, rest: Group): Cut {
  const builder = new ProgramBuilder([decided, rest], () => false, slackOf);
  const isAcross = ({ components }: Expr): boolean => components.some((c) => decided.inside.has(c)) && components.some((c) => rest.inside.has(c));
  const across = conditions.filter(isAcross);
  const registers = [...across, ...implied.filter(isAcross)].map((e) => builder.value(e));
  const goalRegister = goal && builder.value(goal);
  return {
    decided,
    rest,
    program: builder.build(),
    twin: builder.build(),
    conditions: registers,
    binding: across.length,
    ...(goalRegister !== undefined && { goal: goalRegister }),
  };
}

function joinOf({ conditions, implied, slackOf }: Roots, from: Group, to: Group, component: number): Join {
  const builder = new ProgramBuilder([from], () => true, slackOf);
  const complete = [...conditions, ...implied].filter(({ components }) => components.includes(component) && components.every((c) => to.inside.has(c)));
  const registers = complete.map((e) => builder.value(e));
  const slots = to.slots.map((s) => builder.slot(s, to.inside));
  return { component, program: builder.build(), leaves: builder.leaves, slots, conditions: registers };
}

/** What some components hand on, from the values of their rows. */
export function handing({ slackOf }: Pick<Roots, 'slackOf'>, { inside, slots }: Group): Pick<Join, 'program' | 'leaves' | 'slots'> {
  const builder = new ProgramBuilder([], () => true, slackOf);
  const registers = slots.map((s) => builder.slot(s, inside));
  return { program: builder.build(), leaves: builder.leaves, slots: registers };
}

/** Greedy: next comes the component with which the decided ones hand on the fewest values. */
function orderOf(roots: Roots): number[] {
  const all = rootsOf(roots);
  const left = new Set(union(all.map((e) => e.components)));
  const order: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let fewest = Infinity;
    for (const c of left) {
      const count = slotsOf(all, new Set([...order, c]), roots.goal).length;
      if (count < fewest) [best, fewest] = [c, count];
    }
    order.push(best);
    left.delete(best);
  }
  return order;
}

/** What labels of a cut are compared by. */
export interface Key {
  slot: number;
  /** `equal`: only an equal value is as good. */
  wanted: 'great' | 'small' | 'equal';
  /** Conditions of the cut, by position, that it counts for. */
  conditions: number[];
  /** It counts for the goal. */
  goal: boolean;
}

/** The keys of the slots of one side, those that must be equal first, at the ranges of the last run of the cut's twin program. */
export function keysOf({ twin: program, conditions, binding, goal }: Cut, first: number, slots: readonly Slot[]): Key[] {
  const trends = new Uint8Array(program.size);
  const keys = slots.flatMap((_, slot): Key[] => {
    program.trends(first + slot, trends);
    const truths = conditions.slice(0, binding).map((at) => truthTrend(program, at, trends));
    const goalTrend = goal === undefined ? 0 : trends[goal]!;
    const trend = truths.reduce((a, b) => a | b, goalTrend);
    if (trend === 0) return [];
    return [{ slot, wanted: trend === 1 ? 'great' : trend === 2 ? 'small' : 'equal', conditions: truths.flatMap((t, j) => (t === 0 ? [] : [j])), goal: goalTrend !== 0 }];
  });
  return [...keys.filter((k) => k.wanted === 'equal'), ...keys.filter((k) => k.wanted !== 'equal')];
}

/** How many numbers keys take: those that must be equal have both bounds, and whether they may be undefined. */
export const widthOf = (keys: readonly Key[]): { equal: number; width: number } => {
  const count = keys.filter((k) => k.wanted === 'equal').length;
  return { equal: 3 * count, width: 3 * count + keys.length - count };
};

/** The greatest number there is stands for what does not matter any more. */
const irrelevant = Number.MAX_VALUE;

/** Writes a label's keys. `sure`: conditions of the cut that hold whatever follows. */
export function writeKeys(keys: readonly Key[], sure: Uint8Array, { low, high, open }: Registers, first: number, to: Float64Array, at: number): void {
  for (const { slot, wanted, conditions, goal } of keys) {
    const relevant = goal || conditions.some((j) => sure[j] === 0);
    const [least, most] = [low[first + slot]!, high[first + slot]!];
    if (wanted === 'great') to[at++] = relevant ? most : Infinity;
    else if (wanted === 'small') to[at++] = relevant ? -least : Infinity;
    else {
      to[at++] = relevant ? least : irrelevant;
      to[at++] = relevant ? most : irrelevant;
      to[at++] = relevant ? open[first + slot]! : irrelevant;
    }
  }
}
