/**
 * Branch and bound over boxes of the quantities. What is linear in a box is an integer program over kinds of host, solved exactly; for all other
 * formulas the box gets smaller, until they are linear in it or decided: spatial branch and bound with interval bounds, as in Horst and Tuy,
 * "Global Optimization" (1996).
 */
import type { Hosts } from '@camelc/problem';
import { solveInteger } from '../linear/integer.js';
import type { Column, Cut, Pricing, Quantity } from '../linear/program.js';
import type { Milp } from '../milp/milp.js';
import type { Pace } from '../pace.js';
import { involvedIn, statusIn, type Condition } from './conditions.js';
import { allHosts } from './enumerate.js';
import { costAt, hostsAt, type Box } from './formulas.js';
import type { HostKind } from './kinds.js';
import { masterOf, startOf, type Content, type Master } from './master.js';
import type { Floors, Goal, Model } from './model.js';
import { propagate } from './propagate.js';
import { remainderOf } from './remainder.js';

/** Where the kinds of host come from: a list of all, or some and a way to find others. */
export interface Source {
  /** Those known, all if there is no `pricing`. */
  kinds: HostKind[];
  pricing?: (master: Master, box: Box, known?: readonly Hosts[]) => Pricing<Content>;
  cuts?: (box: Box, x: ArrayLike<number>, columns: readonly Column<Content>[]) => Cut<Content>[];
  quantities?: (x: readonly number[], columns: readonly Column<Content>[]) => Iterable<Quantity<Content>>;
}

export interface Task {
  model: Model;
  source: Source;
  box: Box;
  conditions: readonly Condition[];
  goal: Goal;
  floors: Floors;
  /** The hosts' worth by the goal; undefined: they are not admissible, or worse than the best in an earlier stage. */
  judge: (hosts: readonly Hosts[]) => number | undefined;
  /** Admissible hosts that are known. */
  start?: readonly Hosts[];
  milp: () => Promise<Milp>;
  pace: Pace;
  /** The search ends with the first admissible hosts. */
  any?: boolean;
}

export interface Outcome {
  hosts?: readonly Hosts[];
  merit: number;
  /** What no admissible hosts exceed. */
  bound: number;
  complete: boolean;
  /** A component whose cardinality nothing bounds, though the goal gets better with it. */
  unbounded?: number;
}

interface Node {
  box: Box;
  conditions: readonly Condition[];
  bound: number;
}

/** Of the share by which equal merits may differ, what is not worth a search. */
const negligible = 0.5e-9;
/** A cardinality that gets so great without an end in sight has none. */
const many = 100_000;
/** Nodes after which what has no limit and no bound is looked at before all else: it only ends where the limit is shown to be missing. */
const fair = 1000;
/** Nodes after which boxes do not seem to tell much. */
const stubborn = 200;
/** Nodes after which a program is hard: its points are refused again and again, or costs differ by less than it can tell. */
const hard = 1000;
/** Sets of hosts that are compared one by one. */
const comparable = 50_000;
/** Nodes of a program in which some cardinality has no limit: where the first few do not close it, its parts that have limits are searched. */
const glance = 30;
/** Nodes of a program whose columns are generated: where they do not close it, what is left is the gap. */
const patience = 400;

