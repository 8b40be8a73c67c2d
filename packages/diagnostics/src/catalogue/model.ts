import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const inDeployment = (text: string): string => shop(`deployment model D { ${text} }`);
const inMetrics = (text: string): string => shop(`metric model M { ${text} }`);

/** The rules of CAMEL for all models. */
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

  'model/recursive': entry<{ kind: string; name: string; way: string }>({
    severity: 'error',
    message: ({ kind, name, way }) => `the ${kind} \`${name}\` is defined by itself: ${way}`,
    explanation: 'A definition that contains itself has no value.',
    example: inMetrics("variable A { formula 'B + 1' } variable B { formula 'A' }"),
  }),
  'model/not-positive': entry<{ what: string; value: number }>({
    severity: 'error',
    message: ({ what, value }) => `${what} is more than 0, not ${value}`,
    explanation: 'A time span or a count of measurements that is 0 or less never comes to pass.',
    example: inMetrics('schedule S { interval 0 time unit U.Seconds }'),
  }),
  'model/data-source': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the data source \`${name}\` is external, or managed by a component`,
    help: () => 'write `external`, or `component`, not both',
    fix: 'removes `external` where both are there',
    explanation: 'Data come from outside of the application or from one of its components.',
    example: shop('deployment model P { software A { } } data type model D { data source S { external component P.A } }'),
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
} satisfies Record<string, Entry<never>>;
