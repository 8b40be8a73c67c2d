/** What only one resource at a time can have. */
import type { LabelForm } from './normal/others.js';
import type { ServiceForm } from './normal/service-form.js';

/** The published ports of a service: in ingress mode on all hosts, in host mode on those that it is bound to. */
export function portsTaken({ ports = {} }: ServiceForm, hosts: readonly string[]): string[] {
  return Object.entries(ports).flatMap(([name, { mode }]) => {
    const [, published, protocol] = /^(\d+):\d+\/(\w+)$/.exec(name) ?? [];
    if (published === undefined) return [];
    const port = `port/${published}/${protocol}`;
    return mode === 'host' && hosts.length > 0 ? hosts.map((host) => `${port}/${host}`) : [port];
  });
}

/** The place of a label on its node, whatever its value. */
export const labelTaken = ({ node, label }: Pick<LabelForm, 'node' | 'label'>): string => `${node}/${label}`;
