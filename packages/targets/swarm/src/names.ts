/** What things are called: in plans, and in the swarm. */

/** The label by which Docker's own commands know what belongs to a stack. */
export const namespaceLabel = 'com.docker.stack.namespace';

/** The image of a service without its digest, as Docker's own commands note it. */
export const imageLabel = 'com.docker.stack.image';

/** The node label that says which candidate a node is. */
export const candidateLabel = 'camelc.candidate';

/** Node labels that say what its owner knows of a node, for whoever seeks candidates. */
export const factLabels = { price: 'camelc.price', location: 'camelc.location', city: 'camelc.city', country: 'camelc.country' } as const;

/** The node label that says which host group of the application a node serves. */
export const groupLabel = (id: string): string => `camelc.${id}`;

/** The label of services that stay on their hosts. */
export const unmoveableLabel = 'camelc.unmoveable';

/** Kinds of resources, in the order in which people read of them. */
export const kinds = ['candidate', 'label', 'service', 'config', 'secret', 'network', 'volume'] as const;
export type Kind = (typeof kinds)[number];

/** The name in the swarm of a network, volume, config, secret or service of an application. */
export const engineName = (id: string, key: string): string => `${id}_${key.slice(key.indexOf('/') + 1)}`;

/** The reverse; undefined for a name that is not of the application. */
export const keyOf = (kind: Kind, id: string, name: string): string | undefined => (name.startsWith(`${id}_`) ? `${kind}/${name.slice(id.length + 1)}` : undefined);

/** What people call the resource of a key: without the hash of its content. Labels and candidates are called after their nodes. */
export function nameOf(key: string): string {
  const [kind = '', name = ''] = key.split(/\/(.*)/s);
  return kind === 'config' || kind === 'secret' ? name.replace(/-[0-9a-f]{12}$/, '') : name;
}

/** The labels of everything that is made for an application with the application's name, and of services with their components'. */
export const applicationLabel = 'camelc.application';
export const componentLabel = 'camelc.component';

/** The labels of configs and secrets with their names in the model: those in the swarm are shortened. */
export const configLabel = 'camelc.config';
export const secretLabel = 'camelc.secret';

/** Labels of a service with the names of the references that log in to the registry of its image; never with their values. */
export const loginLabels = { user: 'camelc.registry.user', password: 'camelc.registry.password' } as const;

/** Labels of everything that is made for an application. */
export const ownLabels = (id: string, application: string): Record<string, string> => ({ [namespaceLabel]: id, [applicationLabel]: application });
