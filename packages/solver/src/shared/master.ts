/** The integer program over kinds of host for a box of the quantities: what of the problem is linear there, exactly. */
import type { Hosts } from '@camelc/problem';
import type { Column, Row } from '../linear/program.js';
import { holdsAt, involvedIn, type Condition, type Range } from './conditions.js';
import { at, costAt, extentOf, hostsAt, tableCap, valuesOf, type Box, type Sum, type Through } from './formulas.js';
import { keyOf, type HostKind } from './kinds.js';
import { limitsOf, stepOf } from './limits.js';
import type { Floors, Goal, Model } from './model.js';
import { addRules } from './rule-rows.js';
import { coefficientOf, fixed, Rows, type Linear, type Part } from './rows.js';

/** A content of a column: a kind of host, or nothing for a variable that only helps. */
export type Content = HostKind | null;

export interface Master {
  rows: Row[];
  /** By row. */
  parts: Part[];
  objective: Part;
  /** The objective's constant: the goal, or the sum that it follows, is this + Σ objective·x. */
  constant: number;
  helpers: Column<Content>[];
  /** How the goal follows from the objective; absent: the objective only helps, see search.ts. */
  through?: Through;
  /** Conditions that the rows do not say. */
  open: Condition[];
  columnOf(kind: HostKind): Column<Content>;
  /** Whether a kind of host may be used at all. */
  allows(kind: HostKind): boolean;
}

/**
 * Builds the program of a box. Where cardinalities have no limit there, rows that would need one are left out.
 * @param cutoff said by a row where it can be, and no part of what is open
 */
