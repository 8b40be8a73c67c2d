/** A constraint problem to tables. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import {
  cardinalities,
  compare,
  evaluation,
  levels,
  point,
  shapeOf,
  structureOf,
  tolerance,
  type Assignment,
  type Coupled,
  type Problem,
  type Separated,
  type Structure,
  type Term,
} from '@camelc/problem';
import { usefulCardinalities } from './cardinality.js';
import { sort, type Comparison, type SumTerm } from './sort.js';
import { extentOf, rounding, type Column, type Goal, type Live, type Restriction, type Row, type Table } from './table.js';

/** Rows of one component at most. */
const rowCap = 300_000;

/** Makes the tables. `undefined` with a diagnostic: not to be solved. */
export function compile(problem: Problem): { table?: Table; diagnostics: Diagnostic[] } {
  const { sorted, diagnostics } = sort(problem);
  if (diagnostics.length > 0) return { diagnostics };
  const { structure } = sorted;
  const useful = usefulCardinalities(problem, sorted);
  if (useful.unbounded !== undefined) {
    const component = problem.components[useful.unbounded]!;
    return { diagnostics: [diagnose('solver/unbounded', { component: component.name, scale: component.scale !== undefined }, component.scale?.place ?? component.place)] };
  }
  for (const [i, component] of problem.components.entries()) {
    const count = useful.ranges[i]!.reduce((sum, { low, high }) => sum + Math.max(0, high - low + 1), 0);
    if (count > rowCap) diagnostics.push(diagnose('solver/too-large', { component: component.name, rows: count, cap: rowCap }, component.scale?.place ?? component.place));
  }
  if (diagnostics.length > 0) return { diagnostics };

  const cost: Term = { kind: 'total', attribute: 'cost', factor: -1 };
  const hosts: Term = { kind: 'total', attribute: 'hosts', factor: -1 };
  const ends = [cost, hosts].map((term): SumTerm => ({ term, inner: term, sum: structure.separate(term) as Separated }));
  const goalTerms = [...sorted.levels, ...ends];
  const sums = [...sorted.across.map(({ of }) => of.sum), ...goalTerms.map(({ sum }) => sum)];

  const rows: Row[][] = [];
  const values: number[][][] = []; // by component, sum, row
  problem.components.forEach((_, i) => {
    const parts = sums.map((sum) => sum.parts.filter((p) => p.component === i));
    const assignment: Assignment[] = [...structure.base];
    const kept: Row[] = [];
    const contributions: number[][] = sums.map(() => []);
    for (const row of allRows(problem, i, useful.ranges[i]!)) {
      assignment[i] = row;
      const { value, holds } = evaluation(problem, assignment);
      if (sorted.alone[i]!.some((condition) => holds(condition) !== true)) continue;
      const sumsHere = parts.map((p) => p.reduce((sum, { weight, term }) => sum + weight * value(term), 0));
      if (sumsHere.some(Number.isNaN)) continue;
      kept.push(row);
      sumsHere.forEach((v, k) => contributions[k]!.push(v));
    }
    rows.push(kept);
    values.push(contributions);
  });
  const live = rows.map((r) => r.map((_, k) => k));
  const columns = sums.map((sum, k): Column => ({ constant: sum.constant, parts: values.map((v) => Float64Array.from(v[k]!)) }));

  const restrictions = [...limitsOf(problem, rows), ...needsOf(problem, rows), ...alternativesOf(problem, rows)];
  if (rows.some((r) => r.length === 0)) return { table: { rows, restrictions, goals: [] }, diagnostics };
  sorted.across.forEach(({ condition, of }, k) => {
    const restriction = restrictionOf(problem, structure, condition, of, columns[k]!, live);
    if (restriction) restrictions.push(restriction);
    else diagnostics.push(notMonotone(problem, of, condition.place));
  });
  const goals = goalTerms.map((of, k) => {
    const goal = goalOf(problem, structure, of, columns[sorted.across.length + k]!, live);
    if (!goal) diagnostics.push(notMonotone(problem, of, levels(problem)[k]!.objectives[0]!.place));
    return goal!;
  });
  return diagnostics.length > 0 ? { diagnostics } : { table: { rows, restrictions, goals }, diagnostics };
}

