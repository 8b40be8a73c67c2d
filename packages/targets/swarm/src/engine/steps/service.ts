import type { Json } from '@camelc/plan';
import { denormaliseService, type EngineIds } from '../../normal/denormalise.js';
import { normaliseService } from '../../normal/normalise.js';
import type { ServiceForm } from '../../normal/service-form.js';
import { namespaceLabel } from '../../names.js';
import type { EngineFileObject, EngineNetworkObject, EngineService, EngineTaskState } from '../api.js';
import { EngineError } from '../connection/engine.js';
import { authorise } from '../registries.js';
import { hasEnded } from '../tasks.js';
import { converge } from './converge.js';
import type { Work } from './work.js';

/** A service is done when all of its tasks are up and have stayed so for a while; or when none is left. */
export async function serviceStep(work: Work): Promise<void> {
  const { engine, step, name } = work;
  const [service, networks] = await Promise.all([engine.find<EngineService>(`/services/${name}`), engine.ask<EngineNetworkObject[]>('/networks')]);
  const networkNames = new Map(networks.map(({ Id, Name }) => [Id, Name]));
  const wanted = step.wanted as unknown as ServiceForm | undefined;
  if (!wanted) return removeService(work, service, networkNames);

  const form = service && (normaliseService(service.Spec, networkNames) as unknown as Json);
  if (!service && step.before !== undefined) throw work.movedOn('was removed');
  if (!service || work.mustChange(form!, service.Spec.Labels)) {
    const spec = denormaliseService(wanted, name, { ...(await idsOf(wanted, networks, work)), forceUpdate: service?.Spec.TaskTemplate?.ForceUpdate });
    const headers = await authorise(wanted, work.context.secrets);
    if (service) await engine.ask(`/services/${service.ID}/update`, { method: 'POST', query: { version: service.Version.Index }, body: spec, headers });
    else await engine.ask('/services/create', { method: 'POST', body: spec, headers });
  }
  await converge(work, wanted, networkNames);
}

async function idsOf({ configs = {}, secrets = {} }: ServiceForm, networks: readonly EngineNetworkObject[], { engine }: Work): Promise<EngineIds> {
  const find = async (path: string, uses: ServiceForm['configs'] & object): Promise<Map<string, string>> => {
    const names = [...new Set(Object.values(uses).map(({ source }) => source))];
    const found = await Promise.all(names.map((name) => engine.find<EngineFileObject>(`${path}/${name}`)));
    return new Map(found.flatMap((file) => (file ? [[file.Spec.Name, file.ID]] : [])));
  };
  const [configIds, secretIds] = await Promise.all([find('/configs', configs), find('/secrets', secrets)]);
  return { networks: new Map(networks.map(({ Id, Name }) => [Name, Id])), configs: configIds, secrets: secretIds };
}

async function removeService(work: Work, service: EngineService | undefined, networkNames: ReadonlyMap<string, string>): Promise<void> {
  if (!service) return;
  const { engine, context } = work;
  work.mustChange(normaliseService(service.Spec, networkNames) as unknown as Json, service.Spec.Labels);
  try {
    await engine.ask(`/services/${service.ID}`, { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 404)) throw error;
  }
  for (;;) {
    const [tasks, nodes] = await Promise.all([
      engine.ask<EngineTaskState[]>('/tasks', { filters: { label: [`${namespaceLabel}=${context.plan.id}`] } }),
      engine.ask<{ ID: string; Status?: { State?: string } }[]>('/nodes'),
    ]);
    // Nobody hears of the tasks of a node that is away.
    const present = new Set(nodes.filter(({ Status }) => Status?.State === 'ready').map(({ ID }) => ID));
    const left = tasks.filter((task) => task.ServiceID === service.ID && !hasEnded(task) && present.has(task.NodeID ?? ''));
    if (left.length === 0) return;
    if (work.isLate) throw work.failure(`${left.length} of its tasks do not end`);
    work.say(`${left.length} ${left.length === 1 ? 'task ends' : 'tasks end'}`);
    await work.pause();
  }
}
