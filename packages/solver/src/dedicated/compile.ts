/** A constraint problem whose conditions and stages are sums over the components, or monotone functions of such sums, to tables. */
import { compare, evaluation, hostCouplings, point, shapeOf, tolerance, type Problem, type Structure } from '@camelc/problem';
import type { Long } from '../pace.js';
import { boundary } from '../boundary.js';
import type { Rows } from './columns.js';
import type { AllRows } from './rows.js';
import type { Comparison, Sorted, SumTerm } from './sort.js';
import { extentOf, rounding, type Column, type Goal, type Live, type Restriction, type Table } from './table.js';

/** Makes the tables; undefined where something couples components in another way. */
export function* compile(problem: Problem, sorted: Sorted, { rows, expressions, column }: AllRows): Long<Table | undefined> {
  const { structure, across, stages } = sorted;
  const goalTerms = stages.flatMap(({ of }) => (of ? [of] : []));
  // Components that share their hosts take one of a candidate's number together, which no sum says.
  if (sorted.coupled.length > 0 || goalTerms.length < stages.length || hostCouplings(problem).length > 0) return undefined;
  const columns: Column[] = [];
  for (const { sum } of [...across.map(({ of }) => of), ...goalTerms]) {
    const parts = rows.map(({ candidate }) => new Float64Array(candidate.length));
    for (const { component, weight, term } of sum.parts) {
      const part = parts[component]!;
      const values = column(expressions.of(term), component);
      for (let r = 0; r < part.length; r++) part[r]! += weight * values[r]!;
    }
    columns.push({ constant: sum.constant, parts });
    yield;
  }
  const live = rows.map(({ candidate }, i) => Array.from(candidate, (_, r) => r).filter((r) => columns.every(({ parts }) => !Number.isNaN(parts[i]![r]))));
  const restrictions = [...limitsOf(problem, rows), ...needsOf(problem, rows), ...alternativesOf(problem, rows)];
  if (live.some((list) => list.length === 0)) return { live, restrictions, goals: [] };
  for (const [k, { condition, of }] of across.entries()) {
    const restriction = restrictionOf(problem, structure, condition, of, columns[k]!, live);
    if (!restriction) return undefined;
    restrictions.push(restriction);
  }
  const goals: Goal[] = [];
  for (const [k, of] of goalTerms.entries()) {
    const goal = goalOf(problem, structure, of, columns[across.length + k]!, live);
    if (!goal) return undefined;
    goals.push(goal);
  }
  return { live, restrictions, goals };
}

// ── Restrictions ────────────────────────────────────────────────────────────────────────────

const columnOf = (rows: readonly Rows[], value: (candidate: number, cardinality: number, component: number) => number): Column => ({
  constant: 0,
  parts: rows.map(({ candidate, cardinality }, i) => cardinality.map((n, r) => value(candidate[r]!, n, i))),
});

function limitsOf(problem: Problem, rows: readonly Rows[]): Restriction[] {
  return problem.candidates.flatMap(({ limit }, c) => {
    if (limit === undefined || problem.components.filter((component) => component.candidates.includes(c)).length < 2) return [];
    return [{ column: columnOf(rows, (candidate, n) => (candidate === c ? n : 0)), low: -Infinity, high: limit }];
  });
}

function needsOf(problem: Problem, rows: readonly Rows[]): Restriction[] {
  return problem.components.flatMap((component, i) =>
    component.needs
      .filter(({ providers }) => !providers.includes(component.name))
      .map(
        ({ providers }): Restriction => ({
          column: columnOf(rows, (_, n, j) => (n === 0 ? 0 : j === i ? 1 : providers.includes(problem.components[j]!.name) ? -1 : 0)),
          low: -Infinity,
          high: 0,
        }),
      ),
  );
}

function alternativesOf(problem: Problem, rows: readonly Rows[]): Restriction[] {
  return problem.alternatives.map(({ components }) => ({
    column: columnOf(rows, (_, n, j) => Number(n > 0 && components.includes(problem.components[j]!.name))),
    low: 1,
    high: 1,
  }));
}

/** Undefined where the term is no monotone function of its sum. */
function restrictionOf(problem: Problem, structure: Structure, { operator, threshold }: Comparison, of: SumTerm, column: Column, live: Live): Restriction | undefined {
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