function notMonotone(problem: Problem, { term }: SumTerm, place: Place): Diagnostic {
  const coupled = structureOf(problem).separate(term) as Coupled;
  return diagnose('problem/not-supported-yet', { what: 'a function of a sum over several components that does not only rise or only fall' }, coupled.place ?? place);
}

/** All rows of a component within the ranges of its candidates, by cardinality and then candidate. */
function allRows(problem: Problem, i: number, ranges: { low: number; high: number }[]): Row[] {
  const rows: Row[] = cardinalities(problem, i).zero ? [{ candidate: null, cardinality: 0 }] : [];
  problem.components[i]!.candidates.forEach((candidate, k) => {
    for (let n = ranges[k]!.low; n <= ranges[k]!.high; n++) rows.push({ candidate, cardinality: n });
  });
  return rows.sort((a, b) => a.cardinality - b.cardinality || a.candidate! - b.candidate!);
}

// ── Restrictions ────────────────────────────────────────────────────────────────────────────

const columnOf = (rows: Row[][], value: (row: Row, component: number) => number): Column => ({
  constant: 0,
  parts: rows.map((list, i) => Float64Array.from(list, (row) => value(row, i))),
});

function limitsOf(problem: Problem, rows: Row[][]): Restriction[] {
  return problem.candidates.flatMap(({ limit }, c) => {
    if (limit === undefined || problem.components.filter((component) => component.candidates.includes(c)).length < 2) return [];
    return [{ column: columnOf(rows, (row) => (row.candidate === c ? row.cardinality : 0)), low: -Infinity, high: limit }];
  });
}

function needsOf(problem: Problem, rows: Row[][]): Restriction[] {
  return problem.components.flatMap((component, i) =>
    component.needs
      .filter(({ providers }) => !providers.includes(component.name))
      .map(
        ({ providers }): Restriction => ({
          column: columnOf(rows, (row, j) => (row.cardinality === 0 ? 0 : j === i ? 1 : providers.includes(problem.components[j]!.name) ? -1 : 0)),
          low: -Infinity,
          high: 0,
        }),
      ),
  );
}

function alternativesOf(problem: Problem, rows: Row[][]): Restriction[] {
  return problem.alternatives.map(({ components }) => ({
    column: columnOf(rows, (row, j) => Number(row.cardinality > 0 && components.includes(problem.components[j]!.name))),
    low: 1,
    high: 1,
  }));
}

/** Undefined where the term is no monotone function of its sum. */
function restrictionOf(problem: Problem, structure: Structure, { operator, threshold }: Comparison, of: SumTerm, column: Column, live: Live): Restriction | undefined {
  if (operator === '<>') return { column, low: -Infinity, high: Infinity, unordered: true };
  const bounds = of.inner === of.term ? { low: threshold, high: threshold, rises: true } : boundsThrough(problem, structure, of, operator, threshold, column, live);
  if (!bounds) return undefined;
  const strict = operator === '<' || operator === '>';
  const slack =
    rounding(...column.parts.flatMap((part, i) => extentOf({ constant: 0, parts: [part] }, [live[i]!])), threshold) + (strict || of.inner !== of.term ? 0 : tolerance(threshold));
  const result: Restriction = { column: { ...column, parts: [...column.parts] }, low: -Infinity, high: Infinity };
  const { rises } = bounds;
  if (strict && of.inner === of.term && isWhole(column, live)) bounds.high = bounds.low = operator === '<' ? Math.ceil(threshold) - 1 : Math.floor(threshold) + 1;
  if (operator === '==' || (operator === '<' || operator === '<=') === rises) result.high = bounds.high + slack;
  if (operator === '==' || (operator === '>' || operator === '>=') === rises) result.low = bounds.low - slack;
  return withoutInfinity(result, live);
}

