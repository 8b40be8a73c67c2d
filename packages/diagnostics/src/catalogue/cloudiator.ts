import { entry, type Entry } from '../entry.js';
import { machine, machines, shop } from './examples.js';

const web = (text: string, more = ''): string => shop(`deployment model D { software Web { ${text} } } ${more}`);
const files = { 'candidates.json': machines(machine('small', 0.1)) };
const run = 'camelc compile shop.camel --target cloudiator --candidates candidates.json';
const container = "container configuration C { image 'shop/web:1' }";

/** What Cloudiator's interface has no place for, and what a server of it refuses. */
export const cloudiator = {
  'cloudiator/not-carried': entry<{ component: string; what: string; consequence: string }>({
    severity: 'warning',
    message: ({ component, what, consequence }) => `Cloudiator's interface has no place for ${what} of ${component}: ${consequence}`,
    explanation:
      "A task of Cloudiator with a Docker interface is an image, an environment and an update action; it has no command, no volume, no file, no health check and no login of its own. Nor has its attribute requirement a word for everything that a CAMEL requirement can say. What it has no place for is left out of the documents: the solution's candidates satisfy the requirements all the same, as the solver chose them by these.",
    example: web("container configuration C { image 'shop/web:1' start 'serve --all' }"),
    files,
    run,
  }),
  'cloudiator/no-interface': entry<{ component: string; has: string }>({
    severity: 'error',
    message: ({ component, has }) => `${component} has ${has}, for which Cloudiator has no interface`,
    help: () => 'give it a script, container, serverless, cluster or PaaS configuration',
    explanation: 'A task of Cloudiator runs scripts (Lance), a container (Docker), a function, a Spark application, or the sources of a repository on a platform.',
    example: web("image configuration C { id 'ubuntu-1804' }"),
    files,
    run,
  }),
  'cloudiator/incomplete': entry<{ component: string; interface: string; lacks: string; help: string }>({
    severity: 'error',
    message: ({ component, interface: kind, lacks }) => `${component} becomes ${kind}, which needs ${lacks}`,
    help: ({ help }) => help,
    explanation:
      "Cloudiator's interface demands it: the scripts of a task need one that starts it; a function needs the URL of its code and its handler, an attribute `handler` of the configuration or the method name of its event; a Spark application needs the URL of its file, and what runs on a platform that of its repository.",
    example: web("script configuration C { install './install.sh' }"),
    files,
    run,
  }),
  'cloudiator/value': entry<{ component: string; name: string; value: string; allowed: string }>({
    severity: 'error',
    message: ({ component, name, value, allowed }) => `\`${value}\` is no ${name} of ${component}: Cloudiator knows ${allowed}`,
    explanation:
      'Some attributes of a configuration choose what Cloudiator shall do: `containerType` (NATIVE, DOCKER, BOTH), `processMapping` (SINGLE, CLUSTER), `collisionHandling` (CANCEL, PARALLEL, SKIP), `restart` (true, false), `timeout` (seconds).',
    example: web("script configuration C { start './run.sh' attribute containerType : string 'VM' }"),
    files,
    run,
  }),
  'cloudiator/port-name': entry<{ port: string; component: string; other: string }>({
    severity: 'error',
    message: ({ port, component, other }) => `the port ${port} of ${component} is called as one of ${other}`,
    help: () => 'give one of them another name',
    explanation: "A job's communications name ports alone, without their tasks, so a job has each name of a port once.",
    example: shop(`deployment model D { software A { provided communication Http port 80 ${container} } software B { provided communication Http port 81 ${container} } }`),
    files,
    run,
  }),
  'cloudiator/port-range': entry<{ component: string; port: string; kept: number }>({
    severity: 'warning',
    message: ({ component, port, kept }) => `the port ${port} of ${component} is a range; Cloudiator is told of its first, ${kept}`,
    help: () => 'declare each port that others use by itself',
    explanation: 'A provided port of Cloudiator is one number.',
    example: web(`provided communication Range port [8000, 8003] ${container}`),
    files,
    run,
  }),
  'cloudiator/sensor': entry<{ sensor: string; problem: string; help: string }>({
    severity: 'warning',
    message: ({ sensor, problem }) => `there is no monitor for sensor ${sensor}: ${problem}`,
    help: ({ help }) => help,
    explanation:
      "A monitor needs to know where its values come from. A push sensor may say its port, as its `config` or an attribute `port`. A pull sensor needs the name of the class that measures: an attribute `className`, or a `config` that is that name or a JSON object with `className`. Other attributes and members are its configuration; features named `sink`, with an attribute `type` (KAIROS_DB, INFLUX, CLI, JMS), are its data sinks. The context's schedule says how often it is asked, every minute if there is none.",
    example: web(
      container,
      "metric model M { raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.ResponseTimeTemplate } sensor S { config '{}' } object context O { component D.Web } raw metric context C { metric Load sensor S object context O } }",
    ),
    files,
    run,
  }),
  'cloudiator/secret-in-job': entry<{ name: string; component: string }>({
    severity: 'warning',
    message: ({ name, component }) => `the value of $${name} becomes part of the job, where everybody with access to the server reads it as the environment of ${component}`,
    help: () => 'let the image fetch it from a store of secrets, or keep the server to those who may know it',
    explanation:
      "Cloudiator's interface gives containers and functions environment variables and nothing else, and shows them in the job. In the documents the value is a variable, `${NAME}`, for `envsubst`; no file that camelc writes holds it.",
    example: web("container configuration C { image 'shop/web:1' env feature E { attribute PASSWORD : string '$SHOP_PASSWORD' } }"),
    files,
    run,
  }),
  'cloudiator/setting': entry<{ names: string[]; unreadable?: string }>({
    severity: 'error',
    exit: 5,
    message: ({ names, unreadable }) =>
      `it is not said which Cloudiator is meant, or who asks it: ${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} missing${unreadable === undefined ? '' : `, and ${unreadable}, which CLOUDIATOR_PASSWORD_FILE names, is empty or cannot be read`}`,
    help: ({ names }) => `set ${names.join(', ')}${names.includes('CLOUDIATOR_PASSWORD') ? '; the password may also stand in a file that CLOUDIATOR_PASSWORD_FILE names' : ''}`,
    explanation: 'A server of Cloudiator is known by CLOUDIATOR_URL, its users by CLOUDIATOR_EMAIL, CLOUDIATOR_TENANT (`admin` unless said) and CLOUDIATOR_PASSWORD.',
    run: 'camelc status --target cloudiator',
  }),
  'cloudiator/address': entry<{ problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ problem }) => `the address of Cloudiator, CLOUDIATOR_URL or --host, ${problem}`,
    help: () => 'write it as https://cloudiator.example.com, with a port and a path where it has them',
    explanation:
      'A server of Cloudiator is asked over HTTP. Who asks it is said by CLOUDIATOR_EMAIL, CLOUDIATOR_TENANT and CLOUDIATOR_PASSWORD, not by the address, which stands in plans and reports.',
    run: 'CLOUDIATOR_URL=cloudiator.example.com CLOUDIATOR_EMAIL=shop@example.com CLOUDIATOR_PASSWORD=word camelc status --target cloudiator',
  }),
  'cloudiator/unreachable': entry<{ url: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ url, why }) => `Cloudiator does not answer at ${url}: ${why}`,
    help: () => 'look at CLOUDIATOR_URL, and whether the server runs',
    explanation: 'Requests that change nothing are tried three times before this is said.',
    run: 'CLOUDIATOR_URL=http://localhost:65534 CLOUDIATOR_EMAIL=shop@example.com CLOUDIATOR_PASSWORD=word camelc status --target cloudiator',
  }),
  'cloudiator/tls': entry<{ url: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ url, why }) => `there is no secure connection with Cloudiator at ${url}: ${why}`,
    help: () => 'where its certificate is of an authority of your own, name that in NODE_EXTRA_CA_CERTS=ca.pem; where it speaks no TLS, begin the address with http://',
    explanation: 'The certificate of the server has to be of an authority that this machine knows, valid today, and for the name by which the server is called.',
  }),
  'cloudiator/stranger': entry<{ url: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ url, why }) => `what answers at ${url} is no Cloudiator: ${why}`,
    help: () => 'look at CLOUDIATOR_URL: the host, the port, and the path before `/login`',
    explanation: 'The server, or a proxy before it, does not know the path of a request, or answers with something else than JSON.',
  }),
  'cloudiator/login': entry<{ url: string; email: string; tenant: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ url, email, tenant, why }) => `Cloudiator at ${url} does not let ${email} of tenant ${tenant} in: ${why}`,
    help: () => 'look at CLOUDIATOR_EMAIL, CLOUDIATOR_TENANT and CLOUDIATOR_PASSWORD',
    explanation: 'A token is fetched with the password at the first request, and again when it has expired.',
  }),
  'cloudiator/refused': entry<{ request: string; status: number; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ request, status, why }) => `Cloudiator refuses ${request}: ${status}, ${why}`,
    help: ({ status }) =>
      status >= 500
        ? 'this is a fault of the server: look at its log, and try again'
        : [401, 403].includes(status)
          ? 'ask those who run the server to let this account do it'
          : undefined,
    explanation: 'The server answered with an error. What it says is quoted, without credentials.',
  }),
  'cloudiator/candidate-gone': entry<{ candidate: string; hardware: string; components: string[]; offered: string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ candidate, hardware, components }) => `the server does not offer ${hardware} (${candidate}) any more, on which ${components.join(', ')} shall run`,
    help: ({ offered }) =>
      `solve again with the candidates that it offers${offered.length ? `; there it has ${offered.slice(0, 3).join(', ')}${offered.length > 3 ? ', …' : ''}` : ''}`,
    explanation:
      "Nodes are started from the solution's own candidates. They are looked up on the server by their ids, or else by hardware, location and cloud, when a plan is made and again before it is applied.",
  }),
  'cloudiator/busy': entry<{ application: string; number: number; seconds: number }>({
    severity: 'error',
    exit: 5,
    message: ({ application, number, seconds }) =>
      `after ${seconds} s the server is still at work on ${number} of its queued tasks, which may be of the interrupted apply of ${application}`,
    help: () => 'try again when its queue is empty: `GET /queue` shows it',
    explanation:
      'What an interrupted apply had asked for may be made only now. An apply that goes on before that could make it twice, so it waits until the tasks that were queued when it came are done.',
  }),
  'cloudiator/lock-lost': entry<{ application: string }>({
    severity: 'error',
    exit: 5,
    message: ({ application }) => `the lock of ${application} could not be renewed, so another may be applying a plan to it`,
    help: () => 'see that the server answers; then `camelc apply` goes on, or `camelc rollback` undoes what was done',
    explanation:
      "The lock is an entry of the server's secure store that is renewed while its holder works. A holder that could not renew it in time stops, as another may have taken it since.",
  }),
  'cloudiator/secret-changed': entry<{ names: string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ names }) => `${names.map((name) => `$${name}`).join(', ')} ${names.length > 1 ? 'have' : 'has'} another value than when the plan was made`,
    help: () => 'plan again, review it, and apply that plan; or give the former value',
    explanation: 'A plan holds a fingerprint of each credential, made with a key that lies in the secure store of the server. A job with another credential is another job.',
  }),
} satisfies Record<string, Entry<never>>;
