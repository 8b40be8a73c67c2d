/** Models without some of what they ask for, as a conflict tells it. */
import type { Conflicting } from '@camelc/solver';
import { admissible, fitting } from './oracle.js';
import type { Component, Model } from './random-model.js';

export type Unit = Pick<Conflicting, 'kind' | 'name' | 'says'>;

/**
 * The model without one thing; nothing gets harder by that.
 * @param many stands for a number that nothing bounds
 */
function without(model: Model, { kind, name, says }: Unit, many: number): Model {
  const components = (change: (c: Component) => Component): Model => ({ ...model, components: model.components.map(change) });
  const unbounded = (c: Component): number => Math.max(c.minimum, many);
  const other = (item: { name: string }): boolean => item.name !== name;
  switch (kind) {
    case 'requirement':
      return components((c) => ({
        ...c,
        bounds: c.bounds.filter((b) => b.name !== name || (b.kind !== undefined && !says?.includes(b.kind))),
        demands: Object.fromEntries(Object.entries(c.demands).filter(([resource]) => !c.bounds.some((b) => b.name === name && b.asks[0] === resource))),
      }));
    case 'constraint':
      return { ...model, conditions: model.conditions.filter(other) };
    case 'objective':
      return { ...model, objectives: model.objectives.filter(other) };
    case 'metric': {
      const free = ({ facts }: { facts: readonly string[] }): boolean => !facts.includes(`metric ${name}`);
      return { ...model, conditions: model.conditions.filter(free), objectives: model.objectives.filter((o) => free(o.formula)) };
    }
    case 'scale':
      return components((c) => {
        if (c.scale !== name) return c;
        return says?.startsWith('at least') ? { ...c, minimum: Math.min(1, c.minimum) } : { ...c, maximum: unbounded(c) };
      });
    case 'default-cardinality':
      return components((c) => (c.name === name ? { ...c, maximum: unbounded(c) } : c));
    case 'everywhere':
      return components((c) => (c.name === name ? { ...c, everywhere: false, ...(c.scale === undefined && { minimum: 0, maximum: many }) } : c));
    case 'unmoveable':
      return components((c) => (c.name === name ? { ...c, stays: undefined } : c));
    case 'need':
      return { ...model, needs: model.needs.filter((n) => `${n.component}.${n.port}` !== name) };
    case 'alternative': {
      // Its components may still be absent.
      const listed = model.alternatives.find((a) => a.name === name)!.components;
      return { ...components((c) => (listed.includes(c.name) ? { ...c, minimum: 0 } : c)), alternatives: model.alternatives.filter(other) };
    }
    case 'coupling':
    case 'separation':
      return { ...model, placementRules: model.placementRules.filter(other) };
    case 'limit':
      return { ...model, machines: model.machines.map((m) => (m.id === name ? { ...m, limit: undefined } : m)) };
  }
}

/** Everything that can be left out of a model, as a conflict would tell it. */
export function unitsOf(model: Model): Unit[] {
  const unit = (kind: Unit['kind'], name: string, says?: string): Unit => ({ kind, name, ...(says !== undefined && { says }) });
  const { components } = model;
  return [
    ...components.flatMap((c) => c.bounds.map((b) => unit('requirement', b.name, b.kind))),
    ...model.conditions.map((c) => unit('constraint', c.name)),
    ...model.objectives.map((o) => unit('objective', o.name)),
    ...components.flatMap((c) => (c.scale === undefined ? [] : [unit('scale', c.scale, 'at least'), unit('scale', c.scale, 'at most')])),
    ...components.filter((c) => c.scale === undefined && !c.everywhere).map((c) => unit('default-cardinality', c.name)),
    ...components.filter((c) => c.everywhere).map((c) => unit('everywhere', c.name)),
    ...components.filter((c) => c.stays).map((c) => unit('unmoveable', c.name)),
    ...model.needs.map((n) => unit('need', `${n.component}.${n.port}`)),
    ...model.alternatives.map((a) => unit('alternative', a.name)),
    ...model.placementRules.filter((rule) => !rule.relaxed).map((rule) => unit(rule.kind, rule.name)),
    ...Object.keys(model.metrics).map((name) => unit('metric', name)),
    ...model.machines.filter((m) => m.limit !== undefined).map((m) => unit('limit', m.id)),
  ];
}

/** Whether some deployment keeps all that is left without some things. */
export function hasSolution(whole: Model, dropped: readonly Unit[] = [], many = 4): boolean {
  const model = dropped.reduce((left, unit) => without(left, unit, many), whole);
  const machines = fitting(model);
  return machines !== 'unknown' && !admissible(model, machines).next().done;
}
