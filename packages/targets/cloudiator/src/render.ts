/** The requests of a deployment as files: one body each, and a manifest that says which goes where, in which order. */
import type { Diagnostic } from '@camelc/diagnostics';
import { dnsLabel, uniqueNames, type HostGroup, type TaskDeployment } from '@camelc/deployment';
import type { Monitor, MonitoringTarget, NodeCandidate, NodeRequest, ProcessNew, ScheduleNew } from './api.js';
import { isCluster } from './interfaces.js';
import { buildJob } from './job.js';
import { hostsOf, instancesOf, type Instance } from './layout.js';
import { monitorsOf } from './monitors.js';
import { groupName, hashOf, jobName } from './names.js';
import { queryOf } from './requirements.js';

/** What manifest.json says. */
export interface Manifest {
  formatVersion: 1;
  application: string;
  /** The definition that the bodies are of. */
  interface: 'Cloudiator REST 0.2.0';
  currency: string;
  /** Per hour, of all nodes. */
  cost: number;
  /** Variables in the bodies that stand for credentials. */
  secrets: string[];
  /** In an order in which they may be sent. */
  requests: Request[];
}

interface Request {
  method: 'POST';
  path: string;
  /** The file with its body. */
  body: string;
  /** The variable in later bodies that stands for the id of what is made. */
  gives?: string;
  /** What has to be done with its answer. */
  then?: string;
  why: string;
}

/** Without its ending; ids of candidates are as long as their providers like. */
const longestFileName = 100;

/** Renders a deployment for a server of Cloudiator, in its manual flow. */
export function renderCloudiator(deployment: TaskDeployment): { files: { path: string; text: string }[]; diagnostics: Diagnostic[] } {
  const { id, application, currency, cost, hostGroups, offers, services } = deployment;
  const { job, diagnostics } = buildJob(deployment);
  const { monitors, diagnostics: ofMonitors } = monitorsOf(deployment.measurements);
  const hosts = hostsOf(deployment);
  const files: { path: string; text: string }[] = [];
  const requests: Request[] = [];
  const add = (path: string, folder: string, name: string, body: unknown, request: Pick<Request, 'gives' | 'then' | 'why'>): void => {
    const file = folder === '' ? `${name}.json` : `${folder}/${name}.json`;
    files.push({ path: file, text: toText(body) });
    requests.push({ method: 'POST', path, body: file, ...request });
  };
  const wait = 'poll GET /queue/{id} until it is COMPLETED; its location ends with the id';

  const candidates = [...new Set(hostGroups.map((group) => group.candidate))];
  const names = uniqueNames(candidates.map(dnsLabel), longestFileName);
  for (const [index, candidate] of candidates.entries()) {
    const group = hostGroups.find((one) => one.candidate === candidate)!;
    const its = hosts.filter((host) => host.group.candidate === candidate).map(({ name }) => `nodes/${name}.json`);
    add('/nodeCandidates', 'candidates', names[index]!, queryOf(offers[candidate]!), {
      then: `put the candidate that it finds in the place of \`nodeCandidate\` in ${its.join(', ')}`,
      why: `${group.hardware} (${candidate}) is the solution's candidate of ${[...new Set(hostGroups.filter((one) => one.candidate === candidate).flatMap(({ components }) => components))].join(', ')}`,
    });
  }
  for (const { name, group } of hosts) {
    const request: NodeRequest = { groupName: groupName(id, name, hashOf(group.candidate)), nodeCandidate: nodeCandidateOf(group, deployment) };
    add('/node', 'nodes', name, request, { gives: variable('NODE', name), then: `${wait}; GET /node/{id} until it is RUNNING`, why: group.why });
  }
  add('/jobs', '', 'job', { name: jobName(id, hashOf(job)), ...job }, { gives: 'JOB', why: `the tasks of ${application} and their communications` });
  const schedule: ScheduleNew = { job: '${JOB}', instantiation: 'MANUAL' };
  add('/schedule', '', 'schedule', schedule, { gives: 'SCHEDULE', then: wait, why: 'the nodes are chosen by the solution, not by the server' });

  const instances = new Map<string, Instance[]>();
  for (const { name, component, why } of inOrder(services)) {
    const task = job.tasks.find((one) => one.name === component);
    if (!task) continue;
    const its = instancesOf(component, name, hosts);
    const base = { schedule: '${SCHEDULE}', task: component, taskInterface: task.interfaces[0].type };
    const cluster = isCluster(task.interfaces[0]);
    const processes: [name: string, body: ProcessNew][] = cluster
      ? [[name, { processType: 'ClusterProcessNew', ...base, nodes: its.map(({ host }) => reference('NODE', host)) }]]
      : its.map((one) => [one.name, { processType: 'SingleProcessNew', ...base, node: reference('NODE', one.host) }]);
    instances.set(component, cluster ? [{ name, component, host: '', number: 1 }] : its);
    for (const [process, body] of processes) {
      add('/process', 'processes', process, body, { gives: variable('PROCESS', process), then: `${wait}; GET /process/{id} until it is RUNNING`, why });
    }
  }
  const monitorNames = uniqueNames(
    monitors.map(({ metric }) => dnsLabel(metric)),
    longestFileName,
  );
  for (const [index, { metric, component, sensor, sinks, measurement }] of monitors.entries()) {
    const targets: MonitoringTarget[] =
      component === undefined
        ? [{ type: 'JOB', identifier: '${JOB}' }]
        : (instances.get(component) ?? []).map(({ name }) => ({ type: 'PROCESS', identifier: reference('PROCESS', name) }));
    const body: Monitor = { metric, targets, sensor, sinks, tags: { application: id } };
    add('/monitors', 'monitors', monitorNames[index]!, body, {
      why: `${measurement.name} measures ${metric} of ${component ?? 'the application'} by ${measurement.sensor.name}`,
    });
  }

  const manifest: Manifest = { formatVersion: 1, application, interface: 'Cloudiator REST 0.2.0', currency, cost, secrets: deployment.secrets.map(({ name }) => name), requests };
  return { files: [{ path: 'manifest.json', text: toText(manifest) }, ...files], diagnostics: [...diagnostics, ...ofMonitors] };
}

/** Who provides what another one must have comes before it; in circles, and otherwise, in the order of the model. */
function inOrder<S extends { name: string; needs: readonly string[] }>(services: readonly S[]): S[] {
  const ordered = new Set<S>();
  const visit = (service: S, above: readonly S[]): void => {
    if (ordered.has(service) || above.includes(service)) return;
    for (const name of service.needs) {
      const provider = services.find((other) => other.name === name);
      if (provider) visit(provider, [...above, service]);
    }
    ordered.add(service);
  };
  for (const service of services) visit(service, []);
  return [...ordered];
}

/** What is known of a candidate without asking the server: its id says which it is. */
function nodeCandidateOf({ candidate, price }: HostGroup, { offers }: TaskDeployment): NodeCandidate {
  const { type } = offers[candidate]!;
  return { id: candidate, nodeCandidateType: type === 'EDGE' ? 'BYON' : type, price };
}

/** A variable of a shell for the id of what is called so. */
const variable = (kind: string, name: string): string => `${kind}_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
const reference = (kind: string, name: string): string => `\${${variable(kind, name)}}`;

const toText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
