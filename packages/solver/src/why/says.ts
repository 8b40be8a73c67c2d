/** Units in words. */
import type { Level } from '@camelc/application/model';
import { byPosition } from '@camelc/diagnostics';
import type { Conflicting } from '../solution.js';
import { conditionText } from './conditions.js';
import type { Unit } from './units.js';

/** What the user calls a unit, what it says, and where. */
export function conflicting(unit: Unit): Conflicting {
  const { kind } = unit;
  switch (kind) {
    case 'requirement': {
      const { id, text, place } = unit.requirement;
      return { kind, name: id, says: text, place };
    }
    case 'constraint': {
      const { name, condition, place } = unit.constraint;
      return { kind, name, says: conditionText(condition), place };
    }
    case 'objective': {
      const { name, minimise, variable, place } = unit.objective;
      return { kind, name, says: `${minimise ? 'minimise' : 'maximise'} ${variable}`, place };
    }
    case 'scale': {
      const { id, minimum, maximum, place, minimumPlace } = unit.scale;
      return unit.bound === 'minimum'
        ? { kind, name: id!, says: `at least ${instances(minimum)}`, place: minimumPlace ?? place }
        : { kind, name: id!, says: `at most ${instances(maximum!)}`, place };
    }
    case 'need':
      return { kind, name: `${unit.component}.${unit.port.name}`, says: `mandatory port, so ${unit.providers.join(' or ')} must be deployed`, place: unit.port.place };
    case 'alternative':
      return { kind, name: unit.rule.name, says: `exactly one of ${unit.rule.components.join(', ')}`, place: unit.rule.place };
    case 'coupling':
      return { kind, name: unit.rule.name, says: `${listing(unit.rule.components)} ${together[unit.rule.level]}`, place: unit.rule.place };
    case 'separation': {
      const { name, components, from, level, place } = unit.rule;
      const who = from ? `${listing(components)} and ${listing(from)}` : components.length === 1 ? `instances of ${components[0]}` : listing(components);
      return { kind, name, says: `${who} ${apart[level]}`, place };
    }
    case 'default-cardinality':
      return { kind, name: unit.component.name, says: 'exactly 1 instance, for want of a horizontal scale requirement', place: unit.component.place };
    case 'everywhere':
      return { kind, name: unit.component.name, says: 'one instance on every host', place: unit.component.place };
    case 'unmoveable':
      return { kind, name: unit.component.name, says: 'stays on the candidate that it runs on', place: unit.component.place };
    case 'metric':
      return { kind, name: unit.variable.name, says: `given as ${unit.value}`, place: unit.variable.place };
    case 'limit':
      return { kind, name: unit.candidate.id, says: `at most ${hosts(unit.candidate.limit!)} of this candidate` };
  }
}

/** Sorts units as they stand in the source; those from elsewhere are the last. */
export function bySource(a: Unit, b: Unit): number {
  const [p, q] = [conflicting(a).place, conflicting(b).place];
  if (!p || !q) return Number(!p) - Number(!q);
  if (p.file !== q.file) return p.file < q.file ? -1 : 1;
  return byPosition(p.range.start, q.range.start);
}

const together: Record<Level, string> = { host: 'on the same hosts', zone: 'in the same zones', region: 'in the same regions', cloud: 'in the same clouds' };
const apart: Record<Level, string> = { host: 'on different hosts', zone: 'in different zones', region: 'in different regions', cloud: 'in different clouds' };

export const instances = (n: number): string => `${n} instance${n === 1 ? '' : 's'}`;
export const hosts = (n: number): string => `${n} host${n === 1 ? '' : 's'}`;
export const listing = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
