import type { Config, Deployment, HealthCheck, Secret, Service } from '@camelc/deployment';
import { applicationLabel, componentLabel, unmoveableLabel } from './names.js';
import { capacityOf, partsOf, type Part } from './parts.js';
import { shellWords } from './shell-words.js';
import type { Stack, StackDeploy, StackService, StackUpdate } from './stack.js';

/** Least version with `max_replicas_per_node`, so that the engines and clients of older distributions read it too. */
const composeVersion = '3.8';

/** How long a new task is watched after its start, or after its first healthy check where it has one. */
const monitor = '5s';

/** The name under which the swarm knows a secret. It says nothing about the content, and does not meet those of other applications. */
export const secretName = ({ id }: Deployment, { name }: Pick<Secret, 'name'>): string => `${id}_${name}`;

/** The name under which the swarm knows a configuration: its content can be changed by giving services another one alone. */
const configName = ({ id }: Deployment, { name, hash }: Pick<Config, 'name' | 'hash'>): string => `${id}_${name}-${hash.slice(0, 12)}`;

/** Where the content of a configuration stands, from the folder of the stack. */
export const configFile = ({ name }: Pick<Config, 'name'>): string => `configs/${name}`;

/** The deployment as a stack. Texts are as meant; `writeStack` protects their dollar signs from interpolation. */
export function buildStack(deployment: Deployment): Stack {
  const { networks, volumes, configs, secrets } = deployment;
  return {
    version: composeVersion,
    services: byName(partsOf(deployment), (part) => buildService(part, deployment)),
    ...(networks.length && { networks: byName(networks, () => ({ driver: 'overlay', attachable: false })) }),
    ...(volumes.length && { volumes: byName(volumes, () => ({})) }),
    ...(configs.length && { configs: byName(configs, (config) => ({ file: `./${configFile(config)}`, name: configName(deployment, config) })) }),
    ...(secrets.length && { secrets: byName(secrets, (secret) => ({ external: true, name: secretName(deployment, secret) })) }),
  };
}

function buildService(part: Part, deployment: Deployment): StackService {
  const { service } = part;
  const { image, command, environment, networks, healthCheck } = service;
  const ports = service.ports.flatMap(({ target, published, mode }) => (published === undefined ? [] : [{ target, published, protocol: 'tcp', mode }]));
  return {
    image,
    ...(command !== undefined && { command: typeof command === 'string' ? shellWords(command) : command }),
    ...(environment.length && { environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])) }),
    // All parts of a service answer to its name, and to `tasks.` before it.
    ...(networks.length && { networks: part.divided ? Object.fromEntries(networks.map((network) => [network, { aliases: [service.name] }])) : networks }),
    ...(ports.length && { ports }),
    ...(service.configs.length && { configs: service.configs.map(({ config, path }) => ({ source: config, target: path })) }),
    ...(service.secrets.length && { secrets: service.secrets.map(({ secret, file }) => ({ source: secret, target: file })) }),
    ...(service.volumes.length && {
      volumes: service.volumes.map(({ volume, path, readOnly }) => ({ type: 'volume', source: volume, target: path, ...(readOnly && { read_only: true }) })),
    }),
    ...(healthCheck && { healthcheck: buildHealthCheck(healthCheck) }),
    deploy: buildDeploy(part, deployment),
  };
}

function buildDeploy(part: Part, deployment: Deployment): StackDeploy {
  const { service, placement, label, replicas } = part;
  const order = hasRoomForOneMore(part, deployment) ? 'start-first' : 'stop-first';
  const reservations = buildReservations(service.resources);
  return {
    ...(service.everywhere ? { mode: 'global' } : { mode: 'replicated', replicas }),
    endpoint_mode: service.endpointMode,
    labels: { [applicationLabel]: deployment.application, [componentLabel]: service.component, ...(service.unmoveable && { [unmoveableLabel]: 'true' }) },
    placement: {
      constraints: [`node.labels.${label.name} == ${label.value}`],
      ...(!service.everywhere && { max_replicas_per_node: Math.max(...placement.map(({ perHost }) => perHost)) }),
    },
    ...(reservations && { resources: { reservations } }),
    restart_policy: { condition: 'any', delay: '5s' },
    update_config: oneByOne(order, 'rollback'),
    rollback_config: oneByOne(order, 'pause'),
  };
}

/** Said in full, for what a stack leaves out is not what `docker service create` would do: a missing `update_config` replaces all tasks at once. */
const oneByOne = (order: string, failure_action: string): StackUpdate => ({ parallelism: 1, delay: '0s', failure_action, monitor, max_failure_ratio: 0, order });

/** Whether a new replica can start before an old one stops: else an update in that order would wait forever for a host. */
function hasRoomForOneMore({ service: { ports, volumes }, placement, replicas }: Part, deployment: Deployment): boolean {
  const takesHost = ports.some(({ published, mode }) => published !== undefined && mode === 'host');
  return capacityOf(placement, deployment) > replicas && volumes.length === 0 && !takesHost;
}

/** The manager takes at least 0.001 of a cpu and 4 MiB. Docker's `M` is a mebibyte, as are the MegaBytes of candidates. */
function buildReservations({ cores, memory }: Service['resources']): { cpus?: string; memory?: string } | undefined {
  if (cores === undefined && memory === undefined) return undefined;
  return {
    ...(cores !== undefined && { cpus: String(Math.max(0.001, Math.floor(cores * 1000) / 1000)) }),
    ...(memory !== undefined && { memory: `${Math.max(4, Math.floor(memory))}M` }),
  };
}

function buildHealthCheck({ test, interval, timeout, retries, startPeriod }: HealthCheck): StackService['healthcheck'] {
  return {
    test,
    ...(interval !== undefined && { interval: duration(interval) }),
    ...(timeout !== undefined && { timeout: duration(timeout) }),
    ...(retries !== undefined && { retries }),
    ...(startPeriod !== undefined && { start_period: duration(startPeriod) }),
  };
}

/** Seconds as Docker writes a duration. */
const duration = (seconds: number): string => (Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`);

const byName = <T extends { name: string }, V>(items: readonly T[], value: (item: T) => V): Record<string, V> => Object.fromEntries(items.map((item) => [item.name, value(item)]));
