/**
 * How many instances of a component on a candidate are worth a row. A maximum may be absent or huge: then monotonicity says from which number on
 * more instances only break constraints, or make nothing better, so that fewer on the same candidate win.
 */
import {
  candidateValue,
  cardinalities,
  compare,
  evaluation,
  placementRules,
  point,
  positions,
  shapeOf,
  totalTerm,
  truthOf,
  type Assignment,
  type Problem,
  type ProblemCondition,
  type Shape,
  type Term,
  type TermAttribute,
  type Trend,
} from '@camelc/problem';
import type { Long } from '../pace.js';
import type { Sorted, SumTerm } from './sort.js';

export interface CardinalityRange {
  low: number;
  high: number;
}

export interface UsefulCardinalities {
  /** By component, then as its candidates. */
  ranges: CardinalityRange[][];
  /** A component whose number of instances nothing bounds. */
  unbounded?: number;
}

/** Up to so many rows a component's table is written out without analysis. */
const plainRows = 20_000;

/** A condition as the number of instances changes. */
interface Reaction {
  condition: ProblemCondition;
  /** `up`: more instances help; `down`: they hurt; `constant`: neither. */
  trend: Trend;
  /** Kept with so many instances, whatever the other components do. */
  surely: (n: number) => boolean;
  /** Kept with so many instances, for some choice of the other components. */
  possibly: (n: number) => boolean;
}

