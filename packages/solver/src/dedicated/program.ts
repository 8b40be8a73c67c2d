/**
 * The expressions of a search, cut where some components are decided: what the decided ones hand on to the others is the value of the greatest
 * sub-terms that involve no other, and of the parts of sums, products, least, greatest, and, or that do (nonserial dynamic programming: Bertelè and
 * Brioschi, "Nonserial Dynamic Programming", 1972).
 */
import { isAssociative, type Expr } from './expression.js';
import { unsafe, type Registers, type Rule } from './interval.js';
import { takesUndefined } from './interval-logic.js';
import { ruleOf } from './interval-rules.js';

/** A value that a set of components hands on: of an expression, or of those arguments of an associative one that involve no other component. */
export interface Slot {
  key: string;
  expr: Expr;
  partial: boolean;
}

/** Where the components of an expression lie. */
type Side = 'none' | 'inside' | 'outside' | 'across';

function sideOf({ components }: Expr, inside: ReadonlySet<number>): Side {
  if (components.length === 0) return 'none';
  const count = components.reduce((n, c) => n + Number(inside.has(c)), 0);
  return count === 0 ? 'outside' : count === components.length ? 'inside' : 'across';
}

const wholeKey = (e: Expr): string => `w${e.id}`;
const partKey = (e: Expr): string => `p${e.id}`;

/** Arguments that lie inside, where there are several: they are brought together in one slot. */
function partOf(e: Expr, inside: ReadonlySet<number>): Expr[] {
  if (!isAssociative(e)) return [];
  const own = e.args.filter((a) => sideOf(a, inside) === 'inside');
  return own.length > 1 ? own : [];
}

/** What a set of components hands on. `lasting`: roots whose value is wanted however early it is known. */
export function slotsOf(roots: readonly Expr[], inside: ReadonlySet<number>, lasting?: Expr): Slot[] {
  const slots = new Map<string, Slot>();
  const seen = new Set<Expr>();
  const add = (slot: Slot): void => void slots.set(slot.key, slot);
  const whole = (e: Expr): void => add({ key: wholeKey(e), expr: e, partial: false });
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    const part = partOf(e, inside);
    if (part.length > 0) add({ key: partKey(e), expr: e, partial: true });
    for (const a of e.args) {
      const side = sideOf(a, inside);
      if (side === 'across') visit(a);
      else if (side === 'inside' && part.length === 0) whole(a);
    }
  };
  for (const root of roots) {
    const side = sideOf(root, inside);
    if (side === 'across') visit(root);
    else if (side === 'inside' && root === lasting) whole(root);
  }
  return [...slots.values()];
}

interface Instruction {
  rule: Rule;
  args: number[];
  out: number;
  expr: Expr;
  slack: Slack;
}

/** What the order of a sum or product may move its value by: at most, and for each unit of its size. */
export interface Slack {
  absolute: number;
  relative: number;
}
export type SlackOf = (e: Expr) => Slack;
export const noSlack: Slack = { absolute: 0, relative: 0 };

/** Expressions to compute from inputs, over intervals. */
export class Program implements Registers {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly open: Uint8Array;
  /** 1: may be undefined though all arguments are defined. */
  private readonly own: Uint8Array;

  constructor(
    private readonly instructions: readonly Instruction[],
    readonly size: number,
    numbers: readonly (readonly [number, number])[],
  ) {
    this.low = new Float64Array(size);
    this.high = new Float64Array(size);
    this.open = new Uint8Array(size);
    this.own = new Uint8Array(size);
    for (const [at, value] of numbers) {
      this.low[at] = this.high[at] = value;
      this.open[at] = Number(Number.isNaN(value));
    }
  }

  /** Sets registers from `first` on to values that lie elsewhere from `at` on. */
  load(first: number, count: number, from: Registers, at = 0): void {
    for (let i = 0; i < count; i++) {
      this.low[first + i] = from.low[at + i]!;
      this.high[first + i] = from.high[at + i]!;
      this.open[first + i] = from.open[at + i]!;
    }
  }

  /** Sets registers from `first` on to those of another program. */
  take(first: number, from: Registers, registers: readonly number[]): void {
    for (let i = 0; i < registers.length; i++) {
      const at = registers[i]!;
      this.low[first + i] = from.low[at]!;
      this.high[first + i] = from.high[at]!;
      this.open[first + i] = from.open[at]!;
    }
  }

  /** Sets registers one by one. */
  put(registers: readonly number[], from: Registers): void {
    for (let i = 0; i < registers.length; i++) {
      const at = registers[i]!;
      this.low[at] = from.low[i]!;
      this.high[at] = from.high[i]!;
      this.open[at] = from.open[i]!;
    }
  }

  /** Whether a condition may hold. */
  mayHold = (at: number): boolean => !(Number.isNaN(this.low[at]) || (this.low[at] === 0 && this.high[at] === 0));

