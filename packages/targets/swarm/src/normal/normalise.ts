import type { Json } from '@camelc/plan';
import type { EngineContainer, EngineFile, EngineMount, EngineNetwork, EnginePort, EngineResources, EngineServiceSpec, EngineTask, EngineUpdate } from './engine-spec.js';
import {
  defaults,
  type FileForm,
  type HealthCheckForm,
  type MountForm,
  type NetworkUseForm,
  type PortForm,
  type ResourcesForm,
  type ServiceForm,
  type UpdateForm,
} from './service-form.js';
import { compact, durationOf, pruned, sizeOf, sorted, unlessEmpty } from './values.js';

/**
 * The normal form of a service. What the Engine fills in by itself, and how often the service was told to restart, is no part of it.
 * @param spec the spec of an inspected service
 * @param networkNames names of the swarm's networks by their ids
 */
export function normaliseService(spec: object, networkNames: ReadonlyMap<string, string>): ServiceForm {
  const { Name: _name, Labels, TaskTemplate = {}, Mode = {}, UpdateConfig, RollbackConfig, Networks, EndpointSpec = {}, ...rest } = spec as EngineServiceSpec;
  const { ContainerSpec = {}, Resources = {}, RestartPolicy, Placement = {}, Networks: taskNetworks, ForceUpdate: _updates, Runtime, ...task } = TaskTemplate;
  const { Image, Labels: containerLabels, Command, Args, Env, Mounts, Healthcheck, Secrets, Configs, Isolation, ...container } = ContainerSpec;
  const { Limits = {}, Reservations = {}, ...resources } = Resources;
  const { Constraints, MaxReplicas, ...placement } = Placement;
  const { Mode: endpointMode, Ports, ...endpoint } = EndpointSpec;
  const { mode, replicas, more } = modeOf(Mode);
  const [limits, moreLimits] = resourcesOf(Limits);
  const [reservations, moreReservations] = resourcesOf(Reservations);
  const isJob = mode.endsWith('job');
  return compact({
    image: Image ?? '',
    entrypoint: unlessEmpty(Command),
    command: unlessEmpty(Args),
    environment: environmentOf(Env),
    mode,
    replicas,
    endpointMode: endpointMode ?? 'vip',
    ports: byKey(Ports, portOf),
    networks: byKey(taskNetworks ?? Networks, (network) => networkOf(network, networkNames)),
    mounts: byKey(Mounts, mountOf),
    secrets: byKey(Secrets?.filter(isFile), fileOf),
    configs: byKey(Configs?.filter(isFile), fileOf),
    healthCheck: unlessEmpty(healthCheckOf(Healthcheck ?? {})),
    reservations,
    limits,
    constraints: unlessEmpty([...new Set((Constraints ?? []).map(constraintOf))].sort()),
    maxReplicasPerNode: MaxReplicas || undefined,
    restart: restartOf(RestartPolicy, isJob),
    update: updateOf(UpdateConfig, isJob),
    rollback: updateOf(RollbackConfig, isJob),
    labels: labelsOf(Labels),
    containerLabels: labelsOf(containerLabels),
    engine: pruned({
      ...rest,
      Mode: more,
      TaskTemplate: {
        ...task,
        Runtime: Runtime === 'container' ? '' : (Runtime ?? ''),
        ContainerSpec: {
          ...container,
          Isolation: Isolation === 'default' ? '' : (Isolation ?? ''),
          Secrets: Secrets?.filter((file) => !isFile(file)),
          Configs: Configs?.filter((file) => !isFile(file)),
        },
        Resources: { ...resources, Limits: moreLimits, Reservations: moreReservations },
        Placement: placement,
      },
      EndpointSpec: endpoint,
    } as unknown as Json),
  });
}

function modeOf({ Replicated, Global, ReplicatedJob, GlobalJob }: NonNullable<EngineServiceSpec['Mode']>): { mode: ServiceForm['mode']; replicas?: number; more?: object } {
  if (Global) return { mode: 'global' };
  if (ReplicatedJob) return { mode: 'replicated-job', more: { ReplicatedJob } };
  if (GlobalJob) return { mode: 'global-job' };
  return { mode: 'replicated', replicas: Replicated?.Replicas ?? 1 };
}

function byKey<T, V>(items: readonly T[] | null | undefined, entryOf: (item: T) => [string, V]): Record<string, V> | undefined {
  return unlessEmpty(sorted(Object.fromEntries((items ?? []).map(entryOf))));
}

