/** The nearest threshold of a constraint that the rest of a model can keep. */
import type { Condition, Constraint, Expression, Objective, Variable } from '@camelc/application/model';
import type { Search } from './judge.js';
import { withParts, type Model } from './model.js';
import { beyond } from './nearest.js';

type Comparison = Extract<Condition, { kind: 'comparison' }>;

export interface Threshold {
  /** What is compared, where the constraint compares several things. */
  of?: string;
  from: number;
  to: number;
  apply: (model: Model) => Model;
}

/**
 * The nearest threshold, rounded to a number that people would write where that works too. Of a logical constraint, that one of its comparisons
 * whose threshold has to change least.
 */
export async function nearestThreshold(constraint: Constraint, search: Search): Promise<Threshold | undefined> {
  let nearest: Threshold | undefined;
  for (const comparison of comparisonsOf(constraint.condition)) {
    const found = await ofComparison(constraint, comparison, search);
    const of = constraint.condition.kind === 'comparison' ? undefined : `${comparison.variable} ${comparison.operator}`;
    if (found && (!nearest || distance(found) < distance(nearest))) nearest = { ...found, of };
  }
  return nearest;
}

const distance = ({ from, to }: Threshold): number => Math.abs(from - to) / Math.max(Math.abs(from), Math.abs(to));

/** The comparisons that help a condition to hold when they hold. */
function comparisonsOf(condition: Condition): Comparison[] {
  switch (condition.kind) {
    case 'comparison':
      return condition.operator === '<>' ? [] : [condition];
    case 'if':
      return [condition.then, ...(condition.else ? [condition.else] : [])].flatMap(comparisonsOf);
    case 'xor':
      return [];
    default:
      return condition.conditions.flatMap(comparisonsOf);
  }
}

async function ofComparison(constraint: Constraint, comparison: Comparison, { model, judge }: Search): Promise<Threshold | undefined> {
  const { operator, threshold: from, variable } = comparison;
  const apply =
    (to: number) =>
    (m: Model): Model =>
      withCondition(m, constraint, (c) => replaced(c, comparison, { ...comparison, threshold: to }));
  const works = async (to: number): Promise<boolean> => (await judge.feasible(apply(to)(model))) === 'yes';
  const freed = withCondition(model, constraint, (c) => holding(c, comparison));
  /** The least or greatest value of a variable subject to the rest. */
  const extreme = async (m: Model, id: string, minimise: boolean): Promise<number | undefined> => {
    const objective: Objective = { id: 'nearest', name: constraint.name, place: constraint.place, variable: id, priority: 1, minimise };
    const value = (await judge.best(withParts(m, { objectives: [objective] })))?.solution.utility;
    return typeof value === 'number' ? value : undefined;
  };

  if (operator === '==') {
    const difference = await extreme(withDistance(freed, comparison), distanceId, true);
    const nearest = difference === undefined ? [] : [from - difference, from + difference].map((v) => Number(v.toPrecision(12)));
    for (const to of nearest) if (await works(to)) return { from, to, apply: apply(to) };
    return undefined;
  }
  const side = operator === '<' || operator === '<=' ? 1 : -1;
  const strict = operator === '<' || operator === '>';
  const reached = await extreme(freed, variable, side > 0);
  if (reached === undefined || (reached - from) * side < 0) return undefined;
  for (const to of [beyond(reached, side, { strict, whole: false }), ...(strict ? [] : [reached])]) if (await works(to)) return { from, to, apply: apply(to) };
  return undefined;
}

const distanceId = 'distance from the threshold';

/** The model with a variable that says how far a comparison is from holding. */
function withDistance(model: Model, { variable, threshold, place }: Comparison): Model {
  const number: Expression = { kind: 'number', value: threshold, place };
  const difference: Expression = { kind: 'operator', operator: '-', operands: [{ kind: 'variable', id: variable, place }, number], place };
  const distance: Variable = {
    id: distanceId,
    name: distanceId,
    place,
    metric: false,
    meaning: { kind: 'formula', current: false, expression: { kind: 'call', function: 'abs', arguments: [difference], place } },
  };
  return withParts(model, { variables: { ...model.application.variables, [distanceId]: distance } });
}

/** The model with another condition of a constraint; undefined: without the constraint. */
const withCondition = (model: Model, { id }: Constraint, change: (condition: Condition) => Condition | undefined): Model =>
  withParts(model, {
    constraints: model.application.constraints.flatMap((c) => {
      if (c.id !== id) return c;
      const condition = change(c.condition);
      return condition ? { ...c, condition } : [];
    }),
  });

const isThe = (condition: Condition, { thresholdPlace, variable }: Comparison): boolean =>
  condition.kind === 'comparison' && condition.variable === variable && JSON.stringify(condition.thresholdPlace) === JSON.stringify(thresholdPlace);

/** A condition with another comparison in place of one of its own. */
function replaced(condition: Condition, comparison: Comparison, instead: Comparison): Condition {
  const inside = (c: Condition): Condition => replaced(c, comparison, instead);
  switch (condition.kind) {
    case 'comparison':
      return isThe(condition, comparison) ? instead : condition;
    case 'if':
      return { ...condition, if: inside(condition.if), then: inside(condition.then), ...(condition.else && { else: inside(condition.else) }) };
    default:
      return { ...condition, conditions: condition.conditions.map(inside) };
  }
}

/** What is left to keep of a condition where one of its comparisons holds anyhow; undefined: nothing. */
function holding(condition: Condition, comparison: Comparison): Condition | undefined {
  if (isThe(condition, comparison)) return undefined;
  switch (condition.kind) {
    case 'and': {
      const conditions = condition.conditions.map((c) => holding(c, comparison)).filter((c) => c !== undefined);
      return conditions.length > 0 ? { ...condition, conditions } : undefined;
    }
    case 'or': {
      const conditions = condition.conditions.map((c) => holding(c, comparison));
      return conditions.every((c) => c !== undefined) ? { ...condition, conditions } : undefined;
    }
    case 'if': {
      const then = holding(condition.then, comparison);
      const otherwise = condition.else && holding(condition.else, comparison);
      if (then) return { ...condition, then, else: otherwise };
      // Only the other case asks for something.
      return otherwise ? { kind: 'or', conditions: [condition.if, otherwise], place: condition.place } : undefined;
    }
    default:
      return condition;
  }
}