export async function search(task: Task): Promise<Outcome> {
  const { model, source, goal, floors, judge, milp, pace, any } = task;
  const { problem, formulas, grain } = model;
  const [cost, hostsQ] = [costAt(problem), hostsAt(problem)];
  let best = task.start;
  let merit = best ? (judge(best) ?? -Infinity) : -Infinity;
  /** Of parts that were given up. */
  let left = -Infinity;
  let complete = true;
  const nodes: Node[] = [{ box: task.box, conditions: task.conditions, bound: Infinity }];
  const hopeless = (bound: number): boolean =>
    best !== undefined && (any || bound <= merit || (Number.isFinite(merit) && bound - merit <= negligible * Math.max(1, Math.abs(merit))));

  let visited = 0;
  /** Sets of hosts to compare one by one, where boxes and programs do not get on. */
  let compared: Hosts[][] | undefined;
  const isLimitless = ({ box, bound }: Node): boolean => bound === Infinity && problem.components.some((c, i) => !c.everywhere && box.high[i] === Infinity);
  const next = (): Node | undefined => (++visited > fair ? takeBest(nodes, isLimitless) : undefined) ?? takeBest(nodes);

  for (let node = next(); node; node = next()) {
    if (hopeless(node.bound)) continue;
    if (pace.over()) {
      complete = false;
      left = Math.max(left, node.bound, ...nodes.map((n) => n.bound));
      break;
    }
    await pace.breathe();
    if (visited === stubborn) compared = few();
    const unbounded = compared ? undefined : await explore(node);
    if (compared) {
      complete = await compareAll(compared);
      return { ...(best && { hosts: best }), merit, bound: complete ? merit : Math.max(merit, node.bound, ...nodes.map((n) => n.bound)), complete };
    }
    if (unbounded !== undefined) return { merit: -Infinity, bound: Infinity, complete: false, unbounded };
  }
  return { ...(best && { hosts: best }), merit, bound: Math.max(merit, left), complete };

  /** All sets of hosts, where they are few. */
  function few(): Hosts[][] | undefined {
    return source.pricing || goal.kind === 'use' ? undefined : allHosts(problem, source.kinds, task.box, comparable);
  }

  /** False where there is no time for all. */
  async function compareAll(sets: readonly Hosts[][]): Promise<boolean> {
    for (const [k, hosts] of sets.entries()) {
      if (k % 100 === 0) await pace.breathe();
      if (pace.over()) return false;
      consider(hosts);
    }
    return true;
  }

  /** Solves a node, or adds its parts to the list; a component that is unbounded, if that shows. */
  async function explore({ box: whole, conditions, bound }: Node): Promise<number | undefined> {
    // No worse than the best that is known.
    const cutoff: Condition | undefined = best && goal.kind === 'term' ? { kind: 'range', term: goal.term, low: merit, high: Infinity } : undefined;
    const reduced = propagate(model, whole, [...conditions, ...(cutoff ? [cutoff] : [])]);
    if (!reduced) return;
    const open = reduced.conditions.filter((c) => c !== cutoff);
    let { box } = reduced;
    bound = Math.min(bound, boundIn(box));
    if (hopeless(bound)) return;
    const limitless = problem.components.flatMap((c, i) => (!c.everywhere && box.high[i] === Infinity ? [i] : []));
    const endless = limitless.find((i) => box.low[i]! > many);
    if (endless !== undefined) return endless;

    const master = masterOf(model, box, open, goal, floors, limitless.length > 0 ? cutoff : undefined);
    const exact = master.through !== undefined && master.open.length === 0 && limitless.length === 0;
    const solved = await solve(master, box, exact, limitless.length > 0 ? glance : Infinity);
    if (!solved.hosts && solved.complete) return;
    const reached = consider(solved.hosts);
    if (master.through) bound = Math.min(bound, boundThrough(master, solved.bound));
    else if (master.objective.cost === -1 && Number.isFinite(solved.bound)) {
      box = { low: box.low.map((l, q) => (q === cost ? Math.max(l, roundUp(-solved.bound)) : l)), high: box.high };
      bound = Math.min(bound, boundIn(box));
    } else if (Number.isFinite(solved.bound)) {
      box = { low: box.low, high: box.high.map((h, q) => (q === cost ? Math.min(h, -roundUp(-solved.bound)) : h)) };
      bound = Math.min(bound, boundIn(box));
    }
    if (exact) {
      if (!solved.complete) giveUp(bound);
      return;
    }
    if (hopeless(bound) || (reached !== undefined && reached >= bound)) return;

    if (limitless.length > 0) return void add(limited(limitless, { box, conditions: open, bound }));
    const parts = split(master, box, open, solved.hosts);
    if (parts.length > 0) return void add(parts.map((part) => ({ ...part, bound })));
    // Nothing is left to divide: every solution is as good as another, if the evaluator admits it.
    const last = await solve(master, box, true);
    consider(last.hosts);
    if (!last.complete) giveUp(bound);
    return;
  }

  /** Adds nodes; of those that nothing else tells apart the first is searched first. */
  function add(parts: Node[]): void {
    nodes.push(...[...parts].reverse());
  }

  /** The part of a node in which no cardinality is great, and those in which one is. */
  function limited(components: readonly number[], { box, conditions, bound }: Node): Node[] {
    const great = (i: number): number => 4 * Math.max(2, box.low[i]!);
    const within = (of: readonly number[]): number[] => box.high.map((h, q) => (of.includes(q) ? great(q) : h));
    return [
      { box: { low: box.low, high: within(components) }, conditions, bound },
      ...components.map((i, k) => ({ box: { low: box.low.map((l, q) => (q === i ? great(i) + 1 : l)), high: within(components.slice(0, k)) }, conditions, bound })),
    ];
  }

  function giveUp(bound: number): void {
    complete = false;
    left = Math.max(left, bound);
  }

  /** What the goal cannot exceed in a box, by intervals. */
  function boundIn(box: Box): number {
    return goal.kind === 'term' ? (formulas.shape(goal.term, box)?.high ?? Infinity) : Infinity;
  }

  function boundThrough({ through, constant }: Master, bound: number): number {
    const total = constant + bound;
    if (!through?.at || !Number.isFinite(total)) return total;
    return through.at(through.rises ? total : -total);
  }

  function roundUp(value: number): number {
    return grain > 0 ? grain * Math.ceil(value / grain - 1e-6) : value - 1e-9 * Math.max(1, Math.abs(value));
  }

  async function solve(master: Master, box: Box, checked: boolean, most = Infinity): Promise<{ hosts?: Hosts[]; bound: number; complete: boolean }> {
    const columns = [...master.helpers, ...source.kinds.filter(master.allows).map(master.columnOf)];
    const hostsIn = (x: readonly number[], of: readonly Column<Content>[]): Hosts[] =>
      of.flatMap(({ content }, j) => (content && x[j]! > 0 ? [{ candidate: content.candidate, number: x[j]!, instances: [...content.instances] }] : []));
    const start = master.helpers.length === 0 && best ? startOf(columns, best) : undefined;
    const solvedWithin = (nodes: number): ReturnType<typeof solveInteger<Content>> =>
      solveInteger<Content>(
        { rows: master.rows, columns },
        {
          milp,
          pace,
          ...(checked && { accept: (x, of) => judge(hostsIn(x, of)) !== undefined }),
          ...(start && { start }),
          ...(source.pricing && { pricing: source.pricing(master, box, best), remainder: remainderOf(model, master, box, pace.over) }),
          nodes,
          ...(source.cuts && { cuts: (x, of) => source.cuts!(box, x, of) }),
          ...(source.quantities && { quantities: source.quantities }),
          ...(any && { relativeGap: Infinity }),
        },
      );
    let result = await solvedWithin(source.pricing ? Math.min(patience, most) : Math.min(hard, most));
    if (!source.pricing && most > hard && !result.complete && !pace.over()) {
      compared = few();
      if (!compared) result = await solvedWithin(most);
    }
    for (const { content } of result.columns.slice(columns.length)) if (content) source.kinds.push(content);
    return { ...(result.x && { hosts: hostsIn(result.x, result.columns) }), bound: result.bound, complete: result.complete };
  }

  /** Keeps hosts that are better than all before; their merit if they are admissible. */
  function consider(hosts: readonly Hosts[] | undefined): number | undefined {
    const reached = hosts && judge(hosts);
    if (reached !== undefined && (!best || reached > merit)) [best, merit] = [hosts, reached];
    return reached;
  }

  /** The parts of a node, as boxes and conditions. */
  function split({ open, through }: Master, box: Box, conditions: readonly Condition[], hosts: readonly Hosts[] | undefined): Pick<Node, 'box' | 'conditions'>[] {
    const values = quantitiesOf(hosts ?? []);
    const point: Box = { low: values, high: values };
    const broken = open.filter((c) => statusIn(formulas, c, point) !== true);
    const worst = broken.length > 0 ? broken : open;
    const either = worst.find((c) => c.kind === 'or');
    if (either && either.kind === 'or') return either.of.map((c) => ({ box, conditions: [...conditions.filter((o) => o !== either), c] }));
    const inGoal = goal.kind === 'term' && !through ? formulas.involves(goal.term) : [];
    const quantities = [...new Set([...(broken.length > 0 ? [] : inGoal), ...worst.flatMap((c) => involvedIn(formulas, c)), ...inGoal])].filter(divisible);
    if (quantities.length === 0) return [];
    const ranked = quantities.map((q) => ({
      q,
      bound: Math.max(...halves(q, middle(q)).map((h) => boundIn(h.box))),
      width: (box.high[q]! - box.low[q]!) / (1 + Math.abs(box.low[q]!)),
    }));
    const chosen = ranked.reduce((a, b) => (b.bound < a.bound || (b.bound === a.bound && b.width > a.width) ? b : a));
    return halves(chosen.q, middle(chosen.q));

    function divisible(q: number): boolean {
      const width = box.high[q]! - box.low[q]!;
      return q === cost ? width > Math.max(grain * 0.5, 1e-9 * Math.max(1, Math.abs(box.low[q]!))) : width > 0;
    }

    function middle(q: number): number {
      const [low, high] = [box.low[q]!, box.high[q]!];
      return q === cost ? low + (high - low) / 2 : Math.floor(low + (high - low) / 2);
    }

    function halves(q: number, at: number): Pick<Node, 'box' | 'conditions'>[] {
      const step = q === cost ? grain : 1;
      // Multiples of the step are always reckoned alike, so that equal ones are the same number.
      const count = Math.floor(at / step + 1e-6);
      const [below, above] = step > 0 ? [step * count, step * (count + 1)] : [at, at];
      return [
        { box: { low: box.low, high: box.high.map((h, k) => (k === q ? below : h)) }, conditions },
        { box: { low: box.low.map((l, k) => (k === q ? above : l)), high: box.high }, conditions },
      ];
    }
  }

  function quantitiesOf(hosts: readonly Hosts[]): number[] {
    const values = problem.components.map((_, i) => hosts.reduce((sum, h) => sum + h.number * h.instances[i]!, 0));
    values[cost] = hosts.reduce((sum, h) => sum + h.number * problem.candidates[h.candidate]!.price, 0);
    values[hostsQ] = hosts.reduce((sum, h) => sum + h.number, 0);
    return values;
  }
}

/** Takes the node of the highest bound, of equal ones the last added: depth first where bounds do not tell. */
function takeBest(nodes: Node[], among: (node: Node) => boolean = () => true): Node | undefined {
  let first = -1;
  nodes.forEach((n, k) => {
    if (!among(n)) return;
    if (first < 0 || n.bound >= nodes[first]!.bound) first = k;
  });
  return first < 0 ? undefined : nodes.splice(first, 1)[0];
}
