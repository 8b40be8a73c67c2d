import { diagnose, hasErrors, holdsCredential, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Application, Communication, Component } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Reasons, Solution } from '@camelc/solver';
import { configsOf, placeConfigs, type ReadConfig, type WantedConfig } from './configs.js';
import { containerOf, isImageReference, registryOf, type Container } from './container.js';
import type { Deployment, EndpointMode, EnvironmentVariable, HostGroup, PublishMode, Registry, Secret, Service, ServiceBase } from './deployment.js';
import { healthCheckOf } from './health-check.js';
import { countOf, hostGroupsOf, list, reservationOf } from './hosts.js';
import type { Images } from './images-file.js';
import { confidentialVariables } from './named-variables.js';
import { applicationId, dnsLabel, longestName, uniqueNames } from './names.js';
import { crowdedPorts, modesOf, portClashes, portsOf } from './ports.js';
import { literalCredentials, sortSettings, type SortedSettings } from './settings.js';
import { VariableResolver } from './variables.js';
import { volumesOf, type WantedVolume } from './volumes.js';

/** What a deployment needs beside the model and its solution. */
export interface DeploymentInputs {
  /** Of the images file; see `readImages`. */
  images?: Images;
  /** Values of the variables in images, docker arguments and environments. Credentials are not looked up here. */
  variables: Readonly<Record<string, string | undefined>>;
  readConfig: ReadConfig;
  /** How ports are published, unless a component says otherwise: on every host (`ingress`, the default) or only where the service stands. */
  publishMode?: PublishMode;
  /** What a service's DNS name stands for, unless its component says otherwise; `vip` is the default. */
  endpointMode?: EndpointMode;
}

/** The network of services without communications, which no communication may be called. */
const reservedNetworks = ['default'];

/** Where a service finds its secrets. */
const secretFolder = '/run/secrets';

/**
 * Turns a solution into what shall run. Without `deployment` where there are errors.
 * @param solution each deployed component stands in one of its host groups or, in shared placement, in several
 * @param candidates those of the solution, by id; their prices are in its currency
 * @throws Error when a candidate of the solution is missing
 */
export function buildDeployment(
  application: Application,
  solution: Solution,
  candidates: ReadonlyMap<string, NodeCandidate>,
  inputs: DeploymentInputs,
): { deployment?: Deployment; diagnostics: Diagnostic[] } {
  return assemble(application, solution, candidates, inputs, draftService);
}

/** Makes the service of a component. */
type Drafting<S extends ServiceBase> = (component: Component, context: Context) => { draft?: Draft<S>; diagnostics: Diagnostic[] };

export function assemble<S extends ServiceBase>(
  application: Application,
  solution: Solution,
  candidates: ReadonlyMap<string, NodeCandidate>,
  inputs: DeploymentInputs,
  draftOf: Drafting<S>,
): { deployment?: Deployment<S>; diagnostics: Diagnostic[] } {
  const replicas = new Map(solution.components.map(({ name, cardinality }) => [name, cardinality]));
  const reasons = new Map(solution.components.map((component) => [component.name, component.reasons ?? {}]));
  const deployed = application.components.filter(({ name }) => (replicas.get(name) ?? 0) > 0);
  // Named over all components, so that a name stays when another component comes or goes.
  const serviceNames = namesBy(application.components.map(({ name }) => name));
  const communications = application.communications.filter(({ from, to }) => [from, to].every((end) => deployed.some(({ name }) => name === end.component)));
  const networkNames = namesBy(
    application.communications.map(({ name }) => name),
    reservedNetworks,
  );
  const hostGroups = hostGroupsOf(application, solution, candidates);

  const variables = new VariableResolver(inputs.variables, confidentialVariables(application, inputs.images));
  const drafts: Draft<S>[] = [];
  const diagnostics: Diagnostic[] = [];
  const context: Context = { application, communications, hostGroups, inputs, networkNames, reasons, replicas, serviceNames, variables };
  for (const component of deployed) {
    const { draft, diagnostics: found } = draftOf(component, context);
    diagnostics.push(...found);
    if (draft) drafts.push(draft);
  }
  const services = drafts.map(({ service }) => service);
  const { configs, uses } = placeConfigs(drafts.map((draft) => draft.configs));
  drafts.forEach(({ service }, index) => (service.configs = uses[index]!));
  diagnostics.push(...crowdedPorts(services), ...portClashes(services), ...variables.diagnostics());
  if (hasErrors(diagnostics)) return { diagnostics };

  const deployment: Deployment<S> = {
    formatVersion: 1,
    id: applicationId(application.name),
    application: application.name,
    ...(application.version !== undefined && { version: application.version }),
    placement: application.placement,
    currency: solution.currency,
    cost: solution.cost ?? 0,
    hostGroups,
    services,
    networks: communications.map(({ name, place, from, to }) => ({
      name: networkNames.get(name)!,
      services: [...new Set([from.component, to.component].map((component) => serviceNames.get(component)!))],
      why: `communication ${name} from ${from.component}.${from.port} to ${to.component}.${to.port}`,
      from: [place],
    })),
    volumes: placeVolumes(drafts),
    configs,
    secrets: secretsOf(drafts),
    registries: registriesOf(drafts),
  };
  return { deployment, diagnostics };
}

