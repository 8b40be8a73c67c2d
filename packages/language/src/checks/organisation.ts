import { AstUtils } from 'langium';
import {
  isConcept,
  isMetricConstraint,
  type AnyAttribute,
  type CompositeSecurityMetric,
  type MmsProperty,
  type RawSecurityMetric,
  type Permission,
  type PropertyInstance,
  type ResourceFilter,
  type RoleAssignment,
  type Schedule,
  type SecurityControl,
  type SecuritySlo,
} from '../generated/ast.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';
import { fix, propertyRemoved } from '../edits.js';

function subDomainIsAnother(control: SecurityControl, report: Report): void {
  const { name, domain, subDomain } = control;
  if (domain?.$refText !== undefined && domain.$refText === subDomain?.$refText) report('model/sub-domain', { name }, control, 'subDomain');
}

function roleIsAssignedToSomebody(assignment: RoleAssignment, report: Report): void {
  if (!assignment.user && !assignment.userGroup) report('model/role-assignment', { name: assignment.name }, assignment, 'name');
}

function everythingIsNotListed(filter: ResourceFilter, report: Report): void {
  if (filter.everyData && filter.data.length > 0)
    report('model/every-and-some', { what: 'data' }, filter, 'data').fixes = fix('Remove `every-data`', propertyRemoved(filter, 'everyData'));
  if (filter.everySoftware && filter.software.length > 0) {
    report('model/every-and-some', { what: 'software' }, filter, 'software').fixes = fix('Remove `every-software`', propertyRemoved(filter, 'everySoftware'));
  }
}

function rangeBelongsToTheTypeOfTheProperty(property: MmsProperty, report: Report): void {
  // The schemas in use give object properties the URI of their concept too.
  if (property.type === 'data' && property.range) report('model/property-range', { name: property.name }, property, 'range');
}

/** What a control is measured by belongs to its domain, or to the part of it that it is in. */
function elementsAreOfTheDomain(control: SecurityControl, report: Report): void {
  const domains = [given(control.domain), given(control.subDomain)];
  if (domains.includes(undefined)) return;
  for (const property of ['properties', 'rawMetrics', 'compositeMetrics'] as const) {
    for (const [i, reference] of control[property].entries()) {
      const element = given<AnyAttribute | RawSecurityMetric | CompositeSecurityMetric>(reference);
      const domain = element && 'domain' in element ? given(element.domain) : undefined;
      if (domain && !domains.includes(domain)) report('model/control-domain', { name: control.name, element: element!.name ?? '', domain: domain.name }, control, property, i);
    }
  }
}

function sloIsOfASecurityMetric(slo: SecuritySlo, report: Report): void {
  const constraint = given(slo.constraint);
  const metric = isMetricConstraint(constraint) ? given(constraint.context)?.metric : undefined;
  const type = metric?.$nodeDescription?.type;
  if (type && !type.endsWith('SecurityMetric')) report('model/security-slo', { name: slo.name, metric: metric.$refText, kind: kindOf(type) }, slo, 'constraint');
}

/** Dates are written so that their order is that of their texts, up to the time zone. */
function endComesAfterStart(node: Schedule | RoleAssignment | Permission, report: Report): void {
  const { start, end } = node;
  if (start && end && Date.parse(`${end}`) < Date.parse(`${start}`)) report('model/dates', { start: `${start}`, end: `${end}` }, node, 'end');
}

/** A property belongs to the concept that declares it, and to the concepts in it. */
function propertyIsOfTheConcept(instance: PropertyInstance, report: Report): void {
  const property = given(instance.isA);
  const domain = property?.$container;
  if (!isConcept(domain)) return;
  let concept = AstUtils.getContainerOfType(instance, isConcept);
  while (concept && concept !== domain) concept = AstUtils.getContainerOfType(concept.$container, isConcept);
  if (!concept) report('model/property-domain', { name: instance.name, property: property!.name, domain: domain.name }, instance, 'isA');
}

export const organisationChecks: Checks = {
  SecurityControl: [subDomainIsAnother, elementsAreOfTheDomain],
  SecuritySlo: [sloIsOfASecurityMetric],
  Schedule: [endComesAfterStart],
  Permission: [endComesAfterStart],
  PropertyInstance: [propertyIsOfTheConcept],
  RoleAssignment: [roleIsAssignedToSomebody, endComesAfterStart],
  ResourceFilter: [everythingIsNotListed],
  MmsProperty: [rangeBelongsToTheTypeOfTheProperty],
};
