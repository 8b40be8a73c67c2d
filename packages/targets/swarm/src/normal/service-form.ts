import type { Json } from '@camelc/plan';

/**
 * The normal form of a service: two services do the same when their forms are alike. In the words of stack files; what is a set in truth is an
 * object by its keys, or a sorted list. Networks, secrets, configs and volumes go by the names that the swarm has for them.
 */
export type ServiceForm = {
  /** With its digest, where that is known. */
  image: string;
  /** In place of the image's own. */
  entrypoint?: string[];
  command?: string[];
  /** Null: a name alone, which takes the variable away that the image sets. */
  environment?: Record<string, string | null>;
  mode: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  replicas?: number;
  endpointMode: string;
  /** By `PUBLISHED:TARGET/PROTOCOL`, as `docker run` has it. */
  ports?: Record<string, PortForm>;
  networks?: Record<string, NetworkUseForm>;
  /** By their paths. */
  mounts?: Record<string, MountForm>;
  /** By the files in which the service reads them. */
  secrets?: Record<string, FileForm>;
  configs?: Record<string, FileForm>;
  healthCheck?: HealthCheckForm;
  reservations?: ResourcesForm;
  limits?: ResourcesForm;
  constraints?: string[];
  maxReplicasPerNode?: number;
  restart?: { condition: string; delay: string; maxAttempts?: number; window?: string };
  update?: UpdateForm;
  rollback?: UpdateForm;
  labels?: Record<string, string>;
  containerLabels?: Record<string, string>;
  /** All else, as the Engine has it. */
  engine?: Json;
};

export type PortForm = { mode: string; name?: string };
export type NetworkUseForm = { aliases?: string[]; driverOptions?: Record<string, string> };
export type MountForm = { type: string; source?: string; readOnly?: true; labels?: Record<string, string>; engine?: Json };
/** Owned by root and readable by all, unless it says otherwise. */
export type FileForm = { source: string; user?: string; group?: string; mode?: string };
export type HealthCheckForm = { test?: string[]; interval?: string; timeout?: string; retries?: number; startPeriod?: string; startInterval?: string };
/** Cores, and a size like `512M`. */
export type ResourcesForm = { cpus?: number; memory?: string; pids?: number };
export type UpdateForm = { parallelism: number; delay: string; failureAction: string; monitor: string; maxFailureRatio: number; order: string };

/** What swarm means where a service says nothing. */
export const defaults = {
  update: { parallelism: 0, delay: '0s', failureAction: 'pause', monitor: '5s', maxFailureRatio: 0, order: 'stop-first' },
  restart: { condition: 'any', delay: '5s' },
  file: { user: '0', group: '0', mode: '0444' },
} as const;
