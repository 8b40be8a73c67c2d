import { describe, expect, it } from 'vitest';
import { meets, takesTasks } from '../../src/engine/nodes.js';
import type { EngineNode } from '../../src/engine/api.js';
import { nodesAsCandidates } from '../../src/engine/node-candidates.js';
import { isGone, identifySelf } from '../../src/engine/records/holder.js';
import { problemOf } from '../../src/engine/tasks.js';

const node = (name: string, labels: Record<string, string> = {}, more: { cores?: number; memory?: number; state?: string; availability?: string } = {}): EngineNode => ({
  ID: `id-${name}`,
  Version: { Index: 1 },
  Spec: { Labels: labels, Role: 'worker', Availability: more.availability ?? 'active' },
  Description: {
    Hostname: name,
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: (more.cores ?? 4) * 1e9, MemoryBytes: (more.memory ?? 8192) * 2 ** 20 },
  },
  Status: { State: more.state ?? 'ready' },
});
const summary = (nodes: readonly EngineNode[]): unknown[] => nodesAsCandidates(nodes).map(({ id, cores, memory, limit, price }) => ({ id, cores, memory, limit, price }));

describe('nodes as candidates', () => {
  it('are own machines with what their labels say of them', () => {
    expect(nodesAsCandidates([node('a', { 'camelc.price': '0.05', 'camelc.location': 'rack-1', 'camelc.city': 'Ulm', 'camelc.country': 'DE' })])).toEqual([
      {
        id: 'a',
        type: 'BYON',
        hardware: '4 cores, 8 GB',
        cloud: { id: 'swarm', provider: 'byon', type: 'private' },
        cores: 4,
        memory: 8192,
        architecture: 'x86_64',
        location: { id: 'rack-1', city: 'Ulm', country: 'DE' },
        images: [{ family: 'linux' }],
        price: 0.05,
        limit: 1,
      },
    ]);
  });

  it('that are alike are one candidate, also with those that have its label', () => {
    const alike = [node('c'), node('b', {}, { memory: 8200 }), node('big', {}, { cores: 16 })];
    expect(summary(alike)).toEqual([
      { id: 'b', cores: 4, memory: 8192, limit: 2, price: 0 },
      { id: 'big', cores: 16, memory: 8192, limit: 1, price: 0 },
    ]);
    const label = { 'camelc.candidate': 'c' };
    expect(summary([node('a'), node('b', label), node('c', label)])).toEqual([{ id: 'c', cores: 4, memory: 8192, limit: 3, price: 0 }]);
  });

  it('with different labels stay apart', () => {
    const nodes = [node('a', { 'camelc.candidate': 'one' }), node('b', { 'camelc.candidate': 'two' }), node('c', { 'camelc.candidate': 'two' }, { cores: 2 })];
    expect(summary(nodes)).toEqual([
      { id: 'one', cores: 4, memory: 8192, limit: 1, price: 0 },
      { id: 'two', cores: 2, memory: 8192, limit: 2, price: 0 },
    ]);
    expect(new Set(nodesAsCandidates(nodes).map(({ cloud }) => cloud.id)).size).toBe(2);
  });

  it('are only those that can be given something to do', () => {
    expect(summary([node('a', {}, { state: 'down' }), node('b', {}, { availability: 'drain' })])).toEqual([]);
  });

  it('of one name go by their ids', () => {
    const twins = [node('a'), { ...node('a', {}, { cores: 2 }), ID: 'other' }];
    expect(nodesAsCandidates(twins).map(({ id }) => id)).toEqual(['id-a', 'other']);
  });
});

describe('constraints', () => {
  it.each([
    [['node.labels.zone == west'], true],
    [['node.labels.zone==WEST', 'node.role != manager'], true],
    [['node.labels.zone != west'], false],
    [['node.labels.other == x'], false],
    [['node.hostname == b'], false],
    [['engine.labels.unknown == x'], true],
  ])('%j', (constraints, met) => {
    expect(meets(node('a', { zone: 'west' }), constraints)).toBe(met);
    expect([takesTasks(node('a')), takesTasks(node('a', {}, { state: 'down' }))]).toEqual([true, false]);
  });
});

describe('a process that holds a lock', () => {
  it('is gone when no process here is it', () => {
    const [boot, space, , start] = identifySelf().split(' ');
    expect(isGone(identifySelf())).toBe(false);
    expect(isGone(`${boot} ${space} ${process.pid} 1`)).toBe(true);
    expect(isGone(`${boot} ${space} 4194305 ${start}`)).toBe(true);
  });

  it('is not known to be gone where it runs elsewhere', () => {
    const [boot, space, pid] = identifySelf().split(' ');
    expect(isGone(`other ${space} ${pid} 1`)).toBe(false);
    expect(isGone(`${boot} pid:[1] ${pid} 1`)).toBe(false);
    expect(isGone('')).toBe(false);
  });
});

describe('what is wrong with a task', () => {
  it.each([
    [{ State: 'failed', Err: 'task: non-zero exit (137): dockerexec: unhealthy container', ContainerStatus: { ExitCode: 137 } }, 'its health check fails'],
    [{ State: 'failed', Err: 'task: non-zero exit (3)', ContainerStatus: { ExitCode: 3 } }, 'it ended with exit code 3'],
    [{ State: 'failed', Err: 'task: non-zero exit (137)', ContainerStatus: { ExitCode: 137 } }, 'it ended with exit code 137 (killed, as when its memory is not enough)'],
    [{ State: 'rejected', Err: 'No such image: shop/web:2' }, 'No such image: shop/web:2'],
    [{ State: 'starting' }, 'it has not passed its health check yet'],
    [{ State: 'running' }, undefined],
  ])('%j', (Status, problem) => {
    expect(problemOf({ ID: '1', ServiceID: '1', CreatedAt: '', UpdatedAt: '', DesiredState: 'running', Status })).toBe(problem);
  });
});
