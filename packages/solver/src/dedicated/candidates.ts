/** Candidates that cannot be part of the answer, whatever the numbers of instances, because another one is better in all that the model uses of them. */
import { cardinalities, placementRules, stagesOf, structureOf, tolerance, type Problem } from '@camelc/problem';
import type { Long } from '../pace.js';
import { Attributes, columnsOf } from './columns.js';
import { impliedConditions } from './conditions.js';
import { Expressions, type Expr } from './expression.js';
import { conjuncts, flattening } from './flatten.js';
import { Labels, undominated } from './labels.js';
import { noSlack, ProgramBuilder, type Program } from './program.js';
import { truthTrend } from './interval-logic.js';
import { ruleOf } from './interval-rules.js';

/** Lists up to this length are left as they are. */
const short = 16;
/** Stands for a missing maximum: no row has as many instances. */
const many = 1e12;

/** What the model uses of a component's candidate, and how. */
interface Feature {
  expr: Expr;
  wanted: 'great' | 'small' | 'equal';
  values: Float64Array;
}

/** The problem with only those candidates of each component that no other one dominates; exact, ties included. */
export function* withoutDominated(problem: Problem): Long<Problem> {
  if (problem.components.every((c) => c.candidates.length <= short)) return problem;
  const expressions = new Expressions(problem, structureOf(problem));
  const flat = flattening(expressions, false);
  const conditions = [...problem.constraints, ...placementRules(problem).filter((r) => !r.relaxed), ...impliedConditions(problem).map((condition) => ({ condition }))].flatMap(
    ({ condition }) => conjuncts(flat(expressions.condition(condition))),
  );
  const goals = stagesOf(problem).map(({ term }) => flat(expressions.of(term)));

  // Numbers of instances, and what the model makes of a candidate alone, are what varies.
  const scales = new Map<Expr, boolean>();
  const usesNumber = (e: Expr): boolean => {
    let result = scales.get(e);
    if (result === undefined) scales.set(e, (result = e.attribute === 'cardinality' || e.args.some(usesNumber)));
    return result;
  };
  const builder = new ProgramBuilder(
    [],
    (e) => e.op === 'attribute' || !(usesNumber(e) || follows(e)),
    () => noSlack,
  );
  const conditionsAt = conditions.map((e) => builder.value(e));
  const goalsAt = goals.map((e) => builder.value(e));
  const program = builder.build();
  const attributes = new Attributes(problem);
  const lists = listsOf(problem);
  const columns = problem.components.map((_, i) => {
    const { candidates } = lists[i]!;
    const listed = cardinalities(problem, i).zero ? [...candidates, -1] : candidates;
    return columnsOf(attributes, { candidate: Int32Array.from(listed), cardinality: new Float64Array(listed.length) });
  });
  const values = builder.leaves.exprs.map((e) => (usesNumber(e) ? undefined : columns[e.components[0]!]!(e)));
  builder.leaves.exprs.forEach((e, l) => setRange(program, builder.leaves.at[l]!, values[l] ?? numbers(problem, e.components[0]!)));
  program.run();
  yield;

  const trends = new Uint8Array(program.size);
  const features = problem.components.map((): Feature[] => []);
  builder.leaves.exprs.forEach((expr, l) => {
    if (!values[l]) return;
    program.trends(builder.leaves.at[l]!, trends);
    const trend = [...goalsAt.map((at) => trends[at]!), ...conditionsAt.map((at) => truthTrend(program, at, trends))].reduce((a, b) => a | b, 0);
    if (trend !== 0) features[expr.components[0]!]!.push({ expr, wanted: trend === 1 ? 'great' : trend === 2 ? 'small' : 'equal', values: values[l] });
  });
  yield;

  const cost = goals[stagesOf(problem).findIndex((s) => s.kind === 'cost')]!;
  const costAt = goalsAt[goals.indexOf(cost)]!;
  const margin = tolerance(Math.max(Math.abs(program.low[costAt]!), Math.abs(program.high[costAt]!)));
  const known = new Map<List, Map<string, number[]>>(lists.map((list) => [list, new Map()]));
  const components = [];
  for (const [i, component] of problem.components.entries()) {
    const alike = known.get(lists[i]!)!;
    const key = JSON.stringify([cardinalities(problem, i).low, features[i]!.map(({ expr, wanted }) => [wanted, signature(expr)])]);
    let kept = alike.get(key);
    if (!kept) alike.set(key, (kept = yield* keptOf(lists[i]!, cardinalities(problem, i).low, features[i]!, margin)));
    components.push({ ...component, candidates: kept });
  }
  return { ...problem, components };
}

