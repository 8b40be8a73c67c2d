/** What users of a service notice while it comes to other hosts of a real swarm, gets another image, or fewer replicas. */
import Docker from 'dockerode';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import { apply, makePlan, type Plan, type Target } from '@camelc/plan';
import { swarmTarget } from '@camelc/target-swarm/engine';
import { secretsOf } from '../../packages/targets/swarm/test/engine/fake-engine.js';
import { hostGroup, service, shop } from '../../packages/targets/swarm/test/fixtures.js';
import { folderWith } from '../folders.js';
import { makeImage } from './images.js';
import { busybox, missing, startRig, type Rig } from './rig.js';

/** A web tier on so many hosts of a candidate. */
const tier = (number: number, candidate: string, image = 'shop/web:1'): Deployment =>
  shop(
    {},
    {},
    {
      hostGroups: [hostGroup('Web', { number, candidate })],
      services: [service('Web', { image, replicas: number, endpointMode: 'dnsrr', resources: { memory: 8 } })],
      networks: [],
      volumes: [],
      secrets: [],
      registries: [],
    },
  );

interface Task {
  ID: string;
  NodeID: string;
  Status: { State: string };
}

describe.skipIf(missing.length > 0)(`moves on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  let rig: Rig;
  let target: Target;
  let docker: Docker;

  beforeAll(async () => {
    rig = await startRig(3);
    makeImage(join(work, 'image'), busybox!, { 'bin/serve': 'trap "exit 0" TERM; while :; do /bin/busybox sleep 0.2; done' });
    for (const version of ['1', '2', '3']) rig.importImage(`shop/web:${version}`, join(work, 'image'), ['/bin/serve']);
    target = await swarmTarget({ host: rig.hostOf('node1') });
    docker = new Docker({ socketPath: rig.hostOf('node1').replace('unix://', '') });
  });

  afterAll(async () => {
    target?.close();
    await rig?.stop();
  });

  const label = (node: string, candidate: string): string => rig.onManager('docker', 'node', 'update', '--label-add', `camelc.candidate=${candidate}`, node);
  const running = async (): Promise<Task[]> =>
    ((await docker.listTasks({ filters: { label: ['com.docker.stack.namespace=shop'] } })) as Task[]).filter(({ Status }) => Status.State === 'running');
  const nodes = async (): Promise<string[]> => {
    const names = new Map((await target.read('shop')).hosts.map(({ id, name }) => [id, name]));
    return (await running()).map(({ NodeID }) => names.get(NodeID)!).sort();
  };

  /** Applies a deployment, and gives its plan with the least number of replicas that ran meanwhile. */
  async function carriedOut(deployment: Deployment): Promise<{ plan: Plan; least: number }> {
    const secrets = secretsOf({});
    const state = await target.read('shop');
    const { wanted } = await target.lower(deployment, state, { worth: { cost: 0, currency: 'EUR' }, solution: null, secrets });
    const plan = makePlan({ target, wanted: wanted!, state, conduct: target.conduct, secrets: {} });
    let least = Infinity;
    const over = new AbortController();
    const watch = (async () => {
      while (!over.signal.aborted) {
        least = Math.min(least, (await running()).length);
        await sleep(50);
      }
    })();
    const outcome = await apply(plan, target, { secrets, timeout: 60 }).finally(() => over.abort());
    await watch;
    expect(outcome.kind).toBe('done');
    return { plan, least };
  }

  it('lose no replica, but one at a time to another image; and only the replica of the host that is given up', async () => {
    label('node1', 'small');
    label('node2', 'large');
    label('node3', 'other');
    await carriedOut(tier(1, 'small'));
    expect(await nodes()).toEqual(['node1']);

    const away = await carriedOut(tier(1, 'large'));
    expect([away.least, await nodes()]).toEqual([1, ['node2']]);
    expect(away.plan.changes.find(({ kind }) => kind === 'service')!.disruption).toEqual({ kind: 'migrate', available: 1, of: 1 });

    const back = await carriedOut(tier(1, 'small', 'shop/web:2'));
    expect([back.least, await nodes()]).toEqual([1, ['node1']]);
    expect(back.plan.changes.find(({ kind }) => kind === 'service')!.disruption).toEqual({ kind: 'migrate', available: 1, of: 1 });

    label('node2', 'small');
    label('node3', 'small');
    const three = await carriedOut(tier(3, 'small', 'shop/web:2'));
    expect([three.least, await nodes()]).toEqual([1, ['node1', 'node2', 'node3']]);

    const image = await carriedOut(tier(3, 'small', 'shop/web:3'));
    expect(image.least).toBe(2);
    expect(image.plan.changes.find(({ kind }) => kind === 'service')!.disruption).toEqual({ kind: 'rolling', available: 2, of: 3 });

    const before = await running();
    const fewer = await carriedOut(tier(2, 'small', 'shop/web:3'));
    expect(fewer.least).toBe(2);
    const kept = (await running()).map(({ ID }) => ID);
    expect(kept).toHaveLength(2);
    expect(before.map(({ ID }) => ID)).toEqual(expect.arrayContaining(kept));
    expect(fewer.plan.hosts.surplus).toHaveLength(1);

    // A host becomes another candidate: the other one goes on, and gets a new one beside it.
    label((await nodes())[0]!, 'large');
    const [stays] = (await running()).filter(({ ID }) => kept.includes(ID));
    const moved = await carriedOut(tier(2, 'small', 'shop/web:3'));
    expect(moved.least).toBe(2);
    expect(stays).toBeDefined();
    expect(moved.plan.steps.map(({ kind, action }) => `${action} ${kind}`)).toEqual(['create label', 'update service', 'remove label', 'update service']);
  }, 240_000);
});
