/** A problem of shared placement as quantities, conditions and kinds of host. */
import { cardinalities, levels, type Problem, type Term, type Trend } from '@camelc/problem';
import { involvedIn, normalForm, trendOf, type Condition } from './conditions.js';
import { costAt, formulasOf, hostsAt, type Box, type Formulas } from './formulas.js';
import { stockOf } from './kinds.js';
import type { Model } from './model.js';
import { propagate } from './propagate.js';
import { rulesOf, type HostRules } from './rules.js';

export interface Compiled {
  model: Model;
  /** `undefined`: no values of the quantities keep all conditions. */
  start?: { box: Box; conditions: Condition[] };
}

export function compile(problem: Problem): Compiled {
  const rules = rulesOf(problem);
  const formulas = formulasOf(problem);
  const conditions: Condition[] = [
    ...problem.constraints.map(({ condition }) => normalForm(condition)),
    // Every level has to be defined.
    ...levels(problem).map(({ term }): Condition => ({ kind: 'range', term, low: -Infinity, high: Infinity })),
  ];
  const least = problem.components.map((_, i) => cardinalities(problem, i).low);
  const prices = problem.candidates.map((c) => c.price);
  const model = { problem, rules, formulas, prices: { least: Math.min(...prices), greatest: Math.max(0, ...prices) }, grain: grainOf(prices), least } as Model;
  const first = firstBox(problem, rules);
  const reduced = propagate(model, first, conditions);
  const trends: Trends = { first, conditions, goals: levels(problem).map(({ term }) => term), formulas };
  const running = problem.running ? problem.candidates.flatMap((c, k) => (problem.running!.instances.some((list) => list.some((r) => r.candidate === c.id)) ? [k] : [])) : [];
  const box = reduced && usefulBox(model, trends, reduced);
  model.stock = stockOf(problem, rules, { dearer: helps(trends, costAt(problem)), running: new Set(running) }, (box ?? first).high);
  return { model, ...(reduced && { start: { box: box!, conditions: reduced.conditions } }) };
}

/** The ranges of the quantities that the components and candidates alone give. */
function firstBox(problem: Problem, rules: HostRules): Box {
  const { components, candidates } = problem;
  const limit = (list: readonly number[]): number => (list.some((c) => candidates[c]!.limit === undefined) ? Infinity : list.reduce((sum, c) => sum + candidates[c]!.limit!, 0));
  const low = components.map((_, i) => (rules.surely[i] ? cardinalities(problem, i).low : 0));
  const high = components.map((c, i) => {
    const onHosts = limit(c.candidates);
    return Math.min(cardinalities(problem, i).high, rules.most[i] === 1 ? onHosts : onHosts === 0 ? 0 : Infinity);
  });
  low[costAt(problem)] = low[hostsAt(problem)] = 0;
  high[costAt(problem)] = Infinity;
  high[hostsAt(problem)] = limit(candidates.map((_, c) => c));
  return { low, high };
}

/** What more of a quantity may help. */
interface Trends {
  first: Box;
  conditions: readonly Condition[];
  goals: readonly Term[];
  formulas: Formulas;
}

/** Whether some condition may need more of a quantity, or some level of the objective may get better with it; those conditions aside that speak of `aside` alone. */
function helps({ first, conditions, goals, formulas }: Trends, quantity: number, aside?: number): boolean {
  const wants = (trend: Trend | undefined): boolean => trend !== 'down' && trend !== 'constant';
  return (
    goals.some((g) => formulas.involves(g).includes(quantity) && wants(formulas.shape(g, first, quantity)?.trend)) ||
    conditions.some((c) => involvedIn(formulas, c).some((q) => q !== aside) && wants(trendOf(formulas, c, first, quantity)))
  );
}

/**
 * Where more instances of a component help nothing, the least number is enough: an instance that is taken away breaks nothing then. It may take its host
 * with it, and what is everywhere from there: of a component with more instances than that needs, one can go.
 */
function usefulBox({ problem, rules, formulas, least }: Model, trends: Trends, { box, conditions }: { box: Box; conditions: readonly Condition[] }): Box {
  const everywhere = rules.everywhere.map((e) => e.component);
  const strangers = rules.everywhere.flatMap((e) => e.strangers);
  const bound = new Set([...rules.together.flat(), ...everywhere, ...strangers, ...rules.beyond.flatMap((r) => (r.kind === 'coupling' ? r.components : []))]);
  const open = new Set(conditions.flatMap((c) => involvedIn(formulas, c)));
  const high = box.high.map((h, i) => {
    if (i >= problem.components.length || h !== Infinity || bound.has(i) || open.has(i)) return h;
    if ([i, ...everywhere, costAt(problem), hostsAt(problem)].some((q) => helps(trends, q, i))) return h;
    const runs = problem.running?.instances[i]?.reduce((sum, r) => sum + r.number, 0) ?? 0;
    return Math.max(runs, ...[i, ...everywhere].map((j) => Math.max(box.low[j]!, least[j]!)));
  });
  return { low: box.low, high };
}

/** The greatest number that all prices, where they are decimal, are whole multiples of; 0: not known. */
function grainOf(prices: number[]): number {
  for (let digits = 0; digits <= 7; digits++) {
    const factor = 10 ** digits;
    if (!prices.every((p) => Math.abs(p * factor - Math.round(p * factor)) <= 1e-9 * Math.max(1, p * factor))) continue;
    return prices.reduce((common, p) => divisor(common, Math.round(p * factor)), 0) / factor;
  }
  return 0;
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
