/** Components: their configuration, ports, scale and requirements. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import {
  annotationNames,
  attributesOf,
  canonicalName,
  lastName,
  placeOf,
  valueOf,
  type Configuration as ConfigurationNode,
  type DeploymentModel,
  type Feature,
  type ProvidedCommunication,
  type RequiredCommunication,
  type RequirementSet,
  type ScriptConfiguration,
  type ServerlessConfiguration,
  type Software,
} from '@camelc/language';
import { plainAttribute } from './attributes.js';
import type { Regions } from './locations.js';
import { intervalOf } from './measurements.js';
import type { Component, Configuration, DockerArgument, Port, Scale } from './model.js';
import { requirementsOf } from './requirements.js';
import { withScale } from './scale-fix.js';

export function componentOf(software: Software, deployment: DeploymentModel, regions: Regions, report: (d: Diagnostic) => void): Component {
  const own = software.ownRequirements ?? software.requirements?.ref;
  // Of several, one that a container can carry.
  const configuration = software.configurations.find(isContainer) ?? software.configurations[0];
  const ofConfiguration = configuration && (configuration.ownRequirements ?? configuration.requirements?.ref);
  const sets = [
    { set: ofConfiguration, global: false },
    { set: own, global: false },
    { set: deployment.globalRequirements?.ref, global: true },
  ].filter((s): s is { set: RequirementSet; global: boolean } => s.set !== undefined);
  const annotations = annotationNames(software);
  return {
    name: software.name,
    place: placeOf(software, 'name'),
    ...(software.description && { description: software.description }),
    annotations,
    unmoveable: annotations.map(canonicalName).some((a) => a === 'unmoveable' || a === 'unmovable'),
    longLived: software.longLived,
    coInstanceHosting: software.coInstanceHosting,
    everywhere: software.everywhere,
    requirements: requirementsOf(sets, regions, report),
    scale: scaleOf(
      software,
      sets.map((s) => s.set),
      report,
    ),
    providedPorts: software.providedCommunications.map(portOf),
    requiredPorts: software.requiredCommunications.map(portOf),
    ...(configuration && { configuration: configurationOf(configuration) }),
    attributes: attributesOf(software).map(plainAttribute),
    dataSources: software.dataSources.map((d) => lastName(d.$refText)),
  };
}

function scaleOf(software: Software, sets: readonly RequirementSet[], report: (d: Diagnostic) => void): Scale {
  const requirement = sets.map((s) => s.horizontalScale?.ref).find((r) => r !== undefined);
  if (!requirement) {
    const fixes = withScale(software, software.ownRequirements ?? software.requirements?.ref);
    if (!software.everywhere) report({ ...diagnose('scale/default', { component: software.name }, placeOf(software, 'name')), fixes });
    return { minimum: 1, maximum: 1 };
  }
  return {
    minimum: requirement.min,
    maximum: requirement.max === -1 ? null : requirement.max,
    id: requirement.name,
    place: placeOf(requirement, 'max'),
    minimumPlace: placeOf(requirement, 'min'),
  };
}

function portOf(port: ProvidedCommunication | RequiredCommunication): Port {
  return {
    name: port.name,
    place: placeOf(port, port.port === undefined ? 'portLow' : 'port'),
    low: port.port ?? port.portLow ?? 0,
    high: port.port ?? port.portHigh ?? 0,
    mandatory: port.$type === 'RequiredCommunication' && port.mandatory,
  };
}

function configurationOf(node: ConfigurationNode): Configuration {
  const base = { name: node.name, place: placeOf(node, 'name'), attributes: attributesOf(node).map(plainAttribute) };
  switch (node.$type) {
    case 'ContainerConfiguration':
      return {
        ...base,
        kind: 'container',
        image: node.image ?? '',
        imagePlace: placeOf(node, node.image === undefined ? 'name' : 'image'),
        environment: node.environment ? attributesOf({ attributes: [], features: [node.environment] }).map(plainAttribute) : [],
        ...(node.start && { start: node.start }),
        ...(node.update && { update: node.update }),
      };
    case 'ScriptConfiguration':
      return isDocker(node) ? dockerConfiguration(node, base) : { ...base, kind: 'script', commands: commandsOf(node) };
    case 'ImageConfiguration':
      return { ...base, kind: 'image' };
    case 'ServerlessConfiguration':
      return serverlessConfiguration(node, base);
    case 'ClusterConfiguration':
      return { ...base, kind: 'cluster', ...(node.downloadUrl && { source: node.downloadUrl }) };
    default:
      return { ...base, kind: 'paas', ...(node.downloadUrl && { source: node.downloadUrl }) };
  }
}

function serverlessConfiguration(node: ServerlessConfiguration, base: { name: string; place: Component['place']; attributes: Component['attributes'] }): Configuration {
  const { build, event } = node;
  const code = node.binaryCodeUrl ?? build?.sourceCodeUrl;
  const interval = intervalOf(event?.schedule?.ref);
  return {
    ...base,
    kind: 'serverless',
    ...(code && { code }),
    ...(event && {
      event: {
        ...(event.methodName && { function: event.methodName }),
        ...(event.methodType && { method: event.methodType.toUpperCase() }),
        ...(interval && { interval }),
      },
    }),
    parameters: [...attributesOf({ attributes: node.parameters, features: [] }), ...attributesOf({ attributes: [], features: event?.execution ? [event.execution] : [] })].map(
      plainAttribute,
    ),
  };
}

const isContainer = (node: ConfigurationNode): boolean => node.$type === 'ContainerConfiguration' || (node.$type === 'ScriptConfiguration' && isDocker(node));

const isDocker = (node: ScriptConfiguration): boolean => node.devops?.toLowerCase() === 'docker';

function dockerConfiguration(node: ScriptConfiguration, base: { name: string; place: Component['place']; attributes: Component['attributes'] }): Configuration {
  const nameless = node.attributes.find((a) => a.name === undefined);
  const image = nameless?.value ? String(valueOf(nameless.value)) : (node.image ?? '');
  const imagePlace = nameless?.value ? placeOf(nameless.value, 'value') : placeOf(node, node.image === undefined ? 'name' : 'image');
  const attributes = attributesOf({ attributes: node.attributes.filter((a) => a !== nameless), features: node.features.filter((f) => !holdsDockerArguments(f)) });
  return {
    ...base,
    kind: 'docker',
    image,
    imagePlace,
    attributes: attributes.map(plainAttribute),
    arguments: node.features.filter(holdsDockerArguments).flatMap(dockerArguments),
  };
}

const holdsDockerArguments = (feature: Feature): boolean =>
  annotationNames(feature).map(canonicalName).includes('dockerarguments') || (feature.annotations.length === 0 && /docker.*arg|^arguments$/i.test(feature.name));

/** Each attribute of the feature says one argument: a string `'KEY value'`. */
function dockerArguments(feature: Feature): DockerArgument[] {
  return attributesOf(feature).flatMap(({ node }) => {
    if (!node.value) return [];
    const text = String(valueOf(node.value)).trim();
    const [, key, value] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? ['', '', ''];
    return [{ key: key!, value: value!, place: placeOf(node.value, 'value'), attribute: node.name ?? '', annotations: annotationNames(node) }];
  });
}

function commandsOf(node: ScriptConfiguration): Record<string, string> {
  const names = ['upload', 'download', 'install', 'configure', 'start', 'stop', 'update', 'devops', 'os', 'imageId'] as const;
  return Object.fromEntries(names.flatMap((name) => (node[name] === undefined ? [] : [[name, node[name]]])));
}
