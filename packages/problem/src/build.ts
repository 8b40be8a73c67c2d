/** Application × fitting candidates to the constraint problem. */
import type { Application, Component, Condition, DecisionAttribute, Expression } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import { diagnose, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import type { Assignment } from './assignment.js';
import { attributeWords } from './attribute-words.js';
import { evaluation } from './evaluate.js';
import { isCurrent, readGiven, shortName, type Given, type Inputs } from './given.js';
import { memo } from './memo.js';
import { compareCodePoints } from './order.js';
import { addRunningValues, checkRunning, instancesOf, runningOf, withRunningTwins } from './running.js';
import type { Need, Problem, ProblemCandidate, ProblemCondition, ProblemConstraint, Resources, Term } from './problem.js';
import { termBuilder, visitVariables, type TermBuilder } from './terms.js';

export type { Inputs } from './given.js';

/**
 * Builds the constraint problem.
 * @param fits the candidates that pass each component's requirements, in any order, by component name; prices in `inputs.currency`
 * @returns the problem, absent when a diagnostic is an error
 */
export function buildProblem(model: Application, fits: Readonly<Record<string, readonly NodeCandidate[]>>, inputs: Inputs): { problem?: Problem; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const given = readGiven(model, inputs);
  diagnostics.push(...given.diagnostics);
  const { running } = inputs;
  const application = running ? withRunningTwins(model) : model;
  if (running) {
    diagnostics.push(...checkRunning(application, running));
    addRunningValues(application, given, running, inputs);
  }

  const bound = bindingConstraints(application, given, diagnostics);
  const roots = [...application.objectives.map((o) => o.variable), ...bound.flatMap((c) => variablesOf(c.condition))];
  const known = withKnownAttributes(application, fits, given, roots, diagnostics);
  const usable = withoutMoving(application, known, inputs);
  const used = new Map<string, ProblemCandidate>();
  for (const list of Object.values(usable)) for (const c of list) used.set(c.id, c);
  const candidates = [...used.values()].sort((a, b) => compareCodePoints(a.id, b.id));
  const index = new Map(candidates.map((c, i) => [c.id, i]));

  const builder = termBuilder(application, given, inputs, (component) => known[component] ?? [], diagnostics);
  const constraints = bound.map(({ id, name, place, condition }): ProblemConstraint => ({ id, name, place, condition: conditionOf(condition, builder) }));
  const objectives = application.objectives.map(({ id, name, place, variable, priority, minimise }) => ({
    id,
    name,
    place,
    priority,
    minimise,
    term: builder.variable(variable, place),
  }));

  const problem: Problem = {
    formatVersion: 1,
    application: application.name,
    placement: application.placement,
    ...(application.placementPlace && { placementPlace: application.placementPlace }),
    currency: inputs.currency,
    candidates,
    components: application.components.map((c) => ({
      name: c.name,
      place: c.place,
      // As many as there are hosts; a scale requirement on it is one more constraint.
      minimum: c.everywhere && !c.scale.id ? 0 : c.scale.minimum,
      maximum: c.everywhere && !c.scale.id ? null : c.scale.maximum,
      ...(c.scale.id && c.scale.place && { scale: { id: c.scale.id, place: c.scale.place } }),
      // In the order of their ids, so ascending.
      candidates: usable[c.name]!.map((k) => index.get(k.id)!),
      demands: demandsOf(c),
      unmoveable: keepsItsPlace(c, inputs),
      coInstanceHosting: c.coInstanceHosting,
      everywhere: c.everywhere,
      needs: needsOf(c, application),
    })),
    constraints,
    objectives,
    formulas: builder.formulas,
    couplings: application.couplings,
    separations: application.separations,
    alternatives: application.alternatives,
  };
  if (hasErrors(diagnostics)) return { diagnostics };
  if (running) problem.running = runningOf(problem, running);
  diagnostics.push(...partsWithoutDecision(application, problem, given, builder));
  return { problem, diagnostics };
}

/** A component that runs and is annotated unmoveable stays on the candidates that it runs on. */
const keepsItsPlace = (component: Component, { running }: Inputs): boolean => component.unmoveable && instancesOf(component, running).length > 0;

/** The candidates that fit, of each component that keeps its place those alone that it runs on. */
function withoutMoving(application: Application, fitting: Readonly<Record<string, ProblemCandidate[]>>, inputs: Inputs): Readonly<Record<string, ProblemCandidate[]>> {
  const kept = application.components.filter((c) => keepsItsPlace(c, inputs));
  const runsOn = (c: Component): Set<string> => new Set(instancesOf(c, inputs.running).map((i) => i.candidate));
  return { ...fitting, ...Object.fromEntries(kept.map((c) => [c.name, fitting[c.name]!.filter((k) => runsOn(c).has(k.id))])) };
}

/** The binding constraints, without metric constraints whose metrics have no value. */
function bindingConstraints(application: Application, given: Given, diagnostics: Diagnostic[]): Application['constraints'] {
  return application.constraints.filter(({ role, name, place, condition }) => {
    if (role !== 'binding') return false;
    const open = new Set<string>();
    for (const id of variablesOf(condition, true))
      visitVariables(application, given, id, (v) => {
        if (v.meaning.kind === 'given' && !given.metrics.has(v.id) && !given.current.has(v.id)) open.add(shortName(application, v));
      });
    if (open.size > 0) diagnostics.push(diagnose('problem/constraint-open', { constraint: name, metrics: [...open] }, place));
    return open.size === 0;
  });
}

/** The variables that a condition compares; `metric`: only those of metric constraints. */
export function variablesOf(condition: Condition, metric = false): string[] {
  if (condition.kind === 'comparison') return !metric || condition.metric ? [condition.variable] : [];
  if (condition.kind === 'if') return [condition.if, condition.then, ...(condition.else ? [condition.else] : [])].flatMap((c) => variablesOf(c, metric));
  return condition.conditions.flatMap((c) => variablesOf(c, metric));
}

function conditionOf(condition: Condition, builder: TermBuilder): ProblemCondition {
  switch (condition.kind) {
    case 'comparison': {
      const { variable, operator, threshold, thresholdPlace, place } = condition;
      return { kind: 'comparison', term: builder.variable(variable, place), operator, threshold, place, thresholdPlace };
    }
    case 'if':
      return {
        kind: 'if',
        if: conditionOf(condition.if, builder),
        then: conditionOf(condition.then, builder),
        ...(condition.else && { else: conditionOf(condition.else, builder) }),
        place: condition.place,
      };
    default:
      return { kind: condition.kind, conditions: condition.conditions.map((c) => conditionOf(c, builder)), place: condition.place };
  }
}

/** The candidates of each component that say everything that the formulas ask of it, as the problem has them, in the order of their ids. */
function withKnownAttributes(
  application: Application,
  fits: Readonly<Record<string, readonly NodeCandidate[]>>,
  given: Given,
  roots: string[],
  diagnostics: Diagnostic[],
): Record<string, ProblemCandidate[]> {
  const asked = new Map<string, Map<DecisionAttribute, string>>(application.components.map((c) => [c.name, new Map()]));
  const seen = new Set<string>();
  for (const root of roots)
    visitVariables(
      application,
      given,
      root,
      ({ id, meaning }) => {
        if (meaning.kind === 'decision' && meaning.component && meaning.attribute !== 'cardinality' && !given.current.has(id) && !given.unknown.has(id))
          asked.get(meaning.component)?.set(meaning.attribute, id);
      },
      seen,
    );

  return Object.fromEntries(
    application.components.map(({ name }) => {
      let candidates = [...(fits[name] ?? [])].sort((a, b) => compareCodePoints(a.id, b.id)).map(toProblemCandidate);
      for (const [attribute, variable] of asked.get(name)!) {
        const unknown = candidates.filter((c) => c[attribute as keyof ProblemCandidate] === undefined);
        if (unknown.length === 0) continue;
        const place = application.variables[variable]!.place;
        diagnostics.push(
          unknown.length === candidates.length
            ? diagnose('problem/attribute-unknown', { component: name, attribute: attributeWords[attribute] }, place)
            : diagnose('problem/candidate-unknown', { component: name, attribute: attributeWords[attribute], candidates: unknown.map((c) => c.id) }, place),
        );
        candidates = candidates.filter((c) => !unknown.includes(c));
      }
      return [name, candidates];
    }),
  );
}

/** A candidate as problems have it. */
export const toProblemCandidate = memo(({ id, price, cores, memory, storage, allocatable, location, cloud, limit }: NodeCandidate): ProblemCandidate => {
  const { latitude, longitude } = location ?? {};
  const facts = Object.entries({ cores, memory, storage, latitude, longitude, limit }).filter(([, value]) => value !== undefined);
  // The nearest place and those that contain it, without the cloud; ids are those of one cloud.
  const chain = (location ? [location.id, ...(location.within ?? [])] : []).filter((place) => place !== cloud.id);
  const region = [cloud.id, ...chain.slice(-1)].join('/');
  const zone = [region, ...chain.slice(-2, -1)].join('/');
  return { id, price, ...Object.fromEntries(facts), allocatable: { ...known({ cores, memory, storage }), ...known(allocatable ?? {}) }, zone, region, cloud: cloud.id };
});

const known = (resources: Resources): Resources => Object.fromEntries(Object.entries(resources).filter(([, value]) => value !== undefined));

/** What an instance takes of a host that it shares: the minimum of each of its resource requirements. */
function demandsOf({ requirements }: Component): Resources {
  const demands: Resources = {};
  for (const r of requirements) {
    if (r.kind !== 'attribute' || r.bound === 'maximum' || typeof r.value !== 'number') continue;
    if (r.attribute === 'cores' || r.attribute === 'memory' || r.attribute === 'storage') demands[r.attribute] = Math.max(demands[r.attribute] ?? 0, r.value);
  }
  return demands;
}

function needsOf(component: Component, application: Application): Need[] {
  return component.requiredPorts
    .filter((port) => port.mandatory)
    .map((port) => ({
      port: port.name,
      place: port.place,
      providers: application.communications.filter((c) => c.from.component === component.name && c.from.port === port.name).map((c) => c.to.component),
    }))
    .filter((need) => need.providers.length > 0);
}

/** Hints at the parts of objectives that speak of the running deployment and, before there is one, are the same for every solution. */
function partsWithoutDecision(application: Application, problem: Problem, given: Given, builder: TermBuilder): Diagnostic[] {
  if (problem.components.some((c) => c.candidates.length === 0)) return [];
  const samples = [0, 0.5, 1].flatMap((share) =>
    [0, 1, 2].map((more): Assignment[] =>
      problem.components.map((c) => ({
        candidate: c.candidates[Math.floor((c.candidates.length - 1) * share)]!,
        cardinality: Math.min(c.maximum ?? Number.POSITIVE_INFINITY, Math.max(1, c.minimum) + more),
      })),
    ),
  );
  const hints: Diagnostic[] = [];
  for (const { variable } of application.objectives) {
    const { meaning } = application.variables[variable]!;
    if (meaning.kind !== 'formula' || given.metrics.has(variable)) continue;
    visit(meaning.expression);
  }
  return hints;

  /** Looks at an expression as a whole, then, through sums, differences and multiples, at its parts. */
  function visit(part: Expression): void {
    let current = false;
    for (const id of variablesIn(part)) visitVariables(application, given, id, (v) => (current ||= v.meaning.kind === 'decision' && isCurrent(v) && !given.current.has(v.id)));
    if (!current) return;
    const same = (e: Expression): boolean => isConstant(builder.expression(e), problem, samples);
    if (same(part)) hints.push(diagnose('problem/no-decision-left', {}, part.place));
    else if (part.kind === 'operator' && ['+', '-', 'neg'].includes(part.operator)) part.operands.forEach(visit);
    else if (part.kind === 'operator' && ['*', '/'].includes(part.operator)) {
      const varying = part.operands.filter((o) => !same(o));
      if (varying.length === 1) visit(varying[0]!);
    }
  }
}

function isConstant(term: Term, problem: Problem, samples: Assignment[][]): boolean {
  const values = samples.map((sample) => evaluation(problem, sample).value(term));
  return values.every((v) => Math.abs(v - values[0]!) <= 1e-12 * Math.max(1, Math.abs(v)));
}

function variablesIn(e: Expression): string[] {
  if (e.kind === 'variable') return [e.id];
  return e.kind === 'operator' ? e.operands.flatMap(variablesIn) : e.kind === 'call' ? e.arguments.flatMap(variablesIn) : [];
}
