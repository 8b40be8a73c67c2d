import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const web = (text: string): string => shop(`deployment model D { software Web { ${text} } }`);
const container = (configuration: string, component = ''): string => web(`${component} container configuration C { ${configuration} }`);

/** From a solution to what shall run: images, variables, credentials, ports, volumes. No message shows the value of a variable or a credential. */
export const deployment = {
  'deployment/no-image': entry<{ component: string; has: string }>({
    severity: 'error',
    message: ({ component, has }) => `${component} has no container image: it ${has}`,
    help: ({ component }) => `give it a \`container configuration\` with an image, or say the image in a file, \`--images FILE\`: { "${component}": "REGISTRY/IMAGE:TAG" }`,
    explanation:
      "A service is a container. Its image is that of the component's container configuration, or of its script configuration with `devops 'docker'`, where the nameless string attribute is the image. For a model that may not be edited, an images file names an image for each component.",
    example: web("script configuration Start { install './install.sh' start './run.sh' }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/image': entry<{ component: string; image: string }>({
    severity: 'error',
    message: ({ component, image }) => `the image of ${component}, \`${image}\`, is no image reference`,
    help: () => 'write `REGISTRY:PORT/PATH:TAG` without a scheme, the path in lower case; look at the values of its variables too',
    explanation:
      'An image reference is a path in lower case, with a registry before it and a tag or digest after it where they are wanted: `registry.example.com:443/shop/web:1.2`. A variable in it that is empty or holds a URL with `https://` breaks it.',
    example: container("image 'https://registry.example.com/web'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/unset-variable': entry<{ names: string[] }>({
    severity: 'error',
    message: ({ names }) => (names.length > 1 ? `these variables have no value: ${names.map((name) => '$' + name).join(', ')}` : `the variable $${names[0]} has no value`),
    help: ({ names }) => `give ${names.length > 1 ? 'them' : 'it'} with ${names.map((name) => `--var ${name}=VALUE`).join(' ')}, or in the environment`,
    explanation:
      'Variables in images, docker arguments and environments, `$NAME` or `${NAME}`, take their values from `--var` or else from the environment of the run. Credentials are not among them: they stay references. A dollar sign itself is written `$$`.',
    example: container("image '$REGISTRY/web:1'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/literal-credential': entry<{ component: string; name: string }>({
    severity: 'error',
    confidential: true,
    message: ({ component, name }) => `the credential \`${name}\` of ${component} stands in the model`,
    help: ({ name }) => `write a variable in its place, \`$${name.replace(/\W/g, '_').toUpperCase()}\`, and change the credential: whoever has the model has it`,
    explanation:
      'Credentials are attributes annotated as such or named like one (password, secret, token, apiKey, privateKey, …), and addresses with a password in them. The model names the variable that stands for a credential; its value becomes a secret of the running system and appears in no file, log or message.',
    example: container("image 'shop/web:1' env feature Settings { attribute DB_PASSWORD : string 'changeme' }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/embedded-credential': entry<{ component: string; name: string; variable: string }>({
    severity: 'error',
    confidential: true,
    message: ({ component, name, variable }) => `\`${name}\` of ${component} mixes the credential $${variable} with other text`,
    help: () => 'make the whole text one variable; it then becomes a secret',
    explanation: 'A credential reaches a service as a file of its own, so it cannot be a part of an environment variable, and an image reference is no place for one.',
    example: container("image 'shop/web:1' env feature Settings { attribute URL : string 'postgres://shop:$DB_PASSWORD@db/shop' }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/environment-name': entry<{ component: string; name: string }>({
    severity: 'error',
    message: ({ component, name }) => `\`${name}\` of ${component} cannot be the name of an environment variable`,
    help: () => "a docker argument is a name and a value with a space between them: 'NAME value'",
    explanation: 'The name of an environment variable consists of letters, digits, `_`, `.` and `-`, and does not begin with a digit.',
    example: web(
      "script configuration Start { devops 'docker' attribute 'shop/web:1' feature Arguments { [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.PaaS.Environment.Container.Docker.DockerArguments] attribute mode : string 'MODE=fast' } }",
    ),
    run: 'camelc compile shop.camel',
  }),
  'deployment/no-value': entry<{ component: string; name: string }>({
    severity: 'error',
    message: ({ component, name }) => `the environment variable \`${name}\` of ${component} has no value`,
    help: () => 'give the attribute a value',
    explanation: "Every attribute of a container configuration's environment is a variable of the service, so it needs a value, not only a range.",
    example: container("image 'shop/web:1' env feature Settings { attribute workers : [int 1, int 4] }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/mode': entry<{ component: string; name: string; allowed: string[] }>({
    severity: 'error',
    message: ({ component, name, allowed }) => `\`${name}\` of ${component} must be ${allowed.map((mode) => `'${mode}'`).join(' or ')}`,
    explanation:
      "A component's attribute `publishMode` says whether its published ports are open on every host ('ingress') or only where it stands ('host'); `endpointMode` whether its name stands for one virtual address ('vip') or for those of all its instances in turn ('dnsrr').",
    example: container("image 'shop/web:1'", "attribute publishMode : string 'everywhere'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/port-range': entry<{ port: string; number: number; limit: number }>({
    severity: 'error',
    message: ({ port, number, limit }) => `${port} has ${number} ports; more than ${limit} are not opened`,
    help: () => 'name only the ports that are used',
    explanation: 'Each published port is a rule in the firewall of every host.',
    example: container("image 'shop/web:1'", 'provided communication Media port [10000, 20000]'),
    run: 'camelc compile shop.camel',
  }),
  'deployment/port-clash': entry<{ port: number; component: string; other: string }>({
    severity: 'error',
    message: ({ port, component, other }) => `port ${port} is published ${component === other ? `twice by ${component}` : `by both ${component} and ${other}`}`,
    help: () => "change one of them, or make a communication lead to it if the world need not reach it, or publish both in host mode: attribute publishMode : string 'host'",
    explanation:
      'A port that no communication leads to is for the world and published under its own number. In ingress mode it is then taken on every host; in host mode only on the hosts of its service.',
    example: container("image 'shop/web:1'", 'provided communication Http port 80 provided communication Page port 80'),
    run: 'camelc compile shop.camel',
  }),
  'deployment/port-crowded': entry<{ port: number; component: string; perHost: number }>({
    severity: 'error',
    message: ({ port, component, perHost }) => `port ${port} is published in host mode, but ${perHost} instances of ${component} stand on one host`,
    help: () => 'publish it in ingress mode, or make a communication lead to it, or take `coInstanceHosting` away',
    explanation: 'In host mode a port is taken on the host where its service stands, so that one instance on each host can have it.',
    example: shop(
      "deployment model D { placement shared software Web { requirements S provided communication Http port 80 coInstanceHosting container configuration C { image 'shop/web:1' } } requirements S { horizontal scale R.Two } } requirement model R { horizontal scale requirement Two [2, 2] }",
    ),
    run: 'camelc compile shop.camel --publish-mode host',
  }),
  'deployment/ingress-without-address': entry<{ component: string; port: string }>({
    severity: 'error',
    message: ({ component, port }) => `${port} of ${component} cannot be published in ingress mode, because the service has no virtual address (dnsrr)`,
    help: () => 'publish it in host mode (`--publish-mode host`), or use `--endpoint-mode vip`',
    explanation: 'The ingress network sends what arrives on any host to the virtual address of the service. With `dnsrr` there is none.',
    example: container("image 'shop/web:1'", 'provided communication Http port 80'),
    run: 'camelc compile shop.camel --endpoint-mode dnsrr',
  }),
  'deployment/volume': entry<{ component: string }>({
    severity: 'error',
    message: ({ component }) => `this is no volume of ${component}`,
    help: () => 'write `/path` or `name:/path`, with `:ro` after it for read-only',
    explanation: 'A volume is mounted at an absolute path and has a name or gets one. A folder of the host cannot be mounted: the hosts are chosen anew with each solution.',
    example: container("image 'shop/web:1'", "attribute volume : string './data'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/volume-clash': entry<{ component: string; path: string }>({
    severity: 'error',
    message: ({ component, path }) => `${component} has two volumes at ${path}`,
    help: () => 'give one of them another path',
    explanation: 'Only one volume can be mounted at a path. A data source has its volume at `/data/` and its name.',
    example: container("image 'shop/web:1'", "attribute volume : string 'rows:/data' feature More { attribute volume : string 'logs:/data' }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/config': entry<{ component: string }>({
    severity: 'error',
    message: ({ component }) => `this is no configuration file of ${component}`,
    help: () => 'write `FILE:/path/in/container`; FILE is relative to the folder of the file that names it',
    explanation:
      'A configuration is a file that stands beside the model and that the container finds at an absolute path: `attribute config : string \'haproxy.cfg:/etc/haproxy.cfg\'`, a docker argument `config` with the same text, or in an images file `"configs": { "/etc/haproxy.cfg": "haproxy.cfg" }`. Its content reaches the container as it is: dollar signs in it are no variables.',
    example: container("image 'shop/web:1'", "attribute config : string '/etc/web.conf'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/config-file': entry<{ file: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ file, problem }) => `the configuration file \`${file}\` ${problem}`,
    explanation:
      'A configuration file is looked for in the folder of the model, or of the images file, that names it. A swarm holds configurations of fewer than 1,024,000 bytes, and none that is empty; what is larger belongs in the image or in a volume.',
    example: container("image 'shop/web:1'", "attribute config : string 'web.conf:/etc/web.conf'"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/config-clash': entry<{ component: string; path: string }>({
    severity: 'error',
    message: ({ component, path }) => `${component} has something else at ${path} already`,
    help: () => 'give one of them another path',
    explanation: 'Only one configuration, volume or credential can stand at a path.',
    example: container("image 'shop/web:1'", "attribute volume : string '/etc/web' feature More { attribute config : string 'web.conf:/etc/web' }"),
    run: 'camelc compile shop.camel',
  }),
  'deployment/config-credential': entry<{ file: string }>({
    severity: 'warning',
    message: ({ file }) => `\`${file}\` holds what looks like a credential`,
    help: () => 'make it a secret: a setting named like a credential, with a $VARIABLE as value, whose file the service reads',
    explanation:
      'Configurations are no secrets: whoever sees a plan, the files of a stack or the managers of the swarm can read them. Warned of are keys in the forms of well-known services, private keys, and addresses with a password in them.',
    example: container("image 'shop/web:1'", "attribute config : string 'web.conf:/etc/web.conf'"),
    files: { 'web.conf': 'database = postgres://shop:changeme@db/shop\n' },
    run: 'camelc compile shop.camel',
  }),
  'deployment/long-lived-without-volume': entry<{ component: string }>({
    severity: 'hint',
    message: ({ component }) => `${component} is long-lived and has no volume: what it stores is lost with its container`,
    help: () => "if it stores anything, give it one: attribute volume : string '/path'",
    explanation: 'A container starts empty each time. What shall outlive it belongs in a volume: a docker argument or attribute `volume`, or a data source of the component.',
    example: container("image 'shop/web:1'", 'longLived'),
    run: 'camelc compile shop.camel',
  }),
  'deployment/health-check': entry<{ component: string; problem: string }>({
    severity: 'error',
    message: ({ component, problem }) => `the health check of ${component} is not understood: ${problem}`,
    help: () => "feature healthCheck { attribute command : string 'COMMAND' attribute interval : int 10 attribute retries : int 3 }",
    explanation:
      "The feature `healthCheck` of a component has a `command` that the image's shell runs and that succeeds while the component is well; `interval`, `timeout` and `startPeriod` in seconds, and `retries`. Without it the image's own health check counts.",
    example: container("image 'shop/web:1'", 'feature healthCheck { attribute interval : int 10 }'),
    run: 'camelc compile shop.camel',
  }),
  'deployment/images-not-json': entry<{ why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ why }) => `the images file is not JSON: ${why}`,
    help: () => 'it looks like this: { "Web": "registry.example.com/web:1" }',
    explanation:
      'An images file is a JSON object that names an image for each component, or an object with `image`, `command`, `environment`, `secrets`, `configs` and `healthCheck`.',
    example: web(''),
    files: { 'images.json': '{ "Web": shop/web:1 }' },
    run: 'camelc compile shop.camel --images images.json',
  }),
  'deployment/images-shape': entry<{ path: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, problem }) => `images file: ${path} ${problem}`,
    help: () => 'give each component its image, or an object with image, command, environment, secrets, configs and healthCheck',
    explanation:
      "For each component an images file has the image as a text, or an object with `image`, `command` (text or list), `environment` and `secrets` (names with values; a secret's is a `$VARIABLE`), `configs` (paths with files), and `healthCheck` (`command`, `interval`, `timeout`, `startPeriod` in seconds, `retries`).",
    example: web(''),
    files: { 'images.json': '{ "Web": { "image": "shop/web:1", "comand": "serve" } }' },
    run: 'camelc compile shop.camel --images images.json',
  }),
  'deployment/images-unknown-component': entry<{ name: string; suggestion: string | undefined; components: string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ name }) => `the images file names \`${name}\`, which is no component of the model`,
    help: ({ suggestion, components }) => (suggestion ? `did you mean \`${suggestion}\`?` : `the components are ${components.join(', ')}`),
    explanation: 'The keys of an images file are names of `software` elements.',
    example: web(''),
    files: { 'images.json': '{ "Wbe": "shop/web:1" }' },
    run: 'camelc compile shop.camel --images images.json',
  }),
} satisfies Record<string, Entry<never>>;
