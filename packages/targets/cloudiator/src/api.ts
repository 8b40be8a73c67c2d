/**
 * Bodies and answers of Cloudiator's REST interface, version 0.2.0: what this target sends or reads, no more.
 * Source: github.com/cloudiator/rest-swagger. `UNKOWN` is spelt so there.
 */

export interface JobNew {
  name: string;
  tasks: Task[];
  communications: { portRequired: string; portProvided: string }[];
}

export interface Job extends JobNew {
  id: string;
}

export interface Task {
  name: string;
  ports: Port[];
  /** One: the executor takes no more. */
  interfaces: [TaskInterface];
  requirements: Requirement[];
  behaviour: Behaviour;
}

export type Port = { type: 'PortProvided'; name: string; port: number } | { type: 'PortRequired'; name: string; isMandatory: boolean };

export type TaskInterface = LanceInterface | DockerInterface | FaasInterface | SparkInterface | PlatformInterface;

/** Scripts, by the stage of the life cycle in which they run. */
export interface LanceInterface extends Partial<Record<LanceStage, string>> {
  type: 'LanceInterface';
  containerType: ContainerType;
  operatingSystem?: OperatingSystem;
  start: string;
  updateAction?: string;
}

export const containerTypes = ['NATIVE', 'DOCKER', 'BOTH'] as const;
export type ContainerType = (typeof containerTypes)[number];

/** In the order in which they run, without `start`. */
export const lanceStages = [
  'init',
  'preInstall',
  'install',
  'postInstall',
  'preStart',
  'startDetection',
  'stopDetection',
  'postStart',
  'preStop',
  'stop',
  'postStop',
  'shutdown',
] as const;
export type LanceStage = (typeof lanceStages)[number];

export interface DockerInterface {
  type: 'DockerInterface';
  dockerImage: string;
  environment: Record<string, string>;
  updateAction?: string;
}

export interface FaasInterface {
  type: 'FaasInterface';
  functionName: string;
  sourceCodeUrl: string;
  handler: string;
  triggers: { type: 'HttpTrigger'; httpPath: string; httpMethod: string }[];
  /** Seconds; 6 where it is absent. */
  timeout?: number;
  functionEnvironment: Record<string, string>;
}

export interface SparkInterface {
  type: 'SparkInterface';
  file: string;
  className?: string;
  arguments: string[];
  sparkArguments: Record<string, string>;
  sparkConfiguration: Record<string, string>;
  processMapping: ProcessMapping;
}

export const processMappings = ['SINGLE', 'CLUSTER'] as const;
export type ProcessMapping = (typeof processMappings)[number];

export interface PlatformInterface {
  type: 'PlatformInterface';
  sourceRepository: string;
}

export type Behaviour = { type: 'ServiceBehaviour'; restart: boolean } | { type: 'PeriodicBehaviour'; interval: Interval; collisionHandling: CollisionHandling };

export const collisionHandlings = ['CANCEL', 'PARALLEL', 'SKIP'] as const;
export type CollisionHandling = (typeof collisionHandlings)[number];

export interface Interval {
  unit: TimeUnit;
  period: number;
}

export const timeUnits = ['DAYS', 'HOURS', 'MICROSECONDS', 'MILLISECONDS', 'MINUTES', 'NANOSECONDS', 'SECONDS'] as const;
export type TimeUnit = (typeof timeUnits)[number];

export type Requirement = AttributeRequirement | IdentifierRequirement | { type: 'OclRequirement'; constraint: string };

export interface AttributeRequirement {
  type: 'AttributeRequirement';
  requirementClass: string;
  requirementAttribute: string;
  requirementOperator: 'EQ' | 'LEQ' | 'GEQ' | 'GT' | 'LT' | 'NEQ' | 'IN';
  value: string;
}

/** The one candidate with these. */
export interface IdentifierRequirement {
  type: 'IdentifierRequirement';
  hardwareId: string;
  locationId: string;
  imageId: string;
}

export interface OperatingSystem {
  operatingSystemFamily: string;
  operatingSystemArchitecture?: 'AMD64' | 'I386' | 'ARM' | 'UNKOWN';
  /** 1604 for 16.04. */
  operatingSystemVersion?: number;
}

export const osFamilies = [
  'UBUNTU',
  'AIX',
  'ARCH',
  'CENTOS',
  'DARWIN',
  'DEBIAN',
  'ESX',
  'FEDORA',
  'FREEBSD',
  'GENTOO',
  'HPUX',
  'COREOS',
  'AMZN_LINUX',
  'MANDRIVA',
  'NETBSD',
  'OEL',
  'OPENBSD',
  'RHEL',
  'SCIENTIFIC',
  'CEL',
  'SLACKWARE',
  'SOLARIS',
  'SUSE',
  'TURBOLINUX',
  'CLOUD_LINUX',
  'WINDOWS',
];

export interface NodeRequest {
  groupName: string;
  nodeCandidate: NodeCandidate;
}

export interface NodeCandidate {
  id?: string;
  nodeCandidateType?: string;
  price?: number;
  cloud?: { id?: string; api?: { providerName?: string } };
  image?: { id: string; name: string };
  hardware?: { id: string; name: string; providerId?: string; cores?: number; ram?: number };
  location?: { id: string; name: string; providerId?: string };
}

export interface Node {
  id: string;
  name?: string;
  nodeCandidate?: string;
  state?: 'PENDING' | 'RUNNING' | 'ERROR' | 'DELETED';
  diagnostic?: string;
  reason?: string;
  nodeProperties?: { numberOfCores?: number; memory?: number };
}

export interface ScheduleNew {
  job: string;
  instantiation: 'AUTOMATIC' | 'MANUAL';
}

export interface Schedule extends ScheduleNew {
  id: string;
  state?: 'PENDING' | 'RUNNING' | 'ERROR' | 'RESTORING' | 'DELETED' | 'MANUAL';
}

interface ProcessBase {
  schedule: string;
  task: string;
  /** The type of the task's interface. */
  taskInterface: string;
}
export type ProcessNew = (ProcessBase & { processType: 'SingleProcessNew'; node: string }) | (ProcessBase & { processType: 'ClusterProcessNew'; nodes: string[] });

export interface Process extends ProcessBase {
  id: string;
  processType: 'SingleProcess' | 'ClusterProcess';
  node?: string;
  nodes?: string[];
  state?: 'PENDING' | 'RUNNING' | 'ERROR' | 'DELETED' | 'FINISHED';
  diagnostic?: string;
  reason?: string;
}

export interface Scale {
  schedule: string;
  task: string;
  scaleDirection: 'SCALE_IN' | 'SCALE_OUT';
  nodes: string[];
}

export interface Monitor {
  metric: string;
  targets: MonitoringTarget[];
  sensor: Sensor;
  sinks: DataSink[];
  tags: Record<string, string>;
}

export interface MonitoringTarget {
  type: 'JOB' | 'TASK' | 'PROCESS' | 'CLOUD' | 'NODE';
  identifier: string;
}

export type Sensor = { type: 'PushSensor'; port?: number } | { type: 'PullSensor'; className: string; configuration: Record<string, string>; interval: Interval };

export const sinkTypes = ['KAIROS_DB', 'INFLUX', 'CLI', 'JMS'] as const;
export interface DataSink {
  type: (typeof sinkTypes)[number];
  configuration: Record<string, string>;
}

/** What the server does meanwhile. */
export interface Queue {
  id: string;
  status: 'SCHEDULED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  diagnosis?: string;
  /** Where the made thing is; it ends with its id. */
  location?: string;
}
