/**
 * Branch and bound, and branch and price: best bound first, with dives. Nodes are closed only on what `safeBound`, `propagate` and `check` say.
 * Sources: Achterberg, "Constraint integer programming", 2007 (diving); Barnhart et al., "Branch-and-price: column generation for solving huge integer
 * programs", 1998; Vanderbeck, "On Dantzig-Wolfe decomposition in integer programming and ways to perform branching", 2000 (bounds before pricing ends).
 */
import type { Long } from '../pace.js';
import type { SafeBound } from './bound.js';
import { Branching } from './branching.js';
import { Dives } from './dive.js';
import { Master, type Relaxed } from './master.js';
import { integrality, reducedProfit, type Duals, type IntegerOptions, type IntegerResult, type Program, type Taken } from './program.js';
import { propagate } from './propagate.js';
import type { Basis } from './tableau.js';
import { merged, Open, type Change, type Node } from './tree.js';

/** Nodes between two dives of the heuristic. */
const diveEvery = 64;
/** Rounds in which columns are sought briefly: before the first dive, and at each step of a dive. */
const [earlyRounds, diveRounds] = [50, 3];

/** Dives where columns are generated: before the bound of the root, and after; then one in each of the first nodes, and one in some. */
const [atOnce, atRoot] = [10, 40];
const [firstNodes, diveInEvery] = [32, 16];
/** Rounds of cuts at the root at most, and by what share of it one has to lower the bound for another. */
const [cutRounds, worthCutting] = [10, 1e-4];

export class IntegerSearch<T> {
  readonly master: Master<T>;
  nodes = 0;
  stopped = false;
  private best?: Float64Array;
  /** Of the best point, in the scale of the matrix. */
  private value = -Infinity;
  private readonly open = new Open();
  /** The greatest bound among nodes that were left without proof. */
  private left = -Infinity;
  /** Limits of columns that hold for every better point. */
  private low: Float64Array;
  private high: Float64Array;
  private rootProfits?: SafeBound;
  private rootDuals?: Duals<T>;
  private readonly dives?: Dives<T>;
  private readonly branching: Branching<T>;

  constructor(
    program: Program<T>,
    private readonly options: IntegerOptions<T>,
  ) {
    this.master = new Master(program, options.pricing, options.pace);
    this.branching = new Branching(this.master, options);
    const { matrix, whole, baseLow, baseHigh, simplex } = this.master;
    if (options.start) this.offer(options.start);
    const possible = baseLow.every((l, j) => l <= baseHigh[j]!) && (options.pricing !== undefined || propagate(matrix, whole, 10));
    this.low = matrix.low.slice(0, matrix.columns);
    this.high = matrix.high.slice(0, matrix.columns);
    if (options.remainder) this.dives = new Dives(program.rows, (taken) => options.remainder!(taken), options.pace);
    if (possible) this.open.push({ bound: Infinity, depth: 0, basis: simplex.basis() });
  }

  /** No node whose bound is at most this holds a better point. */
  get limit(): number {
    if (!this.best) return -Infinity;
    const { scale, unit } = this.master;
    const gap = (this.options.relativeGap ?? 1e-9) * Math.max(scale, Math.abs(this.value));
    return this.value + Math.max(gap, unit * (1 - 1e-6));
  }

  /** Takes a point if it keeps everything, is better than all before, and is accepted; whatever it comes from. */
  offer(x: ArrayLike<number>): boolean {
    const value = this.master.check(x);
    if (value === undefined || (this.best && value <= this.value)) return false;
    const point = Float64Array.from(x, (v) => v + 0);
    if (this.options.accept && !this.options.accept(Array.from(point), this.master.columns)) return false;
    this.best = point;
    this.value = value;
    this.tightenRoot();
    return true;
  }