/** A service, and what of it becomes an item of its own in the deployment. */
export interface Draft<S extends ServiceBase = ServiceBase> {
  service: S;
  /** Of what runs as containers. */
  image?: string;
  settings: SortedSettings;
  volumes: WantedVolume[];
  configs: WantedConfig[];
}

export interface Context {
  application: Application;
  /** Those between deployed components. */
  communications: readonly Communication[];
  hostGroups: readonly HostGroup[];
  inputs: DeploymentInputs;
  networkNames: ReadonlyMap<string, string>;
  replicas: ReadonlyMap<string, number>;
  reasons: ReadonlyMap<string, Reasons>;
  serviceNames: ReadonlyMap<string, string>;
  variables: VariableResolver;
}

function draftService(component: Component, context: Context): { draft?: Draft<Service>; diagnostics: Diagnostic[] } {
  const { container, diagnostics } = containerOf(component, context.inputs.images?.[component.name]);
  if (!container) return { diagnostics: [...diagnostics, ...literalCredentials(component)] };

  const image = imageOf(component, container, context.variables);
  const { draft, diagnostics: found } = draftBase(component, { ...container, source: `its image is ${container.source}` }, context);
  const { command, source } = container;
  const imageReason = { why: `the image of ${component.name} is ${source}`, from: [container.image.place] };
  return {
    draft: { ...draft, service: { ...draft.service, image: image.text, imageReason, ...(command !== undefined && { command }) }, image: image.text },
    diagnostics: [...diagnostics, ...image.diagnostics, ...found],
  };
}

/** All of a service that does not depend on what it runs. */
export function draftBase(component: Component, runs: Pick<Container, 'settings' | 'source' | 'from'>, context: Context): { draft: Draft; diagnostics: Diagnostic[] } {
  const { application, communications, inputs, variables } = context;
  const settings = sortSettings(component, runs.settings, variables);
  const entry = inputs.images?.[component.name];
  const health = healthCheckOf(component, entry);
  const modes = modesOf(component, { publishMode: inputs.publishMode ?? 'ingress', endpointMode: inputs.endpointMode ?? 'vip' });
  const incoming = communications.filter(({ to }) => to.component === component.name);
  const outgoing = communications.filter(({ from }) => from.component === component.name);
  const ports = portsOf(
    component,
    application.communications.filter(({ to }) => to.component === component.name),
    modes.publishMode,
    modes.endpointMode,
  );
  const name = context.serviceNames.get(component.name)!;
  const volumes = volumesOf(component, name, settings.volumes);
  const secrets = [...settings.secrets].map(([setting, { variable }]) => ({ secret: variable, file: `${secretFolder}/${setting}` }));
  const taken = [...volumes.volumes.map(({ path }) => path), ...secrets.map(({ file }) => file)];
  const configs = configsOf(component, settings.configs, taken, entry, variables, inputs.readConfig);
  const checked = health.healthCheck?.test.some(holdsCredential)
    ? [diagnose('deployment/literal-credential', { component: component.name, name: 'healthCheck' }, entry?.place ?? component.place)]
    : [];
  const diagnostics = [...literalCredentials(component), ...checked, ...[settings, health, modes, ports, volumes, configs].flatMap((part) => part.diagnostics)];

  const groups = context.hostGroups.filter(({ components }) => components.includes(component.name));
  const number = context.replicas.get(component.name)!;
  const service: ServiceBase = {
    name,
    component: component.name,
    environment: environmentOf(component, settings, outgoing, context),
    replicas: number,
    ...numberOf(context.reasons.get(component.name)),
    everywhere: component.everywhere,
    placement: groups.map((group) => ({ hostGroup: group.name, perHost: countOf(group.components, component.name) })),
    ports: ports.ports,
    endpointMode: modes.endpointMode,
    networks: communications.filter((c) => incoming.includes(c) || outgoing.includes(c)).map((c) => context.networkNames.get(c.name)!),
    resources: reservationOf(component, groups, application),
    ...(health.healthCheck && { healthCheck: health.healthCheck }),
    volumes: [],
    configs: [],
    secrets,
    needs: neededBy(component, outgoing).map((provider) => context.serviceNames.get(provider)!),
    unmoveable: component.unmoveable,
    why: `the solution has ${number} of component ${component.name}; ${runs.source}`,
    from: [component.place, ...runs.from],
  };
  return { draft: { service, settings, volumes: volumes.volumes, configs: configs.configs }, diagnostics };
}

/** Why there are as many instances: what one less, or one more, would break. */
function numberOf({ fewer = [], more = [] }: Reasons = {}): Pick<ServiceBase, 'number'> {
  const [than, broken] = fewer.length ? (['less', fewer] as const) : (['more', more] as const);
  const texts = broken.map(({ name, says }) => (says ? `${name} (${says})` : name));
  return texts.length ? { number: { why: `one ${than} would break ${list(texts)}`, from: broken.flatMap(({ place }) => place ?? []) } } : {};
}

