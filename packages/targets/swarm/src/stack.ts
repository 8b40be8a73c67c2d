/**
 * A Docker stack, in the long forms that `docker stack config` prints. Holds what this target writes or checks, no more.
 * Source: docker/cli, cli/compose/schema/data/config_schema_v3.13.json.
 */
export interface Stack {
  version: string;
  services: Record<string, StackService>;
  networks?: Record<string, { driver?: string; attachable?: boolean; external?: boolean; name?: string } | null>;
  volumes?: Record<string, { external?: boolean; name?: string } | null>;
  secrets?: Record<string, StackFile>;
  configs?: Record<string, StackFile>;
}

interface StackFile {
  external?: boolean;
  name?: string;
  file?: string;
}

export interface StackService {
  image?: string;
  command?: string | string[];
  environment?: Record<string, string | null>;
  networks?: string[] | Record<string, unknown>;
  ports?: StackPort[];
  secrets?: { source: string; target?: string }[];
  configs?: { source: string; target?: string }[];
  volumes?: { type: string; source?: string; target: string; read_only?: boolean }[];
  healthcheck?: { test?: string | string[]; disable?: boolean; interval?: string; timeout?: string; retries?: number; start_period?: string; start_interval?: string };
  stop_grace_period?: string;
  deploy?: StackDeploy;
}

export interface StackPort {
  target: number;
  published?: number;
  protocol?: string;
  mode?: string;
}

export interface StackDeploy {
  mode?: string;
  replicas?: number;
  endpoint_mode?: string;
  labels?: Record<string, string>;
  placement?: { constraints?: string[]; max_replicas_per_node?: number };
  resources?: { limits?: StackResources; reservations?: StackResources };
  restart_policy?: { condition?: string; delay?: string; window?: string; max_attempts?: number };
  update_config?: StackUpdate;
  rollback_config?: StackUpdate;
}

export interface StackResources {
  cpus?: string;
  memory?: string;
}

export interface StackUpdate {
  parallelism?: number;
  delay?: string;
  failure_action?: string;
  monitor?: string;
  max_failure_ratio?: number;
  order?: string;
}
