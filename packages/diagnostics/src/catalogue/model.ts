import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const inDeployment = (text: string): string => shop(`deployment model D { ${text} }`);
const inRequirements = (text: string): string => shop(`requirement model R { ${text} }`);
const inMetrics = (text: string): string => shop(`metric model M { ${text} }`);
const inScalability = (text: string): string => shop(`scalability model S { ${text} }`);

/** The rules of CAMEL for a model by itself. */
export const model = {
  'model/missing': entry<{ kind: string; name?: string; missing: string }>({
    severity: 'error',
    message: ({ kind, name, missing }) => `the ${kind}${name ? ` \`${name}\`` : ''} has no \`${missing}\``,
    help: ({ missing }) => `add \`${missing}\` to its block`,
    explanation: 'CAMEL asks for this property.',
    example: shop('application A { }'),
  }),
  'model/twice': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `\`${what}\` stands here for the second time`,
    help: () => 'remove one of them',
    fix: 'removes the second one',
    explanation: 'The property has one value. The later would silently replace the earlier.',
    example: shop("application A { version '1' version '2' }"),
  }),
  'model/duplicate': entry<{ kind: string; name: string }>({
    severity: 'error',
    message: ({ kind, name }) => `there is another ${kind} \`${name}\``,
    help: () => 'rename one of them',
    explanation: 'Two elements of a kind in one block need different names, else a reference could mean either.',
    example: inDeployment('software A { } software A { longLived }'),
  }),
  'model/shared-name': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `another file of this folder has a camel model \`${name}\` too`,
    help: () => 'rename one of them, or move it to another folder',
    explanation: 'Paths that begin with the name of the camel model could mean either, and results name an application by it.',
    example: "camel model Shop { application A { version '1' } }\n// --- file: copy.camel\ncamel model Shop { application A { version '2' } }",
  }),
  'model/repeated': entry<{ kind: string; name: string }>({
    severity: 'warning',
    message: ({ kind, name }) => `the ${kind} \`${name}\` is declared again, word for word`,
    help: () => 'remove one of them',
    fix: 'removes the second declaration',
    explanation: 'Both declarations say the same, so it does not matter which one a reference means.',
    example: inMetrics('measurable attribute a measurable attribute a'),
  }),
  'model/region-again': entry<{ name: string }>({
    severity: 'warning',
    message: ({ name }) => `the region \`${name}\` is declared again, in other words`,
    help: () => 'keep one of them; both stand for the same place, and references mean the first',
    fix: 'removes the second declaration',
    explanation:
      'A region is a place in the world, known by its id. Two declarations of one id do not contradict each other, but one of them is enough. Template models of several projects declare countries twice.',
    example: 'camel model M { location model L { region LY { name Libya } region LY { name Libia } } }',
  }),

  'model/attribute-without-value': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the attribute \`${name}\` has neither a value nor a range nor a value type`,
    help: () => 'give it one, such as `int 4` or `[int 2, int 8]`',
    explanation: 'Only a measurable attribute gets its value while the application runs.',
    example: shop("application A { version '1' attribute a : }"),
  }),
  'model/value-and-range': entry({
    severity: 'error',
    message: () => 'an attribute has a value or a range, not both',
    help: () => 'remove the value, or the range',
    fix: 'removes the value',
    explanation: 'A value is one, a range is what is allowed.',
    example: shop("application A { version '1' attribute a : [int 1, int 3] int 2 }"),
  }),
  'model/value-out-of-type': entry<{ value: string; type: string; range: string }>({
    severity: 'error',
    message: ({ value, type, range }) => `${value} is not in \`${type}\`, whose values are ${range}`,
    explanation: 'The value of an attribute, and the ends of its range that belong to it, lie in its value type.',
    example: shop("type model T { range Small { primitive type int upper limit incl. int 9 } } application A { version '1' attribute a : int 10 [T.Small] }"),
  }),
  'model/whole-number': entry<{ value: number }>({
    severity: 'error',
    message: ({ value }) => `${value} is not a whole number`,
    help: () => 'write `double` instead of `int`',
    fix: 'makes it a `double`',
    explanation: 'An `int` has no fraction.',
    example: shop("application A { version '1' attribute a : int 2.5 }"),
  }),
  'model/range-types-differ': entry<{ low: string; high: string }>({
    severity: 'error',
    message: ({ low, high }) => `the ends of a range are of one type, but these are ${low} and ${high}`,
    fix: 'makes both ends `float` or `double`',
    explanation: 'Both ends of a range are `int`, both `float` or both `double`.',
    example: shop("application A { version '1' attribute a : [int 1, double 3.0] }"),
  }),
  'model/range-empty': entry<{ low: string; high: string }>({
    severity: 'error',
    message: ({ low, high }) => `nothing lies between ${low} and ${high}`,
    help: () => 'the lower end comes first; `[` and `]` include their end, `(` and `)` do not',
    fix: 'exchanges the ends where the first is greater',
    explanation: 'The range admits no value.',
    example: shop("application A { version '1' attribute a : [int 8, int 2] }"),
  }),

  'model/empty-requirement-set': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the requirement set \`${name}\` requires nothing`,
    help: () => 'add a requirement, or remove the set',
    explanation: 'A requirement set has at least one requirement.',
    example: inDeployment('requirements R { }'),
  }),
  'model/os-and-image': entry({
    severity: 'error',
    message: () => 'a requirement set has an operating system or an image, not both',
    fix: 'removes the image, or the operating system',
    explanation: 'An image brings its operating system with it.',
    example: shop("requirement model R { os requirement O { os 'ubuntu' } image requirement I ['i'] } deployment model D { requirements S { os R.O image R.I } }"),
  }),
  'model/port-number': entry<{ port: number }>({
    severity: 'error',
    message: ({ port }) => `${port} is not a port: ports are 1 to 65535`,
    explanation: 'A port is a number of 16 bits.',
    example: inDeployment('software A { provided communication P port 70000 }'),
  }),
  'model/port-range': entry<{ low: number; high: number }>({
    severity: 'error',
    message: ({ low, high }) => `the range of ports from ${low} to ${high} is empty`,
    help: () => 'the lower port comes first',
    fix: 'exchanges the ends',
    explanation: 'A range of ports has a lower end that is less than its upper end.',
    example: inDeployment('software A { provided communication P port [90, 80] }'),
  }),
  'model/ports-differ': entry<{ required: string; provided: string }>({
    severity: 'error',
    message: ({ required, provided }) => `the required port ${required} is not among the provided ${provided}`,
    help: () => 'give both sides the same port',
    fix: 'requires the provided port',
    explanation: 'A communication joins a required port to a provided port of the same number, or inside of the provided range.',
    example: inDeployment('software A { required communication R port 80 } software B { provided communication P port 81 } communication C from A.R to B.P'),
  }),
  'model/no-command': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the script configuration \`${name}\` does nothing`,
    help: () => 'add a command such as `start`, or an `imageId`',
    explanation: 'A script configuration has at least one command, or the machine image that needs none.',
    example: inDeployment('software A { script configuration C { } }'),
  }),
  'model/os-and-image-id': entry({
    severity: 'error',
    message: () => 'a script configuration has an `os` or an `imageId`, not both',
    fix: 'removes the `os`',
    explanation: 'An image brings its operating system with it.',
    example: inDeployment("software A { script configuration C { os 'ubuntu' imageId 'i' } }"),
  }),
  'model/serverless-code': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the serverless configuration \`${name}\` needs either a binary code URL or a build configuration`,
    explanation: 'The code of a function comes from one of them.',
    example: inDeployment('software A { serverless configuration C { } }'),
  }),

  'model/slo': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the SLO \`${name}\` has a constraint or an event, not both`,
    fix: 'removes the event',
    explanation: 'A service level objective is one condition.',
    example: inRequirements('slo S constraint C.c event E.e'),
  }),
  'model/provider-names': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the provider requirement \`${name}\` allows any cloud and names no provider`,
    help: () => 'add `provider names […]`, or `cloud type public` or `private`',
    explanation: 'Without a cloud type, or with `any`, a provider requirement says nothing unless it names providers.',
    example: inRequirements('provider requirement P { cloud type any }'),
  }),
  'model/instances': entry<{ min: number; max: number }>({
    severity: 'error',
    message: ({ min, max }) => `${min} to ${max} instances is no range`,
    help: () => 'the minimum is at least 0; the maximum is at least 1 and not less than the minimum, or -1 for no maximum',
    fix: 'exchanges minimum and maximum',
    explanation: 'A horizontal scale requirement gives the smallest and the largest number of instances.',
    example: inRequirements('horizontal scale requirement H [3, 2]'),
  }),
  'model/vertical-scale': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` has either features or attributes`,
    explanation: 'A vertical scale requirement or action changes features or attributes, not both and not nothing.',
    example: inRequirements('vertical scale requirement V { }'),
  }),
  'model/empty-requirement': entry<{ kind: string; name: string }>({
    severity: 'error',
    message: ({ kind, name }) => `the ${kind} \`${name}\` requires nothing`,
    help: () => 'add a feature or an attribute',
    explanation: 'A requirement of this kind has at least one feature or attribute.',
    example: inRequirements('resource requirement R { }'),
  }),
  'model/optimisation': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the optimisation requirement \`${name}\` needs either a metric context or a metric variable`,
    explanation: 'One value is optimised.',
    example: inRequirements('optimisation requirement O { minimise }'),
  }),
  'model/priority': entry({
    severity: 'error',
    message: () => 'a priority is not negative',
    fix: 'takes the sign away',
    explanation: 'The highest priority is optimised first.',
    example: inRequirements('optimisation requirement O { variable M.v priority -1.0 }'),
  }),

  'model/recursive': entry<{ kind: string; name: string; way: string }>({
    severity: 'error',
    message: ({ kind, name, way }) => `the ${kind} \`${name}\` is defined by itself: ${way}`,
    explanation: 'A definition that contains itself has no value.',
    example: inMetrics("variable A { formula 'B + 1' } variable B { formula 'A' }"),
  }),
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
  'model/not-positive': entry<{ what: string; value: number }>({
    severity: 'error',
    message: ({ what, value }) => `${what} is more than 0, not ${value}`,
    explanation: 'A time span or a count of measurements that is 0 or less never comes to pass.',
    example: inMetrics('schedule S { interval 0 time unit U.Seconds }'),
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

  'model/list-type': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the list \`${name}\` has either a primitive type or a type`,
    explanation: 'The values of a list are of one type.',
    example: shop('type model T { list L { values [int 1] } }'),
  }),
  'model/value-type': entry<{ expected: string; found: string }>({
    severity: 'error',
    message: ({ expected, found }) => `this is ${found}, where ${expected} is wanted`,
    explanation: 'The values and limits of a type are of its primitive type.',
    example: shop('type model T { range R { primitive type int lower limit double 1.0 } }'),
  }),
  'model/range-type': entry<{ type: string }>({
    severity: 'error',
    message: ({ type }) => `a range is of int, float or double, not of ${type}`,
    explanation: 'Only numbers have an order.',
    example: shop('type model T { range R { primitive type string } }'),
  }),
  'model/union-overlap': entry({
    severity: 'error',
    message: () => 'the ranges of a union are in order and do not overlap',
    explanation: 'Each range begins where the former has ended.',
    example: shop(
      'type model T { range union U { ranges [range A { primitive type int lower limit incl. int 1 upper limit incl. int 5 }, range B { primitive type int lower limit incl. int 3 } ] } }',
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

  'model/too-few': entry<{ kind: string; name: string }>({
    severity: 'error',
    message: ({ kind, name }) => `the ${kind} \`${name}\` is of two components or more`,
    explanation: 'It says something about components together.',
    example: inDeployment('software A { } alternative X { software [A] }'),
  }),
  'model/switch-values': entry<{ values: number; components: number }>({
    severity: 'error',
    message: ({ values, components }) => `there are ${values} values for ${components} components`,
    explanation: 'Each value of a switch chooses the component at the same place of the list.',
    example: inDeployment("software A { } switch S { context M.c values ['a', 'b'] components [A] }"),
  }),
  'model/data-source': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the data source \`${name}\` is external, or managed by a component`,
    help: () => 'write `external`, or `component`, not both',
    fix: 'removes `external` where both are there',
    explanation: 'Data come from outside of the application or from one of its components.',
    example: shop('deployment model P { software A { } } data type model D { data source S { external component P.A } }'),
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
  'model/sub-domain': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the sub-domain of the security control \`${name}\` is its domain`,
    explanation: 'A security control stands in a domain and in one of the parts of that domain.',
    example: shop("security model S { domain d { name 'd' } security control C { name 'c' domain S.d sub-domain S.d specification 's' } }"),
  }),
  'model/role-assignment': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the role assignment \`${name}\` assigns the role to nobody`,
    help: () => 'add `user` or `user group`',
    explanation: 'A role is assigned to a user or to a group of users.',
    example: shop('organisation model O { role R role assignment A { role R assignment time 2020-01-01 } }'),
  }),
  'model/every-and-some': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `this filter is for every ${what}, and lists some`,
    help: ({ what }) => `remove the list, or \`every-${what}\``,
    fix: 'removes `every-data` or `every-software`',
    explanation: 'A resource filter is for all resources of its kind or for those that it lists.',
    example: shop('organisation model O { data resource filter F { every-data data [D.a] } }'),
  }),
  'model/property-range': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the metadata property \`${name}\` is of type \`data\`, but its range is a concept`,
    help: () => 'write `range uri`, or `type object`',
    explanation: 'An object property ranges over a concept; a data property ranges over values, which a URI names.',
    example: shop("metadata model M { concept A { name 'a' uri 'a' property p { name 'p' uri 'p' type data range A } } }"),
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
} satisfies Record<string, Entry<never>>;
