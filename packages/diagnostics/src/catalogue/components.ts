import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const inDeployment = (text: string): string => shop(`deployment model D { ${text} }`);

/** Components with their configurations, ports and sets of requirements. */
export const components = {
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
} satisfies Record<string, Entry<never>>;