export function* usefulCardinalities(problem: Problem, sorted: Sorted): Long<UsefulCardinalities> {
  const { structure } = sorted;
  const at = positions(problem);
  const ranges = problem.components.map(({ candidates }, i) =>
    candidates.map((c): CardinalityRange => {
      const { low, high } = cardinalities(problem, i);
      return { low, high: Math.min(high, problem.candidates[c]!.limit ?? Infinity) };
    }),
  );
  const limits = ranges.map((list) => list.map(({ high }) => high));
  const large = ranges.flatMap((list, i) => (list.reduce((sum, { low, high }) => sum + high - low + 1, 0) > plainRows ? [i] : []));
  if (large.length === 0) return { ranges };

  // Cost and hosts only grow with a number of instances, and what comes after them decides among equal numbers of hosts.
  const levels = sorted.stages.filter(({ stage }) => stage.kind === 'level');
  const sums = [...sorted.across.map(({ of }) => of), ...levels.flatMap(({ of }) => (of ? [of] : []))];
  const hostCouplings = problem.couplings.filter((c) => c.level === 'host');
  const preferences = placementRules(problem).filter((r) => r.relaxed && !(r.kind === 'coupling' && hostCouplings.some((c) => c.name === r.name)));
  const wholes = [...levels.flatMap(({ stage, of }) => (of ? [] : [stage.term])), ...preferences.map((r) => truthOf(r.condition))];
  const parts = sums.map(({ sum }) => problem.components.map((_, i) => partTerm(sum, i)));
  // A range that gets smaller may let another get smaller; without a change nothing more comes of it.
  for (let round = 0, before = ''; round <= problem.components.length && before !== JSON.stringify(ranges); round++) {
    before = JSON.stringify(ranges);
    const extents: CardinalityRange[][] = [];
    for (const byComponent of parts) {
      extents.push([]);
      for (const [i, term] of byComponent.entries()) {
        extents.at(-1)!.push(extentOf(term, i));
        yield;
      }
    }
    for (const i of large)
      for (const k of ranges[i]!.keys()) {
        ranges[i]![k] = tightened(i, k, extents);
        yield;
      }
    // Where all numbers above one are made that one, equal numbers stay equal.
    const equal = [...problem.components.keys()].filter((i) => hostCouplings.some((c) => c.components.includes(problem.components[i]!.name)));
    const enough = Math.max(...equal.flatMap((i) => ranges[i]!.map(({ low, high }) => (low > high ? 0 : high))));
    for (const i of large.filter((l) => equal.includes(l)))
      ranges[i] = ranges[i]!.map(({ low, high }, k) => (low > high ? { low, high } : { low, high: Math.min(enough, limits[i]![k]!) }));
  }
  const unbounded = ranges.findIndex((list) => list.some(({ high }) => high === Infinity));
  return { ranges, ...(unbounded >= 0 && { unbounded }) };

  function tightened(i: number, k: number, extents: CardinalityRange[][]): CardinalityRange {
    let { low, high } = ranges[i]![k]!;
    const reactions = [...sorted.alone[i]!.map((condition) => alone(condition, i, k)), ...sorted.across.map((_, s) => across(s, i, k, extents[s]!)), ...coupled(i, k)];
    const limit = high;
    for (const { trend, possibly } of reactions) {
      if (trend === 'up') low = firstWhere(low, high, possibly) ?? high + 1;
      if (trend === 'down') high = (firstWhere(low, high, (n) => !possibly(n)) ?? high + 1) - 1;
    }
    if (low > high) return { low: 1, high: 0 };
    const better = [
      ...sums.slice(sorted.across.length).map((_, l) => {
        const s = sorted.across.length + l;
        return composed(shape(parts[s]![i], i, k)?.trend ?? 'mixed', outerTrend(s, extents[s]!));
      }),
      ...wholes.map((term) => whole(term, i, k)?.trend ?? 'mixed'),
    ];
    if (better.some((t) => t === 'up' || t === 'mixed')) return { low, high };
    // Where a condition is as it stays with any more instances, more change nothing about it.
    const settled =
      (condition: ProblemCondition) =>
      (n: number): boolean => {
        const truth = whole(truthOf(condition), i, k, { low: n, high: limit });
        return truth !== undefined && truth.low === truth.high;
      };
    const enough = reactions.map(({ condition, trend, surely }) => {
      if (trend === 'up') return firstWhere(low, high, surely) ?? high;
      return trend === 'mixed' ? (firstWhere(low, high, settled(condition)) ?? high) : low;
    });
    return { low, high: Math.max(low, ...enough) };
  }

  /** The assignment in which component i has n instances on its k-th candidate. */
  function assigned(i: number, k: number, n: number): Assignment[] {
    return structure.base.map((a, j) => (j === i ? { candidate: problem.components[i]!.candidates[k]!, cardinality: n } : a));
  }

  function shape(term: Term | undefined, i: number, k: number): Shape | undefined {
    if (!term) return point(0);
    const { low, high } = ranges[i]![k]!;
    return shapeOf(problem, term, (t): Shape | undefined => {
      if (t.kind !== 'decision' && t.kind !== 'total') return undefined;
      if (!structure.involves(t).includes(i)) return point(structure.constant(t));
      if (t.kind === 'decision' && t.attribute !== 'cardinality')
        return at.get(t.component) === i ? point(candidateValue(problem, problem.components[i]!.candidates[k]!, t.attribute) * t.factor) : undefined;
      // Linear in the number of instances.
      const ends = [low, high].map((n) => (n === Infinity ? t.factor * Infinity : evaluation(problem, assigned(i, k, n)).value(t)));
      return { low: Math.min(...ends), high: Math.max(...ends), trend: t.factor < 0 ? 'down' : 'up', finite: true };
    });
  }

  function alone(condition: Sorted['alone'][number][number], i: number, k: number): Reaction {
    const holds = (n: number): boolean => evaluation(problem, assigned(i, k, n)).holds(condition) === true;
    const trend = condition.kind === 'comparison' ? reacting(condition.operator, shape(condition.term, i, k)?.trend ?? 'mixed') : 'mixed';
    return { condition, trend, surely: holds, possibly: holds };
  }

  function across(s: number, i: number, k: number, extents: CardinalityRange[]): Reaction {
    const { condition, of } = sorted.across[s]!;
    const part = shape(parts[s]![i], i, k)?.trend ?? 'mixed';
    const rising = composed(reacting(condition.operator, 'up'), outerTrend(s, extents));
    const others = (end: 'low' | 'high'): number => extents.reduce((sum, e, j) => (j === i ? sum : sum + e[end]), of.sum.constant);
    const keeps = (n: number, end: 'low' | 'high'): boolean => {
      const own = parts[s]![i] ? evaluation(problem, assigned(i, k, n)).value(parts[s]![i]!) : 0;
      return compare(evaluation(problem, structure.base, new Map([[of.inner, own + others(end)]])).value(of.term), condition.operator, condition.threshold) === true;
    };
    const [worst, best] = rising === 'down' ? (['high', 'low'] as const) : (['low', 'high'] as const);
    return { condition, trend: composed(part, rising), surely: (n) => keeps(n, worst), possibly: (n) => keeps(n, best) };
  }

  /** How the whole term of a sum moves with the sum. */
  function outerTrend(s: number, extents: CardinalityRange[]): Trend {
    const { term, inner, sum } = sums[s]!;
    if (term === inner) return 'up';
    const total = (end: 'low' | 'high'): number => extents.reduce((all, e) => all + e[end], sum.constant);
    return (
      shapeOf(problem, term, (t) =>
        t === inner
          ? { low: total('low'), high: total('high'), trend: 'up', finite: true }
          : (t.kind === 'decision' || t.kind === 'total') && structure.involves(t).length === 0
            ? point(structure.constant(t))
            : undefined,
      )?.trend ?? 'mixed'
    );
  }

  /** Conditions that couple components otherwise than by sums. Those of same-host couplings hold as long as all numbers are cut alike. */
  function coupled(i: number, k: number): Reaction[] {
    return sorted.coupled
      .filter(({ condition, sameHosts }) => !sameHosts && structure.involvesIn(condition).includes(i))
      .map(({ condition }) => {
        const truth = truthOf(condition);
        const at = (n: number): Shape | undefined => whole(truth, i, k, { low: n, high: n });
        return {
          condition,
          trend: whole(truth, i, k)?.trend ?? 'mixed',
          surely: (n) => (at(n)?.low ?? 0) > 0,
          possibly: (n) => (at(n)?.high ?? 1) > 0,
        };
      });
  }

  /** The shape of a term as the number of instances of component i on its k-th candidate changes, whatever the others do. */
  function whole(term: Term, i: number, k: number, own: CardinalityRange = ranges[i]![k]!): Shape | undefined {
    return shapeOf(problem, term, (t): Shape | undefined => {
      if (t.kind === 'total') return whole({ kind: 'operator', operator: '*', operands: [totalTerm(problem, t), { kind: 'number', value: t.factor }] }, i, k, own);
      if (t.kind !== 'decision') return undefined;
      const component = at.get(t.component)!;
      const scaled = ({ low, high }: CardinalityRange, trend: Trend): Shape =>
        t.factor < 0
          ? { low: high * t.factor, high: low * t.factor, trend: trend === 'up' ? 'down' : trend, finite: true }
          : { low: low * t.factor, high: high * t.factor, trend, finite: true };
      if (component !== i) {
        const range = anyValue(component, t.attribute);
        return Number.isNaN(range.low) ? undefined : scaled(range, 'constant');
      }
      if (t.attribute === 'cardinality') return scaled(own, 'up');
      const value = candidateValue(problem, problem.components[i]!.candidates[k]!, t.attribute) * t.factor;
      return Number.isNaN(value) ? undefined : point(value);
    });
  }

  /** Between which values an attribute of a component lies, deployed or not. */
  function anyValue(component: number, attribute: TermAttribute): CardinalityRange {
    const { zero } = cardinalities(problem, component);
    const absent = zero ? [evaluation(problem, structure.base).value({ kind: 'decision', component: problem.components[component]!.name, attribute, factor: 1 })] : [];
    const values =
      attribute === 'cardinality'
        ? ranges[component]!.flatMap(({ low, high }) => (low > high ? [] : [low, high]))
        : problem.components[component]!.candidates.map((c) => candidateValue(problem, c, attribute));
    return { low: Math.min(...values, ...absent), high: Math.max(...values, ...absent) };
  }

  /** Between which values a component's part of a sum lies. */
  function extentOf(term: Term | undefined, i: number): CardinalityRange {
    if (!term) return { low: 0, high: 0 };
    const shapes = ranges[i]!.map(({ low, high }, k) => (low > high ? undefined : (shape(term, i, k) ?? { low: -Infinity, high: Infinity }))).filter((s) => s !== undefined);
    if (cardinalities(problem, i).zero) {
      const none = evaluation(problem, structure.base).value(term);
      shapes.push({ low: none, high: none });
    }
    return { low: Math.min(...shapes.map((s) => s.low)), high: Math.max(...shapes.map((s) => s.high)) };
  }
}

