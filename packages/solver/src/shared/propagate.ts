/** Smaller boxes: values of the quantities that no condition allows are left out. */
import type { Model } from './model.js';
import { involvedIn, statusIn, type Condition } from './conditions.js';
import { at, costAt, extentOf, hostsAt, tableCap, valuesOf, type Box } from './formulas.js';

const rounds = 12;

/**
 * Reduces a box and the conditions that it leaves open, which come flat: no `and` among them.
 * @returns undefined: nothing in the box keeps them all
 */
export function propagate(model: Model, box: Box, conditions: readonly Condition[]): { box: Box; conditions: Condition[] } | undefined {
  const { problem, rules, formulas, prices, least, grain } = model;
  const [cost, hosts] = [costAt(problem), hostsAt(problem)];
  const low = [...box.low];
  const high = [...box.high];
  const now: Box = { low, high };
  let open = [...conditions];

  for (let round = 0; round < rounds; round++) {
    const before = [...low, ...high, open.length];
    for (let i = 0; i < cost; i++) {
      if (low[i]! > 0) low[i] = Math.max(low[i]!, least[i]!);
      if (high[i]! < least[i]!) high[i] = 0;
    }
    if (prices.least > 0 && prices.least < Infinity) high[hosts] = Math.min(high[hosts]!, Math.floor((high[cost]! / prices.least) * (1 + 1e-9)));
    for (let i = 0; i < cost; i++) if (rules.most[i] === 1) high[i] = Math.min(high[i]!, high[hosts]!);
    const ordinary = problem.components.reduce((sum, c, i) => sum + (c.everywhere ? 0 : high[i]!), 0);
    high[hosts] = Math.min(high[hosts]!, ordinary);
    for (const { component, strangers, refusable } of rules.everywhere)
      if (strangers.length === 0 && !refusable) {
        low[component] = Math.max(low[component]!, low[hosts]!);
        high[hosts] = Math.min(high[hosts]!, high[component]!);
      }
    if (high[hosts]! < Infinity) high[cost] = Math.min(high[cost]!, high[hosts]! * prices.greatest * (1 + 1e-9));
    if (low.some((l, q) => l > high[q]!)) return undefined;
    const next: Condition[] = [];
    for (const condition of open) {
      const left = reduced(condition);
      if (!left) return undefined;
      for (const c of left) {
        tighten(c);
        next.push(c);
      }
      if (low.some((l, q) => l > high[q]!)) return undefined;
    }
    open = next;
    if ([...low, ...high, open.length].every((v, k) => v === before[k])) break;
  }
  return { box: now, conditions: open };

  /** What is left of a condition; undefined: it does not hold. */
  function reduced(condition: Condition): Condition[] | undefined {
    const status = statusIn(formulas, condition, now);
    if (status === true) return [];
    if (status === false) return undefined;
    if (condition.kind === 'range') return [condition];
    if (condition.kind === 'and') {
      const parts = condition.of.map(reduced);
      return parts.includes(undefined) ? undefined : (parts as Condition[][]).flat();
    }
    const possible = condition.of.filter((c) => statusIn(formulas, c, now) !== false);
    return possible.length === 1 ? reduced(possible[0]!) : [possible.length < condition.of.length ? { kind: 'or', of: possible } : condition];
  }

  function tighten(condition: Condition): void {
    const varying = involvedIn(formulas, condition).filter((q) => low[q] !== high[q]);
    const q = varying[0]!;
    if (varying.length === 1 && q !== cost && high[q]! - low[q]! < tableCap) {
      const possible = valuesOf(now, q).filter((v) => statusIn(formulas, condition, { low: at(now, q, v), high: high.map((h, k) => (k === q ? v : h)) }) !== false);
      low[q] = possible[0] ?? Infinity;
      high[q] = possible.at(-1) ?? -Infinity;
      return;
    }
    if (condition.kind !== 'range') return;
    const sum = formulas.sum(condition.term, now);
    if (!sum) return;
    const slack = 1e-9 * Math.max(1, ...[condition.low, condition.high].filter(Number.isFinite).map(Math.abs));
    const tables = extentOf({ ...sum, weights: [] }, now, formulas.value);
    for (const [k, weight] of sum.weights.entries()) {
      if (weight === 0 || low[k] === high[k]) continue;
      const others = { ...tables };
      for (const [j, w] of sum.weights.entries()) {
        if (w === 0 || j === k) continue;
        others.low += w * (w > 0 ? low[j]! : high[j]!);
        others.high += w * (w > 0 ? high[j]! : low[j]!);
      }
      const ends = [(condition.low - slack - others.high) / weight, (condition.high + slack - others.low) / weight];
      if (ends.some(Number.isNaN)) continue;
      const whole = k !== cost;
      const step = whole ? 1 : grain;
      const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
      low[k] = Math.max(low[k]!, step > 0 && Number.isFinite(least) ? step * Math.ceil(least / step - 1e-6) : least);
      high[k] = Math.min(high[k]!, step > 0 && Number.isFinite(greatest) ? step * Math.floor(greatest / step + 1e-6) : greatest);
    }
  }
}