/** Whether a value only follows one other that varies, so that its direction is known from that of the other. */
function follows(e: Expr): boolean {
  const varying = e.args.filter((a) => a.op !== 'number').length;
  return varying === 1 && (['sum', 'product', '/', '^'].includes(e.op) || (e.args.length === 1 && ruleOf(e).trend !== undefined));
}

/** Candidates that one or several components choose from. */
interface List {
  candidates: number[];
  price: Float64Array;
  /** By price, then as they stand. */
  byPrice: Int32Array<ArrayBuffer>;
  /** The least step between two prices. */
  step: number;
  /** Of which there are only so many. */
  limited: Uint8Array;
}

/** The lists of the components; the same for equal ones. */
function listsOf(problem: Problem): List[] {
  const known: List[] = [];
  return problem.components.map(({ candidates }) => {
    let list = known.find((l) => l.candidates.length === candidates.length && l.candidates.every((c, k) => c === candidates[k]));
    if (!list) {
      const price = Float64Array.from(candidates, (c) => problem.candidates[c]!.price);
      const byPrice = Int32Array.from(candidates, (_, k) => k).sort((a, b) => price[a]! - price[b]! || a - b);
      let step = Infinity;
      for (let j = 1; j < byPrice.length; j++) {
        const more = price[byPrice[j]!]! - price[byPrice[j - 1]!]!;
        if (more > 0 && more < step) step = more;
      }
      list = {
        candidates,
        price,
        byPrice,
        step,
        limited: Uint8Array.from(candidates, (c) => Number(problem.candidates[c]!.limit !== undefined)),
      };
      known.push(list);
    }
    return list;
  });
}

/** The candidates of a component that no other one dominates. */
function* keptOf({ candidates, byPrice, step, limited }: List, low: number, features: readonly Feature[], margin: number): Long<number[]> {
  const cheapest = features.find((f) => f.wanted === 'small' && f.expr.attribute === 'price');
  // Cheaper by more than the tolerance decides; of those with the same price the first.
  const decides = cheapest !== undefined && step * low > 2 * margin;
  const sizes = features.filter((f) => f.wanted !== 'equal' && !(decides && f === cheapest));
  const equals = features.filter((f) => f.wanted === 'equal');
  const scarce = limited.includes(1);
  const equal = equals.length + Number(scarce);
  const width = equal + sizes.length + (cheapest && !decides ? 1 : 0);
  const labels = new Labels(0, width, candidates.length);
  labels.count = candidates.length;
  for (let k = 0; k < candidates.length; k++) {
    let at = k * width;
    // A candidate of which there are only so many does not stand for another.
    if (scarce) labels.keys[at++] = limited[k] === 1 ? k + 1 : 0;
    for (const { values } of equals) labels.keys[at++] = values[k]!;
    for (const { wanted, values } of sizes) labels.keys[at++] = wanted === 'great' ? values[k]! : -values[k]!;
    if (cheapest && !decides) labels.keys[at] = -k;
  }
  const inOrder = cheapest ? byPrice : Int32Array.from(candidates, (_, k) => k);
  const kept = yield* undominated(labels, equal, inOrder);
  return Array.from(kept.sort(), (k) => candidates[k]!);
}

/** How a feature is made, whatever the component. */
const signature = ({ op, args, weights, value, test, attribute }: Expr): unknown => [op, weights, value, test, attribute, args.map(signature)];

const numbers = (problem: Problem, i: number): Float64Array => {
  const { zero, low, high } = cardinalities(problem, i);
  return Float64Array.of(zero ? 0 : low, Math.min(high, many));
};

function setRange(program: Program, at: number, values: Float64Array): void {
  let [low, high, open] = [Number.NaN, Number.NaN, 0];
  for (const value of values) {
    if (Number.isNaN(value)) open = 1;
    else {
      if (!(low <= value)) low = value;
      if (!(high >= value)) high = value;
    }
  }
  program.low[at] = low;
  program.high[at] = high;
  program.open[at] = open;
}