/** A component's part of a sum as one term; undefined where it has none. */
function partTerm(sum: SumTerm['sum'], component: number): Term | undefined {
  return sum.parts
    .filter((p) => p.component === component)
    .map(({ weight, term }): Term => ({ kind: 'operator', operator: '*', operands: [{ kind: 'number', value: weight }, term] }))
    .reduce<Term | undefined>((all, term) => (all ? { kind: 'operator', operator: '+', operands: [all, term] } : term), undefined);
}

/** The trend of f(g(x)) from those of g and f. */
function composed(inner: Trend, outer: Trend): Trend {
  if (inner === 'constant' || outer === 'constant') return 'constant';
  if (inner === 'mixed' || outer === 'mixed') return 'mixed';
  return inner === outer ? 'up' : 'down';
}

/** Whether a comparison is helped (`up`) or hurt by a value of this trend. */
function reacting(operator: string, value: Trend): Trend {
  if (operator === '==' || operator === '<>') return value === 'constant' ? 'constant' : 'mixed';
  return composed(value, operator === '>' || operator === '>=' ? 'up' : 'down');
}

/** The first whole number from `low` to `high` for which something holds that holds from some number on; undefined: none. */
function firstWhere(low: number, high: number, holds: (n: number) => boolean): number | undefined {
  const last = Math.min(high, 2 ** 40);
  let [before, after] = [low - 1, low];
  for (let step = 1; !holds(after); step *= 2) {
    before = after;
    if (after >= last) return undefined;
    after = Math.min(last, after + step);
  }
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
