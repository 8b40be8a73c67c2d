/** Comparisons that say nothing, or the opposite of their name. */
import type { Reference } from 'langium';
import { isMetricConstraint, isVariableConstraint, type Metric, type MetricConstraint, type Slo, type VariableConstraint } from '../generated/ast.js';
import type { Limits } from '../meaning/facts.js';
import { describe, isIn, quantityOf } from '../meaning/quantity.js';
import { given, type Checks, type Report } from './check.js';

type Comparison = MetricConstraint | VariableConstraint;

function nameAgreesWithTheOperator(constraint: Comparison, report: Report): void {
  const { name, operator } = constraint;
  if (contradicts(name, operator)) report('hint/name-contradicts', { name, operator }, constraint, 'operator');
}

/** Where the constraint says it itself, once is enough. */
function sloNameAgreesWithTheOperator(slo: Slo, report: Report): void {
  const { name } = slo;
  const constraint = given(slo.constraint);
  if (!isMetricConstraint(constraint) && !isVariableConstraint(constraint)) return;
  const { operator } = constraint;
  if (contradicts(name, operator) && !contradicts(constraint.name, operator)) report('hint/name-contradicts', { name, operator }, slo, 'name');
}

function contradicts(name: string, operator: string): boolean {
  const isUpper = operator === '<' || operator === '<=';
  const isLower = operator === '>' || operator === '>=';
  const words = wordsOf(name);
  // `MaxLoadExceeded` is the name of a breach.
  if (/ (exceed\w*|violat\w*|breach\w*) /.test(words)) return false;
  const saysUpper = upperBounds.test(words);
  return saysUpper !== lowerBounds.test(words) && (saysUpper ? isLower : isUpper);
}

/** `LoadLessThan80`, `max_load` and `MAX_LOAD` as words in lower case. */
const wordsOf = (name: string): string =>
  ` ${name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|_/g, ' ')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b(?:not|never) (above|over|high|below|under|low)\b/g, (_, word: string) => opposites[word]!)} `;
const opposites: Readonly<Record<string, string>> = { above: 'below', over: 'below', high: 'low', below: 'above', under: 'above', low: 'high' };
const upperBounds = / (less than|lower than|smaller than|below|under|at most|no more than|not more than|max|maximum|upper (limit|bound)|ceiling|low) /;
const lowerBounds =
  / (greater than|more than|higher than|larger than|above|over|at least|no less than|not less than|min|minimum|lower (limit|bound)|floor|high|too (many|much|long|slow)) /;

const subjectOf = (constraint: Comparison): Reference<Metric> | undefined => (isMetricConstraint(constraint) ? given(constraint.context)?.metric : constraint.variable);

/** What a comparison gives for every value that its template allows; undefined where it depends on the value. */
export function outcomeOf(constraint: Comparison): boolean | undefined {
  const subject = subjectOf(constraint);
  const node = given(subject);
  // Templates are used for what is calculated too: a difference may be less than any value of its type.
  if (node && 'formula' in node && node.formula?.expression?.$type === 'Operation') return undefined;
  const { limits } = quantityOf(subject);
  return limits && constraint.threshold !== undefined ? outcome(constraint.operator, constraint.threshold, limits) : undefined;
}

/** Whether any value of the type makes a difference. */
function thresholdDecidesSomething(constraint: Comparison, report: Report): void {
  const always = outcomeOf(constraint);
  if (always === undefined) return;
  const limits = quantityOf(subjectOf(constraint)).limits!;
  report('model/threshold', { name: constraint.name, always, type: limits.name, range: describe(limits) }, constraint, 'threshold');
}

/** What the comparison gives for values below, at and above the threshold. */
const holds: Readonly<Record<string, readonly [less: boolean, equal: boolean, more: boolean]>> = {
  '<': [true, false, false],
  '<=': [true, true, false],
  '>': [false, false, true],
  '>=': [false, true, true],
  '==': [false, true, false],
  '<>': [true, false, true],
};

/** What the comparison gives for every value within the limits; undefined where it depends on the value. */
function outcome(operator: string, threshold: number, limits: Limits): boolean | undefined {
  const { lower = -Infinity, upper = Infinity, type } = limits;
  const possible = [lower < threshold, isIn(threshold, limits) && (type !== 'int' || Number.isInteger(threshold)), upper > threshold];
  const outcomes = new Set(holds[operator]?.filter((_, i) => possible[i]));
  return outcomes.size === 1 ? [...outcomes][0] : undefined;
}

const comparison = [nameAgreesWithTheOperator, thresholdDecidesSomething] as const;
export const constraintChecks: Checks = { MetricConstraint: comparison, VariableConstraint: comparison, Slo: [sloNameAgreesWithTheOperator] };
