import { isHorizontalScaleRequirement, type BinaryEventPattern, type HorizontalScalingAction, type Timer, type UnaryEventPattern } from '../generated/ast.js';
import type { Checks, Report } from './check.js';
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
  if (!count || !isHorizontalScaleRequirement(range) || range.max === -1) return;
  const most = range.max - range.min;
  if (Math.abs(count) > most) report('model/scaling-count', { count, why: `\`${component!.name}\` has ${range.min} to ${range.max} instances` }, action, 'count');
}

export const scalabilityChecks: Checks = {
  BinaryEventPattern: [binaryPatternHasItsEvents],
  UnaryEventPattern: [unaryPatternHasWhatItsOperatorNeeds],
  Timer: [timerCountsIfItsTypeSaysSo],
  HorizontalScalingAction: [scalingStaysInTheRequirement],
  VerticalScalingAction: [verticalScaleHasFeaturesOrAttributes],
};
