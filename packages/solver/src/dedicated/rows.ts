/** The rows of a problem's components: candidate × cardinality, without those that a condition on one component rules out. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { cardinalities, type Assignment, type Problem } from '@camelc/problem';
import { usefulCardinalities, type CardinalityRange } from './cardinality.js';
import { Attributes, columnsOf, type Rows } from './columns.js';
import { Expressions, type Expr } from './expression.js';
import type { Sorted } from './sort.js';
import type { Long } from '../pace.js';

/** Rows of one component at most. */
const rowCap = 300_000;

/** By component. */
export interface AllRows {
  expressions: Expressions;
  rows: Rows[];
  /** Values of an expression of one component, or none, by that component's rows. */
  column: (e: Expr, component?: number) => Float64Array;
  /** What a row decides. */
  decided: (component: number, row: number) => Assignment;
}

/** Makes the rows. With diagnostics: why not. */
export function* allRows(problem: Problem, sorted: Sorted): Long<{ made?: AllRows; diagnostics: Diagnostic[] }> {
  const useful = yield* usefulCardinalities(problem, sorted);
  const scaleOf = (i: number) => problem.components[i]!.scale?.place ?? problem.components[i]!.place;
  if (useful.unbounded !== undefined) {
    const component = problem.components[useful.unbounded]!;
    return { diagnostics: [diagnose('solver/unbounded', { component: component.name, scale: component.scale !== undefined }, scaleOf(useful.unbounded))] };
  }
  const diagnostics = useful.ranges.flatMap((ranges, i): Diagnostic[] => {
    const count = ranges.reduce((sum, { low, high }) => sum + Math.max(0, high - low + 1), 0);
    return count > rowCap ? [diagnose('solver/too-large', { component: problem.components[i]!.name, rows: count, cap: rowCap }, scaleOf(i))] : [];
  });
  if (diagnostics.length > 0) return { diagnostics };

  const expressions = new Expressions(problem, sorted.structure);
  const attributes = new Attributes(problem);
  const rows: Rows[] = [];
  for (const [i, ranges] of useful.ranges.entries()) {
    const own = within(problem, i, ranges);
    const column = columnsOf(attributes, own);
    const conditions = sorted.alone[i]!.map((c) => column(expressions.condition(c)));
    const holds = (_: number, r: number): boolean => conditions.every((values) => values[r] === 1);
    rows.push(conditions.length === 0 ? own : { candidate: own.candidate.filter(holds), cardinality: own.cardinality.filter(holds) });
    yield;
  }
  const columns = rows.map((own) => columnsOf(attributes, own));
  const decided = (i: number, r: number): Assignment => {
    const candidate = rows[i]!.candidate[r]!;
    return { candidate: candidate < 0 ? null : candidate, cardinality: rows[i]!.cardinality[r]! };
  };
  return { made: { expressions, rows, column: (e, component = e.components[0]!) => columns[component]!(e), decided }, diagnostics };
}

/** All rows of a component within the ranges of its candidates, by cardinality and then candidate. */
function within(problem: Problem, i: number, ranges: readonly CardinalityRange[]): Rows {
  const { candidates } = problem.components[i]!;
  const width = problem.candidates.length;
  const keys: number[] = cardinalities(problem, i).zero ? [-1] : [];
  candidates.forEach((candidate, k) => {
    for (let n = ranges[k]!.low; n <= ranges[k]!.high; n++) keys.push(n * width + candidate);
  });
  const sorted = Float64Array.from(keys).sort();
  return { candidate: Int32Array.from(sorted, (key) => (key < 0 ? -1 : key % width)), cardinality: sorted.map((key) => (key < 0 ? 0 : Math.floor(key / width))) };
}
