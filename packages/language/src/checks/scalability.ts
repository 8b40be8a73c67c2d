import type { Reference } from 'langium';
import {
  isHorizontalScaleRequirement,
  isMetricConstraint,
  isVariableConstraint,
  type BinaryEventPattern,
  type HorizontalScalingAction,
  type ScalabilityEvent,
  type ScalabilityRule,
  type Timer,
  type UnaryEventPattern,
} from '../generated/ast.js';
import { given, type Checks, type Report } from './check.js';
import { outcomeOf } from './constraint.js';
import { verticalScaleHasFeaturesOrAttributes } from './requirement.js';

function binaryPatternHasItsEvents(pattern: BinaryEventPattern, report: Report): void {
  const { name, operator, left, right, timer, lowerOccurrences: low, upperOccurrences: high } = pattern;
  const wrong = (wanted: string): void => void report('model/event-pattern', { name, wanted }, pattern, 'name');
  const events = [left, right].filter(Boolean).length;
  if (timer ? events !== 1 : events !== 2) wrong(timer ? 'has a timer, so it needs exactly one event' : 'needs a left and a right event, or one event and a timer');
  else if (left?.ref && left.ref === right?.ref) wrong('has the same event on both sides');
  const hasBounds = low !== undefined && high !== undefined;
  if (operator && hasBounds !== (operator === 'repeat-until')) wrong('has bounds if its operator is `repeat-until`, and only then');
  else if (hasBounds && (low > high || (low === 0 && high === 0) || !isOccurrence(low) || !isOccurrence(high)))
    wrong('has bounds that are no range of occurrences: whole numbers, or ratios below 1');
}

const isOccurrence = (n: number): boolean => n >= 0 && (n < 1 || Number.isInteger(n));

function unaryPatternHasWhatItsOperatorNeeds(pattern: UnaryEventPattern, report: Report): void {
  const { name, operator, occurrences, timer } = pattern;
  const wrong = (wanted: string): void => void report('model/event-pattern', { name, wanted }, pattern, 'name');
  if ((operator === 'repeat') !== (occurrences !== undefined)) wrong('has occurrences if its operator is `repeat`, and only then');
  else if (occurrences !== undefined && (occurrences === 0 || !isOccurrence(occurrences))) wrong('has occurrences that are neither a whole number above 0 nor a ratio below 1');
  if ((operator === 'when') !== (timer !== undefined)) wrong('has a timer if its operator is `when`, and only then');
}

function timerCountsIfItsTypeSaysSo(timer: Timer, report: Report): void {
  const { type, timeValue, maxOccurrences } = timer;
  if (timeValue !== undefined && timeValue <= 0) report('model/not-positive', { what: 'the time of a timer', value: timeValue }, timer, 'timeValue');
  if (type && (type === 'within-max') !== (maxOccurrences !== undefined && maxOccurrences > 0)) report('model/timer-occurrences', {}, timer, 'type');
}

function scalingStaysInTheRequirement(action: HorizontalScalingAction, report: Report): void {
  const { count, software } = action;
  if (count === 0) report('model/scaling-count', { count, why: 'that is no change' }, action, 'count');
  const component = software?.ref;
  const set = component && (component.ownRequirements ?? component.requirements?.ref);
  const range = set?.horizontalScale?.ref;
  // Without a maximum any number will do, and ends that are no range are told where they stand.
  if (!count || !isHorizontalScaleRequirement(range) || range.max < Math.max(1, range.min)) return;
  const most = range.max - range.min;
  if (Math.abs(count) > most) report('model/scaling-count', { count, why: `\`${component!.name}\` has ${range.min} to ${range.max} instances` }, action, 'count');
}

/** An event whose condition no value of its template meets. */
function eventCanFire(rule: ScalabilityRule, report: Report): void {
  const event = given(rule.event);
  if (event && neverFires(event)) report('model/never-fires', { name: rule.name, event: event.name }, rule, 'event');
}

function neverFires(event: ScalabilityEvent, seen: ReadonlySet<ScalabilityEvent> = new Set()): boolean {
  if (seen.has(event)) return false;
  const within = new Set(seen).add(event);
  const never = (reference: Reference<ScalabilityEvent> | undefined): boolean => {
    const part = given(reference);
    return part !== undefined && neverFires(part, within);
  };
  if (event.$type === 'NonFunctionalEvent') {
    const constraint = given(event.constraint);
    const isComparison = isMetricConstraint(constraint) || isVariableConstraint(constraint);
    // A violation is that the constraint does not hold.
    return isComparison && outcomeOf(constraint) === event.isViolation;
  }
  if (event.$type === 'BinaryEventPattern')
    return event.operator === 'and' || event.operator === 'precedes' ? never(event.left) || never(event.right) : never(event.left) && never(event.right);
  return event.$type === 'UnaryEventPattern' && event.operator !== 'not' && never(event.event);
}

export const scalabilityChecks: Checks = {
  BinaryEventPattern: [binaryPatternHasItsEvents],
  UnaryEventPattern: [unaryPatternHasWhatItsOperatorNeeds],
  ScalabilityRule: [eventCanFire],
  Timer: [timerCountsIfItsTypeSaysSo],
  HorizontalScalingAction: [scalingStaysInTheRequirement],
  VerticalScalingAction: [verticalScaleHasFeaturesOrAttributes],
};
