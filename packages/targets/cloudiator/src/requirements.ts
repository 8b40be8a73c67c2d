/** Requirements in the words of Cloudiator's matchmaking: those of a model, and those that one candidate of a solution satisfies. */
import type { Requirement as ModelRequirement } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import { osFamilies, type AttributeRequirement, type OperatingSystem, type Requirement } from './api.js';

const attribute = (path: string, requirementOperator: AttributeRequirement['requirementOperator'], value: string): AttributeRequirement => {
  const dot = path.lastIndexOf('.');
  return { type: 'AttributeRequirement', requirementClass: path.slice(0, dot), requirementAttribute: path.slice(dot + 1), requirementOperator, value };
};

/** How Cloudiator calls the attributes of a machine, in the units of ours. */
const hardware: Readonly<Record<string, string>> = { cores: 'hardware.cores', memory: 'hardware.ram', storage: 'hardware.disk' };

/** What its candidates satisfy, as far as the interface has words for it: nothing where it has none. */
export function requirementOf(requirement: ModelRequirement): Requirement[] {
  switch (requirement.kind) {
    case 'attribute': {
      const path = hardware[requirement.attribute];
      if (!path) return [];
      const { bound, inclusive, value } = requirement;
      return [attribute(path, bound === 'equal' ? 'EQ' : bound === 'minimum' ? (inclusive ? 'GEQ' : 'GT') : inclusive ? 'LEQ' : 'LT', String(value))];
    }
    case 'location': {
      const countries = requirement.regions.filter((region) => /^[A-Z]{2}$/.test(region));
      if (requirement.locations.length) return countries.length ? [] : [attribute('location.id', 'IN', requirement.locations.join(', '))];
      return countries.length ? [attribute('location.geoLocation.country', 'IN', countries.join(', '))] : [];
    }
    case 'provider':
      return [attribute('cloud.api.providerName', 'IN', requirement.names.join(', '))];
    case 'cloud-type':
      return [attribute('cloud.type', 'EQ', `CloudType::${requirement.cloudType.toUpperCase()}`)];
    case 'image':
      return [attribute('image.name', 'IN', requirement.names.join(', '))];
    case 'os': {
      const os = operatingSystemOf(requirement.family, requirement.version);
      if (!os) return [];
      const version = os.operatingSystemVersion === undefined ? [] : [attribute('image.operatingSystem.version', 'IN', String(os.operatingSystemVersion))];
      return [attribute('image.operatingSystem.family', 'IN', `OSFamily::${os.operatingSystemFamily}`), ...version];
    }
    case 'runtime':
      return [attribute('environment.runtime', 'EQ', `Runtime::${requirement.runtime.toUpperCase()}`)];
    case 'placement-type':
      return [{ type: 'OclRequirement', constraint: `nodes->forAll(n | Set{${requirement.types.map((type) => `NodeType::${type}`).join(',')}}->includes(n.type))` }];
    case 'placement-name':
      return [];
  }
}

/** The operating system of this name, such as `Ubuntu` or `ubuntu 18.04`; nothing where Cloudiator does not know it. */
export function operatingSystemOf(family: string, version?: string): OperatingSystem | undefined {
  const [, name = '', written = version ?? ''] = /^\s*([A-Za-z_]+)[\s-]*([\d.]*)/.exec(family) ?? [];
  const known = osFamilies.find((one) => one === name.toUpperCase());
  if (!known) return undefined;
  // 16.04 is 1604, 8 is 8.
  const digits = (written || version || '').replaceAll('.', '');
  return { operatingSystemFamily: known, ...(/^\d+$/.test(digits) && { operatingSystemVersion: Number(digits) }) };
}

/** Asks for the offers that may be this candidate. */
export function queryOf({ cloud, hardware: name, cores, memory, location, images }: NodeCandidate): AttributeRequirement[] {
  const image = images?.length === 1 ? images[0]! : undefined;
  return [
    attribute('hardware.name', 'EQ', name),
    ...(cores === undefined ? [] : [attribute('hardware.cores', 'EQ', String(cores))]),
    ...(memory === undefined ? [] : [attribute('hardware.ram', 'EQ', String(memory))]),
    ...(location ? [attribute('location.id', 'EQ', location.id)] : []),
    attribute('cloud.id', 'EQ', cloud.id),
    ...(image?.id ? [attribute('image.id', 'EQ', image.id)] : image?.name ? [attribute('image.name', 'EQ', image.name)] : []),
  ];
}
