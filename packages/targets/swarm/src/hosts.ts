import type { Deployment } from '@camelc/deployment';
import { labelsOf, partsOf } from './parts.js';

/** What hosts.json says: the hosts to lease and how to label them. Its schema is schema/hosts.schema.json. */
export interface Hosts {
  formatVersion: 1;
  application: string;
  /** Name under which the stack is deployed. */
  stack: string;
  currency: string;
  /** Per hour, of all hosts. */
  cost: number;
  hosts: HostsToLease[];
}

export interface HostsToLease {
  group: string;
  number: number;
  /** On each of them; a component with several instances on a host stands there as often. */
  components: string[];
  candidate: string;
  hardware: string;
  provider: string;
  location?: { id: string; city?: string; country?: string };
  cores?: number;
  /** MegaBytes. */
  memory?: number;
  /** GigaBytes. */
  storage?: number;
  /** Of one host per hour. */
  price: number;
  /** For each of these hosts. */
  labels: Record<string, string>;
  /** Sets the labels on the node that stands in place of NODE; run it on a manager, once for each host. */
  command: string;
  why: string;
}

/** The hosts that a deployment needs. */
export function buildHosts(deployment: Deployment): Hosts {
  const parts = partsOf(deployment);
  return {
    formatVersion: 1,
    application: deployment.application,
    stack: deployment.id,
    currency: deployment.currency,
    cost: deployment.cost,
    hosts: deployment.hostGroups.map((group) => {
      const { name, number, components, candidate, hardware, provider, location, size, price, why } = group;
      const labels = labelsOf(deployment, group, parts);
      const flags = Object.entries(labels).map(([label, value]) => `--label-add ${quote(`${label}=${value}`)}`);
      return {
        group: name,
        number,
        components,
        candidate,
        hardware,
        provider,
        ...(location && { location }),
        ...size,
        price,
        labels,
        command: `docker node update ${flags.join(' ')} NODE`,
        why,
      };
    }),
  };
}

/** As one word of a shell command. */
export const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
