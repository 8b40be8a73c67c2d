/** What runs of an application, and on which hosts. */
import type { RunningHost, RunningResource } from '@camelc/plan';
import { componentLabel, groupLabel } from './names.js';
import type { ServiceForm } from './normal/service-form.js';

/** A service that runs, with the hosts that its label binds it to. */
export interface RunningPart {
  /** Its name within the application. */
  name: string;
  component?: string;
  form: ServiceForm;
  hosts: readonly RunningHost[];
}

/** @param resources at least the services */
export function runningParts(
  id: string,
  { resources, hosts }: { resources: readonly Pick<RunningResource, 'kind' | 'key' | 'spec'>[]; hosts: readonly RunningHost[] },
): RunningPart[] {
  return resources.flatMap(({ kind, key, spec }) => {
    if (kind !== 'service') return [];
    const form = spec as unknown as ServiceForm;
    const component = form.labels?.[componentLabel];
    const bound = bindingOf(form, id);
    return [{ name: key.slice('service/'.length), ...(component !== undefined && { component }), form, hosts: bound ? hosts.filter((host) => hasLabel(host, bound)) : [] }];
  });
}

/** The label of the application that binds a service to hosts. */
function bindingOf({ constraints = [] }: ServiceForm, id: string): { name: string; value: string } | undefined {
  const prefix = `node.labels.${groupLabel(id)}`;
  const [, name, value] = constraints.map((constraint) => /^node\.labels\.(\S+) == (.*)$/.exec(constraint)).find((match) => match?.[0].startsWith(prefix)) ?? [];
  return name === undefined ? undefined : { name, value: value! };
}

/** A swarm does not tell upper from lower case in the values of labels. */
export const hasLabel = ({ labels }: RunningHost, { name, value }: { name: string; value: string }): boolean => labels[name]?.toLowerCase() === value.toLowerCase();

/** The volumes that services mount, each with the names of the hosts that it is on. */
export function volumeHosts(parts: readonly RunningPart[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { form, hosts } of parts) for (const volume of volumesOf(form)) found.set(volume, [...new Set([...(found.get(volume) ?? []), ...hosts.map(({ name }) => name)])]);
  return found;
}

/** The names of the volumes that a service mounts. */
export const volumesOf = ({ mounts }: ServiceForm): string[] =>
  Object.values(mounts ?? {}).flatMap(({ type, source }) => (type === 'volume' && source !== undefined ? [source] : []));
