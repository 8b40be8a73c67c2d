/** What a model is made of where it has no solution: the units of which a conflict is told, and the model without one of them. */
import type { Alternative, Component, Constraint, Coupling, Objective, Port, Requirement, Scale, Separation, Variable } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import { readGiven, variablesOf, visitVariables, type Problem } from '@camelc/problem';
import { withComponents, withParts, type Model } from './model.js';

/** One thing that can be left out of a model. */
export type Unit =
  | { kind: 'requirement'; requirement: Requirement }
  | { kind: 'constraint'; constraint: Constraint }
  | { kind: 'objective'; objective: Objective }
  /** One end of a horizontal scale requirement. */
  | { kind: 'scale'; bound: 'minimum' | 'maximum'; scale: Scale }
  | { kind: 'need'; component: string; port: Port; providers: string[] }
  | { kind: 'alternative'; rule: Alternative }
  | { kind: 'coupling'; rule: Coupling }
  | { kind: 'separation'; rule: Separation }
  | { kind: 'default-cardinality' | 'everywhere' | 'unmoveable'; component: Component }
  | { kind: 'metric'; variable: Variable; value: number }
  | { kind: 'limit'; candidate: NodeCandidate };

/** The units of a model, those first that explain most. `problem` is its problem. */
export function unitsOf(model: Model, problem: Problem): Unit[] {
  const { application, list } = model;
  const { components } = application;
  const binding = new Set(problem.constraints.map((c) => c.id));
  const constraints = application.constraints.filter((c) => binding.has(c.id));
  const scales = components.map((c) => c.scale).filter((s) => s.id !== undefined);
  return [
    ...distinct(
      components.flatMap((c) => c.requirements),
      requirementKey,
    ).map((requirement): Unit => ({ kind: 'requirement', requirement })),
    ...constraints.map((constraint): Unit => ({ kind: 'constraint', constraint })),
    ...application.objectives.map((objective): Unit => ({ kind: 'objective', objective })),
    ...distinct(scales, scaleKey).flatMap((scale): Unit[] => [
      ...(scale.minimum >= 2 ? [{ kind: 'scale' as const, bound: 'minimum' as const, scale }] : []),
      ...(scale.maximum !== null ? [{ kind: 'scale' as const, bound: 'maximum' as const, scale }] : []),
    ]),
    ...application.alternatives.map((rule): Unit => ({ kind: 'alternative', rule })),
    ...application.couplings.filter((c) => !c.relaxed).map((rule): Unit => ({ kind: 'coupling', rule })),
    ...application.separations.filter((s) => !s.relaxed).map((rule): Unit => ({ kind: 'separation', rule })),
    ...components.flatMap((c, i) =>
      problem.components[i]!.needs.map(({ port, providers }): Unit => ({ kind: 'need', component: c.name, port: c.requiredPorts.find((p) => p.name === port)!, providers })),
    ),
    ...components.filter((c) => c.everywhere).map((component): Unit => ({ kind: 'everywhere', component })),
    ...components.filter((_, i) => problem.components[i]!.unmoveable).map((component): Unit => ({ kind: 'unmoveable', component })),
    ...components.filter((c) => !c.everywhere && c.scale.id === undefined && c.scale.maximum === 1).map((component): Unit => ({ kind: 'default-cardinality', component })),
    ...metricUnits(model, [...constraints.flatMap((c) => variablesOf(c.condition)), ...application.objectives.map((o) => o.variable)]),
    ...list.candidates.filter((c) => c.limit !== undefined).map((candidate): Unit => ({ kind: 'limit', candidate })),
  ];
}

/** The given values that some of these variables depend on. */
function metricUnits({ application, inputs }: Model, variables: readonly string[]): Unit[] {
  const given = readGiven(application, inputs);
  const seen = new Set<string>();
  for (const id of variables) visitVariables(application, given, id, () => undefined, seen);
  return [...given.metrics].filter(([id]) => seen.has(id)).map(([id, value]) => ({ kind: 'metric', variable: application.variables[id]!, value }));
}

