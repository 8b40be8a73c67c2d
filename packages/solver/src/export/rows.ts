/** What an export of dedicated placement is made of: for each component its rows, candidate × cardinality, and what is asked of several components. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import {
  cardinalities,
  conjunctsOf,
  evaluation,
  isSeparated,
  levels,
  shapeOf,
  structureOf,
  type Assignment,
  type Evaluation,
  type Level,
  type Problem,
  type ProblemCondition,
  type Shape,
  type Structure,
  type Term,
} from '@camelc/problem';
import { usefulCardinalities } from '../dedicated/cardinality.js';
import { sort } from '../dedicated/sort.js';
import { runAtOnce } from '../pace.js';
import { goalOf, type Goal } from './goal.js';

export interface Rows {
  problem: Problem;
  structure: Structure;
  goal: Goal;
  /** By component, sorted by cardinality and then candidate: those that keep all that is asked of the component alone. */
  rows: Assignment[][];
  /** What involves several components. */
  conditions: ProblemCondition[];
  /** Levels of the objective below the first that some rows of several components may make undefined, which no solution may do. */
  doubtful: Level[];
  /** The value of a term that involves one component at most, with one of its rows. */
  valueAt(term: Term, component: number, row: Assignment): number;
  /** Whether a condition holds that involves no other components than these; `undefined` where a value in it is. */
  holdsWith(condition: ProblemCondition, rows: readonly { component: number; row: Assignment }[]): boolean | undefined;
}

/** Rows of one component at most. */
const rowCap = 300_000;

/** The rows, or why there are none. */
export function rowsOf(problem: Problem): { rows?: Rows; diagnostics: Diagnostic[] } {
  const structure = structureOf(problem);
  const ranges = rangesOf(problem);
  const diagnostics = ranges.flatMap((list, i): Diagnostic[] => {
    const component = problem.components[i]!;
    const place = component.scale?.place ?? component.place;
    const count = list.reduce((sum, { low, high }) => sum + Math.max(0, high - low + 1), 0);
    if (count === Infinity) return [diagnose('solver/unbounded', { component: component.name, scale: component.scale !== undefined }, place)];
    return count > rowCap ? [diagnose('solver/too-large', { component: component.name, rows: count, cap: rowCap }, place)] : [];
  });
  if (diagnostics.length > 0) return { diagnostics };

  const at = (...rows: { component: number; row: Assignment }[]): Evaluation => {
    const assignment = [...structure.base];
    for (const { component, row } of rows) assignment[component] = row;
    return evaluation(problem, assignment);
  };
  const conditions = problem.constraints.flatMap((c) => conjunctsOf(c.condition));
  const alone = problem.components.map((): ProblemCondition[] => []);
  for (const condition of conditions) {
    const involved = structure.involvesIn(condition);
    if (involved.length <= 1) alone[involved[0] ?? 0]!.push(condition);
  }
  const lower = levels(problem).slice(1);
  for (const { term } of lower) {
    const involved = structure.involves(term);
    // Whether it is defined is up to one component.
    if (involved.length <= 1) alone[involved[0] ?? 0]!.push(isDefined(term, problem));
  }
  const rows = problem.components.map((_, i) =>
    allRows(problem, i, ranges[i]!).filter((row) => {
      const { holds } = at({ component: i, row });
      return alone[i]!.every((c) => holds(c) === true);
    }),
  );
  const valueAt = (term: Term, component: number, row: Assignment): number => at({ component, row }).value(term);
  return {
    rows: {
      problem,
      structure,
      goal: goalOf(problem),
      rows,
      conditions: conditions.filter((c) => structure.involvesIn(c).length > 1),
      doubtful: lower.filter(({ term }) => structure.involves(term).length > 1 && !shapeOf(problem, term, (t) => extentOf(t))),
      valueAt,
      holdsWith: (condition, rows) => at(...rows).holds(condition),
    },
    diagnostics,
  };

  /** Between which values a sum lies; undefined where it is none, or may be undefined. */
  function extentOf(term: Term): Shape | undefined {
    const sum = structure.separate(term);
    if (!isSeparated(sum)) return undefined;
    const extents = [...new Set(sum.parts.map((p) => p.component))].map((c) => {
      const parts = sum.parts.filter((p) => p.component === c);
      const values = rows[c]!.map((row) => parts.reduce((total, { weight, term: part }) => total + weight * valueAt(part, c, row), 0));
      return { low: values.reduce((x, y) => Math.min(x, y), Infinity), high: values.reduce((x, y) => Math.max(x, y), -Infinity) };
    });
    const [low, high] = [extents.reduce((total, e) => total + e.low, sum.constant), extents.reduce((total, e) => total + e.high, sum.constant)];
    return Number.isFinite(low) && Number.isFinite(high) ? { low, high, trend: 'mixed', finite: true } : undefined;
  }
}

/** Holds where a term is defined. */
function isDefined(term: Term, { components: [first] }: Problem): ProblemCondition {
  const { place } = first!;
  return { kind: 'comparison', term, operator: '>=', threshold: -Infinity, place, thresholdPlace: place };
}

/** Between which cardinalities the useful ones of each component lie, by its candidates. */
function rangesOf(problem: Problem): { low: number; high: number }[][] {
  const stated = problem.components.map(({ candidates }, i) => {
    const { low, high } = cardinalities(problem, i);
    return candidates.map((c) => ({ low, high: Math.min(high, problem.candidates[c]!.limit ?? Infinity) }));
  });
  if (stated.flat().every(({ high }) => high < Infinity)) return stated;
  return runAtOnce(usefulCardinalities(problem, sort(problem))).ranges;
}

function allRows(problem: Problem, component: number, ranges: { low: number; high: number }[]): Assignment[] {
  const rows: Assignment[] = cardinalities(problem, component).zero ? [{ candidate: null, cardinality: 0 }] : [];
  problem.components[component]!.candidates.forEach((candidate, k) => {
    for (let n = ranges[k]!.low; n <= ranges[k]!.high; n++) rows.push({ candidate, cardinality: n });
  });
  return rows.sort((a, b) => a.cardinality - b.cardinality || a.candidate! - b.candidate!);
}
