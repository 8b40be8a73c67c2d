/** What a task runs, as an interface of Cloudiator. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Attribute } from '@camelc/application/model';
import type { Run, Task } from '@camelc/deployment';
import {
  containerTypes,
  lanceStages,
  processMappings,
  type DockerInterface,
  type FaasInterface,
  type LanceInterface,
  type LanceStage,
  type PlatformInterface,
  type SparkInterface,
  type TaskInterface,
} from './api.js';
import { operatingSystemOf } from './requirements.js';

type Report = (diagnostic: Diagnostic) => void;
type Scripts = Extract<Run, { kind: 'script' }>;
type Serverless = Extract<Run, { kind: 'serverless' }>;
type Sourced = Extract<Run, { kind: 'cluster' | 'paas' }>;

/**
 * The interface of a task. Credentials stand in it as `${NAME}`.
 * @param id of the application, which makes the names of its functions unique
 */
export function interfaceOf(task: Task, id: string, report: Report): TaskInterface | undefined {
  const { run } = task;
  switch (run.kind) {
    case 'container':
      return docker(task, run, report);
    case 'script':
      return lance(task, run, report);
    case 'serverless':
      return faas(task, run, id, report);
    case 'cluster':
      return spark(task, run, report);
    case 'paas':
      return platform(task, run, report);
    case 'image':
      report(diagnose('cloudiator/no-interface', { component: task.component, has: 'a machine image' }, run.place));
      return undefined;
  }
}

function docker(task: Task, run: Extract<Run, { kind: 'container' }>, report: Report): DockerInterface {
  const { component, volumes, configs, healthCheck } = task;
  const drop = (what: string, consequence: string): void => report(diagnose('cloudiator/not-carried', { component, what, consequence }, run.place));
  if (run.command !== undefined) drop('the command', 'the image starts with its own');
  if (volumes.length) drop(volumes.length > 1 ? 'volumes' : 'a volume', 'what it writes goes with its container');
  if (configs.length) drop(configs.length > 1 ? 'config files' : 'a config file', 'the image needs its own');
  if (healthCheck) drop('the health check', 'it counts as up when its container runs');
  return { type: 'DockerInterface', dockerImage: run.image, environment: environmentOf(task), ...(run.update && { updateAction: run.update }) };
}

/** CAMEL's commands, in the stages that they are meant for. */
const stageOfCommand: Readonly<Record<string, LanceStage | 'start' | 'updateAction'>> = {
  upload: 'init',
  download: 'preInstall',
  install: 'install',
  configure: 'postInstall',
  start: 'start',
  stop: 'stop',
  update: 'updateAction',
};

function lance(task: Task, run: Scripts, report: Report): LanceInterface | undefined {
  const { component } = task;
  const stages: Partial<Record<LanceStage | 'start' | 'updateAction', string>> = {};
  for (const stage of lanceStages) {
    const script = textOf(run.attributes, stage);
    if (script !== undefined) stages[stage] = script;
  }
  for (const [command, script] of Object.entries(run.commands)) {
    const stage = stageOfCommand[command];
    if (stage && script.trim() !== '') stages[stage] = script;
  }
  const { start, ...others } = stages;
  if (start === undefined) {
    report(diagnose('cloudiator/incomplete', { component, interface: 'scripts', lacks: 'one that starts it', help: 'say `start` in its script configuration' }, run.place));
    return undefined;
  }
  const required = task.requirements.find((requirement) => requirement.kind === 'os');
  const os = run.commands['os'] ? operatingSystemOf(run.commands['os']) : required && operatingSystemOf(required.family, required.version);
  const containerType = oneOf(task, run.attributes, 'containerType', containerTypes, 'BOTH', report);
  return { type: 'LanceInterface', containerType, ...(os && { operatingSystem: os }), ...others, start };
}

