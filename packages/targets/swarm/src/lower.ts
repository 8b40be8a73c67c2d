/** A deployment as resources of a swarm. */
import { hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { registryOf, type Deployment, type Reasoned } from '@camelc/deployment';
import type { Json, Resource, Revision, RunningState, Wanted } from '@camelc/plan';
import { buildStack } from './build-stack.js';
import { checkMoves } from './data.js';
import { withFormerNames } from './former-names.js';
import { matchHosts, type HostMatch } from './match-hosts.js';
import { boundLabels, hostResources } from './host-resources.js';
import { configLabel, engineName, loginLabels, ownLabels, secretLabel } from './names.js';
import { configForm } from './normal/others.js';
import type { ServiceForm } from './normal/service-form.js';
import { sorted } from './normal/values.js';
import { partsOf, reasonOfPlace, unevenPorts, type Part } from './parts.js';
import { resource } from './resource.js';
import { portsTaken } from './takes.js';
import { defaultNetwork, formOfStackService } from './stack-form.js';

/** What lowering needs beside the deployment and what runs. */
export interface LowerInputs {
  worth: Revision['worth'];
  solution: Json;
  /** Digests (`sha256:…`) by image, as the deployment names it. One that has none stays as it runs. */
  digests: ReadonlyMap<string, string>;
  /** Fingerprints of 12 hex digits by secret. One that has none stays as it was applied. */
  fingerprints: ReadonlyMap<string, string>;
  /** Components that may leave hosts that hold data of theirs. */
  leaveData?: readonly string[];
  /** Where hosts join the swarm. */
  manager?: string;
}

/** What the deployment comes to on this swarm. Without `wanted` where data would be left behind. */
export function lower(solved: Deployment, state: RunningState, inputs: LowerInputs): { wanted?: Wanted; diagnostics: Diagnostic[] } {
  const deployment = withFormerNames(solved, state);
  const match = matchHosts(deployment, state, inputs.manager ?? 'MANAGER:2377');
  const secretKeys = new Map(deployment.secrets.map(({ name }) => [name, secretKey(name, state, inputs)]));
  const configKeys = new Map(deployment.configs.map(({ name, hash }) => [name, `config/${name}-${hash.slice(0, 12)}`]));
  const services = serviceResources(deployment, state, inputs, { match, secretKeys, configKeys });
  const resources = [
    ...hostResources(deployment, state, match),
    ...services,
    ...fileResources(deployment, secretKeys, configKeys),
    ...networkResources(deployment),
    ...volumeResources(deployment, match),
  ];
  const { application, id } = deployment;
  const { worth, solution } = inputs;
  const revision: Revision = { formatVersion: 1, application, id, worth, resources, solution };
  const diagnostics = [...unevenPorts(deployment), ...checkMoves(state, revision, inputs.leaveData ?? [])];
  return { ...(!hasErrors(diagnostics) && { wanted: { revision, hosts: match.report } }), diagnostics };
}

interface Keys {
  match: HostMatch;
  secretKeys: ReadonlyMap<string, string>;
  configKeys: ReadonlyMap<string, string>;
}

function serviceResources(deployment: Deployment, state: RunningState, inputs: LowerInputs, keys: Keys): Resource[] {
  const { id, application } = deployment;
  const parts = partsOf(deployment);
  const stack = buildStack(deployment);
  for (const [name, key] of keys.secretKeys) stack.secrets![name]!.name = engineName(id, key);
  const running = new Map(state.resources.map(({ key, spec }) => [key, spec]));
  return parts.map((part) => {
    const { service } = part;
    const form = formOfStackService(stack, id, part.name);
    const spec: ServiceForm = {
      ...form,
      image: pinned(service.image, inputs.digests, running.get(`service/${part.name}`) as ServiceForm | undefined),
      labels: sorted({ ...form.labels, ...ownLabels(id, application), ...loginOf(deployment, service.image) }),
    };
    const nodes = boundLabels(deployment, part, keys.match);
    const needs = [
      ...Object.keys(form.networks ?? {}).map((name) => `network/${name.slice(id.length + 1)}`),
      ...service.configs.map(({ config }) => keys.configKeys.get(config)!),
      ...service.secrets.map(({ secret }) => keys.secretKeys.get(secret)!),
      ...nodes.map(({ key }) => key),
      ...service.needs.flatMap((needed) => parts.filter((other) => other.service.name === needed).map(({ name }) => `service/${name}`)),
    ];
    const takes = portsTaken(
      form,
      nodes.map(({ host }) => host),
    );
    const { component } = service;
    return resource(`service/${part.name}`, spec, service, { needs: [...new Set(needs)], ...(takes.length && { takes }), component, reasons: reasonsOf(part, deployment) });
  });
}

/** The image with its digest, so that every host and every later task runs the same. */
function pinned(image: string, digests: ReadonlyMap<string, string>, running: ServiceForm | undefined): string {
  if (image.includes('@')) return image;
  const digest = digests.get(image);
  if (digest !== undefined) return `${image}@${digest}`;
  return running?.image.startsWith(`${image}@`) ? running.image : image;
}

/** The login that the image's registry asks for, by the names of its credentials. */
function loginOf({ registries }: Deployment, image: string): Record<string, string> {
  const { user, password } = registries.find(({ server }) => server === registryOf(image)) ?? {};
  return { ...(user && { [loginLabels.user]: user }), ...(password && { [loginLabels.password]: password }) };
}

function reasonsOf({ service, placement, label }: Part, { volumes, networks, secrets, hostGroups, id }: Deployment): NonNullable<Resource['reasons']> {
  const at = (key: string, { why, from }: Reasoned, ...more: string[]): NonNullable<Resource['reasons']>[number] => ({
    pointer: [key, ...more].map((word) => `/${word.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    why,
    from,
  });
  const named = <T extends Reasoned & { name: string }>(items: readonly T[], name: string): T => items.find((item) => item.name === name)!;
  const groups = hostGroups.filter(({ name }) => placement.some(({ hostGroup }) => hostGroup === name));
  const { why, from } = reasonOfPlace(service, groups);
  const bound = { why: `its hosts are those with the label ${label.name}=${label.value}: ${why}`, from };
  return [
    at('image', service.imageReason),
    at('replicas', service.number ?? service),
    at('constraints', bound),
    at('maxReplicasPerNode', bound),
    ...service.environment.map((variable) => at('environment', variable, variable.name)),
    ...service.ports.flatMap((port) => (port.published === undefined ? [] : [at('ports', port, `${port.published}:${port.target}/tcp`)])),
    ...service.networks.map((network) => at('networks', named(networks, network), `${id}_${network}`)),
    ...service.volumes.map(({ volume, path }) => at('mounts', named(volumes, volume), path)),
    ...service.configs.map((use) => at('configs', use, use.path)),
    ...service.secrets.map(({ secret, file }) => at('secrets', named(secrets, secret), file)),
  ];
}

/** The longest text before the fingerprint in the name of a secret, which Docker allows 64 characters with the application's. */
const longestSecretName = 26;

function secretKey(name: string, { revisions }: RunningState, { fingerprints }: LowerInputs): string {
  const fingerprint = fingerprints.get(name);
  if (fingerprint !== undefined) return `secret/${name.slice(0, longestSecretName)}-${fingerprint}`;
  const applied = revisions[0]?.resources.find((r) => r.kind === 'secret' && r.name === name);
  if (!applied) throw new Error(`the secret ${name} has neither a fingerprint nor a former one`);
  return applied.key;
}

function fileResources({ id, application, configs, secrets }: Deployment, secretKeys: Keys['secretKeys'], configKeys: Keys['configKeys']): Resource[] {
  const own = ownLabels(id, application);
  return [
    ...configs.map((config) => {
      const content = Buffer.from(config.content, config.encoding);
      return resource(configKeys.get(config.name)!, configForm(content, { ...own, [configLabel]: config.name }), config, { name: config.name });
    }),
    ...secrets.map((secret) => resource(secretKeys.get(secret.name)!, { labels: sorted({ ...own, [secretLabel]: secret.name }) }, secret, { name: secret.name })),
  ];
}

function networkResources({ networks, services }: Deployment): Resource[] {
  const alone = services.filter((service) => !service.networks.length);
  const spec = { driver: 'overlay' };
  return [
    ...networks.map((network) => resource(`network/${network.name}`, spec, network)),
    ...(alone.length
      ? [
          resource(`network/${defaultNetwork}`, spec, {
            why: `no communication concerns ${alone.map(({ component }) => component).join(', ')}`,
            from: alone.flatMap(({ from }) => from),
          }),
        ]
      : []),
  ];
}

function volumeResources({ id, volumes, services }: Deployment, match: HostMatch): Resource[] {
  return volumes.map((volume) => {
    const { component, placement } = services.find(({ name }) => name === volume.service)!;
    const key = `volume/${volume.name}`;
    const hosts = placement.flatMap(({ hostGroup }) => match.hosts.get(hostGroup)!.map(({ name }) => name));
    return resource(key, { name: engineName(id, key) }, volume, { component, hosts });
  });
}
