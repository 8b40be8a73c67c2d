import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

/** Rules of CAMEL for monitoring in detail, data instances, scaling, security and organisation. */
export const organisation = {
  'model/criterion-again': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the criterion \`${name}\` says the same as an earlier one`,
    help: () => 'remove one of them',
    explanation: 'The criteria of a processing are applied one after the other; the second of two equal ones has no effect.',
    example: shop(
      'metric model M { window W { type fixed size type measurements-only measurement size 3 processing P { type sort ranking criterion A { type host } ranking criterion B { type host } } } }',
    ),
  }),
  'model/criterion-metric': entry<{ metric: string; context: string; of: string }>({
    severity: 'error',
    message: ({ metric, context, of }) => `\`${context}\` is about \`${of}\`, which is not calculated from \`${metric}\``,
    explanation: 'A window groups and ranks measurements by the metric of its context or by those in its formula.',
    example: shop(
      "metric model M { raw metric A { template T } raw metric B { template T } composite metric C { template T formula 'mean(A)' } window W { type fixed size type measurements-only measurement size 3 processing P { type sort ranking criterion K { type custom custom 'x' metric B } } } composite metric context X { metric C window W } }",
    ),
  }),
  'model/data-instance': entry<{ name: string; type: string; problem: string }>({
    severity: 'error',
    message: ({ name, type, problem }) => `\`${name}\` is not as its type: \`${type}\` ${problem}`,
    explanation: 'Instances of data have the source, the parts and the component that their types have.',
    example: shop(
      'data type model T { data D { } data source S { external } } data instance model I { type T data source instance s { type T.S component P.A } } deployment model P { software A { } }',
    ),
  }),
  'model/never-fires': entry<{ name: string; event: string }>({
    severity: 'warning',
    message: ({ name, event }) => `the rule \`${name}\` never acts: \`${event}\` cannot fire`,
    explanation: 'The event waits for a condition that no value of its metric meets, as the value type of the template has it.',
    example: shop(
      'type model T { range Share { primitive type double lower limit incl. double 0.0 upper limit incl. double 1.0 } } metric model M { template L { attribute a unit U.x value type T.Share } raw metric Load { template L } raw metric context X { metric Load sensor M.s } } constraint model C { metric constraint Full : [M.X] > 80.0 } scalability model S { nonfunctional E { constraint C.Full } vertical scaling action A { attribute a : int 1 } rule R { event S.E actions [S.A] } }',
    ),
  }),
  'model/control-domain': entry<{ name: string; element: string; domain: string }>({
    severity: 'error',
    message: ({ name, element, domain }) => `\`${element}\` is of the domain \`${domain}\`, in which the security control \`${name}\` does not stand`,
    explanation: 'The properties and metrics of a security control are of its domain or of its sub-domain.',
    example: shop(
      "security model S { domain a { name 'a' } domain b { name 'b' } domain c { name 'c' } raw security metric M { domain S.c template T } security control C { name 'c' domain S.a sub-domain S.b specification 's' raw metrics [S.M] } }",
    ),
  }),
  'model/security-slo': entry<{ name: string; metric: string; kind: string }>({
    severity: 'error',
    message: ({ name, metric, kind }) => `the security SLO \`${name}\` compares \`${metric}\`, which is a ${kind}`,
    help: () => 'use a `slo` of a requirement model',
    explanation: 'A security SLO is about a raw or composite security metric.',
    example: shop(
      'metric model M { raw metric A { template T } raw metric context X { metric A sensor M.s } } constraint model C { metric constraint c : [M.X] > 1.0 } security model S { security SLO O constraint C.c }',
    ),
  }),
  'model/dates': entry<{ start: string; end: string }>({
    severity: 'warning',
    message: ({ start, end }) => `${end} is before the start, ${start}`,
    explanation: 'What ends before it starts never holds.',
    example: shop('metric model M { schedule S { interval 1 time unit U.Seconds start 2024-05-01 end 2024-04-01 } }'),
  }),
  'model/property-domain': entry<{ name: string; property: string; domain: string }>({
    severity: 'error',
    message: ({ name, property, domain }) => `\`${name}\` is an instance of \`${property}\`, a property of \`${domain}\` alone`,
    explanation: 'A concept has the properties that it or a concept around it declares.',
    example: shop(
      "metadata model M { concept A { name 'a' uri 'a' property p { name 'p' uri 'p' type data } } concept B { name 'b' uri 'b' concept instance i { name 'i' uri 'i' property instance q { name 'q' uri 'q' value 'v' isA M.A.p } } } }",
    ),
  }),
} satisfies Record<string, Entry<never>>;
