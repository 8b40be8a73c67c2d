import type { AttributeRequirement, Requirement } from '@camelc/application/model';
import type { Image, NodeCandidate } from '../candidate.js';
import { describeValue, unknown } from './describe.js';

/** The value of an attribute that a requirement may name; `undefined`: not stated. */
export function attributeOf(candidate: NodeCandidate, attribute: string): number | string | boolean | undefined {
  switch (attribute) {
    case 'cores':
    case 'memory':
    case 'storage':
    case 'frequency':
    case 'architecture':
      return candidate[attribute];
    default:
      return candidate.attributes && Object.hasOwn(candidate.attributes, attribute) ? candidate.attributes[attribute] : undefined;
  }
}

/**
 * What a candidate has instead of what a requirement asks for (`2048 MegaBytes`, `unknown`); `undefined` where it meets the requirement.
 * A fact that it does not state does not meet anything.
 */
export function unmetBy(candidate: NodeCandidate, requirement: Requirement): string | undefined {
  switch (requirement.kind) {
    case 'attribute': {
      const value = attributeOf(candidate, requirement.attribute);
      return value !== undefined && withinBound(value, requirement) ? undefined : describeValue(requirement.attribute, value);
    }
    case 'location':
      return meetsLocation(candidate, requirement.regions, requirement.locations) ? undefined : locationText(candidate);
    case 'provider':
      return requirement.names.includes(candidate.cloud.provider) ? undefined : candidate.cloud.provider;
    case 'cloud-type':
      return sameWord(candidate.cloud.type, requirement.cloudType) ? undefined : candidate.cloud.type;
    case 'image':
      return candidate.images?.some(({ name }) => name !== undefined && requirement.names.includes(name)) ? undefined : listed(candidate.images?.map(({ name }) => name));
    case 'os':
      return candidate.images?.some((image) => meetsSystem(candidate, image, requirement)) ? undefined : systemText(candidate, requirement);
    case 'runtime':
      return candidate.runtimes?.some((runtime) => sameWord(runtime, requirement.runtime)) ? undefined : listed(candidate.runtimes);
    case 'placement-type':
      return requirement.types.some((type) => sameWord(type, candidate.type)) ? undefined : candidate.type;
    case 'placement-name':
      return requirement.name === candidate.id || requirement.name === candidate.hardware ? undefined : candidate.hardware;
  }
}

function withinBound(value: number | string | boolean, { bound, value: wanted, inclusive }: AttributeRequirement): boolean {
  if (bound === 'equal') return value === wanted;
  if (typeof value !== 'number' || typeof wanted !== 'number') return false;
  if (inclusive && value === wanted) return true;
  return bound === 'minimum' ? value > wanted : value < wanted;
}

function meetsLocation({ location }: NodeCandidate, regions: readonly string[], locations: readonly string[]): boolean {
  if (!location) return false;
  const country = location.country;
  return (country !== undefined && regions.some((region) => sameWord(region, country))) || [location.id, ...(location.within ?? [])].some((id) => locations.includes(id));
}

function locationText({ location }: NodeCandidate): string {
  const parts = [location?.country, location?.id].filter((part) => part !== undefined);
  return parts.length ? parts.join(', ') : unknown;
}

type SystemRequirement = Extract<Requirement, { kind: 'os' }>;

function meetsSystem(candidate: NodeCandidate, image: Image, { family, version, bits64 }: SystemRequirement): boolean {
  if (!sameWord(image.family ?? '', family)) return false;
  if (version !== undefined && !sameVersion(image.version, version)) return false;
  return !bits64 || is64Bit(image.architecture ?? candidate.architecture);
}

function systemText(candidate: NodeCandidate, { version, bits64 }: SystemRequirement): string {
  return listed(
    candidate.images?.map((image) => {
      const parts = [
        image.family,
        version === undefined ? undefined : (image.version ?? 'of unknown version'),
        bits64 ? (image.architecture ?? candidate.architecture ?? 'of unknown architecture') : undefined,
      ];
      return image.family === undefined ? undefined : parts.filter((part) => part !== undefined).join(' ');
    }),
  );
}

/** Versions agree where one is the other, or begins it, at a dot: `1604`, `16.04` and `16.04 LTS` are the same, `7` is any 7.x. */
function sameVersion(has: string | undefined, wanted: string): boolean {
  if (has === undefined) return false;
  const [a, b] = [versionParts(has), versionParts(wanted)];
  return b.length > 0 && b.length <= a.length && b.every((part, i) => part === a[i]);
}

/** The numbers of a version. Four digits in one are Ubuntu's year and month: `1604` is 16.04. */
function versionParts(version: string): number[] {
  const parts = version.match(/\d+/g) ?? [];
  return parts.flatMap((part, i) => (i === 0 && parts.length === 1 && /^[12]\d(04|10)$/.test(part) ? [part.slice(0, 2), part.slice(2)] : [part])).map(Number);
}

const is64Bit = (architecture: string | undefined): boolean =>
  architecture !== undefined && /^(amd64|x86[-_]?64|x64|em64t|intel64|arm64|aarch64|armv[89].*|riscv64|ppc64(le)?|s390x|ia64|mips64(el)?|loongarch64)$/i.test(architecture);

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function listed(values: readonly (string | undefined)[] | undefined): string {
  const known = [...new Set(values?.filter((value) => value !== undefined))];
  return known.length ? known.join(', ') : unknown;
}
