/** What the Engine API says, as far as it is read here. Source: moby, api/swagger.yaml. */
import type { EnginePort, EngineServiceSpec } from '../normal/engine-spec.js';

interface Versioned {
  ID: string;
  /** Told to the manager with a change; where it is not the last any more, the change is refused. */
  Version: { Index: number };
}

export interface EngineService extends Versioned {
  UpdatedAt: string;
  Spec: EngineServiceSpec;
  Endpoint?: { Ports?: EnginePort[] };
  UpdateStatus?: { State?: UpdateState; Message?: string };
}

type UpdateState = 'updating' | 'paused' | 'completed' | 'rollback_started' | 'rollback_paused' | 'rollback_completed';

export interface EngineTaskState {
  ID: string;
  ServiceID: string;
  NodeID?: string;
  Slot?: number;
  CreatedAt: string;
  UpdatedAt: string;
  DesiredState: string;
  Spec?: { ContainerSpec?: { Secrets?: { SecretName: string }[] | null } };
  Status: { State: string; Err?: string; Message?: string; ContainerStatus?: { ContainerID?: string; ExitCode?: number } };
}

export interface EngineNode extends Versioned {
  Spec: { Name?: string; Labels?: Record<string, string> | null; Role: string; Availability: string };
  Description?: {
    Hostname?: string;
    Platform?: { Architecture?: string; OS?: string };
    Resources?: { NanoCPUs?: number; MemoryBytes?: number };
  };
  Status?: { State?: string; Addr?: string };
  ManagerStatus?: { Addr?: string; Leader?: boolean };
}

/** A config, or a secret, which has no data to read. */
export interface EngineFileObject extends Versioned {
  Spec: { Name: string; Labels?: Record<string, string> | null; Data?: string };
}

export interface EngineNetworkObject {
  Id: string;
  Name: string;
  Scope?: string;
  Labels?: Record<string, string> | null;
}
