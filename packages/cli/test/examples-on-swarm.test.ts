/** What the examples come to on a swarm that has the hosts of their solutions. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import { makePlan, type RunningHost, type RunningState } from '@camelc/plan';
import { deploySolution } from '@camelc/project/deploying';
import { swarmConduct } from '../../targets/swarm/src/conduct.js';
import { lower } from '../../targets/swarm/src/lower.js';
import { denormaliseService } from '../../targets/swarm/src/normal/denormalise.js';
import { normaliseService } from '../../targets/swarm/src/normal/normalise.js';
import type { ServiceForm } from '../../targets/swarm/src/normal/service-form.js';
import { applied, host, inputs, state } from '../../targets/swarm/test/states.js';
import { solvePaths } from '../src/solving.ts';
import { run } from './run.ts';

/** The deployment of an example, with values for the variables that it names. */
async function deploymentOf(example: string): Promise<Deployment> {
  const paths = [fileURLToPath(new URL(`../../../examples/${example}`, import.meta.url))];
  const variables = { DOCKER_USER: 'user', DOCKER_PASSWORD: 'password', REGISTRY: 'registry.example.com' };
  let deployment: Deployment | undefined;
  await run(async (c) => {
    const solved = await solvePaths(paths, { milp: 'glpk' }, c);
    const deployed = deploySolution(paths, { ...solved, solution: solved.solution! }, { target: 'swarm', variables, publishMode: 'ingress', endpointMode: 'vip' }, c);
    deployment = deployed.deployment as Deployment;
    return 0;
  });
  return deployment!;
}

/** One host for each that the deployment needs, labelled with its candidate. */
const hostsFor = ({ hostGroups }: Deployment): RunningHost[] =>
  hostGroups.flatMap(({ name, number, candidate }) => Array.from({ length: number }, (_, index) => host(`${name}-${index}`, { candidate, size: { cores: 64, memory: 2 ** 20 } })));

it.each(['two-component', 'smartwe', 'flex4apps'])('%s needs nothing that lacks, and is there when it has been carried out', async (example) => {
  const deployment = await deploymentOf(example);
  const swarm = state(hostsFor(deployment));
  const given = inputs({ fingerprints: new Map(deployment.secrets.map(({ name }) => [name, '0123456789ab'])) });
  const { wanted, diagnostics } = lower(deployment, swarm, given);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(wanted!.hosts).toEqual({ missing: [], surplus: [] });

  const { resources } = wanted!.revision;
  const keys = new Set(resources.map(({ key }) => key));
  expect(keys.size).toBe(resources.length);
  for (const { needs, why } of resources) {
    expect(needs.filter((key) => !keys.has(key))).toEqual([]);
    expect(why).not.toBe('');
  }
  for (const { spec } of resources.filter(({ kind }) => kind === 'service')) {
    const engine = denormaliseService(spec as unknown as ServiceForm, 'service', { networks: new Map(), secrets: new Map(), configs: new Map() });
    expect(normaliseService(engine, new Map())).toEqual(spec);
  }

  const planOn = (now: RunningState) => {
    const lowered = lower(deployment, now, given).wanted!;
    return makePlan({ target: { kind: 'swarm', name: 'test', id: 'x' }, wanted: lowered, state: now, conduct: swarmConduct, secrets: {} });
  };
  expect(planOn(swarm).steps.filter(({ action }) => action !== 'create')).toEqual([]);
  expect(planOn(applied(deployment.id, wanted!, swarm)).steps).toEqual([]);
});
