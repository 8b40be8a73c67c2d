/** The answer to a constraint problem of shared placement. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { asGood, assessShared, assignmentOf, hasRoom, stagesOf, tolerance, type Hosts, type Problem, type Term } from '@camelc/problem';
import type { Milp } from '../milp/milp.js';
import type { Pace } from '../pace.js';
import { quantitiesOf } from './branching.js';
import { compile } from './compile.js';
import type { Condition } from './conditions.js';
import { cutsOf } from './cuts.js';
import type { Box } from './formulas.js';
import { endless, enumerateKinds, type HostKind } from './kinds.js';
import type { Floors, Goal, Model } from './model.js';
import { masterOf } from './master.js';
import { firstInOrder, usable } from './in-order.js';
import { compareHosts, firstHosts } from './order.js';
import { pricingOf } from './pricing.js';
import { absentWith } from './rules.js';
import { search, type Outcome, type Source } from './search.js';

export interface SharedAnswer {
  /** Absent: there are none, if `proven`. */
  hosts?: Hosts[];
  merits?: number[];
  /** Every stage was searched to its end. */
  proven: boolean;
  /** What no solution's first merit exceeds. */
  bound: number;
  diagnostics: Diagnostic[];
}

const lessCost: Term = { kind: 'total', attribute: 'cost', factor: -1 };

/** Kinds of host that are listed; beyond, they are found as they are needed. */
const kindCap = 20_000;

/**
 * Finds the best hosts of a problem.
 * @param any whether any admissible ones will do
 */
export async function solveShared(problem: Problem, milp: () => Promise<Milp>, pace: Pace, any = false): Promise<SharedAnswer> {
  const { model, start } = compile(problem);
  if (!start) return { proven: true, bound: -Infinity, diagnostics: [] };
  const free = endless(model.stock);
  if (free >= 0) return { proven: false, bound: Infinity, diagnostics: [unbounded(problem, free)] };
  const source = sourceOf(model, pace);
  const conditions = [...start.conditions];
  let box: Box = start.box;
  const floors: Floors = {};
  const best: number[] = [];
  const stages = stagesOf(problem);
  let hosts: readonly Hosts[] | undefined;
  let proven = true;
  let bound = Infinity;

  /** Merits of admissible hosts that are as good as the best in all stages so far. */
  const merits = (of: readonly Hosts[]): number[] | undefined => {
    const assessed = assessShared(problem, of);
    return assessed.breaches.length === 0 && best.every((b, k) => asGood(assessed.merits[k]!, b)) ? assessed.merits : undefined;
  };
  const optimise = (goal: Goal, judge: (of: readonly Hosts[]) => number | undefined): Promise<Outcome> =>
    search({ model, source, box, conditions, goal, floors, judge, milp, pace, any, ...(hosts && { start: hosts }) });

  if (source.pricing) {
    const alone = aloneEach(model);
    if (assessShared(problem, alone).breaches.length === 0) hosts = alone;
  }
  if (any && !hosts) {
    // What is cheap keeps a budget.
    const found = await optimise({ kind: 'term', term: lessCost }, (of) => merits(of) && 0);
    if (found.unbounded !== undefined) return { proven: false, bound: Infinity, diagnostics: [unbounded(problem, found.unbounded)] };
    if (!found.hosts) return { proven: found.complete, bound: found.complete ? -Infinity : Infinity, diagnostics: [] };
    hosts = found.hosts;
  }
  if (any) return { hosts: [...hosts!], merits: assessShared(problem, hosts!).merits, proven: true, bound: Infinity, diagnostics: [] };
  for (const [k, { kind, term }] of stages.entries()) {
    const found = await optimise(kind === 'kept' || kind === 'changes' ? { kind } : { kind: 'term', term }, (of) => merits(of)?.[k]);
    if (found.unbounded !== undefined) return { proven: false, bound: Infinity, diagnostics: [unbounded(problem, found.unbounded)] };
    proven &&= found.complete;
    if (k === 0) bound = found.bound;
    if (!found.hosts) return { proven, bound, diagnostics: [] };
    hosts = found.hosts;
    const { merit } = found;
    best.push(merit);
    if (kind === 'kept') floors.kept = merit;
    else if (kind === 'changes') floors.changes = -merit;
    else conditions.push(asGoodAs(term, merit, found.complete));
    // The stages that follow would only order what is not the best.
    if (!proven && source.pricing) break;
  }

  // What is not proven need not be the same twice.
  if (!proven) return { hosts: [...hosts!], merits: assessShared(problem, hosts!).merits, proven, bound, diagnostics: [] };
  const count = (of: readonly Hosts[], i: number): number => assignmentOf(problem, of)[i]!.cardinality;
  for (const i of problem.components.keys()) {
    const fewest: Term = { kind: 'operator', operator: 'neg', operands: [{ kind: 'decision', component: problem.components[i]!.name, attribute: 'cardinality', factor: 1 }] };
    const right = (of: readonly Hosts[]): boolean => merits(of) !== undefined && box.low.every((l, j) => j >= i || count(of, j) === l);
    if (count(hosts!, i) > box.low[i]!) {
      const found = await optimise({ kind: 'term', term: fewest }, (of) => (right(of) ? -count(of, i) : undefined));
      proven &&= found.complete || source.pricing !== undefined;
      hosts = found.hosts ?? hosts;
    }
    const n = count(hosts!, i);
    box = { low: box.low.map((l, j) => (j === i ? n : l)), high: box.high.map((h, j) => (j === i ? n : h)) };
  }
  const cheap: Goal = { kind: 'term', term: lessCost };
  const inOrder = [...source.kinds].sort(compareHosts);
  const left = await usable(inOrder, masterOf(model, box, conditions, cheap, floors), hosts!, (c) => problem.candidates[c]!.price, pace);
  const tried = firstInOrder(left, hosts!, rightNumbers);
  if (tried) return { hosts: tried, merits: assessShared(problem, tried).merits, proven, bound, diagnostics: [] };
  const first = await firstHosts(left.kinds, hosts!, withMost);
  proven &&= first.complete || source.pricing !== undefined;
  return { hosts: first.hosts, merits: assessShared(problem, first.hosts).merits, proven, bound, diagnostics: [] };

  /** As good as the best, with the least numbers of instances. */
  function rightNumbers(of: readonly Hosts[]): boolean {
    return merits(of) !== undefined && problem.components.every((_, i) => count(of, i) === box.low[i]);
  }

  function withMost(goal: Goal & { kind: 'use' }, numbers: ReadonlyMap<HostKind, number>): Promise<Outcome> {
    const keys = new Set([...goal.kinds].map((k) => keyOf(k.candidate, k.instances)));
    const judge = (of: readonly Hosts[]): number | undefined =>
      rightNumbers(of) ? of.reduce((sum, h) => sum + (keys.has(keyOf(h.candidate, h.instances)) ? h.number : 0), 0) : undefined;
    // Of the kinds that are known by now.
    return search({ model, source: { kinds: [...left.kinds] }, box, conditions, goal, floors: { ...floors, numbers }, judge, milp, pace });
  }
}

