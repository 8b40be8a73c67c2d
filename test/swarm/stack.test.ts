/** What the swarm target writes and checks, held against a real swarm. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { buildDeployment, type Deployment } from '@camelc/deployment';
import { writeFolder } from '@camelc/project';
import { renderSwarm, type Hosts, type Stack } from '@camelc/target-swarm';
import { application, atLeast, candidates, communication, component, container, noConfigs, placed, port } from '../../packages/deployment/test/fixtures.js';
import { hostGroup, shop, variable } from '../../packages/targets/swarm/test/fixtures.js';
import { accepted, misleading, refused } from '../../packages/targets/swarm/test/stacks.js';
import { folderWith } from '../folders.js';
import { makeImage } from './images.js';
import { busybox, missing, runningTasks, startRig, type Rig } from './rig.js';

describe.skipIf(missing.length > 0)(`a stack on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
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
  });

  it('finds several providers, its secret, its volumes, its configuration as it is now, and texts with dollar signs', async () => {
    makeImage(join(work, 'web'), busybox!, { 'www/cgi-bin/index.cgi': `printf 'Content-Type: text/plain\\r\\n\\r\\n%s|' "$PRICE"\nnc "$PUBLIC_Db" 5432 </dev/null` });
    rig.importImage('shop/web:1', join(work, 'web'), ['httpd', '-f', '-p', '8080', '-h', '/www']);
    const answer = 'cat "$PASSWORD_FILE"\ntest -d /rows && printf "|rows"\n(echo x >/etc/db/x) 2>/dev/null || printf "|read-only"\ncat /etc/shop.conf';
    makeImage(join(work, 'database'), busybox!, { 'bin/answer': answer });
    rig.importImage('shop/database:1', join(work, 'database'), ['nc', '-ll', '-p', '5432', '-e', '/bin/answer']);
    // Without IPVS in the kernel there are neither ingress ports nor virtual addresses.
    const small = { endpointMode: 'dnsrr', resources: { cores: 0.1, memory: 64 } } as const;
    const ports = [{ name: 'Http', target: 8080, published: 8080, mode: 'host' as const, why: '', from: [] }];
    const healthCheck = { test: ['CMD-SHELL', 'nc localhost 8080 </dev/null'], interval: 0.5, timeout: 2, retries: 3, startPeriod: 60 };
    const configs = [{ config: 'shop.conf', path: '/etc/shop.conf', why: '', from: [] }];
    const deploymentWith = (content: string): Deployment =>
      shop(
        { ...small, replicas: 1, ports, healthCheck, environment: [variable('PUBLIC_Db', 'tasks.database'), variable('PRICE', '$5 ${TAG}')] },
        { ...small, replicas: 2, configs },
        {
          hostGroups: [hostGroup('Web'), hostGroup('Database', { number: 2 })],
          configs: [{ name: 'shop.conf', file: 'shop.conf', content, encoding: 'utf8', hash: createHash('sha256').update(content).digest('hex'), why: '', from: [] }],
        },
      );
    const deployFolder = (deployment: Deployment): void => {
      writeFolder(join(work, 'shop'), renderSwarm(deployment).files);
      rig.onManager('docker', 'stack', 'deploy', '--resolve-image', 'never', '--compose-file', join(work, 'shop/stack.yml'), 'shop');
    };

    // Swarm does not tell upper from lower case in labels, nor may names of host groups rely on it.
    rig.onManager('docker', 'node', 'update', '--label-add', 'camelc.shop=web', 'node1');
    for (const node of ['node2', 'node3']) rig.onManager('docker', 'node', 'update', '--label-add', 'camelc.shop=Database', node);
    deployFolder(deploymentWith('|costs $5'));
    const tasks = await runningTasks(rig, 'shop', 3);
    expect(tasks.map(({ service, node }) => `${service} ${node}`).sort()).toEqual(['shop_database node2', 'shop_database node3', 'shop_web node1']);
    expect(rig.get('node1', 8080)).toBe('$5 ${TAG}|the secret|rows|read-only|costs $5');
    deployFolder(deploymentWith('|costs $6'));
    await vi.waitFor(() => expect(rig.get('node1', 8080)).toBe('$5 ${TAG}|the secret|rows|read-only|costs $6'), { timeout: 60_000, interval: 500 });
    rig.onManager('docker', 'stack', 'rm', 'shop');
  });

  it('places a shared deployment as the solution does, more replicas on one host than on another, all under one name', async () => {
    makeImage(join(work, 'asked'), busybox!, { 'bin/answer': 'printf up' });
    rig.importImage('fleet/web:1', join(work, 'asked'), ['nc', '-ll', '-p', '8080', '-e', '/bin/answer']);
    rig.importImage('fleet/exporter:1', join(work, 'asked'), ['nc', '-ll', '-p', '8080', '-e', '/bin/answer']);
    makeImage(join(work, 'asking'), busybox!, { 'www/cgi-bin/index.cgi': `printf 'Content-Type: text/plain\\r\\n\\r\\n'\nbusybox nslookup -type=a $PUBLIC_Ask 127.0.0.11` });
    rig.importImage('fleet/client:1', join(work, 'asking'), ['httpd', '-f', '-p', '8081', '-h', '/www']);

    const requirements = [atLeast('cores', 0.05), atLeast('memory', 32)];
    const fleet = application(
      [
        component('Web', { requirements, coInstanceHosting: true, providedPorts: [port('Answer', 8080)], configuration: container('fleet/web:1') }),
        component('Client', { requirements, requiredPorts: [port('Ask', 8080)], providedPorts: [port('Http', 8081)], configuration: container('fleet/client:1') }),
        component('Other', { requirements, configuration: container('fleet/web:1') }),
        component('Exporter', { requirements, everywhere: true, configuration: container('fleet/exporter:1') }),
      ],
      [communication('ClientToWeb', 'Client.Ask', 'Web.Answer')],
      { name: 'Fleet', placement: 'shared' },
    );
    const solution = placed(fleet, ['Web', 'Web', 'Web', 'Exporter'], ['Web', 'Client', 'Exporter'], ['Other', 'Exporter']);
    const { deployment } = buildDeployment(fleet, solution, candidates, { variables: {}, readConfig: noConfigs, publishMode: 'host', endpointMode: 'dnsrr' });
    const [stack, hosts] = renderSwarm(deployment!).files.map(({ text }) => text) as [string, string];
    // The group with the fewest replicas of Web gets the node that a swarm would fill first.
    const nodes: Record<string, string> = { Web: 'node3', 'Web-Client': 'node1', Other: 'node2' };
    for (const { group, command } of (JSON.parse(hosts) as Hosts).hosts) rig.onManager('sh', '-c', command.replace(/NODE$/, nodes[group]!));
    deploy(stack, 'fleet');

    const tasks = await runningTasks(rig, 'fleet', 9);
    expect(tasks.map(({ service, node }) => `${service.replace(/^fleet_|-\d$/g, '')} ${node}`).sort()).toEqual([
      'client node1',
      'exporter node1',
      'exporter node2',
      'exporter node3',
      'other node2',
      'web node1',
      ...Array<string>(3).fill('web node3'),
    ]);
    const addresses = rig.get('node1', 8081).match(/^Address: *\d+\.\d+\.\d+\.\d+$/gm);
    expect(new Set(addresses).size).toBe(4);
    rig.onManager('docker', 'stack', 'rm', 'fleet');
  });

  /** Deploys and removes again; a name of its own each time, for networks go late. */
  const attempt = async (stack: Stack, name: string): Promise<void> => {
    try {
      deploy(stringify(stack), name);
    } finally {
      // A network goes only when the tasks that use it have gone.
      await vi.waitFor(() => rig.onManager('docker', 'stack', 'rm', name), { timeout: 20_000, interval: 500 });
    }
  };

  it.each(refused.map(([what, , stack, name], index) => [what, stack, name ?? `shop${index}`] as const))(
    'is refused by the manager as by our check: %s',
    async (_, stack, name) => {
      await expect(attempt(stack, name)).rejects.toThrow();
    },
  );

  it.each([...accepted, ...misleading.map(([what, , stack]) => [what, stack] as const)].map(([what, stack], index) => [what, stack, `trade${index}`] as const))(
    'is accepted by the manager: %s',
    (_, stack, name) => attempt(stack, name),
  );
});
