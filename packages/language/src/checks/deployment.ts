import type { AstNode } from 'langium';
import type {
  AlternativeComponents,
  Communication,
  Coupling,
  DataSource,
  ParallelFlow,
  ProvidedCommunication,
  RequiredCommunication,
  Requirement,
  RequirementSet,
  ScriptConfiguration,
  SecurityRequirement,
  ServerlessConfiguration,
  SwitchFlow,
  VerticalScaleRequirement,
} from '../generated/ast.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';
import { fix, propertyRemoved, replaced } from '../edits.js';

/** What is required of something that candidates say nothing of. */
function requirementsAreRegarded(set: RequirementSet, report: Report): void {
  for (const property of ['security', 'verticalScale'] as const) notRegarded(given<SecurityRequirement | VerticalScaleRequirement>(set[property]), set, property, report);
}

const communicationIsRegarded = (communication: Communication, report: Report): void => notRegarded(given(communication.requirement), communication, 'requirement', report);

function notRegarded(requirement: Requirement | undefined, node: AstNode, property: string, report: Report): void {
  if (requirement) report('hint/not-regarded', { kind: kindOf(requirement.$type), name: requirement.name }, node, property);
}

function requirementSetRequiresSomething(set: RequirementSet, report: Report): void {
  const { resource, location, provider, os, image, verticalScale, horizontalScale, paas, security, attributes, features } = set;
  const requirements = [resource, location, provider, os, image, verticalScale, horizontalScale, paas, security];
  if (!requirements.some(Boolean) && attributes.length + features.length === 0) report('model/empty-requirement-set', { name: set.name }, set, 'name');
  if (os && image)
    report('model/os-and-image', {}, set, 'image').fixes = [
      ...fix('Remove the image', propertyRemoved(set, 'image')),
      ...fix('Remove the operating system', propertyRemoved(set, 'os')),
    ];
}

type Port = ProvidedCommunication | RequiredCommunication;

function portIsANumberOrARange(node: Port, report: Report): void {
  for (const property of ['port', 'portLow', 'portHigh'] as const) {
    const port = node[property];
    if (port !== undefined && (port < 1 || port > 65535)) report('model/port-number', { port }, node, property);
  }
  const { portLow: low, portHigh: high } = node;
  if (low === undefined || high === undefined || low < high) return;
  const exchange = [...replaced(`${high}`, node, 'portLow'), ...replaced(`${low}`, node, 'portHigh')];
  report('model/port-range', { low, high }, node, 'portLow').fixes = low > high ? fix('Exchange the ends', exchange) : [];
}

function communicationJoinsEqualPorts(communication: Communication, report: Report): void {
  const required = communication.from?.ref;
  const provided = communication.to?.ref;
  if (!required || !provided || isPortWithin(required, provided)) return;
  const isOneNumber = required.port !== undefined && provided.port !== undefined;
  report('model/ports-differ', { required: shown(required), provided: shown(provided) }, communication, 'from').fixes = isOneNumber
    ? fix(`Require port ${provided.port}`, replaced(`${provided.port}`, required, 'port'))
    : [];
}

/** Whether a communication may lead from the one to the other. */
export function isPortWithin(required: Port, provided: Port): boolean {
  const single = provided.port;
  if (required.port !== undefined && single !== undefined) return required.port === single;
  const [low, high] = [required.port ?? required.portLow, required.port ?? required.portHigh];
  if (low === undefined || high === undefined) return true;
  return provided.portLow !== undefined && provided.portHigh !== undefined && provided.portLow <= low && high <= provided.portHigh;
}

const shown = (port: Port): string => (port.port !== undefined ? `${port.port}` : `${port.portLow} to ${port.portHigh}`);

function scriptConfigurationDoesSomething(script: ScriptConfiguration, report: Report): void {
  const { upload, download, install, configure, start, stop, update, devops, os, imageId, image } = script;
  if (![upload, download, install, configure, start, stop, update, devops, imageId, image].some((text) => text !== undefined))
    report('model/no-command', { name: script.name }, script, 'name');
  if (os !== undefined && imageId !== undefined) report('model/os-and-image-id', {}, script, 'imageId').fixes = fix('Remove the `os`', propertyRemoved(script, 'os'));
}

function serverlessCodeHasOneOrigin(configuration: ServerlessConfiguration, report: Report): void {
  if ((configuration.binaryCodeUrl === undefined) === (configuration.build === undefined)) report('model/serverless-code', { name: configuration.name }, configuration, 'name');
}

function severalComponentsAreListed(node: Coupling | AlternativeComponents | ParallelFlow, report: Report): void {
  // That there is none at all is reported as missing.
  if (node.components.length === 1) report('model/too-few', { kind: kindOf(node.$type), name: node.name }, node, 'components');
}

function switchHasAValueForEachComponent(node: SwitchFlow, report: Report): void {
  const { values, components } = node;
  if (values.length > 0 && values.length !== components.length) report('model/switch-values', { values: values.length, components: components.length }, node, 'name');
}

function dataSourceIsExternalOrOfAComponent(source: DataSource, report: Report): void {
  if (source.external !== Boolean(source.component)) return;
  report('model/data-source', { name: source.name }, source, 'name').fixes = source.external ? fix('Remove `external`', propertyRemoved(source, 'external')) : [];
}

export const deploymentChecks: Checks = {
  Coupling: [severalComponentsAreListed],
  AlternativeComponents: [severalComponentsAreListed],
  ParallelFlow: [severalComponentsAreListed],
  SwitchFlow: [switchHasAValueForEachComponent],
  DataSource: [dataSourceIsExternalOrOfAComponent],
  RequirementSet: [requirementSetRequiresSomething, requirementsAreRegarded],
  ProvidedCommunication: [portIsANumberOrARange],
  RequiredCommunication: [portIsANumberOrARange],
  Communication: [communicationJoinsEqualPorts, communicationIsRegarded],
  ScriptConfiguration: [scriptConfigurationDoesSomething],
  ServerlessConfiguration: [serverlessCodeHasOneOrigin],
};
