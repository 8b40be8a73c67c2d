/** What a deployment comes to on a server. */
import { diagnose, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import type { NodeCandidate } from '@camelc/candidates';
import type { Task, TaskDeployment } from '@camelc/deployment';
import { fingerprint, namedInVain, type Json, type Lowering, type Resource, type Revision, type RunningState, type Wanted } from '@camelc/plan';
import type { TaskInterface } from '../api.js';
import { buildJob } from '../job.js';
import { isCluster } from '../interfaces.js';
import { hostsOf, instancesOf, type Host, type RunningNode } from '../layout.js';
import { monitorsOf } from '../monitors.js';
import { hashOf, processName } from '../names.js';
import type { Offer } from './offers.js';
import {
  asJson,
  asSpec,
  jobKey,
  jobSpecOf,
  monitorKey,
  nodeIn,
  nodeKey,
  processKey,
  scheduleKey,
  takesOf,
  taskKey,
  type Kind,
  type NodeSpec,
  type ProcessSpec,
  type TaskSpec,
} from './resources.js';

/** What lowering asks the server for. */
export interface Inquiries {
  /** The offer that is a candidate. */
  offer(candidate: NodeCandidate): Promise<Offer | undefined>;
  /** What it offers in the cloud of a candidate, by names of hardware. */
  alternatives(candidate: NodeCandidate): Promise<string[]>;
  fingerprintKey(): Promise<string>;
}

interface Options {
  /** Components that may leave their nodes though they are unmoveable. */
  leaveData: readonly string[];
}

/** Lowers a deployment. Nodes that run are kept wherever their candidate is wanted. */
export async function lower(deployment: TaskDeployment, state: RunningState, lowering: Lowering, inquiries: Inquiries, { leaveData }: Options) {
  const { job, diagnostics } = buildJob(deployment);
  const { monitors, diagnostics: ofMonitors } = monitorsOf(deployment.measurements);
  const hosts = hostsOf(deployment, runningNodes(state));
  const keys = new Map(hosts.map((host) => [host.name, nodeKey(host.name, hashOf(host.group.candidate))]));
  diagnostics.push(...ofMonitors);

  const { nodes, diagnostics: ofNodes } = await nodesOf(deployment, hosts, keys, state, inquiries);
  diagnostics.push(...ofNodes);
  if (hasErrors(diagnostics)) return { diagnostics };

  const { application, id } = deployment;
  const spec = jobSpecOf(job, await fingerprintsOf(deployment, lowering, inquiries));
  const hash = hashOf(spec);
  const schedule = scheduleKey(hash);
  const resources: Resource[] = [
    ...nodes,
    {
      key: jobKey(hash),
      kind: 'job' satisfies Kind,
      name: id,
      spec: asJson(spec),
      needs: [],
      why: `the tasks of ${application} and their communications`,
      from: deployment.services.flatMap(({ from }) => from.slice(0, 1)),
      reasons: deployment.services.map(({ component, why, from }) => ({ pointer: `/tasks/${component.replaceAll('~', '~0').replaceAll('/', '~1')}`, why, from })),
    },
    {
      key: schedule,
      kind: 'schedule' satisfies Kind,
      name: id,
      spec: asJson({ job: jobKey(hash) }),
      needs: [jobKey(hash)],
      why: 'processes are started on the nodes of the solution, not of the server',
      from: [],
    },
  ];
  for (const task of deployment.services)
    resources.push(...processesOf(task, job.tasks.find(({ name }) => name === task.component)!.interfaces[0], schedule, hosts, keys, deployment));
  for (const { metric, component, sensor, sinks, measurement } of monitors) {
    const of = component === undefined ? [jobKey(hash)] : resources.filter((one) => one.kind === 'process' && one.component === component).map(({ key }) => key);
    resources.push(
      ...of.map(
        (one): Resource => ({
          key: monitorKey(metric, one),
          kind: 'monitor' satisfies Kind,
          name: component === undefined ? metric : `${metric} of ${resources.find(({ key }) => key === one)!.name}`,
          spec: asJson({ metric, of: one, sensor, sinks }),
          needs: [one],
          ...(component !== undefined && { component }),
          why: `${measurement.name} measures ${metric} by ${measurement.sensor.name}`,
          from: [measurement.place, measurement.sensor.place],
        }),
      ),
    );
  }
  const wanted: Wanted = {
    revision: { formatVersion: 1, application, id, worth: lowering.worth, resources, solution: lowering.solution },
    hosts: { missing: [], surplus: [] },
  };
  diagnostics.push(...checkMoves(state, wanted.revision, leaveData));
  return hasErrors(diagnostics) ? { diagnostics } : { wanted, diagnostics };
}

function runningNodes({ resources }: RunningState): RunningNode[] {
  const processes = resources.filter(({ kind }) => kind === 'process').map(({ spec }) => asSpec<ProcessSpec>(spec));
  return resources
    .filter(({ kind, key }) => kind === 'node' && !key.includes('~'))
    .map(({ key }) => {
      const { host, hash } = nodeIn(key);
      const clusters = processes.filter(({ nodes }) => nodes?.includes(key)).map(({ task }) => task);
      return { name: host, candidate: hash, components: [...clusters, ...processes.filter(({ node }) => node === key).map(({ task }) => task)], clusters };
    });
}

/**
 * Errors for unmoveable components that a revision would take from a node to another one, and for what may and is none. They may get more nodes, or give
 * some up.
 */
export function checkMoves({ resources }: Pick<RunningState, 'resources'>, revision: Pick<Revision, 'resources'>, leaveData: readonly string[]): Diagnostic[] {
  const nodesIn = (things: readonly { kind: string; spec: Json }[], component: string): Set<string> =>
    new Set(
      things.flatMap(({ kind, spec }) => {
        const { task, node, nodes } = asSpec<ProcessSpec>(spec);
        return kind === 'process' && task === component ? (nodes ?? [node ?? '']) : [];
      }),
    );
  const isBound = ({ kind, spec }: { kind: string; spec: Json }): boolean => kind === 'task' && asSpec<TaskSpec>(spec).unmoveable === true;
  const inVain = namedInVain(
    leaveData,
    [...resources, ...revision.resources].filter(isBound).map(({ name }) => name),
  );
  const moved = revision.resources.flatMap(({ kind, name, spec, from }) => {
    if (!isBound({ kind, spec }) || leaveData.includes(name)) return [];
    const [before, after] = [nodesIn(resources, name), nodesIn(revision.resources, name)];
    // From a node that is gone, it can only be taken to another.
    const lost = [...before].filter((node) => !after.has(node) && !node.startsWith('gone/'));
    const gained = [...after].filter((node) => !before.has(node));
    return lost.length && gained.length
      ? [diagnose('plan/unmoveable-host', { component: name, host: nodeIn(lost[0]!).host, why: 'is on no candidate of the solution' }, from[0])]
      : [];
  });
  return [...inVain, ...moved];
}

async function nodesOf(deployment: TaskDeployment, hosts: readonly Host[], keys: ReadonlyMap<string, string>, state: RunningState, inquiries: Inquiries) {
  const running = new Map(state.resources.map(({ key, spec }) => [key, spec]));
  const fresh = [...new Set(hosts.filter(({ name }) => !running.has(keys.get(name)!)).map(({ group }) => group.candidate))];
  const offers = new Map(await Promise.all(fresh.map(async (candidate) => [candidate, await inquiries.offer(deployment.offers[candidate]!)] as const)));
  const diagnostics = await Promise.all(
    fresh
      .filter((candidate) => !offers.get(candidate))
      .map(async (candidate) => {
        const groups = deployment.hostGroups.filter((group) => group.candidate === candidate);
        const { hardware, from } = groups[0]!;
        const components = [...new Set(groups.flatMap((group) => group.components))];
        return diagnose('cloudiator/candidate-gone', { candidate, hardware, components, offered: await inquiries.alternatives(deployment.offers[candidate]!) }, from[0]);
      }),
  );
  const nodes = hosts.map(({ name, group }): Resource => {
    const key = keys.get(name)!;
    const { candidate, hardware, why, from } = group;
    const spec: NodeSpec = { candidate, hardware, offer: offers.get(candidate) ?? { id: candidate } };
    const there = running.get(key);
    const { state: _, ...same } = there === undefined ? spec : asSpec<NodeSpec>(there);
    return { key, kind: 'node' satisfies Kind, name, spec: asJson(same), needs: [], why, from };
  });
  return { nodes, diagnostics };
}

async function fingerprintsOf({ secrets }: TaskDeployment, lowering: Lowering, inquiries: Inquiries): Promise<Record<string, string>> {
  if (!secrets.length) return {};
  const key = await inquiries.fingerprintKey();
  return Object.fromEntries(await Promise.all(secrets.map(async ({ name }) => [name, fingerprint(await lowering.secrets.resolve(name), key)] as const)));
}

/** The processes of a task, and the task that they are together. */
function processesOf(
  { component, name, needs, ports, why, from, number, unmoveable }: Task,
  one: TaskInterface,
  schedule: string,
  hosts: readonly Host[],
  keys: ReadonlyMap<string, string>,
  { services }: TaskDeployment,
): Resource[] {
  const its = instancesOf(component, name, hosts);
  const providers = needs.map((need) => taskKey(services.find((service) => service.name === need)!.component));
  const numbers = [...new Map(ports.map((port) => [port.name, port.target])).values()];
  const common = { kind: 'process' satisfies Kind, component, why, from };
  const processes = isCluster(one)
    ? [its.map(({ host }) => keys.get(host)!).sort()].map((nodes): Resource => {
        const spec: ProcessSpec = { schedule, task: component, nodes };
        const takes = nodes.flatMap((node) => takesOf(node, numbers));
        return { ...common, key: processKey(component, spec), name: component, spec: asJson(spec), needs: [schedule, ...nodes, ...providers], takes };
      })
    : its.map(({ host, number: instance }): Resource => {
        const node = keys.get(host)!;
        const spec: ProcessSpec = { schedule, task: component, node, number: instance };
        const title = processName(component, host, instance);
        // One after the other, as they are told apart by their number alone.
        const former = instance > 1 ? [processKey(processName(component, host, instance - 1), spec)] : [];
        return { ...common, key: processKey(title, spec), name: title, spec: asJson(spec), needs: [schedule, node, ...former, ...providers], takes: takesOf(node, numbers) };
      });
  const instances = Object.fromEntries(
    processes.map((process) => [process.name, { process: process.key, ...(asSpec<ProcessSpec>(process.spec).node && { node: asSpec<ProcessSpec>(process.spec).node }) }]),
  );
  const task: Resource = {
    key: taskKey(component),
    kind: 'task' satisfies Kind,
    name: component,
    spec: asJson({ instances, ...(unmoveable && { unmoveable }) } satisfies TaskSpec),
    needs: processes.map(({ key }) => key),
    component,
    why: number?.why ?? why,
    from: number?.from ?? from,
  };
  return [...processes, task];
}
