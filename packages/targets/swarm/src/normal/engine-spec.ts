/**
 * The ServiceSpec of Docker's Engine API as this target reads and writes it; what it knows nothing of passes through as it is.
 * Source: moby, api/swagger.yaml.
 */
export interface EngineServiceSpec {
  Name?: string;
  Labels?: Record<string, string>;
  TaskTemplate?: EngineTask;
  Mode?: { Replicated?: { Replicas?: number }; Global?: object; ReplicatedJob?: object; GlobalJob?: object };
  UpdateConfig?: EngineUpdate;
  RollbackConfig?: EngineUpdate;
  /** Former place of `TaskTemplate.Networks`. */
  Networks?: EngineNetwork[];
  EndpointSpec?: { Mode?: string; Ports?: EnginePort[] };
}

export interface EngineTask {
  ContainerSpec?: EngineContainer;
  Resources?: { Limits?: EngineResources; Reservations?: EngineResources };
  RestartPolicy?: { Condition?: string; Delay?: number; MaxAttempts?: number; Window?: number };
  Placement?: { Constraints?: string[]; MaxReplicas?: number };
  Networks?: EngineNetwork[];
  ForceUpdate?: number;
  Runtime?: string;
}

export interface EngineContainer {
  Image?: string;
  Labels?: Record<string, string>;
  Command?: string[];
  Args?: string[];
  Env?: string[];
  Mounts?: EngineMount[];
  Healthcheck?: { Test?: string[]; Interval?: number; Timeout?: number; Retries?: number; StartPeriod?: number; StartInterval?: number };
  Secrets?: EngineFile[];
  Configs?: EngineFile[];
  Isolation?: string;
}

export interface EngineMount {
  Type?: string;
  Source?: string;
  Target?: string;
  ReadOnly?: boolean;
  VolumeOptions?: { Labels?: Record<string, string> };
}

/** A secret or a config of a container. */
export interface EngineFile {
  File?: { Name?: string; UID?: string; GID?: string; Mode?: number };
  SecretID?: string;
  SecretName?: string;
  ConfigID?: string;
  ConfigName?: string;
}

export interface EngineNetwork {
  Target?: string;
  Aliases?: string[];
  DriverOpts?: Record<string, string>;
}

export interface EnginePort {
  Name?: string;
  Protocol?: string;
  TargetPort?: number;
  PublishedPort?: number;
  PublishMode?: string;
}

export interface EngineResources {
  NanoCPUs?: number;
  MemoryBytes?: number;
  Pids?: number;
}

export interface EngineUpdate {
  Parallelism?: number;
  Delay?: number;
  FailureAction?: string;
  Monitor?: number;
  MaxFailureRatio?: number;
  Order?: string;
}
