/** What runs of an application: a handful of requests at once. */
import { canonicalJson, type Json, type Resource, type RunningHost, type RunningResource, type RunningState } from '@camelc/plan';
import { applicationLabel, candidateLabel, configLabel, keyOf, namespaceLabel, nameOf, secretLabel, type Kind } from '../names.js';
import { normaliseService } from '../normal/normalise.js';
import { nodeResources, normaliseConfig, normaliseNetwork, normaliseSecret, type LabelForm } from '../normal/others.js';
import type { ServiceForm } from '../normal/service-form.js';
import type { EngineFileObject, EngineNetworkObject, EngineNode, EngineService, EngineTaskState } from './api.js';
import type { Engine } from './connection/engine.js';
import { runningParts, volumeHosts, type RunningPart } from '../running.js';
import { labelTaken, portsTaken } from '../takes.js';
import { isIdle, takesTasks } from './nodes.js';
import { readRecords, recordsLabel } from './records/read-records.js';
import { byAge, hasFailed, isUp, isWanted, problemOf } from './tasks.js';

/** @param id the application as the swarm calls it */
export async function readState(engine: Engine, id: string): Promise<RunningState> {
  const filters = { label: [`${namespaceLabel}=${id}`] };
  const [services, tasks, networks, configs, secrets, nodes, records] = await Promise.all([
    engine.ask<EngineService[]>('/services', { filters }),
    engine.ask<EngineTaskState[]>('/tasks', { filters: { ...filters, 'desired-state': ['running'] } }),
    engine.ask<EngineNetworkObject[]>('/networks'),
    engine.ask<EngineFileObject[]>('/configs', { filters }),
    engine.ask<EngineFileObject[]>('/secrets', { filters }),
    engine.ask<EngineNode[]>('/nodes'),
    engine.ask<EngineFileObject[]>('/configs', { filters: { label: [`${recordsLabel}=${id}`] } }),
  ]);
  const hosts = nodes.map(hostOf).sort((a, b) => (a.id < b.id ? -1 : 1));
  const down = new Set(nodes.filter(({ Status }) => Status?.State === 'down').map(({ ID }) => ID));
  const tasksOf = Map.groupBy(tasks, ({ ServiceID }) => ServiceID);
  const recorded = readRecords(records, engine.now());
  const running: Found[] = [];
  const add = (kind: Kind, name: string, engineId: string, spec: object, more: Partial<RunningResource> = {}): void => {
    const key = keyOf(kind, id, name);
    if (key) running.push({ key, kind, name: nameOf(key), id: engineId, spec: spec as Json, ...more });
  };

  const networkNames = new Map(networks.map((network) => [network.Id, network.Name]));
  const numbers = new Map(services.map((service) => [service.ID, numbersOf(service, tasksOf.get(service.ID) ?? [], down)]));
  const problems = await problemsOf(
    engine,
    [...numbers].filter(([, { wanted, healthy }]) => healthy < wanted).map(([service]) => service),
  );
  for (const { ID, Spec } of services) {
    const form = normaliseService(Spec, networkNames);
    add('service', Spec.Name!, ID, form, { tasks: { ...numbers.get(ID)!, ...problems.get(ID) } });
  }
  const parts = runningParts(id, { resources: running, hosts });
  for (const [name, its] of volumeHosts(parts)) add('volume', name, name, { name }, { hosts: its });
  for (const network of networks) if (network.Labels?.[namespaceLabel] === id) add('network', network.Name, network.Id, normaliseNetwork(network));
  for (const { ID, Spec } of configs) add('config', Spec.Name, ID, normaliseConfig(Spec), named(Spec, configLabel));
  for (const { ID, Spec } of secrets) add('secret', Spec.Name, ID, normaliseSecret(Spec), named(Spec, secretLabel));
  const idle = new Set(nodes.filter(isIdle).map(({ ID }) => ID));
  for (const host of hosts) for (const resource of nodeResources(id, host)) running.push({ ...resource, id: host.id, ...(idle.has(host.id) && { idle: true }) });

  const known = Map.groupBy([...(recorded.journal?.plan.wanted.resources ?? []), ...(recorded.revisions[0]?.resources ?? [])], ({ key }) => key);
  return { ...recorded, resources: running.map((found) => ({ ...found, ...dependencies(found, id, known, parts) })), hosts };
}

/** Names in the swarm are shortened; the label has the whole one. */
function named({ Labels }: EngineFileObject['Spec'], label: string): { name?: string } {
  const name = Labels?.[label];
  return name === undefined ? {} : { name };
}