  result(): IntegerResult<T> {
    const { scale, unit, columns } = this.master;
    const reached = Math.max(this.left, this.open.bound);
    const whole = unit > 0 ? Math.floor(reached / unit + 1e-6) * unit : reached;
    const complete = !(reached > this.limit);
    const x = this.best && Array.from(columns, (_, j) => this.best![j] ?? 0);
    const value = x ? columns.reduce((sum, c, j) => sum + c.objective * x[j]!, 0) : -Infinity;
    // On the grid of values, what differs by rounding only is the same.
    const bound = x && whole <= this.value + unit * 1e-3 ? value : Math.max(value, whole / scale);
    return { ...(x && { x }), columns, value, bound, complete, nodes: this.nodes };
  }

  /** Searches until it is finished, or stopped, or so many nodes have been visited. */
  *run(until: number): Long<void> {
    while (this.nodes < until) {
      if (this.options.pace.over()) {
        this.stopped = true;
        return;
      }
      let node = this.open.pop();
      if (!node) return;
      this.load(node);
      // Down into one child after the other, as long as they are open; where columns are generated, only as long as none promises more.
      while (node && !(this.dives && node.bound < this.open.bound) && this.nodes < until && !this.stopped) {
        this.nodes++;
        if (this.nodes % 64 === 0) yield;
        node = yield* this.visit(node);
        this.stopped ||= this.options.pace.over();
      }
      if (node) this.open.push(node);
      if (this.stopped) return;
    }
  }

  /** Sets the limits of a node, and the basis that it starts from. */
  private load(node: Node): void {
    const { matrix, simplex } = this.master;
    matrix.low.set(this.low);
    matrix.high.set(this.high);
    this.master.freeQuantities();
    for (let change = node.change; change; change = change.before) this.apply(change);
    simplex.restore(node.basis);
  }

  private apply({ variable, low, high }: Change): void {
    const { matrix } = this.master;
    const [lows, highs, at] = variable < 0 ? [matrix.rowLow, matrix.rowHigh, ~variable] : [matrix.low, matrix.high, variable];
    lows[at] = Math.max(lows[at]!, low);
    highs[at] = Math.min(highs[at]!, high);
  }

  /**
   * Closes the node, or parts it.
   * @returns the child to visit next; its limits are set already
   */
  private *visit(node: Node): Long<Node | undefined> {
    const { matrix, whole, simplex } = this.master;
    if (node.bound <= this.limit) return this.close(node);
    if (!this.options.pricing && !propagate(matrix, whole, node.depth === 0 ? 10 : 2)) return undefined;
    if (this.options.pricing && node.depth === 0) yield* this.diveEarly(node);
    const { status, bound, safe } = yield* this.relax(node.depth === 0);
    this.branching.learn(node, status === 'infeasible' ? this.limit : bound);
    if (status === 'infeasible') return undefined;
    node.bound = Math.min(node.bound, bound);
    if (status === 'stopped') {
      this.stopped = true;
      this.open.push(node);
      return undefined;
    }
    this.extendLimits();
    if (node.bound <= this.limit) return this.close(node);
    if (status === 'unbounded') {
      this.left = Infinity;
      return undefined;
    }
    node.basis = simplex.basis();
    if (status === 'solved') {
      if (node.depth === 0) {
        // The profits belong to these limits.
        this.rootProfits = safe;
        this.rootDuals = this.master.dualsFor(1);
        this.low = matrix.low.slice(0, this.low.length);
        this.high = matrix.high.slice(0, this.high.length);
      }
      yield* this.seek(node);
      if (node.bound <= this.limit) return this.close(node);
      if (!this.options.pricing && safe) this.tighten(safe, matrix.low, matrix.high);
    }
    return this.part(node, status === 'solved');
  }

  /** Solves the relaxation as the limits are. */
  private *relax(withCuts: boolean): Long<Relaxed> {
    const { master, options, limit } = this;
    let relaxed = yield* master.relax(limit);
    if (!withCuts || !options.cuts) return relaxed;
    for (let round = 0; round < cutRounds && relaxed.status === 'solved' && relaxed.bound > limit; round++) {
      const cuts = options.cuts(master.simplex.x, master.columns);
      if (cuts.length === 0) break;
      for (const cut of cuts) master.cut(cut);
      const before = relaxed.bound;
      relaxed = yield* master.relax(limit);
      relaxed.bound = Math.min(relaxed.bound, before);
      if (before - relaxed.bound < worthCutting * Math.abs(before)) break;
    }
    return relaxed;
  }

