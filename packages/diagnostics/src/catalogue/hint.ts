import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

/** What looks odd, and may be meant. */
export const hint = {
  'hint/name-contradicts': entry<{ name: string; operator: string }>({
    severity: 'hint',
    message: ({ name, operator }) => `\`${name}\` holds when the value is ${operator === '<' || operator === '<=' ? 'low' : 'high'}; its name says the opposite`,
    help: () => 'an SLO that uses it fires when it holds',
    explanation: 'A constraint describes the situation in which something is to be done, its name perhaps the one that is wanted.',
    example: shop('constraint model C { metric constraint LoadLessThan80 : [M.c] > 80 }'),
  }),
  'hint/unconnected': entry<{ port: string; component: string }>({
    severity: 'hint',
    message: ({ port, component }) => `no communication leads from the required port \`${port}\` of ${component}`,
    help: ({ port, component }) => `add a \`communication\` from ${component}.${port} to a provided port`,
    explanation: 'A required port says that the component calls another. Without a communication nothing says which.',
    example: shop('deployment model D { software Web { required communication Sql port 5432 } }'),
  }),
  'hint/dropped': entry<{ global: string; own: string; component: string; dropped: string[] }>({
    severity: 'hint',
    message: ({ global, own, component, dropped }) =>
      `for ${component} \`${own}\` replaces the global \`${global}\` as a whole: ${dropped.join(', ')} of it ${dropped.length === 1 ? 'does' : 'do'} not count`,
    help: ({ own }) => `repeat in \`${own}\` what shall hold for this component too`,
    explanation: 'Of each kind of requirement the nearest counts alone: that of the configuration, then that of the component, then the global one. They are not merged.',
    example: shop(
      'requirement model R { resource requirement All { attribute minRam : int 4 } resource requirement Own { attribute minCores : int 4 } } deployment model D { global requirements G requirements G { resource R.All } requirements W { resource R.Own } software Web { requirements W } }',
    ),
  }),
  'hint/not-regarded': entry<{ kind: string; name: string }>({
    severity: 'hint',
    message: ({ kind, name }) => `the ${kind} \`${name}\` excludes no candidate and no deployment`,
    help: () => 'what has to hold must be said by a resource, provider, location, os or image requirement, or by a constraint',
    explanation:
      'No candidate says which security controls it has, what connects it with another one, or how it can grow. Requirements of security, communication and vertical scale stay in the model for those who read it.',
    example: shop(
      "security model S { domain a { name 'a' } domain b { name 'b' } security control C { name 'c' domain S.a sub-domain S.b specification 's' } } requirement model R { security requirement Safe { controls [S.C] } } deployment model D { requirements W { security R.Safe } software Web { requirements W } }",
    ),
  }),
  'hint/one-command': entry<{ name: string; command: string }>({
    severity: 'hint',
    message: ({ name, command }) => `the script configuration \`${name}\` has just one command, \`${command}\``,
    explanation: 'Components are installed and started at least, most are configured too. With one command alone something may have been forgotten.',
    example: shop("deployment model D { software Web { script configuration C { start './run.sh' } } }"),
  }),
  'hint/cardinality': entry<{ component: string; scale: string }>({
    severity: 'hint',
    message: ({ component, scale }) => `\`${scale}\` allows several instances of ${component}, but no variable stands for their number`,
    help: ({ component }) => `use a variable with \`template …ComponentInstanceTemplate component ${component}\` in the utility or in a constraint`,
    explanation: 'A utility or constraint that does not mention the number of instances never gives a reason for more than the fewest.',
    example: shop(
      "requirement model R { horizontal scale requirement H [1, 9] optimisation requirement O { variable M.U } } deployment model D { requirements S { horizontal scale R.H } software Web { requirements S } } metric model M { variable U { formula '1' } }",
    ),
  }),
  'hint/unused': entry<{ kind: string; name: string }>({
    severity: 'hint',
    tag: 'unnecessary',
    message: ({ kind, name }) => `nothing uses the ${kind} \`${name}\``,
    fix: 'removes the element',
    explanation:
      'No element of the models that were read refers to it, so it changes nothing. Templates, units and value types are looked at in the models of an application only: elsewhere they are there for others.',
    example: shop('metric model M { variable V { } }'),
  }),
} satisfies Record<string, Entry<never>>;
