import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Communication, Component } from '@camelc/application/model';
import type { EndpointMode, PublishMode, ServiceBase, ServicePort } from './deployment.js';

/** A published range of more ports than this is refused: each is a rule in the firewall of every host. */
const longestRange = 100;

/** How a component's ports are published: by its attributes `publishMode` and `endpointMode`, else as the run says. */
export function modesOf(
  component: Component,
  defaults: { publishMode: PublishMode; endpointMode: EndpointMode },
): { publishMode: PublishMode; endpointMode: EndpointMode; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const choose = <M extends string>(name: string, allowed: readonly M[], otherwise: M): M => {
    const attribute = component.attributes.find((candidate) => candidate.name === name);
    if (!attribute) return otherwise;
    const chosen = allowed.find((mode) => mode === attribute.value);
    if (!chosen) diagnostics.push(diagnose('deployment/mode', { component: component.name, name, allowed: [...allowed] }, attribute.valuePlace ?? attribute.place));
    return chosen ?? otherwise;
  };
  const publishMode = choose('publishMode', ['ingress', 'host'], defaults.publishMode);
  const endpointMode = choose('endpointMode', ['vip', 'dnsrr'], defaults.endpointMode);
  return { publishMode, endpointMode, diagnostics };
}

/**
 * The ports of a component. One that a communication leads to stays inside its network; any other is published under its own
 * number; a range port by port.
 * @param incoming the communications that lead to the component, also from one that is not deployed: its port is not for the world
 */
export function portsOf(
  component: Component,
  incoming: readonly Communication[],
  mode: PublishMode,
  endpointMode: EndpointMode,
): { ports: ServicePort[]; diagnostics: Diagnostic[] } {
  const ports: ServicePort[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { name, place, low, high } of component.providedPorts) {
    const inside = incoming.filter(({ to }) => to.port === name);
    const published = inside.length === 0;
    if (high - low >= longestRange) {
      diagnostics.push(diagnose('deployment/port-range', { port: name, number: high - low + 1, limit: longestRange }, place));
      continue;
    }
    if (published && mode === 'ingress' && endpointMode === 'dnsrr') {
      diagnostics.push(diagnose('deployment/ingress-without-address', { component: component.name, port: name }, place));
    }
    const why = published ? `no communication leads to ${name}, so it is for the world` : `${name} is reached through ${inside.map((c) => c.name).join(', ')} only`;
    for (let target = low; target <= high; target++) {
      ports.push({ name, target, ...(published && { published: target }), mode, why, from: [place, ...inside.map((c) => c.place)] });
    }
  }
  return { ports, diagnostics };
}

/** Ports in host mode of services with several replicas on a host: only one of these could have it. */
export function crowdedPorts(services: readonly ServiceBase[]): Diagnostic[] {
  return services.flatMap(({ component, ports, placement }) => {
    const perHost = Math.max(...placement.map((p) => p.perHost));
    const taken = perHost > 1 ? ports.filter(({ published, mode }) => published !== undefined && mode === 'host') : [];
    return taken.map(({ published, from }) => diagnose('deployment/port-crowded', { port: published!, component, perHost }, from[0]));
  });
}

/**
 * Published ports that meet. A port in ingress mode is taken on every host, one in host mode only where its service stands.
 * Each clash is told at both ports.
 */
export function portClashes(services: readonly ServiceBase[]): Diagnostic[] {
  const published = services.flatMap((service) => service.ports.filter((port) => port.published !== undefined).map((port) => ({ service, port })));
  const clashes: Diagnostic[] = [];
  for (const [index, one] of published.entries()) {
    for (const other of published.slice(index + 1)) {
      const neighbours = one.service.placement.some(({ hostGroup }) => other.service.placement.some((its) => its.hostGroup === hostGroup));
      const meet = one.port.mode === 'ingress' || other.port.mode === 'ingress' || neighbours;
      if (one.port.published !== other.port.published || !meet) continue;
      for (const [here, there] of [
        [one, other],
        [other, one],
      ] as const) {
        clashes.push(
          diagnose('deployment/port-clash', { port: here.port.published!, component: here.service.component, other: there.service.component }, here.port.from[0], [
            { message: 'published here too', place: there.port.from[0]! },
          ]),
        );
      }
    }
  }
  return clashes;
}