  private close(node: Node): undefined {
    // What is better by less than the gap is not sought, but it bounds.
    this.left = Math.max(this.left, Math.min(node.bound, this.limit));
  }

  /** Columns that were priced have no limits of nodes yet. */
  private extendLimits(): void {
    const { baseLow, baseHigh } = this.master;
    if (this.low.length === baseLow.length) return;
    this.low = Float64Array.from(baseLow, (l, j) => this.low[j] ?? l);
    this.high = Float64Array.from(baseHigh, (h, j) => this.high[j] ?? h);
    if (this.best) this.best = Float64Array.from(baseLow, (_, j) => this.best![j] ?? 0);
  }

  /** Tries points near x. */
  private *seek(node: Node): Long<void> {
    const { simplex, whole, hasContinuous } = this.master;
    const x = simplex.x;
    const near = x.map((v, j) => (whole[j] === 1 ? Math.round(v) : v));
    const fractional = near.some((v, j) => Math.abs(v - x[j]!) > integrality);
    this.offer(near);
    if (!fractional || hasContinuous) return;
    this.offer(x.map((v) => Math.floor(v + integrality)));
    this.offer(x.map((v) => Math.ceil(v - integrality)));
    if (this.dives) {
      if (node.depth === 0) yield* this.diveBeside(atRoot);
      else if (this.nodes <= firstNodes || this.nodes % diveInEvery === 0) yield* this.diveBeside(1);
      return;
    }
    if (node.depth > 0 && (this.nodes % diveEvery !== 0 || this.nodes > 64 * diveEvery)) return;
    yield* this.diveFrom(node.basis);
  }

  /** Where columns are generated: a good point, and columns, before the many rounds that a bound takes. */
  private *diveEarly(node: Node): Long<void> {
    const { status } = yield* this.master.relax(-Infinity, earlyRounds);
    this.extendLimits();
    if (status !== 'solved') return;
    node.basis = this.master.simplex.basis();
    if (this.dives) yield* this.diveBeside(atOnce);
    if (!this.best) yield* this.diveFrom(node.basis);
  }

  /** Looks for better points beside parts of those that are known. */
  private *diveBeside(times: number): Long<void> {
    for (let k = 0; k < times && !this.stopped; k++) {
      const { columns, scale } = this.master;
      const point = columns.flatMap((column, j): Taken<T>[] => (this.best?.[j] ? [{ column, of: column, number: this.best[j]! }] : []));
      const taken = yield* this.dives!.dive(columns, point, this.best ? this.value / scale : -Infinity, (c) => (this.rootDuals ? reducedProfit(this.rootDuals, c) : 0));
      if (taken) this.take(taken);
      this.stopped ||= this.options.pace.over();
    }
  }

  /** Adds the columns that are new, and takes the point if it is good. */
  private take(taken: readonly Taken<T>[]): void {
    const { columns } = this.master;
    const at = new Map(columns.map((c, j) => [c, j]));
    const numbers = new Map<number, number>();
    for (const { column, of, number } of taken) {
      const known = column.content === of.content ? of : column;
      let j = at.get(known);
      if (j === undefined) {
        at.set(known, (j = columns.length));
        this.master.add([known]);
      }
      numbers.set(j, (numbers.get(j) ?? 0) + number);
    }
    this.extendLimits();
    this.offer(columns.map((_, j) => numbers.get(j) ?? 0));
  }

  /** Dives from x, which belongs to the basis, and comes back. */
  private *diveFrom(basis: Basis): Long<void> {
    const { simplex, matrix } = this.master;
    const { x } = simplex;
    const limits = [matrix.low.slice(), matrix.high.slice(), matrix.rowLow.slice(), matrix.rowHigh.slice()] as const;
    yield* this.dive(x);
    this.extendLimits();
    matrix.low.set(this.master.baseLow);
    matrix.high.set(this.master.baseHigh);
    matrix.low.set(limits[0].subarray(0, x.length));
    matrix.high.set(limits[1].subarray(0, x.length));
    matrix.rowLow.set(limits[2]);
    matrix.rowHigh.set(limits[3]);
    simplex.restore(basis);
    simplex.x = Float64Array.from({ length: matrix.columns }, (_, j) => x[j] ?? 0);
  }

