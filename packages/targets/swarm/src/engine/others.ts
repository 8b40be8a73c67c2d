/** What others hold in the swarm that an application cannot have or change beside them: names, published ports, and networks that they use. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Resource, Revision } from '@camelc/plan';
import { engineName, namespaceLabel, type Kind } from '../names.js';
import type { EngineFileObject, EngineNetworkObject, EngineService, EngineTaskState } from './api.js';
import type { Engine } from './connection/engine.js';

export interface Others {
  /** `service shop_web`; of those alone that begin as names of the application do. */
  names: ReadonlySet<string>;
  ports: readonly OtherPort[];
  /** By the name of a network, a service that uses it. */
  users: ReadonlyMap<string, string>;
}

interface OtherPort {
  /** `8080/tcp`. */
  port: string;
  mode: string;
  service: { id: string; name: string };
}

/** @param id the application as the swarm calls it */
export async function readOthers(engine: Engine, id: string): Promise<Others> {
  const filters = { name: [`${id}_`] };
  const [services, networks, configs, secrets] = await Promise.all([
    engine.ask<EngineService[]>('/services'),
    // For networks of the swarm, such a filter asks for the whole name.
    engine.ask<EngineNetworkObject[]>('/networks'),
    engine.ask<EngineFileObject[]>('/configs', { filters }),
    engine.ask<EngineFileObject[]>('/secrets', { filters }),
  ]);
  const isOther = (labels: Readonly<Record<string, string>> | null | undefined): boolean => labels?.[namespaceLabel] !== id;
  const others = services.filter(({ Spec }) => isOther(Spec.Labels));
  const named = (kind: Kind, things: readonly { Spec: { Name?: string; Labels?: Record<string, string> | null } }[]): string[] =>
    things.flatMap(({ Spec: { Name = '', Labels } }) => (isOther(Labels) ? [`${kind} ${Name}`] : []));
  const networkNames = new Map(networks.map(({ Id, Name }) => [Id, Name]));
  return {
    names: new Set([
      ...named('service', others),
      ...named(
        'network',
        networks.map((Spec) => ({ Spec })),
      ),
      ...named('config', configs),
      ...named('secret', secrets),
    ]),
    ports: others.flatMap(({ ID, Spec, Endpoint }) =>
      // Those that it asked for, and those that the swarm chose.
      [...(Spec.EndpointSpec?.Ports ?? []), ...(Endpoint?.Ports ?? [])].flatMap(({ PublishedPort, Protocol = 'tcp', PublishMode = 'ingress' }) =>
        PublishedPort ? [{ port: `${PublishedPort}/${Protocol}`, mode: PublishMode, service: { id: ID, name: Spec.Name ?? ID } }] : [],
      ),
    ),
    users: new Map(
      others.flatMap(({ Spec: { Name = '', TaskTemplate, Networks = [] } }) =>
        (TaskTemplate?.Networks ?? Networks).map(({ Target = '' }) => [networkNames.get(Target) ?? Target, Name]),
      ),
    ),
  };
}

/**
 * Errors for what a revision has that others hold.
 * @param removed keys of networks that are removed, for good or to be made anew
 */
export async function conflictsWith({ names, ports, users }: Others, { id, resources }: Revision, removed: readonly string[], engine: Engine): Promise<Diagnostic[]> {
  const taken = resources.flatMap(({ key, kind, from }) => {
    const name = engineName(id, key);
    return names.has(`${kind} ${name}`) ? [diagnose('engine/name-taken', { kind, name }, from[0])] : [];
  });
  const wanted = resources.flatMap((resource) => publishedBy(resource));
  const rivals = wanted.flatMap((own) => ports.filter(({ port }) => port === own.port).map((other) => ({ own, other })));
  // In host mode a port is taken on hosts with a task alone; else it is one of the whole swarm, for services of either mode.
  const onHosts = rivals.filter(({ own, other }) => own.host !== undefined && other.mode === 'host');
  const service = [...new Set(onHosts.map(({ other }) => other.service.id))];
  const tasks = service.length > 0 ? await engine.ask<EngineTaskState[]>('/tasks', { filters: { service, 'desired-state': ['running'] } }) : [];
  const clashes = rivals.filter((rival) => !onHosts.includes(rival) || tasks.some(({ ServiceID, NodeID }) => ServiceID === rival.other.service.id && NodeID === rival.own.host));
  const told = clashes.map(({ own, other }) => diagnose('engine/port-taken', { port: own.port, service: other.service.name, everywhere: other.mode !== 'host' }, own.from));
  const used = removed.flatMap((key) => {
    const network = engineName(id, key);
    const service = users.get(network);
    return service === undefined ? [] : [diagnose('engine/network-used', { network, service }, resources.find((one) => one.key === key)?.from[0])];
  });
  return [...taken, ...used, ...new Map(told.map((diagnostic) => [diagnostic.message, diagnostic])).values()];
}

/** The ports that a service publishes, by host where it does so there alone. */
function publishedBy({ needs, takes = [], reasons = [], from }: Resource): { port: string; host?: string; from: Resource['from'][number] | undefined }[] {
  // As long as all of its hosts are missing, nobody knows on which of them it will.
  if (!needs.some((key) => key.startsWith('label/'))) return [];
  return takes.flatMap((taken) => {
    const [, number, protocol, host] = /^port\/(\d+)\/(\w+)(?:\/(.+))?$/.exec(taken) ?? [];
    if (number === undefined) return [];
    const reason = reasons.find(({ pointer }) => pointer.startsWith(`/ports/${number}:`));
    return [{ port: `${number}/${protocol}`, ...(host !== undefined && { host }), from: (reason ?? { from }).from[0] }];
  });
}
