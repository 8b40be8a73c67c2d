import { AstUtils, type AstNode } from 'langium';
import {
  isMeasurableAttribute,
  isMetricVariable,
  isRawMetric,
  isCompositeMetric,
  isVariable,
  RawMetric,
  CompositeMetric,
  RawSecurityMetric,
  CompositeSecurityMetric,
  MetricVariable,
  type CompositeMetricContext,
  type ObjectContext,
  type RawMetricContext,
  type Schedule,
  type Sensor,
  type Window,
  type WindowCriterion,
  type WindowProcessing,
} from '../generated/ast.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';
import { fix, propertyRemoved } from '../edits.js';

function variableIsCurrentOrOnCandidates(variable: MetricVariable, report: Report): void {
  if (variable.currentConfig && variable.onCandidates)
    report('model/current-and-candidates', {}, variable, 'onCandidates').fixes = fix('Remove `on candidates`', propertyRemoved(variable, 'onCandidates'));
  if (variable.context && !variable.formula)
    report('model/context-without-formula', { name: variable.name }, variable, 'context').fixes = fix('Remove the context', propertyRemoved(variable, 'context'));
}

function intervalIsPositive(schedule: Schedule, report: Report): void {
  if (schedule.interval !== undefined && schedule.interval <= 0) report('model/not-positive', { what: 'an interval', value: schedule.interval }, schedule, 'interval');
}

function sensorHasOneConfiguration(sensor: Sensor, report: Report): void {
  if ((sensor.config !== undefined) === sensor.configurations.length > 0) report('model/sensor-configuration', { name: sensor.name }, sensor, 'name');
}

function windowIsBoundByItsSizeType(window: Window, report: Report): void {
  const { sizeType, measurementSize, timeSize, timeUnit } = window;
  for (const property of ['measurementSize', 'timeSize'] as const) {
    const value = window[property];
    if (value !== undefined && value <= 0) report('model/not-positive', { what: 'the size of a window', value }, window, property);
  }
  const hasTime = timeSize !== undefined || timeUnit !== undefined;
  const hasWholeTime = timeSize !== undefined && timeUnit !== undefined;
  const hasMeasurements = measurementSize !== undefined;
  const wrong = (wanted: string): void => void report('model/window-size', { sizeType: sizeType!, wanted }, window, 'sizeType');
  if (sizeType === 'measurements-only' && (!hasMeasurements || hasTime)) wrong('a `measurement size` and no time');
  else if (sizeType?.startsWith('time-') && (!hasWholeTime || hasMeasurements)) wrong('a `time size` with a `time unit`, and no `measurement size`');
  else if (sizeType?.endsWith('-match') && !(hasMeasurements && hasWholeTime)) wrong('a `measurement size` and a `time size` with a `time unit`');
}

function processingGroupsOrRanks(processing: WindowProcessing, report: Report): void {
  const { type, groupings, rankings } = processing;
  if (!type) return;
  const wanted = { group: [true, false], sort: [false, true], rank: [true, true] }[type];
  if (groupings.length > 0 === wanted[0] && rankings.length > 0 === wanted[1]) return;
  const words = type === 'group' ? '`grouping` only' : type === 'sort' ? '`ranking` only' : 'both `grouping` and `ranking`';
  report('model/window-processing', { type, wanted: words }, processing, 'type');
}

/** Criteria that say the same, one after the other. */
function criteriaDiffer({ groupings, rankings }: WindowProcessing, report: Report): void {
  for (const criteria of [groupings, rankings]) {
    const seen = new Set<string>();
    for (const criterion of criteria) {
      const key = `${criterion.type} ${criterion.custom} ${criterion.metric?.$refText}`;
      if (seen.has(key)) report('model/criterion-again', { name: criterion.name }, criterion, 'name');
      seen.add(key);
    }
  }
}