  /** Fixes what is whole and rounds what is nearly so, again and again. */
  private *dive(from: Float64Array): Long<void> {
    const { master } = this;
    const { simplex, matrix } = master;
    for (let x = from, round = 0; round < 200; x = simplex.x, round++) {
      let chosen = -1;
      for (let j = 0; j < x.length; j++) {
        if (!(matrix.low[j]! < matrix.high[j]!)) continue;
        const down = Math.floor(x[j]! + integrality);
        if (down > matrix.low[j]!) matrix.low[j] = down;
        const fraction = x[j]! - down;
        if (fraction > integrality && (chosen < 0 || fraction > x[chosen]! - Math.floor(x[chosen]! + integrality))) chosen = j;
      }
      if (chosen < 0) {
        this.offer(x.map((v) => Math.round(v)));
        return;
      }
      matrix.low[chosen] = Math.floor(x[chosen]!) + 1;
      if (!this.options.pricing && !propagate(matrix, master.whole, 2)) return;
      const { status, bound } = yield* master.relax(this.limit, this.options.pricing ? diveRounds : Infinity);
      if (status === 'stopped') this.stopped = true;
      if (status !== 'solved' || bound <= this.limit) return;
      this.extendLimits();
    }
  }

  /** Limits columns to what their reduced profits allow a better point. */
  private tighten({ bound, reduced, error }: SafeBound, low: Float64Array, high: Float64Array): void {
    const room = bound - this.limit;
    if (!(room < Infinity)) return;
    const { whole } = this.master;
    for (let j = 0; j < reduced.length; j++) {
      const d = Math.abs(reduced[j]!) - error[j]!;
      if (whole[j] === 0 || !(low[j]! < high[j]!) || !(d > 0)) continue;
      const steps = Math.floor(room / d + 1e-9);
      if (steps >= high[j]! - low[j]!) continue;
      if (reduced[j]! > 0) low[j] = high[j]! - steps;
      else high[j] = low[j]! + steps;
    }
  }

  private tightenRoot(): void {
    if (this.rootProfits && !this.options.pricing) this.tighten(this.rootProfits, this.low, this.high);
  }

  /** Parts a node whose relaxation does not close it; what cannot be parted is left without proof. */
  private part(node: Node, solved: boolean): Node | undefined {
    const split = this.branching.split(solved);
    if (!split) {
      const { low, high } = this.master.matrix;
      const single = !this.options.pricing && low.subarray(0, this.master.columns.length).every((l, j) => l === high[j]);
      // A single point: it was offered, and refused or taken.
      if (single) this.offer(low.slice(0, this.master.columns.length));
      else this.left = Math.max(this.left, node.bound);
      return undefined;
    }
    const { variable, at } = split;
    const [low, high] = this.master.range(variable);
    const before = merged(node.change, node.depth);
    const child = (from: number, to: number): Node => ({
      bound: node.bound,
      depth: node.depth + 1,
      change: { variable, low: from, high: to, before },
      basis: node.basis,
      ...(variable >= 0 && at !== Math.round(at) && { branched: { column: variable, up: from > at, distance: from > at ? from - at : at - to } }),
    });
    const below = Math.ceil(at) - 1;
    const above = Math.floor(at) + 1;
    const children = [...(below >= low ? [child(low, below)] : []), ...(Number.isInteger(at) ? [child(at, at)] : []), ...(above <= high ? [child(above, high)] : [])];
    // First the child that holds the whole point, or the next larger one.
    const first = children.length === 3 || (Number.isInteger(at) && below >= low) ? 1 : Number.isInteger(at) ? 0 : children.length - 1;
    const next = children[first]!;
    children.forEach((c) => c !== next && this.open.push(c));
    this.apply(next.change!);
    return next;
  }
}