/** Whole numbers are summed exactly, so that a strict bound is one of the next whole number. */
const isWhole = ({ constant, parts }: Column, live: Live): boolean => Number.isInteger(constant) && parts.every((part, i) => live[i]!.every((r) => Number.isInteger(part[r]!)));

/** Between which values of the sum a comparison of a monotone function of it holds. */
function boundsThrough(
  problem: Problem,
  structure: Structure,
  of: SumTerm,
  operator: Comparison['operator'],
  threshold: number,
  column: Column,
  live: Live,
): { low: number; high: number; rises: boolean } | undefined {
  const outer = outerOf(problem, structure, of, column, live);
  if (!outer) return undefined;
  const { rises, at, low, high } = outer;
  const atLeast = (s: number): boolean => compare(at(s), operator === '==' ? '>=' : operator, threshold) === true;
  const atMost = (s: number): boolean => compare(at(s), operator === '==' ? '<=' : operator, threshold) === true;
  const [lower, upper] = rises ? [atLeast, atMost] : [atMost, atLeast];
  return { low: boundary(low, high, lower), high: -boundary(-high, -low, (s) => upper(-s)), rises };
}

/** The least s between low and high for which `holds`, where it holds from some s on; Infinity if never. */
function boundary(low: number, high: number, holds: (s: number) => boolean): number {
  if (holds(low)) return low;
  if (!holds(high)) return Infinity;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}

/** The function of the sum that a term is, where it is shown to be monotone over all values of the sum. */
function outerOf(
  problem: Problem,
  structure: Structure,
  { term, inner }: SumTerm,
  column: Column,
  live: Live,
): { rises: boolean; at: (s: number) => number; low: number; high: number } | undefined {
  const [low, high] = extentOf(column, live);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  const at = (s: number): number => evaluation(problem, structure.base, new Map([[inner, s]])).value(term);
  if (low === high) return { rises: true, at, low, high };
  const shape = shapeOf(problem, term, (t) =>
    t === inner
      ? { low, high, trend: 'up', finite: true }
      : structure.involves(t).length === 0 && (t.kind === 'decision' || t.kind === 'total')
        ? point(structure.constant(t))
        : undefined,
  );
  if (!shape || shape.trend === 'mixed') return undefined;
  return { rises: shape.trend !== 'down', at, low, high };
}

/** A restriction without infinite parts: a row that breaks it stays out of every bound, one that keeps it always cannot break it. */
function withoutInfinity(restriction: Restriction, live: Live): Restriction {
  const { column, low, high } = restriction;
  const finite = column.parts.map((part, i) => live[i]!.map((r) => part[r]!).filter(Number.isFinite));
  if (finite.every((f, i) => f.length === live[i]!.length)) return restriction;
  const width = finite.flat().reduce((sum, v) => sum + Math.abs(v), 1 + Math.abs(column.constant) + [low, high].filter(Number.isFinite).reduce((s, b) => s + Math.abs(b), 0));
  column.parts = column.parts.map((part) => part.map((v) => (Number.isFinite(v) ? v : Math.sign(v) * width)));
  return restriction;
}

/** Undefined where the term is no monotone function of its sum. */
function goalOf(problem: Problem, structure: Structure, of: SumTerm, column: Column, live: Live): Goal | undefined {
  const near = (value: number): number => value - rounding(...column.parts.flatMap((part, i) => extentOf({ constant: 0, parts: [part] }, [live[i]!])), value);
  if (of.inner === of.term) return { column, merit: (value) => value, columnFor: near };
  const outer = outerOf(problem, structure, of, column, live);
  if (!outer) return undefined;
  const sign = outer.rises ? 1 : -1;
  const directed: Column = { constant: sign * column.constant, parts: column.parts.map((part) => part.map((v) => sign * v)) };
  const least = outer.rises ? outer.low : -outer.high;
  return {
    through: true,
    column: directed,
    merit: (value) => outer.at(sign * value),
    columnFor: (merit, reached) =>
      near(
        Math.min(
          reached,
          boundary(least, Math.max(least, reached), (s) => outer.at(sign * s) >= merit),
        ),
      ),
  };
}
