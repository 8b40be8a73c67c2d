/** Dedicated placement as a linear program: one binary variable for each row that a component may take. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import { isSeparated, type Assignment, type Coupled, type Problem, type ProblemCondition, type Separated, type Term } from '@camelc/problem';
import { recomputed } from './formula-text.js';
import { boundsOf, nameOf, type Comparison } from './linear-comparison.js';
import { each, gathered, namer, type LinearModel, type LinearRow, type LinearTerm, type LinearVariable, type RowVariable, withoutTwins } from './linear-model.js';
import { placementRows, unclearLimit } from './linear-placement.js';
import { followed, sumsThatHold, sumTermOf, type SumTerm } from './monotone.js';
import { rowsOf, type Rows } from './rows.js';

/** Pairs of rows that a condition of two components may be tried with. */
const pairCap = 1_000_000;

/** The linear program of the first stage, or what in the problem is not linear. */
export function linearDedicated(problem: Problem): { model?: LinearModel; diagnostics: Diagnostic[] } {
  const { rows: made, diagnostics } = rowsOf(problem);
  if (!made) return { diagnostics };
  const { structure, goal } = made;
  const refuse = (what: string, place: Place | undefined): void => void diagnostics.push(diagnose('export/not-linear', { what }, place));
  const couples = (components: readonly number[]): string => `a formula that couples ${components.map((i) => problem.components[i]!.name).join(' and ')} otherwise than by a sum`;
  const noTrend = 'a function of a sum that does not only rise or only fall';

  const sums = { ...structure, separate: (term: Term): Separated | undefined => separated(structure.separate(term)) };
  /** Says what in a term couples components. */
  const refuseTerm = (term: Term, place: Place | undefined): void => {
    const coupled = structure.separate(term) as Coupled;
    refuse(couples(coupled.components), coupled.place ?? place);
  };

  const goalSum = sumTermOf(problem, sums, goal.term);
  if (!goalSum) refuseTerm(goal.term, goal.place);
  const comparisons: { condition: Comparison; of: SumTerm<Separated> }[] = [];
  const pairs: { condition: ProblemCondition; components: number[] }[] = [];
  for (const condition of made.conditions) {
    const of = condition.kind === 'comparison' && condition.operator !== '<>' ? sumTermOf(problem, sums, condition.term) : undefined;
    const components = structure.involvesIn(condition);
    if (condition.kind === 'comparison' && of) comparisons.push({ condition, of });
    else if (components.length === 2) pairs.push({ condition, components });
    else if (condition.kind === 'comparison' && condition.operator !== '<>') refuseTerm(condition.term, condition.place);
    else refuse(`\`${condition.kind === 'comparison' ? condition.operator : condition.kind}\` over ${components.length} components`, condition.place);
  }
  for (const { term, objectives } of made.doubtful) if (!isSeparated(structure.separate(term))) refuse('a level of the objective that may be undefined', objectives[0]!.place);
  const unclear = unclearLimit(problem);
  if (unclear) refuse(`a limit of hosts that ${unclear.map((i) => problem.components[i]!.name).join(' and ')} share at times`, undefined);
  if (!goalSum || diagnostics.length > 0) return { diagnostics };

  // ── Variables: one of each component's rows is chosen ──
  const name = namer();
  const all = [goalSum.sum, ...comparisons.map((c) => c.of.sum), ...made.doubtful.map((l) => structure.separate(l.term) as Separated)];
  const lists = made.rows.map((list, i) => list.filter((row) => all.every((s) => !Number.isNaN(partAt(made, s, i, row)))));
  const variables: LinearVariable[] = [];
  const taken = lists.map((list, component) =>
    list.map((row): RowVariable => {
      const { name: software } = problem.components[component]!;
      const { candidate, cardinality } = row;
      variables.push({
        name: name(candidate === null ? `x_${software}_none` : `x_${software}_${candidate}_${cardinality}`),
        says: candidate === null ? `no ${software}` : `${cardinality} ${software} on ${problem.candidates[candidate]!.id}`,
        high: 1,
      });
      return { component, row, variable: variables.length - 1 };
    }),
  );
  const rows: LinearRow[] = taken.map((list, i) => ({ name: name(`one_${problem.components[i]!.name}`), terms: list.map(each(1)), low: 1, high: 1 }));

  /** The sum's terms, and the least and greatest value that it has. */
  const linear = (of: SumTerm<Separated>): { terms: LinearTerm[]; low: number; high: number; constant: number } => {
    const parts = taken.map((list) => list.map(({ component, row, variable }) => ({ variable, coefficient: partAt(made, of.sum, component, row) })));
    const { constant } = of.sum;
    const extreme = (pick: (...v: number[]) => number): number =>
      parts.reduce((sum, part) => sum + (part.length > 0 ? part.map((p) => p.coefficient).reduce((a, b) => pick(a, b)) : 0), constant);
    return { terms: parts.flat(), low: extreme(Math.min), high: extreme(Math.max), constant };
  };

  for (const { condition, of } of comparisons) {
    const { terms, low, high, constant } = linear(of);
    const components = structure.involvesIn(condition);
    const outer = Number.isFinite(low) && Number.isFinite(high) ? followed(problem, sums, of, low, high) : undefined;
    if (outer) {
      const bounds = of.term === of.inner ? boundsOf(condition, terms, constant) : sumsThatHold(outer, condition, low, high);
      rows.push({ name: name(nameOf(problem, condition)), terms: gathered(terms), low: bounds.low - constant, high: bounds.high - constant });
    } else if (components.length === 2) pairs.push({ condition, components });
    else refuse(Number.isFinite(low) && Number.isFinite(high) ? noTrend : 'a value that may be infinite', condition.place);
  }
  for (const { condition, components } of pairs) {
    const [a, b] = components.map((i) => taken[i]!) as [RowVariable[], RowVariable[]];
    if (a.length * b.length > pairCap) refuse(couples(components), condition.place);
    else rows.push(...exclusions(a, b, (x, y) => made.holdsWith(condition, [x, y]) === true).map((row) => ({ ...row, name: name(nameOf(problem, condition)) })));
  }
  rows.push(...placementRows(problem, taken).map((row) => ({ ...row, name: name(row.name) })));

  const { terms, low, high, constant } = linear(goalSum);
  const finite = Number.isFinite(low) && Number.isFinite(high);
  const outer = finite ? followed(problem, sums, goalSum, low, high) : undefined;
  if (!outer) refuse(finite ? noTrend : 'a value that may be infinite', goal.place);
  if (!outer || diagnostics.length > 0) return { diagnostics };
  const whole = goalSum.term === goalSum.inner;
  const objective = name(whole ? goal.name : `sum_in_${goal.name}`);
  return {
    model: withoutTwins({
      comments: [
        `The ${problem.objectives.length > 0 ? 'objective' : 'cost'} of ${problem.application}. x_COMPONENT_CANDIDATE_NUMBER is 1 where the component has so many instances on the candidate.`,
        'Of what counts alike everywhere only the first is here.',
        ...(whole
          ? []
          : [`${goal.name} ${outer.rises ? 'rises' : 'falls'} with the sum that is optimised here: ${goal.name} = ${recomputed(problem, goalSum.term, goalSum.inner, objective)}`]),
      ],
      variables,
      objective: { name: objective, minimise: goal.minimise === outer.rises, terms: gathered(terms), constant },
      rows,
    }),
    diagnostics,
  };
}

const separated = (result: Separated | Coupled): Separated | undefined => (isSeparated(result) ? result : undefined);

const partAt = ({ valueAt }: Rows, sum: Separated, component: number, row: Assignment): number =>
  sum.parts.filter((p) => p.component === component).reduce((total, { weight, term }) => total + weight * valueAt(term, component, row), 0);

/** Rows that forbid each pair of rows of two components that do not go together; rows of the first that exclude the same are taken together. */
function exclusions(a: readonly RowVariable[], b: readonly RowVariable[], together: (a: RowVariable, b: RowVariable) => boolean): LinearRow[] {
  const alike = new Map<string, { first: RowVariable[]; excluded: RowVariable[] }>();
  for (const x of a) {
    const excluded = b.filter((y) => !together(x, y));
    const key = excluded.map((y) => y.variable).join();
    const group = alike.get(key) ?? { first: [], excluded };
    group.first.push(x);
    alike.set(key, group);
  }
  return [...alike.values()]
    .filter((g) => g.excluded.length > 0)
    .map(({ first, excluded }) => ({ name: '', terms: [...first, ...excluded].map(each(1)), low: -Infinity, high: 1 }));
}