  /** Whether a condition surely holds. */
  holds = (at: number): boolean => this.open[at] === 0 && (this.low[at]! > 0 || this.high[at]! < 0);

  run(): void {
    const { low, high, open, own } = this;
    for (const { rule, args, out, expr, slack } of this.instructions) {
      let undefinedSurely = false;
      let undefinedMaybe = 0;
      if (takesUndefined(expr.op)) {
        undefinedSurely = expr.op === 'if' && Number.isNaN(low[args[0]!]);
        undefinedMaybe = expr.op === 'if' ? open[args[0]!]! : 0;
      } else
        for (const a of args) {
          undefinedMaybe |= open[a]!;
          if (low[a] !== low[a]) undefinedSurely = true;
        }
      if (undefinedSurely) {
        low[out] = high[out] = Number.NaN;
        open[out] = 1;
        own[out] = 0;
        continue;
      }
      own[out] = Number(rule.range(this, args, out, expr));
      open[out] = own[out]! | undefinedMaybe;
      if (slack !== noSlack) {
        low[out]! -= slack.absolute + slack.relative * Math.min(Number.MAX_VALUE, Math.abs(low[out]!));
        high[out]! += slack.absolute + slack.relative * Math.min(Number.MAX_VALUE, Math.abs(high[out]!));
      }
    }
  }

  /** How each output moves with one input, at the ranges of the last run. */
  trends(input: number, trends: Uint8Array): void {
    trends.fill(0);
    trends[input] = this.open[input] === 1 ? unsafe : 1;
    for (const { rule, args, out, expr } of this.instructions) {
      let bits = 0;
      for (const a of args) bits |= trends[a]!;
      if (bits === 0) continue;
      if (takesUndefined(expr.op)) trends[out] = rule.trend!(this, args, trends, expr);
      else if (this.own[out] === 1) trends[out] = unsafe;
      else trends[out] = (rule.trend?.(this, args, trends, expr) ?? 3) | (bits & 4);
      if (trends[out]! & 4) trends[out] = unsafe;
      else if (this.low[out] === this.high[out]) trends[out] = 0;
    }
  }
}

/** What a set of components hands on to a program. */
export interface Group {
  inside: ReadonlySet<number>;
  slots: readonly Slot[];
}

/** Expressions whose values are set from outside, and their registers. */
export interface Leaves {
  exprs: Expr[];
  at: number[];
}

/** Builds a program whose first inputs are the slots of the groups, in their order. */
export class ProgramBuilder {
  readonly leaves: Leaves = { exprs: [], at: [] };
  private readonly instructions: Instruction[] = [];
  private readonly numbers: [number, number][] = [];
  private readonly known = new Map<Expr, number>();
  private readonly inputs = new Map<string, number>();
  private size = 0;

  /**
   * @param isLeaf whether an expression of one component is set from outside
   */
  constructor(
    private readonly groups: readonly Group[],
    private readonly isLeaf: (e: Expr) => boolean,
    private readonly slackOf: SlackOf,
  ) {
    groups.forEach(({ slots }, g) => {
      for (const { key, partial } of slots) this.inputs.set(partial ? `${g} ${key}` : key, this.size++);
    });
  }

  /** The register of an expression's value. */
  value(e: Expr): number {
    let register = this.known.get(e) ?? this.inputs.get(wholeKey(e));
    if (register === undefined) {
      if (e.op === 'number') this.numbers.push([(register = this.size++), e.value!]);
      else if (e.components.length === 1 && this.isLeaf(e)) {
        this.leaves.exprs.push(e);
        this.leaves.at.push((register = this.size++));
      } else register = this.combined(e, () => true, true);
      this.known.set(e, register);
    }
    return register;
  }

  /** The register of what a set of components hands on. */
  slot({ expr, partial }: Slot, inside: ReadonlySet<number>): number {
    return partial ? this.combined(expr, (a) => sideOf(a, inside) === 'inside', false) : this.value(expr);
  }

  private combined(e: Expr, wanted: (a: Expr) => boolean, complete: boolean): number {
    const args: number[] = [];
    const weights: number[] = [];
    const done = new Set<Expr>();
    this.groups.forEach(({ inside }, g) => {
      const part = partOf(e, inside);
      const input = part.length > 0 ? this.inputs.get(`${g} ${partKey(e)}`) : undefined;
      if (input === undefined) return;
      args.push(input);
      weights.push(1);
      for (const a of part) done.add(a);
    });
    e.args.forEach((a, i) => {
      if (done.has(a) || !wanted(a)) return;
      args.push(this.value(a));
      weights.push(e.weights?.[i] ?? 1);
    });
    if (args.length === 1 && !complete && weights[0] === 1) return args[0]!;
    const out = this.size++;
    this.instructions.push({ rule: ruleOf(e), args, out, expr: e.op === 'sum' ? { ...e, weights } : e, slack: complete ? this.slackOf(e) : noSlack });
    return out;
  }

  build(): Program {
    return new Program(this.instructions, this.size, this.numbers);
  }
}