/** Measurements are grouped and ranked by what the metric is calculated from. */
function criteriaAreOfTheMetric(context: CompositeMetricContext, report: Report): void {
  const metric = given(context.metric);
  const formula = metric && 'formula' in metric ? metric.formula : undefined;
  if (!formula?.expression) return;
  const parts = new Set<AstNode | undefined>([metric]);
  for (const node of AstUtils.streamAst(formula)) if (isVariable(node)) parts.add(given(node.symbol));
  for (const { groupings, rankings } of given(context.window)?.processings ?? []) {
    for (const criterion of [...groupings, ...rankings]) {
      const other = given(criterion.metric);
      if (other && !parts.has(other)) report('model/criterion-metric', { metric: other.name, context: context.name, of: metric!.name }, criterion, 'metric');
    }
  }
}

function customTextBelongsToCustomCriterion(criterion: WindowCriterion, report: Report): void {
  if ((criterion.type === 'custom') !== (criterion.custom !== undefined)) report('model/custom-criterion', {}, criterion, 'type');
}

function contextIsAboutAMetricOfItsKind(context: RawMetricContext | CompositeMetricContext, report: Report): void {
  const raw = context.$type === 'RawMetricContext';
  const type = context.metric?.$nodeDescription?.type ?? context.metric?.ref?.$type;
  const wanted: readonly string[] = raw ? [RawMetric.$type, RawSecurityMetric.$type] : [CompositeMetric.$type, CompositeSecurityMetric.$type, MetricVariable.$type];
  if (type && !wanted.includes(type))
    report('model/context-metric', { context: raw ? 'raw' : 'composite', metric: context.metric!.$refText, found: kindOf(type) }, context, 'metric');
}

function sensorMeasuresTheAttribute(context: RawMetricContext, report: Report): void {
  const metric = given(context.metric);
  const sensor = given(context.sensor);
  const attribute = isRawMetric(metric) || isCompositeMetric(metric) || isMetricVariable(metric) ? given(given(metric.template)?.attribute) : undefined;
  if (!sensor || !isMeasurableAttribute(attribute) || attribute.sensors.length === 0) return;
  if (attribute.sensors.some((s) => s.ref === sensor)) return;
  report('model/context-sensor', { sensor: sensor.name, attribute: attribute.name, sensors: attribute.sensors.map((s) => `\`${s.$refText}\``).join(', ') }, context, 'sensor');
}

function objectContextIsAboutOneThing(context: ObjectContext, report: Report): void {
  const { name, component, data, communication } = context;
  if (Boolean(communication) === Boolean(component ?? data)) report('model/object-context', { name }, context, 'name');
}

const groupings = ['per-instance', 'per-host', 'per-zone', 'per-region', 'per-cloud', 'global'];

/** What is composed is what the formula of the composite metric mentions, grouped as much or less. */
function composingContextsFeedTheMetric(context: CompositeMetricContext, report: Report): void {
  const metric = given(context.metric);
  const formula = isCompositeMetric(metric) || isMetricVariable(metric) ? metric.formula : undefined;
  for (const [i, reference] of context.composingContexts.entries()) {
    const composing = given(reference);
    const part = given(composing?.metric);
    if (!composing || !part) continue;
    if (formula?.expression && !AstUtils.streamAst(formula).some((n) => isVariable(n) && n.symbol.ref === part)) {
      report('model/composing-metric', { context: composing.name, part: part.name, metric: metric!.name }, context, 'composingContexts', i);
    }
    const finer = composing.$type === 'CompositeMetricContext' ? composing.grouping : undefined;
    if (finer && context.grouping && groupings.indexOf(finer) > groupings.indexOf(context.grouping)) {
      report('model/composing-grouping', { context: composing.name, finer, grouping: context.grouping }, context, 'composingContexts', i);
    }
  }
}

export const metricChecks: Checks = {
  MetricVariable: [variableIsCurrentOrOnCandidates],
  Schedule: [intervalIsPositive],
  Sensor: [sensorHasOneConfiguration],
  Window: [windowIsBoundByItsSizeType],
  WindowProcessing: [processingGroupsOrRanks, criteriaDiffer],
  WindowCriterion: [customTextBelongsToCustomCriterion],
  RawMetricContext: [contextIsAboutAMetricOfItsKind, sensorMeasuresTheAttribute],
  CompositeMetricContext: [contextIsAboutAMetricOfItsKind, composingContextsFeedTheMetric, criteriaAreOfTheMetric],
  ObjectContext: [objectContextIsAboutOneThing],
};