/** A name may stand there more than once, and the last counts. */
const environmentOf = (variables: EngineContainer['Env']): ServiceForm['environment'] =>
  byKey(variables, (text) => {
    const end = text.indexOf('=');
    return end < 0 ? [text, null] : [text.slice(0, end), text.slice(end + 1)];
  });

const labelsOf = (labels: Record<string, string> | undefined): Record<string, string> | undefined => unlessEmpty(sorted(labels ?? {}));

function portOf({ Name, Protocol, TargetPort, PublishedPort, PublishMode }: EnginePort): [string, PortForm] {
  return [`${PublishedPort || ''}:${TargetPort}/${Protocol ?? 'tcp'}`, compact({ mode: PublishMode ?? 'ingress', name: Name || undefined })];
}

function networkOf({ Target = '', Aliases, DriverOpts }: EngineNetwork, names: ReadonlyMap<string, string>): [string, NetworkUseForm] {
  return [names.get(Target) ?? Target, compact({ aliases: unlessEmpty([...new Set(Aliases ?? [])].sort()), driverOptions: labelsOf(DriverOpts) })];
}

function mountOf({ Type, Source, Target = '', ReadOnly, VolumeOptions, ...rest }: EngineMount): [string, MountForm] {
  const { Labels, ...options } = VolumeOptions ?? {};
  return [
    Target,
    compact({
      type: Type ?? 'volume',
      source: Source || undefined,
      readOnly: ReadOnly ? (true as const) : undefined,
      labels: labelsOf(Labels),
      engine: pruned({ ...rest, VolumeOptions: options } as unknown as Json),
    }),
  ];
}

/** A config may be there for the engine alone, and not as a file. */
const isFile = ({ File }: EngineFile): boolean => File !== undefined && File !== null;

function fileOf({ File = {}, SecretName, ConfigName }: EngineFile): [string, FileForm] {
  const mode = `0${(File.Mode ?? 0).toString(8)}`;
  return [
    File.Name ?? '',
    compact({
      source: SecretName ?? ConfigName ?? '',
      user: File.UID === defaults.file.user ? undefined : File.UID,
      group: File.GID === defaults.file.group ? undefined : File.GID,
      mode: mode === defaults.file.mode ? undefined : mode,
    }),
  ];
}

function healthCheckOf({ Test, Interval, Timeout, Retries, StartPeriod, StartInterval }: NonNullable<EngineContainer['Healthcheck']>): HealthCheckForm {
  const time = (value: number | undefined): string | undefined => (value ? durationOf(value) : undefined);
  return compact({
    test: unlessEmpty(Test),
    interval: time(Interval),
    timeout: time(Timeout),
    retries: Retries || undefined,
    startPeriod: time(StartPeriod),
    startInterval: time(StartInterval),
  });
}

function resourcesOf({ NanoCPUs, MemoryBytes, Pids, ...more }: EngineResources): [ResourcesForm | undefined, object] {
  const form = compact({ cpus: NanoCPUs ? NanoCPUs / 1e9 : undefined, memory: MemoryBytes ? sizeOf(MemoryBytes) : undefined, pids: Pids || undefined });
  return [unlessEmpty(form), more];
}

/** `KEY==VALUE` with or without spaces around it. */
function constraintOf(text: string): string {
  const [, key, operator, value] = /^(.*?)(==|!=)(.*)$/s.exec(text) ?? [];
  return operator ? `${key!.trim()} ${operator} ${value!.trim()}` : text;
}

/** A job is not started again unless it says so. */
function restartOf(policy: EngineTask['RestartPolicy'], isJob: boolean): ServiceForm['restart'] {
  if (!policy && isJob) return undefined;
  const { Condition, Delay, MaxAttempts, Window } = policy ?? {};
  return compact({
    condition: Condition || defaults.restart.condition,
    delay: Delay === undefined ? defaults.restart.delay : durationOf(Delay),
    maxAttempts: MaxAttempts || undefined,
    window: Window ? durationOf(Window) : undefined,
  });
}

/** A job is not updated in turn. */
function updateOf(config: EngineUpdate | undefined, isJob: boolean): UpdateForm | undefined {
  if (!config && isJob) return undefined;
  const { Parallelism, Delay, FailureAction, Monitor, MaxFailureRatio, Order } = config ?? {};
  return {
    parallelism: Parallelism ?? defaults.update.parallelism,
    delay: Delay ? durationOf(Delay) : defaults.update.delay,
    failureAction: FailureAction || defaults.update.failureAction,
    monitor: Monitor ? durationOf(Monitor) : defaults.update.monitor,
    maxFailureRatio: MaxFailureRatio ?? defaults.update.maxFailureRatio,
    order: Order || defaults.update.order,
  };
}
