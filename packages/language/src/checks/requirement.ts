import type {
  CommunicationRequirement,
  HorizontalScaleRequirement,
  OptimisationRequirement,
  PaasRequirement,
  ProviderRequirement,
  ResourceRequirement,
  Slo,
  VerticalScaleRequirement,
  VerticalScalingAction,
} from '../generated/ast.js';
import { kindOf } from '../words.js';
import type { Checks, Report } from './check.js';
import { fix, propertyRemoved, replaced } from '../edits.js';

function sloHasOneCondition(slo: Slo, report: Report): void {
  if (slo.constraint && slo.event) report('model/slo', { name: slo.name }, slo, 'name').fixes = fix('Remove the event', propertyRemoved(slo, 'event'));
}

function providersAreNamedWhereAnyCloudWillDo(requirement: ProviderRequirement, report: Report): void {
  const { name, cloudType, providerNames } = requirement;
  if ((cloudType === undefined || cloudType === 'any') && providerNames.length === 0) report('model/provider-names', { name }, requirement, 'name');
}

function instancesAreARange(requirement: HorizontalScaleRequirement, report: Report): void {
  const { min, max } = requirement;
  if (min === undefined || max === undefined) return;
  if (min >= 0 && (max === -1 || (max >= 1 && min <= max))) return;
  const exchange = [...replaced(`${max}`, requirement, 'min'), ...replaced(`${min}`, requirement, 'max')];
  report('model/instances', { min, max }, requirement, min < 0 ? 'min' : 'max').fixes = min > max && max >= 0 ? fix('Exchange minimum and maximum', exchange) : [];
}

export function verticalScaleHasFeaturesOrAttributes(node: VerticalScaleRequirement | VerticalScalingAction, report: Report): void {
  if (node.features.length > 0 === node.attributes.length > 0) report('model/vertical-scale', { name: node.name }, node, 'name');
}

function requirementRequiresSomething(node: ResourceRequirement | PaasRequirement | CommunicationRequirement, report: Report): void {
  if (node.features.length + node.attributes.length === 0) report('model/empty-requirement', { kind: kindOf(node.$type), name: node.name }, node, 'name');
}

function optimisationIsOfOneValue(requirement: OptimisationRequirement, report: Report): void {
  const { name, context, variable, priority } = requirement;
  if ((context === undefined) === (variable === undefined)) report('model/optimisation', { name }, requirement, 'name');
  if (priority !== undefined && priority < 0)
    report('model/priority', {}, requirement, 'priority').fixes = fix('Take the sign away', replaced(`${-priority}`, requirement, 'priority'));
}

export const requirementChecks: Checks = {
  Slo: [sloHasOneCondition],
  ProviderRequirement: [providersAreNamedWhereAnyCloudWillDo],
  HorizontalScaleRequirement: [instancesAreARange],
  VerticalScaleRequirement: [verticalScaleHasFeaturesOrAttributes],
  ResourceRequirement: [requirementRequiresSomething],
  PaasRequirement: [requirementRequiresSomething],
  CommunicationRequirement: [requirementRequiresSomething],
  OptimisationRequirement: [optimisationIsOfOneValue],
};
