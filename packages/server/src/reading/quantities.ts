/** Values with their units, as hovers and inlay hints show them. */
import { conversion, defaultUnits, isResourceRequirement, lastName, meaningOfRequirement, unitByName, unitOf, type Attribute, type Value } from '@camelc/language';
import { AstUtils } from 'langium';

/** The unit that amounts of one kind are compared in. */
const common = ['MegaBytes', 'Seconds', 'GigaHertz', 'Degrees', 'MegaBytesPerSecond', 'EurosPerHour', 'DollarsPerHour', 'PoundsPerHour', 'Ratio'];

/** The factor to the unit in which amounts of that kind are compared; undefined where it is that unit already, or nothing else is. */
export function normalisation(attribute: Attribute): { factor: number; unit: string } | undefined {
  const { unit, annotations } = attribute;
  if (!unit) return undefined;
  const name = lastName(unit.$refText);
  const own = unitByName(name) ?? (unit.ref && unitOf(unit.ref));
  if (!own) return undefined;
  // Disk space is told in GigaBytes.
  const isStorage = annotations.length > 0 && meaningOfRequirement({ node: attribute, features: [] }).attribute === 'storage';
  const target = isStorage ? 'GigaBytes' : common.find((c) => conversion(own, unitByName(c)!) !== undefined);
  const factor = target === undefined ? undefined : conversion(own, unitByName(target)!);
  return target !== undefined && factor !== undefined && factor !== 1 ? { factor, unit: target } : undefined;
}

/** A number for people: nobody reads more than six digits. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(6)));

const numberOf = (value: Value | undefined): number | undefined => (typeof value?.value === 'number' ? value.value : undefined);

/** The value or the interval of an attribute, each number times the factor: `2`, `4 to 16`, `more than 2`. */
export function amount({ value, min, max, minInclusive, maxInclusive }: Attribute, factor = 1): string | undefined {
  const shown = (v: Value | undefined): string | undefined => {
    const n = numberOf(v);
    return n === undefined ? undefined : shortNumber(n * factor);
  };
  if (value) return shown(value) ?? (factor === 1 ? String(value.value) : undefined);
  const [low, high] = [shown(min), shown(max)];
  if (low && high && minInclusive && maxInclusive) return low === high ? low : `${low} to ${high}`;
  const bounds = [low && `${minInclusive ? 'at least' : 'more than'} ${low}`, high && `${maxInclusive ? 'at most' : 'less than'} ${high}`];
  return bounds.filter(Boolean).join(' and ') || undefined;
}

/** What an attribute says: `4 to 16 GigaBytes (4096 to 16384 MegaBytes)`. */
export function quantity(attribute: Attribute): string | undefined {
  const own = amount(attribute);
  if (own === undefined) return undefined;
  const implied = attribute.unit ? undefined : impliedUnit(attribute);
  if (implied) return `${own} ${implied} (no unit is given)`;
  const unit = attribute.unit ? lastName(attribute.unit.$refText) : '';
  const normal = normalisation(attribute) ?? (unit === 'MegaBytes' && isLarge(attribute) ? { factor: 1 / 1024, unit: 'GigaBytes' } : undefined);
  const other = normal && amount(attribute, normal.factor);
  return [own, unit, other && `(${other} ${normal.unit})`].filter(Boolean).join(' ');
}

/** The unit that counts where a requirement of a host gives none. */
function impliedUnit(attribute: Attribute): string | undefined {
  if (!AstUtils.hasContainerOfType(attribute, isResourceRequirement)) return undefined;
  return defaultUnits[meaningOfRequirement({ node: attribute, features: [] }).attribute];
}

/** Thousands of MegaBytes are easier to read in GigaBytes. */
const isLarge = ({ value, min, max }: Attribute): boolean => [value, min, max].every((v) => (numberOf(v) ?? Infinity) >= 1024);
