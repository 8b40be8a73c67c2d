import type { Json } from '@camelc/plan';
import type { EngineFile, EngineServiceSpec } from './engine-spec.js';
import { defaults, type FileForm, type HealthCheckForm, type MountForm, type ResourcesForm, type ServiceForm, type UpdateForm } from './service-form.js';
import { bytesOf, compact, merged, nanosecondsOf } from './values.js';

/** What the swarm calls things, by their names, and how often it was told to restart the tasks, which it would do again if that changed. */
export interface EngineIds {
  networks: ReadonlyMap<string, string>;
  secrets: ReadonlyMap<string, string>;
  configs: ReadonlyMap<string, string>;
  forceUpdate?: number;
}

/** The spec with which the Engine makes a service of this form, or changes it. */
export function denormaliseService(form: ServiceForm, name: string, ids: EngineIds): EngineServiceSpec {
  const { restart } = form;
  const spec: EngineServiceSpec = compact({
    Name: name,
    Labels: form.labels ?? {},
    Mode: modeOf(form),
    UpdateConfig: form.update && updateOf(form.update),
    RollbackConfig: form.rollback && updateOf(form.rollback),
    EndpointSpec: compact({ Mode: form.endpointMode, Ports: form.ports && entries(form.ports).map(([key, port]) => portOf(key, port)) }),
    TaskTemplate: compact({
      ContainerSpec: compact({
        Image: form.image,
        Labels: form.containerLabels,
        Command: form.entrypoint,
        Args: form.command,
        Env: form.environment && entries(form.environment).map(([variable, value]) => (value === null ? variable : `${variable}=${value}`)),
        Mounts: form.mounts && entries(form.mounts).map(([path, mount]) => mountOf(path, mount)),
        Healthcheck: form.healthCheck && healthCheckOf(form.healthCheck),
        Secrets: form.secrets && entries(form.secrets).map(([file, use]) => secretOf(file, use, ids)),
        Configs: form.configs && entries(form.configs).map(([file, use]) => configOf(file, use, ids)),
      }),
      Resources:
        form.limits || form.reservations
          ? compact({ Limits: form.limits && resourcesOf(form.limits), Reservations: form.reservations && resourcesOf(form.reservations) })
          : undefined,
      RestartPolicy:
        restart &&
        compact({
          Condition: restart.condition,
          Delay: nanosecondsOf(restart.delay),
          MaxAttempts: restart.maxAttempts,
          Window: restart.window === undefined ? undefined : nanosecondsOf(restart.window),
        }),
      Placement: form.constraints || form.maxReplicasPerNode ? compact({ Constraints: form.constraints, MaxReplicas: form.maxReplicasPerNode }) : undefined,
      Networks:
        form.networks &&
        entries(form.networks).map(([network, { aliases, driverOptions }]) =>
          compact({ Target: ids.networks.get(network) ?? network, Aliases: aliases, DriverOpts: driverOptions }),
        ),
      ForceUpdate: ids.forceUpdate,
    }),
  });
  return merged(spec as unknown as Json, form.engine) as unknown as EngineServiceSpec;
}

const entries = <T>(object: Record<string, T>): [string, T][] => Object.entries(object);

function modeOf({ mode, replicas }: ServiceForm): EngineServiceSpec['Mode'] {
  switch (mode) {
    case 'replicated':
      return { Replicated: { Replicas: replicas } };
    case 'global':
      return { Global: {} };
    case 'replicated-job':
      return { ReplicatedJob: {} };
    case 'global-job':
      return { GlobalJob: {} };
  }
}

function updateOf({ parallelism, delay, failureAction, monitor, maxFailureRatio, order }: UpdateForm): EngineServiceSpec['UpdateConfig'] {
  return {
    Parallelism: parallelism,
    Delay: nanosecondsOf(delay),
    FailureAction: failureAction,
    Monitor: nanosecondsOf(monitor),
    MaxFailureRatio: maxFailureRatio,
    Order: order,
  };
}

function portOf(key: string, { mode, name }: NonNullable<ServiceForm['ports']>[string]): object {
  const [, published, target, protocol] = /^(\d*):(\d+)\/(.+)$/.exec(key)!;
  return compact({ Name: name, Protocol: protocol, TargetPort: Number(target), PublishedPort: published ? Number(published) : undefined, PublishMode: mode });
}

function mountOf(path: string, { type, source, readOnly, labels, engine }: MountForm): object {
  const mount = compact({ Type: type, Source: source, Target: path, ReadOnly: readOnly, VolumeOptions: labels && { Labels: labels } });
  return merged(mount as unknown as Json, engine) as object;
}

function secretOf(file: string, use: FileForm, { secrets }: EngineIds): EngineFile {
  return compact({ File: fileOf(file, use), SecretID: secrets.get(use.source), SecretName: use.source });
}

function configOf(file: string, use: FileForm, { configs }: EngineIds): EngineFile {
  return compact({ File: fileOf(file, use), ConfigID: configs.get(use.source), ConfigName: use.source });
}

function fileOf(name: string, { user = defaults.file.user, group = defaults.file.group, mode = defaults.file.mode }: FileForm): EngineFile['File'] {
  return { Name: name, UID: user, GID: group, Mode: parseInt(mode, 8) };
}

function healthCheckOf({ test, interval, timeout, retries, startPeriod, startInterval }: HealthCheckForm): object {
  const time = (value: string | undefined): number | undefined => (value === undefined ? undefined : nanosecondsOf(value));
  return compact({ Test: test, Interval: time(interval), Timeout: time(timeout), Retries: retries, StartPeriod: time(startPeriod), StartInterval: time(startInterval) });
}

function resourcesOf({ cpus, memory, pids }: ResourcesForm): object {
  return compact({
    NanoCPUs: cpus === undefined ? undefined : Math.round(cpus * 1e9),
    MemoryBytes: memory === undefined ? undefined : bytesOf(memory),
    Pids: pids,
  });
}
