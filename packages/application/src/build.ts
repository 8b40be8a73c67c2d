import { diagnose, DiagnosticError, type Diagnostic, type Place } from '@camelc/diagnostics';
import { placeOf, type CamelModel, type DeploymentModel, type OptimisationRequirement, type Region, type RequirementModel, type Software, type SubModel } from '@camelc/language';
import { componentOf } from './components.js';
import { constraintsOf, variablesOf } from './constraints.js';
import { checkAngles } from './degrees.js';
import { indexRegions } from './locations.js';
import { measurementsOf } from './measurements.js';
import type { Application, Communication, Component, Objective } from './model.js';
import { placementRulesOf } from './placement.js';
import { VariableTable } from './variables.js';

/** The camel models that describe an application: those with a software component. */
export function applicationModels(models: readonly CamelModel[]): CamelModel[] {
  return models.filter((model) => deploymentModels(model).length > 0);
}

/** The name that `--application` gives, and reports show. */
export const applicationName = (model: CamelModel): string => model.application?.name ?? model.name;

/**
 * The one application among the models, or the one that is named.
 * @throws DiagnosticError application/none, application/several, application/unknown
 */
export function chooseApplication(models: readonly CamelModel[], name?: string): CamelModel {
  const found = applicationModels(models);
  if (found.length === 0) throw new DiagnosticError([diagnose('application/none', {})]);
  if (name !== undefined) {
    const named = found.find((m) => m.name === name) ?? found.find((m) => applicationName(m) === name);
    if (!named) throw new DiagnosticError([diagnose('application/unknown', { name, names: found.map((m) => m.name) })]);
    return named;
  }
  if (found.length > 1) throw new DiagnosticError([diagnose('application/several', { names: found.map((m) => m.name) })]);
  return found[0]!;
}

/** Names of the metrics and variables of models. */
export function measuredNames(models: readonly CamelModel[]): Set<string> {
  const nodes = models.flatMap((model) => of(model, 'MetricModel')).flatMap(({ metrics, variables }) => [...metrics, ...variables]);
  return new Set(nodes.map(({ name }) => name));
}

/**
 * What a camel model says as an application.
 * @param model a linked model without errors
 * @param models all models in sight: those without components are parts of it too
 * @param libraryRegions the regions of the standard library, read only when a location requirement asks
 */
export function buildApplication(
  model: CamelModel,
  models: readonly CamelModel[],
  libraryRegions: () => readonly Region[],
): { application: Application; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = (d: Diagnostic): void => {
    if (!diagnostics.some((other) => JSON.stringify(other) === JSON.stringify(d))) diagnostics.push(d);
  };
  const [deployment, second] = deploymentModels(model);
  if (!deployment) throw new DiagnosticError([diagnose('application/none', {})]);
  if (second) report(diagnose('application/several-deployment-models', { used: deployment.name }, placeOf(second, 'name')));

  const regions = indexRegions(
    models.flatMap((m) => of(m, 'LocationModel')),
    libraryRegions,
    report,
  );
  const components = deployment.components.filter((c): c is Software => c.$type === 'Software').map((software) => componentOf(software, deployment, regions, report));
  // Camel models without components of their own are parts of the application, save what they say of components of another one.
  const parts = [model, ...models.filter((m) => m !== model && deploymentModels(m).length === 0)];
  const inParts = <T extends SubModel['$type']>(type: T): Extract<SubModel, { $type: T }>[] => parts.flatMap((m) => of(m, type));
  const requirementModels = inParts('RequirementModel');
  const variables = new VariableTable(report);
  const names = new Set(components.map((c) => c.name));
  const isOurs = ({ name, place }: { name: string; place: Place }, ids: readonly string[]): boolean => {
    const other = ids.flatMap((id) => variables.componentsOf(id)).find((c) => !names.has(c));
    if (other !== undefined) report(diagnose('application/other-component', { name, component: other }, place));
    return other === undefined;
  };
  const objectives = objectivesOf(requirementModels, variables).filter((o) => isOurs(o, [o.variable]));
  if (objectives.length === 0) report(diagnose('objective/none', {}, placeOf(of(model, 'RequirementModel')[0] ?? model, 'name')));
  const constraints = constraintsOf(
    inParts('ConstraintModel').flatMap((m) => m.constraints),
    requirementModels,
    inParts('ScalabilityModel').flatMap((m) => m.events),
    variables,
  ).filter((c) => isOurs(c, variablesOf(c.condition)));
  // Metrics and variables that nothing names yet may still be given or asked for.
  for (const metricModel of of(model, 'MetricModel')) for (const node of [...metricModel.metrics, ...metricModel.variables]) variables.idOf(node);
  checkAngles(variables.variables, variables.inDegrees, report);

  return {
    diagnostics,
    application: {
      formatVersion: 1,
      name: applicationName(model),
      ...(model.application?.version && { version: model.application.version }),
      placement: deployment.placement === 'shared' ? 'shared' : 'dedicated',
      ...(deployment.placement && { placementPlace: placeOf(deployment, 'placement') }),
      components,
      communications: communicationsOf(deployment, names),
      ...placementRulesOf(deployment, components, report),
      variables: variables.variables,
      constraints,
      objectives,
      measurements: measurementsOf(inParts('MetricModel'), names),
    },
  };
}

function of<T extends SubModel['$type']>(model: CamelModel, type: T): Extract<SubModel, { $type: T }>[] {
  return model.subModels.filter((s): s is Extract<SubModel, { $type: T }> => s.$type === type);
}

const deploymentModels = (model: CamelModel): DeploymentModel[] => of(model, 'DeploymentModel').filter((d) => d.components.some((c) => c.$type === 'Software'));

function communicationsOf(deployment: DeploymentModel, components: ReadonlySet<Component['name']>): Communication[] {
  return deployment.communications.flatMap((c) => {
    const [from, to] = [c.from.ref, c.to.ref];
    if (!from || !to) return [];
    const [client, server] = [from.$container.name, to.$container.name];
    if (!components.has(client) || !components.has(server)) return [];
    return [{ name: c.name, place: placeOf(c, 'name'), from: { component: client, port: from.name }, to: { component: server, port: to.name } }];
  });
}

function objectivesOf(requirementModels: readonly RequirementModel[], variables: VariableTable): Objective[] {
  const requirements = requirementModels.flatMap((m) => m.requirements).filter((r): r is OptimisationRequirement => r.$type === 'OptimisationRequirement');
  const objectives = requirements.flatMap((r): Objective[] => {
    const target = r.variable?.ref ?? r.context?.ref?.metric?.ref;
    if (!target) return [];
    return [
      {
        id: `${(r.$container as { name: string }).name}.${r.name}`,
        name: r.name,
        place: placeOf(r, 'name'),
        variable: variables.idOf(target),
        priority: r.priority ?? 0,
        minimise: r.minimise,
      },
    ];
  });
  return objectives.sort((a, b) => b.priority - a.priority);
}
