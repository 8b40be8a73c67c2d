import { entry, type Entry } from '../entry.js';

const inDeployment = (text: string): string => `camel model Shop { deployment model D { ${text} } }`;

/** Components, their configurations and their places, as the model alone has them. */
export const topology = {
  'component/no-configuration': entry<{ component: string }>({
    severity: 'warning',
    message: ({ component }) => `${component} has no configuration, so nothing says what runs`,
    help: () => 'add a `container configuration` with an image, or a `script configuration`',
    fix: 'adds a container configuration, with an image to be named',
    explanation: 'A deployment of the component can be found, but not made: its configuration names the image, the commands or the code.',
    example: inDeployment('software Web { }'),
  }),
  'component/no-requirements': entry<{ component: string }>({
    severity: 'warning',
    message: ({ component }) => `${component} has no requirements, so any machine will do`,
    help: () => 'add `requirements` to it, or `global requirements` to the deployment model',
    explanation: 'Requirements say what its host must have. Without any the cheapest machine there is counts as good enough.',
    example: inDeployment('software Web { }'),
  }),
  'port/unprovided': entry<{ port: string; component: string }>({
    severity: 'error',
    message: ({ port, component }) => `the mandatory port \`${port}\` of ${component} has no provider`,
    help: ({ port, component }) => `add a \`communication\` from ${component}.${port} to a provided port, or take \`mandatory\` away`,
    fix: 'takes `mandatory` away',
    explanation:
      'A component with a mandatory required port is deployed together with one of the components that its communications lead to. Without a communication there is none.',
    example: inDeployment('software Web { required communication Sql port 5432 mandatory }'),
  }),
  'model/coupled-hosts': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the components of \`${name}\` go on one host, but their hostings put them on different ones`,
    explanation: 'Components that are coupled on the same host and have hostings share what provides a host.',
    example: inDeployment(
      'software A { required host h } software B { required host h } vm One { provided host p } vm Two { provided host p } hosting OnOne { provided host One.p required hosts [A.h] } hosting OnTwo { provided host Two.p required hosts [B.h] } coupling Together { type same-host software [A, B] }',
    ),
  }),
  'model/control-flow': entry<{ components: string[]; name: string; kind: string; other: string; otherKind: string }>({
    severity: 'error',
    message: ({ components, kind, name, otherKind, other }) => `${components.join(' and ')} stand together in the ${kind} \`${name}\` and in the ${otherKind} \`${other}\``,
    explanation: 'Two components run side by side, one after the other, or one in place of the other: one kind of control flow relates them.',
    example: inDeployment('software A { } software B { } parallel P [A, B] sequence S [A, B]'),
  }),
  'model/cluster': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the cluster configuration \`${name}\` has neither an annotation nor a download URL`,
    help: () => 'annotate it with its framework, or add `download URL`',
    explanation: 'A cluster configuration names what runs on the cluster, and from where it is fetched.',
    example: inDeployment('software A { cluster configuration C { } }'),
  }),
  'model/url': entry<{ url: string }>({
    severity: 'error',
    message: () => 'this is no URL',
    help: () => 'write a scheme, a host and a path: `https://files.example.com/app.jar`',
    explanation: 'What is fetched by its URL needs one that is well formed. A variable of the run, `$NAME`, may stand in it.',
    example: inDeployment("software A { cluster configuration C { download URL 'files.example.com app.jar' } }"),
  }),
  'objective/constant': entry<{ name: string; given: string[] }>({
    severity: 'warning',
    message: ({ name }) => `no decision changes \`${name}\`, so every deployment is equally good`,
    help: ({ given }) => (given.length > 0 ? `it comes from ${given.slice(0, 4).join(', ')} alone` : 'it comes from numbers alone'),
    explanation:
      'A solution decides candidates and numbers of instances. What is optimised should depend on a variable that stands for one of them: one with a template of cores, memory, storage, a place, a cost or a cardinality, and without a formula. Measured metrics are the same for every solution.',
    example: "camel model Shop { metric model M { variable Utility { formula '1 + 1' } } requirement model R { optimisation requirement O { variable M.Utility } } }",
  }),
  'credential/in-clear': entry<{ name: string }>({
    severity: 'warning',
    confidential: true,
    message: ({ name }) => `a credential stands in the model${name ? `, in \`${name}\`` : ''}`,
    help: () => 'write a variable such as `$PASSWORD` in its place, and change the credential: whoever has the model has it',
    fix: 'writes a variable in its place, where the whole text is the credential',
    explanation:
      'Passwords, access keys and tokens are told by the name or annotation of their attribute, by the form that the makers of services gave their keys, and by addresses with a password in them. The model names a variable; its value is given where the application runs. No report quotes the text.',
    example: inDeployment("software Web { attribute apiKey : string 'correct-horse' }"),
  }),
} satisfies Record<string, Entry<never>>;
