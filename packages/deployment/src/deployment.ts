/** What shall run, for no target in particular. Every item says in a sentence why it is so, and where in the model it comes from. */
import type { Place } from '@camelc/diagnostics';

export interface Deployment<S extends ServiceBase = Service> {
  formatVersion: 1;
  /** The application's name as targets have it: lower case, letters, digits and hyphens, at most 24 characters. */
  id: string;
  application: string;
  version?: string;
  /** Whether every replica has a host of its own, or replicas of several services share hosts. */
  placement: 'dedicated' | 'shared';
  currency: string;
  /** Per hour. */
  cost: number;
  hostGroups: HostGroup[];
  services: S[];
  networks: Network[];
  volumes: Volume[];
  configs: Config[];
  secrets: Secret[];
  registries: Registry[];
}

export interface Reasoned {
  why: string;
  from: Place[];
}

/** The hosts that carry the same instances on the same candidate. */
export interface HostGroup extends Reasoned {
  /** Made of the names of its components, without those that are everywhere; unique whatever the case of its letters, at most 63 of letters, digits and hyphens. */
  name: string;
  candidate: string;
  hardware: string;
  provider: string;
  location?: { id: string; city?: string; country?: string };
  /** As sold: cores, MegaBytes, GigaBytes. */
  size: { cores?: number; memory?: number; storage?: number };
  number: number;
  /** Names in source order; a component with several instances on each of the hosts stands there as often. */
  components: string[];
  /** Per host and hour. */
  price: number;
  /** What one host of it offers to applications: cores, MegaBytes. */
  allocatable: { cores?: number; memory?: number };
}

/** A service that runs as containers. */
export interface Service extends ServiceBase {
  image: string;
  imageReason: Reasoned;
  /** In place of the image's own. One string is split into words as a shell does. */
  command?: string | string[];
}

/** What is said of a service, whatever it runs. */
export interface ServiceBase extends Reasoned {
  /** Its DNS name in its networks: lower case, letters, digits and hyphens, at most 38 characters. */
  name: string;
  component: string;
  /** In the order of their names. None holds a credential. */
  environment: EnvironmentVariable[];
  /** On all hosts together. */
  replicas: number;
  /** Why there are not fewer replicas, or not more; absent where nothing of the model keeps it from that. */
  number?: Reasoned;
  /** One replica on each host that may carry it, however many these become. */
  everywhere: boolean;
  /** Which hosts carry it, and how many replicas each of them. */
  placement: { hostGroup: string; perHost: number }[];
  ports: ServicePort[];
  /** What its name stands for: one virtual address (`vip`), or the addresses of its replicas in turn (`dnsrr`). */
  endpointMode: EndpointMode;
  networks: string[];
  /** Reserved for each replica: cores, MegaBytes. */
  resources: { cores?: number; memory?: number };
  healthCheck?: HealthCheck;
  volumes: { volume: string; path: string; readOnly: boolean }[];
  /** Configurations by name, each with the absolute path of the file in which the service reads it. */
  configs: ConfigUse[];
  /** Secrets by name, each with the absolute path of the file in which the service reads it. */
  secrets: { secret: string; file: string }[];
  /** Services that provide its mandatory required ports: it cannot work before they do. */
  needs: string[];
  /** Whether it stays where it runs. */
  unmoveable: boolean;
}

export type PublishMode = 'ingress' | 'host';
export type EndpointMode = 'vip' | 'dnsrr';

export interface EnvironmentVariable extends Reasoned {
  name: string;
  value: string;
}

export interface ServicePort extends Reasoned {
  name: string;
  /** Port that the container listens on. */
  target: number;
  /** Port on which the world reaches it; absent: only from its networks. */
  published?: number;
  mode: PublishMode;
}

export interface Network extends Reasoned {
  name: string;
  /** The communication's two services. */
  services: string[];
}

export interface Volume extends Reasoned {
  name: string;
  service: string;
}

export interface HealthCheck {
  /** `CMD` and its words, or `CMD-SHELL` and a line for the image's shell. */
  test: string[];
  /** Seconds. */
  interval?: number;
  timeout?: number;
  retries?: number;
  startPeriod?: number;
}

/** A configuration file, as it was when the deployment was made. Nothing in it is replaced. */
export interface Config extends Reasoned {
  /** Made of the path of its file, at most 26 characters: letters, digits, `.` and `-`. */
  name: string;
  /** As the model or the images file names it, with variables replaced. */
  file: string;
  /** Its text, or its bytes in base64 where they are no UTF-8. */
  content: string;
  encoding: 'utf8' | 'base64';
  /** SHA-256 of its bytes, in hex. */
  hash: string;
}

export interface ConfigUse extends Reasoned {
  config: string;
  path: string;
}

/** A credential by name; its value is never part of a deployment. */
export interface Secret extends Reasoned {
  /** Also the variable of the model that it stands for. */
  name: string;
}

/** A registry that asks for a login before it gives an image. */
export interface Registry extends Reasoned {
  server: string;
  /** Variables that hold the credentials. */
  user?: string;
  password?: string;
}