const keyOf = (candidate: number, instances: readonly number[]): string => `${candidate}:${instances.join()}`;

function sourceOf(model: Model, pace: Pace): Source {
  const { problem, rules, stock, grain } = model;
  const kinds = enumerateKinds(stock, kindCap);
  if (kinds) return { kinds };
  const alone = aloneEach(model).flatMap(({ candidate, instances }): HostKind[] => {
    const absent = absentWith(rules, instances);
    return absent ? [{ candidate, price: problem.candidates[candidate]!.price, instances, absent }] : [];
  });
  return {
    kinds: alone,
    pricing: (master, box, known) => pricingOf(stock, master, box, grain, known, pace.over),
    cuts: (box, x, columns) => cutsOf(problem, box, x, columns),
    quantities: (x, columns) => quantitiesOf(problem, x, columns),
  };
}

/** The least number of instances of each component, each on the cheapest host that it can have alone. */
function aloneEach({ problem, rules, stock, least }: Model): Hosts[] {
  return problem.components.flatMap(({ name }, i): Hosts[] => {
    const offer = rules.surely[i]
      ? stock.offers.find((o) => problem.components[i]!.candidates.includes(o.candidate) && hasRoom(problem, o.candidate, unit(problem, name)))
      : undefined;
    return offer ? [{ candidate: offer.candidate, number: least[i]!, instances: unit(problem, name) }] : [];
  });
}

const unit = ({ components }: Problem, name: string): number[] => components.map((c) => Number(c.name === name));

/** A term that is as good as its best value; better than that it never is, where that is proven. */
function asGoodAs(term: Term, best: number, proven: boolean): Condition {
  const slack = Number.isFinite(best) ? tolerance(best) : 0;
  return { kind: 'range', term, low: best - slack, high: proven ? best + slack : Infinity };
}

function unbounded(problem: Problem, i: number): Diagnostic {
  const component = problem.components[i]!;
  return diagnose('solver/unbounded', { component: component.name, scale: component.scale !== undefined }, component.scale?.place ?? component.place);
}
