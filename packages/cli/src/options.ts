/** The options that verbs have in common, and how their values are read. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { currencies, secretOption, type CurrentOption } from '@camelc/project';

/** Collects the values of an option that may be repeated. */
const repeated = (value: string, previous: string[] = []): string[] => [...previous, value];

/** A number of seconds above 0. */
export function seconds(value: string): number {
  const n = Number(value);
  if (!(n > 0)) throw new InvalidArgumentError('it takes a number of seconds above 0');
  return n;
}

/** Collects `NAME=VALUE` options in a record. */
const assignments =
  <T>(read: (value: string, name: string) => T) =>
  (text: string, previous: Record<string, T> = {}): Record<string, T> => {
    const at = text.indexOf('=');
    if (at <= 0) throw new InvalidArgumentError('it takes NAME=VALUE');
    const name = text.slice(0, at).trim();
    return { ...previous, [name]: read(text.slice(at + 1).trim(), name) };
  };
const texts = assignments((value) => value);
const numbers = assignments((value) => {
  const n = value === '' ? NaN : Number(value);
  if (!Number.isFinite(n)) throw new InvalidArgumentError(`\`${value}\` is no number`);
  return n;
});
/** `NAME=VALUE` is the value of a variable, anything else a file. */
function current(text: string, previous: CurrentOption = { values: {} }): CurrentOption {
  if (text.includes('=')) return { ...previous, values: numbers(text, previous.values) };
  if (previous.file !== undefined) throw new InvalidArgumentError('one deployment runs: name one file');
  return { ...previous, file: text };
}
function gain(value: string): number {
  const n = value === '' ? NaN : Number(value);
  if (!(n >= 0 && Number.isFinite(n))) throw new InvalidArgumentError('it takes a number from 0 on');
  return n;
}
/** A whole number from 1 on. */
export function natural(value: string): number {
  const n = Number(value);
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError('it takes a whole number from 1 on');
  return n;
}
const rates = assignments((value, currency) => {
  if (!currencies.some((c) => c === currency)) throw new InvalidArgumentError(`the currencies are ${currencies.join(', ')}`);
  if (!(Number(value) > 0 && Number.isFinite(Number(value)))) throw new InvalidArgumentError('a rate is a number of euros above 0');
  return Number(value);
});

/** Options of the verbs that look at candidates. */
export function withCandidates(command: Command): Command {
  return command
    .option('--application <name>', 'the camel model to use, where several are given')
    .option('--candidates <file>', 'node candidates in a JSON file, instead of the built-in catalogue; `built-in` names that; may be repeated', repeated)
    .addOption(
      new Option('--currency <currency>', "currency of the prices in candidate files that name none, such as the executor's").choices(currencies).default(undefined, 'EUR'),
    )
    .option('--rate <currency=euros>', 'what one unit of a currency costs, as USD=0.92; may be repeated', rates);
}

/** Options of the verbs that build the constraint problem. */
export function withProblem(command: Command): Command {
  return withCandidates(command)
    .option('--metric <name=value>', 'the value of a metric; may be repeated', numbers)
    .option('--metrics <file>', 'values of metrics in a JSON file: { "NAME": VALUE, … }')
    .option('--current <file|name=value>', 'the running deployment as `solve --format json` prints it, or the value of a current-config variable; may be repeated', current)
    .option('--min-gain <gain>', 'keep what runs while no deployment is better by more than this in the first level of the objective', gain);
}

/** Options of the verbs that solve. */
export function withSolver(command: Command): Command {
  return withProblem(command)
    .addOption(new Option('--milp <solver>', 'the solver of mixed integer programs; the answer is the same').choices(['glpk', 'highs']).default('glpk'))
    .option('--time-limit <seconds>', 'stop searching after so long', seconds)
    .option('--require-proof', 'exit with code 6 when the best found is not proven to be the best there is');
}

/** Options of the verbs that make a deployment of a solution. */
export function withDeployment(command: Command): Command {
  return withSolver(command)
    .option('--images <file>', 'images for components that no container configuration carries, in a JSON file')
    .option('--var <name=value>', 'a variable that the model names as $NAME; else the environment is asked; may be repeated', texts)
    .addOption(new Option('--publish-mode <mode>', 'how ports are published').choices(['ingress', 'host']).default('ingress'))
    .addOption(new Option('--endpoint-mode <mode>', 'how services are found').choices(['vip', 'dnsrr']).default('vip'));
}

/** Options of the verbs that look at what runs. */
export function withTarget(command: Command): Command {
  return command
    .addOption(new Option('--target <target>', 'where it runs').choices(['swarm', 'cloudiator']).default('swarm'))
    .option(
      '--host <address>',
      'how the target is reached: unix://, tcp:// or ssh:// of a manager; else DOCKER_HOST or the Docker context says it; of a Cloudiator its URL, else CLOUDIATOR_URL',
    )
    .option('--context <name>', 'the Docker context of the swarm');
}

/** Options of the verbs that need the values of credentials. */
export function withSecrets(command: Command): Command {
  return command
    .option(
      '--secret <name=reference>',
      'where a credential comes from: env:NAME, file:PATH, age:PATH, age:PATH#KEY or command:LINE; else from the variable of its name; may be repeated',
      secretOption,
    )
    .option('--age-identity <file>', 'the age identities that open encrypted files; else CAMELC_AGE_IDENTITY or CAMELC_AGE_IDENTITY_FILE says it');
}

/** Options of the verbs that change what runs. */
export function withApply(command: Command): Command {
  return withSecrets(withTarget(command))
    .option('--auto-approve', 'do not ask')
    .option('--parallelism <steps>', 'how many steps are done at a time (default: 4)', natural)
    .option('--timeout <seconds>', 'how long a step may take until what it changes is up and healthy (default: 300)', seconds);
}

/** The option of the verbs that may move what has data. */
export const leaveData = (command: Command): Command =>
  command.option('--leave-data <component>', 'a component whose data may stay behind on a host that it leaves; may be repeated', repeated);