function faas(task: Task, run: Serverless, id: string, report: Report): FaasInterface | undefined {
  const { component, name } = task;
  const { code, event } = run;
  const handler = textOf(run.attributes, 'handler') ?? event?.function;
  const lack = (lacks: string, help: string): void => report(diagnose('cloudiator/incomplete', { component, interface: 'a function', lacks, help }, run.place));
  if (!code) lack('the URL of its code', 'say `binary code URL` in its serverless configuration');
  if (!handler) lack('a handler', 'give its serverless configuration an attribute `handler`');
  const timeout = textOf(run.attributes, 'timeout');
  if (timeout !== undefined && !(Number.isInteger(Number(timeout)) && Number(timeout) >= 1)) reportValue(task, run.attributes, 'timeout', 'whole seconds from 1 on', report);
  if (!code || !handler) return undefined;
  return {
    type: 'FaasInterface',
    functionName: `${id}-${name}`,
    sourceCodeUrl: code,
    handler,
    triggers: event?.method ? [{ type: 'HttpTrigger', httpPath: textOf(run.attributes, 'httpPath') ?? name, httpMethod: event.method }] : [],
    ...(timeout !== undefined && { timeout: Number(timeout) }),
    functionEnvironment: environmentOf(task),
  };
}

function spark(task: Task, run: Sourced, report: Report): SparkInterface | undefined {
  const file = sourceOf(task, run, 'a Spark application', 'its file', report);
  if (file === undefined) return undefined;
  const className = textOf(run.attributes, 'className');
  return {
    type: 'SparkInterface',
    file,
    ...(className !== undefined && { className }),
    arguments: (textOf(run.attributes, 'arguments') ?? '').split(/\s+/).filter(Boolean),
    sparkArguments: mapOf(run.attributes, 'sparkArguments'),
    sparkConfiguration: mapOf(run.attributes, 'sparkConfiguration'),
    processMapping: oneOf(task, run.attributes, 'processMapping', processMappings, 'CLUSTER', report),
  };
}

/** Whether it runs as one process on all of its nodes. */
export const isCluster = (one: TaskInterface): boolean => one.type === 'SparkInterface' && one.processMapping === 'CLUSTER';

function platform(task: Task, run: Sourced, report: Report): PlatformInterface | undefined {
  const sourceRepository = sourceOf(task, run, 'what a platform runs', 'its repository', report);
  return sourceRepository === undefined ? undefined : { type: 'PlatformInterface', sourceRepository };
}

function sourceOf({ component }: Task, { source, place }: Sourced, kind: string, what: string, report: Report): string | undefined {
  if (!source) report(diagnose('cloudiator/incomplete', { component, interface: kind, lacks: `the URL of ${what}`, help: 'say `download URL` in its configuration' }, place));
  return source || undefined;
}

/** The variables of a task. Cloudiator itself gives `PUBLIC_PORT`; it has no files for credentials, so these stand in the variables that they are named after. */
function environmentOf({ environment, secrets, requiredPorts }: Task): Record<string, string> {
  const given = environment.filter(
    ({ name, value, from }) =>
      !requiredPorts.some((port) => name === `PUBLIC_${port.name}` && from[0] === port.place) && !secrets.some(({ file }) => value === file && name.endsWith('_FILE')),
  );
  const credentials = secrets.map(({ secret, file }) => [file.slice(file.lastIndexOf('/') + 1), `\${${secret}}`] as const);
  return Object.fromEntries([...given.map(({ name, value }) => [name, value] as const), ...credentials].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The value of the attribute of this name. */
export function textOf(attributes: readonly Attribute[], name: string): string | undefined {
  const value = attributes.find((attribute) => attribute.path === name)?.value;
  return value === undefined ? undefined : String(value);
}

/** The attributes of the feature of this name, by theirs. */
const mapOf = (attributes: readonly Attribute[], feature: string): Record<string, string> =>
  Object.fromEntries(attributes.flatMap(({ path, value }) => (path.startsWith(`${feature}.`) && value !== undefined ? [[path.slice(feature.length + 1), String(value)]] : [])));

/** What the attribute of this name chooses. */
export function oneOf<T extends string>(task: Task, attributes: readonly Attribute[], name: string, allowed: readonly T[], otherwise: T, report: Report): T {
  const written = textOf(attributes, name);
  if (written === undefined) return otherwise;
  const chosen = allowed.find((one) => one.toLowerCase() === written.toLowerCase());
  if (chosen === undefined) reportValue(task, attributes, name, allowed.join(', '), report);
  return chosen ?? otherwise;
}

function reportValue({ component }: Task, attributes: readonly Attribute[], name: string, allowed: string, report: Report): void {
  const attribute = attributes.find(({ path }) => path === name)!;
  report(diagnose('cloudiator/value', { component, name, value: String(attribute.value), allowed }, attribute.valuePlace ?? attribute.place));
}
