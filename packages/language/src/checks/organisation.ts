import type { MmsProperty, ResourceFilter, RoleAssignment, SecurityControl } from '../generated/ast.js';
import type { Checks, Report } from './check.js';
import { fix, propertyRemoved } from './edits.js';

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

export const organisationChecks: Checks = {
  SecurityControl: [subDomainIsAnother],
  RoleAssignment: [roleIsAssignedToSomebody],
  ResourceFilter: [everythingIsNotListed],
  MmsProperty: [rangeBelongsToTheTypeOfTheProperty],
};
