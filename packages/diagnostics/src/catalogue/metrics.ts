import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const inMetrics = (text: string): string => shop(`metric model M { ${text} }`);
const inScalability = (text: string): string => shop(`scalability model S { ${text} }`);

/** Metrics and variables, the contexts in which they are measured, and what is done by them. */
export const metrics = {
  'model/current-and-candidates': entry({
    severity: 'error',
    message: () => 'a variable is that of the current configuration or ranges over the candidates, not both',
    fix: 'removes `on candidates`',
    explanation: '`current-config` is one value of the deployment that runs, `on candidates` a list.',
    example: inMetrics('variable V { current-config on candidates }'),
  }),
  'model/context-without-formula': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the variable \`${name}\` has a context but no formula`,
    fix: 'removes the context',
    explanation: 'A metric context says how the value of a formula is taken.',
    example: inMetrics('variable V { context C }'),
  }),
  'model/sensor-configuration': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the sensor \`${name}\` needs either a \`config\` text or a configuration`,
    explanation: 'A sensor is part of the platform, configured by a text, or a component of its own with a configuration.',
    example: inMetrics('sensor S { isPush }'),
  }),
  'model/window-size': entry<{ sizeType: string; wanted: string }>({
    severity: 'error',
    message: ({ sizeType, wanted }) => `a window of size type \`${sizeType}\` has ${wanted}`,
    explanation: 'The size type says what bounds the window: a number of measurements, a time, or whichever comes first or last.',
    example: inMetrics('window W { type fixed size type measurements-only time size 3 time unit U.Seconds }'),
  }),
  'model/window-processing': entry<{ type: string; wanted: string }>({
    severity: 'error',
    message: ({ type, wanted }) => `processing of type \`${type}\` has ${wanted}`,
    explanation: '`group` groups, `sort` ranks, and `rank` does both.',
    example: inMetrics('window W { type fixed size type measurements-only measurement size 3 processing P { type group } }'),
  }),
  'model/custom-criterion': entry({
    severity: 'error',
    message: () => 'a criterion has a `custom` text if its type is `custom`, and only then',
    explanation: 'The other types need no text.',
    example: inMetrics('window W { processing P { type sort ranking criterion C { type custom } } }'),
  }),
  'model/context-metric': entry<{ context: string; metric: string; found: string }>({
    severity: 'error',
    message: ({ context, metric, found }) => `a ${context} metric context is about a ${context} metric; \`${metric}\` is a ${found}`,
    explanation: 'Raw metrics are measured by a sensor, composite metrics are computed from other contexts.',
    example: inMetrics("composite metric C { formula '1' } raw metric context X { metric C }"),
  }),
  'model/context-sensor': entry<{ sensor: string; attribute: string; sensors: string }>({
    severity: 'error',
    message: ({ sensor, attribute, sensors }) => `\`${sensor}\` does not measure \`${attribute}\`, which has the sensors ${sensors}`,
    explanation: 'A measurable attribute that lists sensors is measured by one of them.',
    example: inMetrics(
      'sensor A { config "" } sensor B { config "" } measurable attribute a sensors [M.A] template T { attribute a unit U.x } raw metric R { template T } raw metric context C { metric R sensor M.B }',
    ),
  }),
  'model/object-context': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the object context \`${name}\` is about a communication, or about a component or data`,
    explanation: 'It needs one of them, and a communication excludes the others.',
    example: inMetrics('object context O { }'),
  }),

  'model/composing-metric': entry<{ context: string; part: string; metric: string }>({
    severity: 'error',
    message: ({ context, part, metric }) => `\`${context}\` is about \`${part}\`, which the formula of \`${metric}\` does not mention`,
    help: ({ metric }) => `compose contexts of what \`${metric}\` is calculated from`,
    explanation: 'A composite metric context composes the contexts of the metrics in the formula of its metric.',
    example: inMetrics(
      "raw metric A { template T } raw metric B { template T } composite metric C { template T formula 'mean(A)' } raw metric context X { metric B sensor M.s } composite metric context Y { metric C composing contexts [X] }",
    ),
  }),
  'model/composing-grouping': entry<{ context: string; finer: string; grouping: string }>({
    severity: 'error',
    message: ({ context, finer, grouping }) => `\`${context}\` is grouped ${finer}, so nothing of it can be grouped ${grouping}`,
    help: () => 'group what is composed as finely, or more so',
    explanation: 'Values that are grouped by region can be grouped further by cloud, but no more by host.',
    example: inMetrics(
      "composite metric A { template T formula '1' } composite metric B { template T formula 'A' } composite metric context X { metric A grouping global } composite metric context Y { metric B grouping per-host composing contexts [X] }",
    ),
  }),
  'model/threshold': entry<{ name: string; always: boolean; type: string; range: string }>({
    severity: 'warning',
    message: ({ name, always, type }) => `\`${name}\` ${always ? 'always' : 'never'} holds: the values of \`${type}\` lie on one side of this`,
    help: ({ type, range }) => `\`${type}\` is ${range}`,
    explanation: 'The value type of the template says what values the metric or variable can have. None of them makes a difference to this comparison.',
    example: shop(
      'type model T { range Share { primitive type double lower limit incl. double 0.0 upper limit incl. double 1.0 } } metric model M { template L { attribute a unit U.x value type T.Share } variable Load { template L } } constraint model C { variable constraint c : M.Load > 80.0 }',
    ),
  }),
  'model/event-pattern': entry<{ name: string; wanted: string }>({
    severity: 'error',
    message: ({ name, wanted }) => `the event pattern \`${name}\` ${wanted}`,
    explanation: 'A binary pattern has two different events, or one event and a timer. Occurrences belong to `repeat` and `repeat-until`, a timer to `when`.',
    example: inScalability('binary event pattern P { operator and }'),
  }),
  'model/timer-occurrences': entry({
    severity: 'error',
    message: () => 'a timer has a `max occurrence num` above 0 if its type is `within-max`, and only then',
    explanation: 'The other types do not count.',
    example: inScalability('timer T { type within-max time value 5 unit U.Seconds }'),
  }),
  'model/scaling-count': entry<{ count: number; why: string }>({
    severity: 'error',
    message: ({ count, why }) => `scaling by ${count}: ${why}`,
    explanation: 'A horizontal scaling action adds instances (a positive count) or takes some away, inside of what the horizontal scale requirement of the component allows.',
    example: inScalability('horizontal scaling action A { software D.x count 0 }'),
  }),
} satisfies Record<string, Entry<never>>;
