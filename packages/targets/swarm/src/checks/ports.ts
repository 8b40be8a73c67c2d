import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Stack } from '../stack.js';

interface Published {
  service: string;
  port: number;
  protocol: string;
  mode: string;
}

/** Published ports that meet, within a service and across services. Two services may publish a port in host mode: the scheduler keeps them apart. */
export function checkPorts(stack: Stack): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const taken: Published[] = [];
  for (const [service, { ports = [], deploy }] of Object.entries(stack.services)) {
    for (const { published, protocol = 'tcp', mode = 'ingress' } of ports) {
      if (mode === 'ingress' && deploy?.endpoint_mode === 'dnsrr') diagnostics.push(diagnose('swarm/ingress-dnsrr', { path: `services.${service}.ports` }));
      if (!published) continue;
      const here: Published = { service, port: published, protocol, mode };
      const there = taken.find((other) => meet(here, other));
      if (there) diagnostics.push(diagnose('swarm/port-clash', { path: `services.${service}.ports`, port: published, other: there.service }));
      taken.push(here);
    }
  }
  return diagnostics;
}

function meet(one: Published, other: Published): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false;
  return one.service === other.service ? one.mode === other.mode : one.mode === 'ingress' || other.mode === 'ingress';
}