/** The model without a unit. Leaving one out makes nothing harder, lists over candidates in formulas aside. */
export function without(model: Model, unit: Unit): Model {
  const { application } = model;
  switch (unit.kind) {
    case 'requirement':
      return withRequirement(model, unit.requirement, undefined);
    case 'constraint':
      return withParts(model, { constraints: application.constraints.filter((c) => c.id !== unit.constraint.id) });
    case 'objective':
      return withParts(model, { objectives: application.objectives.filter((o) => o.id !== unit.objective.id) });
    case 'scale':
      return withScale(model, unit.scale, ({ minimum }) => (unit.bound === 'minimum' ? { minimum: Math.min(1, minimum) } : { maximum: null }));
    case 'need':
      return withComponents(model, (c) =>
        c.name === unit.component ? { ...c, requiredPorts: c.requiredPorts.map((p) => (p.name === unit.port.name ? { ...p, mandatory: false } : p)) } : c,
      );
    case 'alternative': {
      // Its components may still be absent.
      const optional = withComponents(model, (c) => (unit.rule.components.includes(c.name) ? { ...c, scale: { ...c.scale, minimum: 0 } } : c));
      return withParts(optional, { alternatives: application.alternatives.filter((a) => a.name !== unit.rule.name) });
    }
    case 'coupling':
      return withParts(model, { couplings: application.couplings.filter((c) => c.name !== unit.rule.name) });
    case 'separation':
      return withParts(model, { separations: application.separations.filter((s) => s.name !== unit.rule.name) });
    case 'everywhere':
      // As many as before may still stand, or none.
      return withComponent(model, unit.component, ({ scale }) => ({ everywhere: false, scale: scale.id === undefined ? { minimum: 0, maximum: null } : scale }));
    case 'unmoveable':
      return withComponent(model, unit.component, () => ({ unmoveable: false }));
    case 'default-cardinality':
      return withComponent(model, unit.component, ({ scale }) => ({ scale: { minimum: Math.min(1, scale.minimum), maximum: null } }));
    case 'metric':
      return withoutMetric(model, unit.variable.id);
    case 'limit':
      return withLimit(model, unit.candidate.id, undefined);
  }
}

/** The model with another requirement, or none, wherever a requirement counts. */
export function withRequirement(model: Model, requirement: Requirement, instead: Requirement | undefined): Model {
  const key = requirementKey(requirement);
  return withComponents(model, (c) => {
    if (!c.requirements.some((r) => requirementKey(r) === key)) return c;
    return { ...c, requirements: c.requirements.flatMap((r) => (requirementKey(r) === key ? (instead ?? anyType(r)) : r)) };
  });
}

/** What remains of a requirement that also says which types of machines or functions come into question: it admits them all. */
function anyType(requirement: Requirement): Requirement[] {
  if (requirement.kind !== 'runtime' && requirement.kind !== 'placement-type') return [];
  const types = ['IAAS', 'BYON', 'EDGE', 'FAAS', 'PAAS', 'SIMULATION'];
  return [{ kind: 'placement-type', types, id: requirement.id, place: requirement.place, global: requirement.global, text: 'any placement type' }];
}

/** The model with another range wherever a horizontal scale requirement counts. */
export const withScale = (model: Model, scale: Scale, change: (scale: Scale) => Partial<Scale>): Model =>
  withComponents(model, (c) => (scaleKey(c.scale) === scaleKey(scale) ? { ...c, scale: { ...c.scale, ...change(c.scale) } } : c));

/** The model with another component in place of one. */
export const withComponent = (model: Model, { name }: Component, change: (component: Component) => Partial<Component>): Model =>
  withComponents(model, (c) => (c.name === name ? { ...c, ...change(c) } : c));

/** The model with another limit of a candidate, or none. */
export const withLimit = (model: Model, id: string, limit: number | undefined): Model => ({
  ...model,
  list: { ...model.list, candidates: model.list.candidates.map((c) => (c.id === id ? { ...c, limit } : c)) },
});

/** The model with another value of a metric. */
export const withMetric = (model: Model, id: string, value: number): Model => ({
  ...model,
  inputs: { ...model.inputs, metrics: { ...Object.fromEntries(readGiven(model.application, model.inputs).metrics), [id]: value } },
});

/** Without a metric's value, what depends on it does not hold or count. */
function withoutMetric(model: Model, metric: string): Model {
  const { application, inputs } = model;
  const given = readGiven(application, inputs);
  const depends = (id: string): boolean => {
    const seen = new Set<string>();
    visitVariables(application, given, id, () => undefined, seen);
    return seen.has(metric);
  };
  const open = withParts(model, {
    constraints: application.constraints.filter((c) => !variablesOf(c.condition).some(depends)),
    objectives: application.objectives.filter((o) => !depends(o.variable)),
  });
  return { ...open, inputs: { ...inputs, metrics: Object.fromEntries([...given.metrics].filter(([id]) => id !== metric)) } };
}

/** A requirement is one unit wherever its set counts. */
const requirementKey = (r: Requirement): string => JSON.stringify([r.kind, r.id, r.kind === 'attribute' && r.bound, r.place]);
const scaleKey = (s: Scale): string => JSON.stringify([s.id, s.place]);

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
