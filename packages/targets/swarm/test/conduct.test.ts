import { describe, expect, it } from 'vitest';
import type { Json } from '@camelc/plan';
import { swarmConduct } from '../src/conduct.js';
import type { ServiceForm } from '../src/normal/service-form.js';

const update = { parallelism: 1, delay: '0s', failureAction: 'rollback', monitor: '10s', maxFailureRatio: 0, order: 'stop-first' };
const web = (more: Partial<ServiceForm> = {}): Json => ({
  image: 'web:1',
  mode: 'replicated',
  replicas: 3,
  endpointMode: 'vip',
  constraints: ['node.labels.camelc.shop == Web'],
  maxReplicasPerNode: 1,
  update,
  ...more,
});
const startFirst = { ...update, order: 'start-first' };
const disruption = (before: Json, wanted: Json, moves = false) => swarmConduct.disruption({ kind: 'service', before, wanted, moves });

describe('users notice', () => {
  it('nothing of other labels, replicas, update settings, or new hosts beside the old', () => {
    expect(disruption(web(), web({ labels: { a: 'b' }, replicas: 5, update: startFirst }))).toEqual({ kind: 'none' });
    expect(disruption(web(), web({ constraints: ['node.labels.camelc.shop == Web-Log'] }))).toEqual({ kind: 'none' });
    expect(swarmConduct.disruption({ kind: 'service', wanted: web(), moves: false })).toEqual({ kind: 'none' });
    expect(swarmConduct.disruption({ kind: 'label', before: {}, wanted: { a: 1 }, moves: false })).toEqual({ kind: 'none' });
  });

  it('that replicas are replaced one by one, and that a single one is gone meanwhile', () => {
    expect(disruption(web(), web({ image: 'web:2' }))).toEqual({ kind: 'rolling', available: 2, of: 3 });
    expect(disruption(web(), web({ image: 'web:2', update: startFirst }))).toEqual({ kind: 'rolling', available: 3, of: 3 });
    expect(disruption(web({ replicas: 1 }), web({ image: 'web:2', replicas: 1 }))).toEqual({ kind: 'recreate', available: 0, of: 1 });
    expect(disruption(web(), web({ mode: 'global' }))).toMatchObject({ kind: 'recreate', available: 0 });
    expect(disruption(web({ mode: 'global', replicas: undefined }), web({ mode: 'global', replicas: undefined, image: 'web:2' }))).toEqual({ kind: 'rolling' });
  });

  it('that a service comes to other hosts, all of it there at any time', () => {
    expect(disruption(web(), web(), true)).toEqual({ kind: 'migrate', available: 3, of: 3 });
    expect(disruption(web({ replicas: 1 }), web({ replicas: 1, image: 'web:2' }), true)).toEqual({ kind: 'migrate', available: 1, of: 1 });
    expect(disruption(web(), web({ image: 'web:2' }), true)).toEqual({ kind: 'migrate', available: 2, of: 3 });
  });
});

describe('between old hosts and new ones', () => {
  const bridge = (before: Json, wanted: Json, gained: number, lost: number, idle = 0) => swarmConduct.bridge('service', before, wanted, { gained, lost, idle });

  it('a service has replicas on both', () => {
    expect(bridge(web(), web(), 1, 1)).toEqual(web({ replicas: 4 }));
    expect(bridge(web({ replicas: 2 }), web({ replicas: 4 }), 3, 1)).toEqual(web({ replicas: 5 }));
    expect(bridge(web({ replicas: 4 }), web({ replicas: 2 }), 1, 3)).toEqual(web({ replicas: 5 }));
    expect(bridge(web({ replicas: 4, maxReplicasPerNode: 2 }), web({ replicas: 4, maxReplicasPerNode: 2 }), 1, 1)).toEqual(web({ replicas: 6, maxReplicasPerNode: 2 }));
  });

  it('a single replica, or all under another label, start there first', () => {
    expect(bridge(web({ replicas: 1 }), web({ replicas: 1, image: 'web:2' }), 1, 1)).toEqual(web({ replicas: 1, image: 'web:2', update: startFirst }));
    const rebound = { constraints: ['node.labels.camelc.shop == Front'] };
    expect(bridge(web(), web(rebound), 3, 3)).toEqual(web({ ...rebound, update: startFirst }));
  });

  it('a host that is down or drained has no replica', () => {
    expect(bridge(web(), web(), 1, 1, 1)).toEqual(web());
    expect(bridge(web(), web(), 2, 2, 1)).toEqual(web({ replicas: 4 }));
    expect(bridge(web(), web({ replicas: 2 }), 1, 2, 1)).toEqual(web({ replicas: 3 }));
  });

  it('there is nothing where hosts come or go alone', () => {
    expect(bridge(web(), web({ replicas: 4 }), 1, 0)).toEqual(web({ replicas: 4 }));
    expect(bridge(web(), web({ replicas: 2 }), 0, 1)).toEqual(web());
    expect(swarmConduct.bridge('network', { driver: 'overlay' }, { driver: 'other' }, { gained: 1, lost: 1, idle: 0 })).toEqual({ driver: 'other' });
  });
});

it('a mode, a network and the content of a config cannot be changed in place', () => {
  expect(swarmConduct.replaces(web(), web({ mode: 'global' }), 'service')).toBe(true);
  expect(swarmConduct.replaces(web(), web({ image: 'web:2' }), 'service')).toBe(false);
  expect(swarmConduct.replaces({ driver: 'overlay' }, { driver: 'overlay', attachable: true }, 'network')).toBe(true);
  expect(swarmConduct.replaces({ text: 'a', labels: {} }, { text: 'b', labels: {} }, 'config')).toBe(true);
  expect(swarmConduct.replaces({ text: 'a', labels: {} }, { text: 'a', labels: { b: '' } }, 'config')).toBe(false);
});