type Found = Omit<RunningResource, 'needs' | 'takes'>;

/** As of what was applied, or is being applied: what is alike counts before what has but the name. And what its spec itself names. */
function dependencies(found: Found, id: string, known: ReadonlyMap<string, readonly Resource[]>, parts: readonly RunningPart[]): Pick<RunningResource, 'needs' | 'takes'> {
  const named = known.get(found.key) ?? [];
  const resource = named.find((one, index) => index === named.length - 1 || canonicalJson(one.spec) === canonicalJson(found.spec));
  const needs = new Set(resource?.needs);
  if (found.kind === 'service') for (const key of namedBy(found.spec as unknown as ServiceForm, id)) needs.add(key);
  return { needs: [...needs], takes: takesOf(found, resource, parts) };
}

/** Whoever made it: ports and places of labels show in what runs. */
function takesOf({ kind, name, spec }: Found, recorded: Resource | undefined, parts: readonly RunningPart[]): string[] {
  if (kind === 'label') return [...new Set([labelTaken(spec as LabelForm), ...(recorded?.takes ?? [])])];
  const part = kind === 'service' && parts.find((one) => one.name === name);
  return part
    ? portsTaken(
        part.form,
        part.hosts.map((host) => host.id),
      )
    : [];
}

function namedBy({ networks = {}, mounts = {}, configs = {}, secrets = {} }: ServiceForm, id: string): string[] {
  const sources = (uses: Readonly<Record<string, { source?: string }>>): string[] => Object.values(uses).flatMap(({ source }) => source ?? []);
  const keys = (kind: Kind, names: readonly string[]): string[] => names.flatMap((name) => keyOf(kind, id, name) ?? []);
  return [...keys('network', Object.keys(networks)), ...keys('volume', sources(mounts)), ...keys('config', sources(configs)), ...keys('secret', sources(secrets))];
}

/** A node as a host; one that is drained, paused or away cannot be given anything to do. */
export function hostOf(node: EngineNode): RunningHost {
  const { ID, Spec, Description } = node;
  const labels = Spec.Labels ?? {};
  const { NanoCPUs = 0, MemoryBytes = 0 } = Description?.Resources ?? {};
  const candidate = labels[candidateLabel];
  return {
    id: ID,
    name: Description?.Hostname ?? ID,
    ready: takesTasks(node),
    size: { cores: NanoCPUs / 1e9, memory: Math.floor(MemoryBytes / 2 ** 20) },
    ...(candidate !== undefined && { candidate }),
    labels,
  };
}

/** A service without a number of its own has a task on each node that it may use. Tasks of a node that is down may seem to run. */
function numbersOf({ Spec }: EngineService, tasks: readonly EngineTaskState[], down: ReadonlySet<string>): { wanted: number; healthy: number } {
  const wanted = Spec.Mode?.Replicated?.Replicas ?? tasks.length;
  return { wanted, healthy: Math.min(wanted, tasks.filter((task) => isUp(task) && !down.has(task.NodeID ?? '')).length) };
}

/** Why services run fewer tasks than they should, by their ids. Only then the tasks that have ended are asked for. */
async function problemsOf(engine: Engine, services: readonly string[]): Promise<Map<string, { problem: string }>> {
  if (services.length === 0) return new Map();
  const tasks = (await engine.ask<EngineTaskState[]>('/tasks', { filters: { service: services } })).sort(byAge);
  return new Map(
    services.flatMap((service): [string, { problem: string }][] => {
      const own = tasks.filter(({ ServiceID }) => ServiceID === service);
      const telling = own.find((task) => isWanted(task) && task.Status.Err) ?? own.find(hasFailed) ?? own.find((task) => isWanted(task) && !isUp(task));
      const problem = telling && problemOf(telling);
      return problem ? [[service, { problem }]] : [];
    }),
  );
}

/** The applications that the swarm holds something of. */
export async function readApplications(engine: Engine): Promise<string[]> {
  const [services, records] = await Promise.all([
    engine.ask<EngineService[]>('/services', { filters: { label: [applicationLabel] } }),
    engine.ask<EngineFileObject[]>('/configs', { filters: { label: [recordsLabel] } }),
  ]);
  const ids = [...services.map(({ Spec }) => Spec.Labels?.[namespaceLabel]), ...records.map(({ Spec }) => Spec.Labels?.[recordsLabel])];
  return [...new Set(ids.filter((id) => id !== undefined))].sort();
}
