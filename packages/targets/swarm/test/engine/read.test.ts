/** What is read of a swarm where nothing is recorded. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/connection/engine.js';
import { readState } from '../../src/engine/read.js';
import { namespaceLabel } from '../../src/names.js';

const node = (id: string, label: string) => ({
  ID: id,
  Spec: { Labels: { 'camelc.shop': label }, Availability: 'active' },
  Description: { Hostname: `worker-${id}` },
  Status: { State: 'ready' },
});

const service = (name: string, label: string, PublishMode: string, Source: string) => ({
  ID: name,
  Version: { Index: 1 },
  Spec: {
    Name: `shop_${name}`,
    Labels: { [namespaceLabel]: 'shop' },
    TaskTemplate: {
      ContainerSpec: { Image: name, Mounts: [{ Type: 'volume', Source, Target: '/rows' }] },
      Placement: { Constraints: [`node.labels.camelc.shop == ${label}`] },
    },
    EndpointSpec: {
      Ports: [
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode },
        { Protocol: 'tcp', TargetPort: 81, PublishMode },
      ],
    },
  },
});

it('ports, places of labels, and where volumes are show in what runs', async () => {
  const answers: Record<string, object[]> = {
    '/nodes': [node('1', 'Web'), node('2', 'Web'), node('3', 'Db')],
    '/services': [service('web', 'web', 'host', 'shop_cache'), service('db', 'Db', 'ingress', 'shop_rows')],
  };
  const engine = { ask: (path: string) => Promise.resolve(answers[path] ?? []), now: () => 0 } as unknown as Engine;
  const { resources } = await readState(engine, 'shop');
  const found = Object.fromEntries(resources.map(({ key, takes, hosts }) => [key, hosts ?? takes]));
  expect(found).toEqual({
    'service/web': ['port/8080/tcp/1', 'port/8080/tcp/2'],
    'service/db': ['port/8080/tcp'],
    'volume/cache': ['worker-1', 'worker-2'],
    'volume/rows': ['worker-3'],
    'label/1/camelc.shop=Web': ['1/camelc.shop'],
    'label/2/camelc.shop=Web': ['2/camelc.shop'],
    'label/3/camelc.shop=Db': ['3/camelc.shop'],
  });
});
