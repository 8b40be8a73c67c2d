import type { Stack, StackDeploy, StackService, StackUpdate } from './stack.js';
import { imageLabel, namespaceLabel } from './names.js';
import { defaults, type FileForm, type HealthCheckForm, type NetworkUseForm, type PortForm, type ResourcesForm, type ServiceForm, type UpdateForm } from './normal/service-form.js';
import { bytesOf, compact, durationOf, nanosecondsOf, sizeOf, sorted, unlessEmpty } from './normal/values.js';

/** The network of services that name none. */
export const defaultNetwork = 'default';

/**
 * The normal form of what `docker stack deploy` makes of a service of a stack: names of the stack before all others, the service's own name as an alias
 * in its networks, and labels that say what stack it is of.
 * @param stack as `buildStack` makes it: dollar signs are meant
 * @param id the name of the stack
 */
export function formOfStackService(stack: Stack, id: string, name: string): ServiceForm {
  const service = stack.services[name]!;
  const { image = '', command, environment, deploy = {} } = service;
  const namespace = { [namespaceLabel]: id };
  const prefixed = (text: string): string => `${id}_${text}`;
  const isReplicated = (deploy.mode ?? 'replicated') === 'replicated';
  return compact({
    image,
    command: command as string[] | undefined,
    environment: unlessEmpty(sorted(environment ?? {})),
    mode: (deploy.mode ?? 'replicated') as ServiceForm['mode'],
    replicas: isReplicated ? (deploy.replicas ?? 1) : undefined,
    endpointMode: deploy.endpoint_mode ?? 'vip',
    ports: portsOf(service),
    networks: networksOf(service, name, prefixed),
    mounts: unlessEmpty(
      sorted(
        Object.fromEntries(
          (service.volumes ?? []).map(({ type, source = '', target, read_only }) => [
            target,
            compact({ type, source: prefixed(source), readOnly: read_only ? (true as const) : undefined, labels: namespace }),
          ]),
        ),
      ),
    ),
    secrets: filesOf(service.secrets, (source) => stack.secrets![source]!.name!),
    configs: filesOf(service.configs, (source) => stack.configs![source]!.name!),
    healthCheck: healthCheckOf(service.healthcheck),
    reservations: resourcesOf(deploy.resources?.reservations),
    limits: resourcesOf(deploy.resources?.limits),
    constraints: deploy.placement?.constraints && [...deploy.placement.constraints].sort(),
    maxReplicasPerNode: deploy.placement?.max_replicas_per_node,
    restart: restartOf(deploy.restart_policy),
    update: updateOf(deploy.update_config),
    rollback: updateOf(deploy.rollback_config),
    labels: sorted({ ...deploy.labels, ...namespace, [imageLabel]: image }),
    containerLabels: namespace,
  });
}

/** A duration of a stack as normal forms have it. */
const normalDuration = (duration: string): string => durationOf(nanosecondsOf(duration));

function portsOf({ ports = [] }: StackService): Record<string, PortForm> | undefined {
  const entries = ports.map(({ published = '', target, protocol = 'tcp', mode = 'ingress' }) => [`${published}:${target}/${protocol}`, { mode }] as const);
  return unlessEmpty(sorted(Object.fromEntries(entries)));
}

function networksOf({ networks = [defaultNetwork] }: StackService, name: string, prefixed: (text: string) => string): Record<string, NetworkUseForm> {
  const uses: [string, { aliases?: string[] }][] = Array.isArray(networks)
    ? networks.map((network) => [network, {}])
    : Object.entries(networks as Record<string, { aliases?: string[] }>);
  return sorted(Object.fromEntries(uses.map(([network, { aliases = [] }]) => [prefixed(network), { aliases: [...new Set([...aliases, name])].sort() }])));
}

function filesOf(uses: { source: string; target?: string }[] | undefined, nameOf: (source: string) => string): Record<string, FileForm> | undefined {
  return unlessEmpty(sorted(Object.fromEntries((uses ?? []).map(({ source, target }) => [target ?? source, { source: nameOf(source) }]))));
}

function healthCheckOf(check: StackService['healthcheck']): HealthCheckForm | undefined {
  if (!check) return undefined;
  const time = (value: string | undefined): string | undefined => (value === undefined || nanosecondsOf(value) === 0 ? undefined : normalDuration(value));
  return compact({
    test: check.test as string[] | undefined,
    interval: time(check.interval),
    timeout: time(check.timeout),
    retries: check.retries || undefined,
    startPeriod: time(check.start_period),
    startInterval: time(check.start_interval),
  });
}

function resourcesOf(resources: { cpus?: string; memory?: string } | undefined): ResourcesForm | undefined {
  const { cpus, memory } = resources ?? {};
  return unlessEmpty(compact({ cpus: cpus === undefined ? undefined : Number(cpus), memory: memory === undefined ? undefined : sizeOf(bytesOf(memory)) }));
}

function restartOf(policy: StackDeploy['restart_policy']): ServiceForm['restart'] {
  const { condition = defaults.restart.condition, delay = defaults.restart.delay } = policy ?? {};
  return { condition, delay: normalDuration(delay) };
}

function updateOf(config: StackUpdate | undefined): UpdateForm {
  const { update } = defaults;
  const { parallelism = update.parallelism, delay = update.delay, failure_action = update.failureAction, monitor = update.monitor, order = update.order } = config ?? {};
  return {
    parallelism,
    delay: normalDuration(delay),
    failureAction: failure_action,
    monitor: normalDuration(monitor),
    maxFailureRatio: config?.max_failure_ratio ?? update.maxFailureRatio,
    order,
  };
}
