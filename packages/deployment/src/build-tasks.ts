import type { Application, Component } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Diagnostic } from '@camelc/diagnostics';
import type { Solution } from '@camelc/solver';
import { assemble, draftBase, imageOf, type Context, type DeploymentInputs, type Draft } from './build.js';
import { containerOf, type Container } from './container.js';
import type { Run, Task, TaskDeployment } from './tasks.js';

/** What `buildDeployment` does, for targets that run more than containers. */
export function buildTaskDeployment(
  application: Application,
  solution: Solution,
  candidates: ReadonlyMap<string, NodeCandidate>,
  inputs: DeploymentInputs,
): { deployment?: TaskDeployment; diagnostics: Diagnostic[] } {
  const { deployment, diagnostics } = assemble(application, solution, candidates, inputs, draftTask);
  if (!deployment) return { diagnostics };
  const serviceOf = (name: string): string | undefined => deployment.services.find(({ component }) => component === name)?.name;
  const communications = application.communications.flatMap(({ name, place, from, to }) => {
    const [client, server] = [serviceOf(from.component), serviceOf(to.component)];
    return client === undefined || server === undefined ? [] : [{ name, place, from: { service: client, port: from.port }, to: { service: server, port: to.port } }];
  });
  return {
    deployment: {
      ...deployment,
      communications,
      measurements: application.measurements.filter(({ component }) => component === undefined || serviceOf(component) !== undefined),
      offers: Object.fromEntries(deployment.hostGroups.map(({ candidate }) => [candidate, candidates.get(candidate)!])),
    },
    diagnostics,
  };
}

/** A task runs the container of its component, if it has one, or else what its configuration says. */
function draftTask(component: Component, context: Context): { draft?: Draft<Task>; diagnostics: Diagnostic[] } {
  const { configuration } = component;
  const entry = context.inputs.images?.[component.name];
  const { container, diagnostics: ofContainer } =
    entry?.image || !configuration || ['container', 'docker'].includes(configuration.kind) ? containerOf(component, entry) : noContainer;
  const image = container && imageOf(component, container, context.variables);
  const { draft, diagnostics: found } = draftBase(component, container ? { ...container, source: `its image is ${container.source}` } : configured(component), context);
  const run = image ? containerRun(component, container, image.text) : (configuration as Exclude<Run, { kind: 'container' }> | undefined);
  const diagnostics = [...ofContainer, ...(image?.diagnostics ?? []), ...found];
  if (!run) return { diagnostics };
  const requiredPorts = component.requiredPorts.map(({ name, mandatory, place }) => ({ name, mandatory, place }));
  return { draft: { ...draft, service: { ...draft.service, run, requiredPorts, requirements: component.requirements }, ...(image && { image: image.text }) }, diagnostics };
}

const noContainer: ReturnType<typeof containerOf> = { diagnostics: [] };

/** What a configuration says of what it runs, if it is no container's: its name, and what it passes on. */
function configured({ configuration }: Component): Pick<Container, 'settings' | 'source' | 'from'> {
  const parameters = configuration?.kind === 'serverless' ? configuration.parameters : [];
  const settings = parameters.map(({ name, value, place, valuePlace, annotations }) => ({
    kind: 'environment' as const,
    name,
    text: String(value ?? ''),
    place: valuePlace ?? place,
    annotations,
  }));
  return { settings, source: `it runs as ${configuration?.name ?? 'nothing'} says`, from: configuration ? [configuration.place] : [] };
}

function containerRun({ configuration }: Component, { command, image: { place } }: Container, image: string): Run {
  const update = configuration?.kind === 'container' ? configuration.update : undefined;
  return { kind: 'container', image, ...(command !== undefined && { command }), ...(update && { update }), place };
}
