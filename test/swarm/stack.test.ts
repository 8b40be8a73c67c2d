/** What the swarm target writes and checks, held against a real swarm. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { renderSwarm, type Stack } from '@camelc/target-swarm';
import { hostGroup, shop, variable } from '../../packages/targets/swarm/test/fixtures.js';
import { accepted, misleading, refused } from '../../packages/targets/swarm/test/stacks.js';
import { makeImage } from './images.js';
import { busybox, missing, runningTasks, startRig, type Rig } from './rig.js';

describe.skipIf(missing.length > 0)(`a stack on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'camelc-stack-'));
  const file = join(work, 'stack.yml');
  let rig: Rig;
  const deploy = (text: string, name: string): string => {
    writeFileSync(file, text);
    return rig.onManager('docker', 'stack', 'deploy', '--resolve-image', 'never', '--compose-file', file, name);
  };

  beforeAll(async () => {
    rig = await startRig(3);
    for (const name of ['a', 'b', 'shop_DB_PASSWORD']) rig.onManager('sh', '-c', `printf 'the secret' | docker secret create ${name} -`);
    for (const name of ['a', 'b']) rig.onManager('sh', '-c', `printf x | docker config create ${name} -`);
  });

  afterAll(async () => {
    await rig?.stop();
    rmSync(work, { recursive: true, force: true });
  });

  it('finds several providers, its secret, its volumes, and texts with dollar signs', async () => {
    makeImage(join(work, 'web'), busybox!, { 'www/cgi-bin/index.cgi': `printf 'Content-Type: text/plain\\r\\n\\r\\n%s|' "$PRICE"\nnc "$PUBLIC_Db" 5432 </dev/null` });
    rig.importImage('shop/web:1', join(work, 'web'), ['httpd', '-f', '-p', '8080', '-h', '/www']);
    const answer = 'cat "$PASSWORD_FILE"\ntest -d /rows && printf "|rows"\n(echo x >/etc/db/x) 2>/dev/null || printf "|read-only"';
    makeImage(join(work, 'database'), busybox!, { 'bin/answer': answer });
    rig.importImage('shop/database:1', join(work, 'database'), ['nc', '-ll', '-p', '5432', '-e', '/bin/answer']);
    // Without IPVS in the kernel there are neither ingress ports nor virtual addresses.
    const small = { endpointMode: 'dnsrr', resources: { cores: 0.1, memory: 64 } } as const;
    const ports = [{ name: 'Http', target: 8080, published: 8080, mode: 'host' as const, why: '', from: [] }];
    const healthCheck = { test: ['CMD-SHELL', 'nc localhost 8080 </dev/null'], interval: 0.5, timeout: 2, retries: 3, startPeriod: 60 };
    const deployment = shop(
      { ...small, replicas: 1, ports, healthCheck, environment: [variable('PUBLIC_Db', 'tasks.database'), variable('PRICE', '$5 ${TAG}')] },
      { ...small, replicas: 2 },
      { hostGroups: [hostGroup('Web'), hostGroup('Database', { number: 2 })] },
    );

    // Swarm does not tell upper from lower case in labels, nor may names of host groups rely on it.
    rig.onManager('docker', 'node', 'update', '--label-add', 'camelc.shop=web', 'node1');
    for (const node of ['node2', 'node3']) rig.onManager('docker', 'node', 'update', '--label-add', 'camelc.shop=Database', node);
    deploy(renderSwarm(deployment).files[0]!.text, 'shop');
    const tasks = await runningTasks(rig, 'shop', 3);
    expect(tasks.map(({ service, node }) => `${service} ${node}`).sort()).toEqual(['shop_database node2', 'shop_database node3', 'shop_web node1']);
    expect(rig.get('node1', 8080)).toBe('$5 ${TAG}|the secret|rows|read-only');
    rig.onManager('docker', 'stack', 'rm', 'shop');
  });

  /** Deploys and removes again; a name of its own each time, for networks go late. */
  const attempt = (stack: Stack, name: string): void => {
    try {
      deploy(stringify(stack), name);
    } finally {
      rig.onManager('docker', 'stack', 'rm', name);
    }
  };

  it.each(refused.map(([what, , stack, name], index) => [what, stack, name ?? `shop${index}`] as const))('is refused by the manager as by our check: %s', (_, stack, name) => {
    expect(() => attempt(stack, name)).toThrow();
  });

  it.each([...accepted, ...misleading.map(([what, , stack]) => [what, stack] as const)].map(([what, stack], index) => [what, stack, `trade${index}`] as const))(
    'is accepted by the manager: %s',
    (_, stack, name) => {
      attempt(stack, name);
    },
  );
});
