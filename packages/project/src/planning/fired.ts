/** Which SLOs fire: why somebody plans now. */
import type { Application, Comparison, Condition, Constraint } from '@camelc/application/model';
import type { Place } from '@camelc/diagnostics';
import { readGiven } from '@camelc/problem';
import { shortNumber } from '../report/numbers.js';

/** A constraint of an SLO that holds. */
export interface Fired {
  name: string;
  /** `AvgMemoryUtilisation 92.4 > 90`. */
  says: string;
  place: Place;
}

/** The SLOs that fire under metrics that are given; what depends on decisions or on values that nobody gave is not known to. */
export function firedSlos(application: Application, metrics: Record<string, number>): Fired[] {
  const given = readGiven(application, { metrics, currency: 'EUR' }).metrics;
  const isPart = (constraint: Constraint): boolean =>
    application.constraints.some((other) => other !== constraint && other.role === 'slo' && contains(other.condition, constraint.condition));
  return application.constraints
    .filter((constraint) => constraint.role === 'slo' && !isPart(constraint) && holds(constraint.condition, given) === true)
    .map(({ name, condition, place }) => ({
      name,
      place,
      says: comparisons(condition)
        .flatMap((c) => textOf(c, application, given))
        .join(', '),
    }));
}

type Compared = Extract<Condition, { kind: 'comparison' }>;

const partsOf = (condition: Condition): Condition[] =>
  condition.kind === 'comparison' ? [] : condition.kind === 'if' ? [condition.if, condition.then, ...(condition.else ? [condition.else] : [])] : condition.conditions;

const contains = (whole: Condition, part: Condition): boolean => partsOf(whole).some((c) => JSON.stringify(c) === JSON.stringify(part) || contains(c, part));

const comparisons = (condition: Condition): Compared[] => (condition.kind === 'comparison' ? [condition] : partsOf(condition).flatMap(comparisons));

function textOf({ variable, operator, threshold }: Compared, { variables }: Application, given: ReadonlyMap<string, number>): string[] {
  const value = given.get(variable);
  return value === undefined ? [] : [`${variables[variable]!.name} ${shortNumber(value)} ${operator} ${shortNumber(threshold)}`];
}

/** Whether a condition holds; undefined where that is not known. */
function holds(condition: Condition, given: ReadonlyMap<string, number>): boolean | undefined {
  switch (condition.kind) {
    case 'comparison': {
      const value = given.get(condition.variable);
      return value === undefined ? undefined : compare(value, condition.operator, condition.threshold);
    }
    case 'if': {
      const [when, then, otherwise = true] = [condition.if, condition.then, condition.else].map((c) => c && holds(c, given));
      return when === undefined ? undefined : when ? then : otherwise;
    }
    default: {
      const values = condition.conditions.map((c) => holds(c, given));
      if (condition.kind === 'and' && values.includes(false)) return false;
      if (condition.kind === 'or' && values.includes(true)) return true;
      if (values.includes(undefined)) return undefined;
      const count = values.filter(Boolean).length;
      return condition.kind === 'xor' ? count % 2 === 1 : condition.kind === 'and';
    }
  }
}

function compare(value: number, operator: Comparison, threshold: number): boolean {
  switch (operator) {
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '==':
      return value === threshold;
    case '<>':
      return value !== threshold;
  }
}