export function masterOf(model: Model, box: Box, conditions: readonly Condition[], goal: Goal, floors: Floors, cutoff?: Condition): Master {
  const { problem, formulas, least, grain } = model;
  const n = problem.components.length;
  const to = new Rows();
  const open: Condition[] = [];
  const unit = (i: number): number[] => problem.components.map((_, j) => Number(j === i));

  // ── Quantities by their values ──────────────────────────────────────────────────────────

  const filters: { quantity: number; condition: Condition }[] = [];
  const ranges: { range: Range; through: Through }[] = [];
  for (const condition of cutoff ? [...conditions, cutoff] : conditions) {
    const quantities = involvedIn(formulas, condition).filter((q) => box.low[q] !== box.high[q]);
    const through = condition.kind === 'range' ? formulas.through(condition.term, box) : undefined;
    if (through && condition.kind === 'range' && through.sum.tables.length === 0) ranges.push({ range: condition, through });
    else if (quantities.length === 1 && quantities[0] !== costAt(problem) && box.high[quantities[0]!]! - box.low[quantities[0]!]! < tableCap)
      filters.push({ quantity: quantities[0]!, condition });
    else if (through && condition.kind === 'range') ranges.push({ range: condition, through });
    else if (condition !== cutoff) open.push(condition);
  }

  const through = goal.kind === 'term' ? formulas.through(goal.term, box) : undefined;
  const tabled = new Set([
    ...filters.map((f) => f.quantity),
    ...[...ranges.map((r) => r.through), ...(through ? [through] : [])].flatMap((t) => t.sum.tables.map((x) => x.quantity)),
  ]);
  /** By quantity: the values that it may have, and for each a helper that is 1 where it has it. */
  const tables = new Map<number, { values: number[]; chosen: Linear[] }>();
  for (const q of tabled) {
    const sums = [...ranges.map((r) => r.through.sum), ...(through ? [through.sum] : [])];
    const values = valuesOf(box, q).filter(
      (v) =>
        (q >= n || v === 0 || v >= least[q]!) &&
        filters.every((f) => f.quantity !== q || holdsAt(formulas, f.condition, at(box, q, v))) &&
        sums.every((s) => s.tables.every((t) => t.quantity !== q || Number.isFinite(formulas.value(t.term, at(box, q, v))))),
    );
    const chosen = values.map(() => to.helper());
    tables.set(q, { values, chosen });
    to.add(1, 1, {}, ...chosen.map((c): [number, Linear] => [1, c]));
    to.add(0, 0, q < n ? { weights: unit(q) } : { each: 1 }, ...chosen.map((c, k): [number, Linear] => [-values[k]!, c]));
  }

  const indicators = new Map<number, Linear>();
  /** 1 where a component is deployed, else 0. */
  function deployed(i: number): Linear {
    if (box.high[i] === 0) return fixed(0);
    if (box.low[i]! > 0) return fixed(1);
    let known = indicators.get(i);
    if (known) return known;
    indicators.set(i, (known = to.helper()));
    const table = tables.get(i);
    if (table) {
      to.add(0, 0, {}, [-1, known], ...table.chosen.flatMap((c, k): [number, Linear][] => (table.values[k] === 0 ? [] : [[1, c]])));
      return known;
    }
    const most = box.high[i]!;
    to.add(0, Infinity, { weights: unit(i) }, [-least[i]!, known]);
    if (most < Infinity) to.add(-Infinity, 0, { weights: unit(i) }, [-most, known]);
    return known;
  }

  for (let i = 0; i < n; i++) {
    to.add(box.low[i]!, box.high[i]!, { weights: unit(i) });
    if (box.low[i] === 0 && least[i]! > 1 && box.high[i]! > 0) deployed(i);
  }
  const [cost, hosts] = [costAt(problem), hostsAt(problem)];
  if (box.low[cost]! > 0 || box.high[cost]! < Infinity) to.add(box.low[cost]!, box.high[cost]!, { cost: 1 });
  if (box.low[hosts]! > 0 || box.high[hosts]! < Infinity) to.add(box.low[hosts]!, box.high[hosts]!, { each: 1 });

  const { kept, staying, runs } = addRules(model, box, goal, floors, to, deployed);

  // ── Formulas ────────────────────────────────────────────────────────────────────────────

  /** A sum as a part and helpers; its constant apart. */
  function linearOf(sum: Sum): { part: Part; linear: [number, Linear][] } {
    const linear = sum.tables.flatMap(({ quantity, weight, term }) => {
      const { values, chosen } = tables.get(quantity)!;
      return chosen.map((c, k): [number, Linear] => [weight * formulas.value(term, at(box, quantity, values[k]!)), c]);
    });
    return { part: { weights: sum.weights.slice(0, n), cost: sum.weights[cost]!, each: sum.weights[hosts]! }, linear };
  }

  for (const { range, through: t } of ranges) {
    const limits = limitsOf(range, t, extentOf(t.sum, box, formulas.value));
    const step = t.sum.tables.length > 0 ? 0 : stepOf(t.sum, cost, grain);
    const { part, linear } = linearOf(t.sum);
    const low = limits.low - t.sum.constant;
    const high = limits.high - t.sum.constant;
    // A strict limit of a sum that only has multiples of a step is one of the next multiple.
    const strictly = (limit: number, sign: 1 | -1): number => (step > 0 ? sign * step * (Math.floor((sign * limit) / step + 1e-9) + 1) : limit);
    const isStrict = range.open && !t.at;
    to.add(isStrict && low > -Infinity ? strictly(low, 1) : low, isStrict && high < Infinity ? strictly(high, -1) : high, part, ...linear);
  }

  let objective: Part = { cost: -1 };
  let constant = 0;
  const reward = (linear: [number, Linear][]): void => {
    for (const [factor, l] of linear) {
      constant += factor * l.constant;
      for (const [h, c] of l.of) to.helpers[h]!.objective += factor * c;
    }
  };
  if (goal.kind === 'kept') {
    objective = {};
    reward(kept.map((k) => [1, k]));
  } else if (goal.kind === 'use') {
    objective = { each: 1, when: (k) => goal.kinds.has(k) };
  } else if (goal.kind === 'changes') {
    objective = { weights: problem.components.map(() => -1) };
    constant = -runs;
    reward(staying.map((s) => [2, s]));
  } else if (through) {
    const sign = through.rises ? 1 : -1;
    const { part, linear } = linearOf(through.sum);
    objective = { weights: part.weights!.map((w) => sign * w), cost: sign * part.cost!, each: sign * part.each! };
    constant = sign * through.sum.constant;
    reward(linear.map(([f, l]) => [sign * f, l]));
  } else if (goal.kind === 'term' && formulas.shape(goal.term, box, cost)?.trend === 'up') objective = { cost: 1 };

  function allows({ instances, absent, candidate }: HostKind): boolean {
    return instances.every((c, i) => c <= box.high[i]!) && absent.every((i) => box.low[i] === 0) && problem.candidates[candidate]!.limit !== 0;
  }

  function columnOf(kind: HostKind): Column<Content> {
    const indexes: number[] = [];
    const coefficients: number[] = [];
    let high = Math.min(problem.candidates[kind.candidate]!.limit ?? Infinity, box.high[hosts]!);
    kind.instances.forEach((c, i) => c > 0 && (high = Math.min(high, Math.floor(box.high[i]! / c))));
    to.parts.forEach((part, r) => {
      const c = coefficientOf(part, kind);
      if (c !== 0) {
        indexes.push(r);
        coefficients.push(c);
      }
    });
    const number = floors.numbers?.get(kind);
    return { objective: coefficientOf(objective, kind), low: number ?? 0, high: number ?? high, rows: indexes, coefficients, content: kind };
  }

  return {
    rows: to.rows,
    parts: to.parts,
    objective,
    constant,
    helpers: to.helpers.map((h) => ({ ...h, content: null })),
    ...((through || goal.kind !== 'term') && { through: through ?? { sum: { constant: 0, weights: [], tables: [] }, rises: true } }),
    open,
    columnOf,
    allows,
  };
}

/** The numbers of known hosts by column; undefined where some have none. */
export function startOf(columns: readonly Column<Content>[], hosts: readonly Hosts[]): number[] | undefined {
  const numbers = new Map(hosts.map((h) => [keyOf(h), h.number]));
  const x = columns.map(({ content }) => (content && numbers.get(keyOf(content))) || 0);
  return x.filter((n) => n > 0).length === numbers.size ? x : undefined;
}