/** The image with its variables replaced. Messages show the model's text alone. */
export function imageOf(component: Component, { image }: Container, variables: VariableResolver): { text: string; diagnostics: Diagnostic[] } {
  const credential = variables.credentialIn(image.text);
  if (credential) {
    return { text: '', diagnostics: [diagnose('deployment/embedded-credential', { component: component.name, name: 'image', variable: credential }, image.place)] };
  }
  // `user:word@registry/image`, which is no reference either.
  if (/:[^/\s]*@[^/\s]*\//.test(image.text))
    return { text: '', diagnostics: [diagnose('deployment/literal-credential', { component: component.name, name: 'image' }, image.place)] };
  const text = variables.resolve(image.text, image.place).trim();
  const faulty = variables.knowsAllOf(image.text) && !isImageReference(text);
  return { text, diagnostics: faulty ? [diagnose('deployment/image', { component: component.name, image: image.text }, image.place)] : [] };
}

/**
 * `PUBLIC_<requiredPort>`: the DNS names of all providers with spaces between them, which a shell takes as a list, as real models do. The port
 * is the model's to know. Then the component's own settings, which count before those, and the places of its secrets.
 */
function environmentOf(component: Component, settings: SortedSettings, outgoing: readonly Communication[], context: Context): EnvironmentVariable[] {
  const variables = new Map<string, EnvironmentVariable>();
  const add = (name: string, value: string, why: string, from: Place[]): void => void variables.set(name, { name, value, why, from });
  for (const port of component.requiredPorts) {
    const leading = outgoing.filter(({ from }) => from.port === port.name);
    if (!leading.length) continue;
    const providers = [...new Set(leading.map(({ to }) => to.component))];
    const addresses = providers.map((provider) => (context.replicas.get(provider)! > 1 ? 'tasks.' : '') + context.serviceNames.get(provider)!);
    add(`PUBLIC_${port.name}`, addresses.join(' '), `${port.name} is provided by ${list(providers)}`, [port.place, ...leading.map(({ place }) => place)]);
  }
  for (const [name, { value, place }] of settings.environment) add(name, value, `${component.name} is given ${name}`, [place]);
  for (const [name, { place }] of settings.secrets) add(`${name}_FILE`, `${secretFolder}/${name}`, `${name} is a credential: its value stands in this file`, [place]);
  return [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What provides the mandatory required ports of a component. */
function neededBy({ name, requiredPorts }: Component, outgoing: readonly Communication[]): string[] {
  const mandatory = new Set(requiredPorts.filter((port) => port.mandatory).map((port) => port.name));
  const providers = outgoing.filter(({ from }) => mandatory.has(from.port)).map(({ to }) => to.component);
  return [...new Set(providers)].filter((provider) => provider !== name);
}

/** Names the volumes and mounts them; those of one service with the same name are one. */
function placeVolumes(drafts: readonly Draft[]): Deployment['volumes'] {
  const wanted = drafts.flatMap(({ service, volumes }) => volumes.map((volume) => ({ service, volume })));
  const distinct = wanted.filter((one, index) => wanted.findIndex((other) => other.service === one.service && other.volume.wanted === one.volume.wanted) === index);
  const names = uniqueNames(
    distinct.map(({ volume }) => volume.wanted),
    longestName,
  );
  for (const { service, volume } of wanted) {
    const index = distinct.findIndex((one) => one.service === service && one.volume.wanted === volume.wanted);
    service.volumes.push({ volume: names[index]!, path: volume.path, readOnly: volume.readOnly });
  }
  return distinct.map(({ service, volume }, index) => ({ name: names[index]!, service: service.name, why: volume.why, from: volume.from }));
}

/** One secret for each variable, whichever services read it. */
function secretsOf(drafts: readonly Draft[]): Secret[] {
  const uses = drafts.flatMap(({ service, settings }) => [...settings.secrets.values()].map((secret) => ({ ...secret, component: service.component })));
  return [...new Set(uses.map(({ variable }) => variable))].sort().map((variable) => {
    const its = uses.filter((use) => use.variable === variable);
    const readers = [...new Set(its.map(({ component }) => component))];
    return { name: variable, why: `${list(readers)} ${readers.length > 1 ? 'read' : 'reads'} the credential $${variable}`, from: its.map(({ place }) => place) };
  });
}

function registriesOf(drafts: readonly Draft[]): Registry[] {
  const registries = new Map<string, Registry>();
  for (const { service, image, settings } of drafts) {
    const { user, password, from } = settings.login;
    if (!from.length || image === undefined) continue;
    const server = registryOf(image);
    const key = JSON.stringify([server, user, password]);
    const known = registries.get(key);
    if (known) known.from.push(...from);
    else
      registries.set(key, { server, ...(user && { user }), ...(password && { password }), why: `${service.component} takes its image from there with a login`, from: [...from] });
  }
  return [...registries.values()];
}

function namesBy(names: readonly string[], taken: readonly string[] = []): Map<string, string> {
  const unique = uniqueNames(names.map(dnsLabel), longestName, taken);
  return new Map(names.map((name, index) => [name, unique[index]!]));
}
