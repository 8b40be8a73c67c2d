import type { Json } from '@camelc/plan';
import { ownLabels } from '../../names.js';
import { denormaliseNetwork, normaliseNetwork, type NetworkForm } from '../../normal/others.js';
import type { EngineNetworkObject } from '../api.js';
import { EngineError } from '../connection/engine.js';
import type { Work } from './work.js';

export async function networkStep(work: Work): Promise<void> {
  const { engine, step, context, name } = work;
  const network = await findNetwork(work);
  const wanted = step.wanted as unknown as NetworkForm | undefined;
  const mustChange = network && work.mustChange(normaliseNetwork(network) as unknown as Json, network.Labels);
  if (!wanted) return removeNetwork(work, network);
  if (network && mustChange) throw work.failure('a network cannot be changed while it is used');
  const body = denormaliseNetwork(wanted, name, ownLabels(context.plan.id, context.plan.application));
  if (!network) await engine.ask('/networks/create', { method: 'POST', body });
}

async function findNetwork({ engine, name }: Work): Promise<EngineNetworkObject | undefined> {
  // A filter by name takes parts of names, too.
  const networks = await engine.ask<EngineNetworkObject[]>('/networks', { filters: { name: [name] } });
  return networks.find(({ Name }) => Name === name);
}

/** Tasks that have just ended leave their networks a little later. */
async function removeNetwork(work: Work, found: EngineNetworkObject | undefined): Promise<void> {
  for (let network = found; network; network = await findNetwork(work)) {
    try {
      await work.engine.ask(`/networks/${network.Id}`, { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // Those that go had been removed before; another one stays.
      if (error.message.includes('in use by service') || (error.status !== 404 && work.isLate)) throw work.failure(`the engine refuses: ${error.message}`);
      work.say('tasks leave it');
    }
    await work.pause();
  }
}
