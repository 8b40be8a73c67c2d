/** The law of normal forms, on a real engine: what is made of a normal form and read back has that normal form. */
import Docker from 'dockerode';
import * as fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import { canonicalJson } from '@camelc/plan';
import { renderSwarm } from '@camelc/target-swarm';
import { lower } from '../../packages/targets/swarm/src/lower.js';
import { denormaliseService } from '../../packages/targets/swarm/src/normal/denormalise.js';
import { normaliseService } from '../../packages/targets/swarm/src/normal/normalise.js';
import {
  configForm,
  denormaliseConfig,
  denormaliseNetwork,
  denormaliseSecret,
  normaliseConfig,
  normaliseNetwork,
  normaliseSecret,
  type NetworkForm,
} from '../../packages/targets/swarm/src/normal/others.js';
import type { ServiceForm } from '../../packages/targets/swarm/src/normal/service-form.js';
import { shop, variable } from '../../packages/targets/swarm/test/fixtures.js';
import { host, inputs, state } from '../../packages/targets/swarm/test/states.js';
import { seed } from '../semantics/property.js';
import { folderWith } from '../folders.js';
import { serviceForms, things } from './forms.js';
import { missing, startRig, type Rig } from './rig.js';

describe.skipIf(missing.length > 0)(`normal forms on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  let rig: Rig;
  let docker: Docker;
  const ids = { networks: new Map<string, string>(), secrets: new Map<string, string>(), configs: new Map<string, string>() };
  const networkNames = async (): Promise<Map<string, string>> => new Map((await docker.listNetworks()).map(({ Id, Name }) => [Id, Name]));

  beforeAll(async () => {
    rig = await startRig(1);
    docker = new Docker({ socketPath: rig.hostOf('node1').replace('unix://', '') });
    const Data = Buffer.from('x').toString('base64');
    for (const Name of things.networks) ids.networks.set(Name, (await docker.createNetwork({ Name, Driver: 'overlay' })).id);
    for (const Name of things.secrets) ids.secrets.set(Name, (await docker.createSecret({ Name, Data })).id);
    for (const Name of things.configs) ids.configs.set(Name, (await docker.createConfig({ Name, Data })).id);
  });

  afterAll(async () => {
    await rig?.stop();
  });

  let number = 0;
  /** Makes a service of the form, gives its spec and version, and removes it when that has been looked at. */
  async function made(form: ServiceForm, look: (service: Docker.Service, name: string) => Promise<void>): Promise<void> {
    const name = `s${number++}`;
    const service = docker.getService((await docker.createService(denormaliseService(form, name, ids) as Docker.ServiceSpec)).id);
    await look(service, name).finally(async () => service.remove());
  }
  const read = async (service: Docker.Service): Promise<{ Spec: object; Version: { Index: number } }> => (await service.inspect()) as { Spec: object; Version: { Index: number } };

  it('holds for services that are made', async () => {
    const names = await networkNames();
    const law = async (form: ServiceForm): Promise<void> =>
      made(form, async (service) => expect(canonicalJson(normaliseService((await read(service)).Spec, names))).toBe(canonicalJson(form)));
    console.log(`seed ${seed}`);
    await fc.assert(fc.asyncProperty(serviceForms, law), { numRuns: 200, seed });
  });

  it('holds for services that are changed', async () => {
    const names = await networkNames();
    // Without tasks, as managers of version 20 may crash when a service is removed while tasks are replaced.
    const still = serviceForms.map((form) => (form.mode === 'replicated' ? { ...form, replicas: 0 } : form));
    const law = async (form: ServiceForm, next: ServiceForm): Promise<void> =>
      made(form, async (service, name) => {
        // The swarm itself goes on with a new service, such as giving it an address, and counts that as a version.
        await vi.waitFor(async () => service.update({ ...denormaliseService(next, name, ids), version: (await read(service)).Version.Index }));
        expect(canonicalJson(normaliseService((await read(service)).Spec, names))).toBe(canonicalJson(next));
      });
    const changes = fc.tuple(still, still).filter(([{ mode }, next]) => mode === next.mode && !mode.endsWith('job'));
    await fc.assert(
      fc.asyncProperty(changes, async ([form, next]) => law(form, next)),
      { numRuns: 100, seed },
    );
  });

  it('holds for networks, configs and secrets', async () => {
    const networks: NetworkForm[] = [
      { driver: 'overlay' },
      { driver: 'overlay', attachable: true, options: { encrypted: '' } },
      { driver: 'overlay', internal: true, options: { 'com.docker.network.driver.mtu': '1400' } },
    ];
    for (const [index, form] of networks.entries()) {
      const { id } = await docker.createNetwork(denormaliseNetwork(form, `n${index}`, { a: 'b' }));
      // Only with its addresses it has its options.
      await expect.poll(async () => normaliseNetwork(await docker.getNetwork(id).inspect())).toEqual(form);
    }
    const contents = [Buffer.from('listen 80;\n'), Buffer.from([0xff, 0, 0x80]), Buffer.from('ünï\0'), Buffer.from('x'.repeat(500_000))];
    for (const [index, content] of contents.entries()) {
      const config = configForm(content, { 'camelc.config': 'ü', b: '' });
      const { id } = await docker.createConfig(denormaliseConfig(config, `c${index}`));
      expect(normaliseConfig((await docker.getConfig(id).inspect()).Spec!)).toEqual(config);
      const secret = { labels: { 'camelc.secret': 'A', b: '' } };
      const made = await docker.createSecret(denormaliseSecret(secret, `p${index}`, content.toString('base64')));
      expect(normaliseSecret((await docker.getSecret(made.id).inspect()).Spec!)).toEqual(secret);
    }
  });

  it('makes what `docker stack deploy` makes of the files of the same deployment', async () => {
    const content = 'listen 80;\n';
    const config = { name: 'web.conf', file: 'web.conf', content, encoding: 'utf8' as const, hash: '5f'.repeat(32), why: '', from: [] };
    const some: Deployment = shop(
      {
        command: `serve --title "a b" 'c d' \\"`,
        environment: [variable('PUBLIC_Db', 'database'), variable('PRICE', '$5 ${TAG} "x"')],
        configs: [{ config: 'web.conf', path: '/etc/web.conf', why: '', from: [] }],
        ports: [{ name: 'Http', target: 80, published: 8080, mode: 'host', why: '', from: [] }],
        endpointMode: 'dnsrr',
      },
      {},
      { configs: [config] },
    );
    const shared = shop(
      {
        placement: [
          { hostGroup: 'Web', perHost: 2 },
          { hostGroup: 'Database', perHost: 1 },
        ],
        replicas: 5,
        ports: [],
      },
      { everywhere: true, networks: [] },
      { placement: 'shared', id: 'shared' },
    );
    const three = state(['1', '2', '3'].map((id) => host(id, { size: { cores: 8, memory: 16000 } })));
    for (const deployment of [some, shared]) {
      const { id } = deployment;
      rig.onManager('sh', '-c', `printf x | docker secret create ${id}_DB_PASSWORD -`);
      for (const { path, text } of renderSwarm(deployment).files) {
        mkdirSync(dirname(join(work, id, path)), { recursive: true });
        writeFileSync(join(work, id, path), text);
      }
      rig.onManager('docker', 'stack', 'deploy', '--resolve-image', 'never', '--compose-file', join(work, id, 'stack.yml'), id);
      const names = await networkNames();
      const made = (await docker.listServices()).filter(({ Spec }) => Spec!.Name!.startsWith(`${id}_`));
      const forms = Object.fromEntries(made.map(({ Spec }) => [`service/${Spec!.Name!.slice(id.length + 1)}`, normaliseService(Spec!, names)]));
      const { wanted } = lower(deployment, three, inputs());
      const lowered = wanted!.revision.resources.filter(({ kind }) => kind === 'service').map(({ key, spec }) => [key, spec]);
      // An apply tells secrets apart by their fingerprints, and says where the login of a registry is.
      const plain = JSON.parse(JSON.stringify(Object.fromEntries(lowered)).replaceAll(`_DB_PASSWORD-0123456789ab`, '_DB_PASSWORD')) as Record<string, ServiceForm>;
      expect(forms).toEqual(plain);
      const networks = wanted!.revision.resources.filter(({ kind }) => kind === 'network');
      for (const { key, spec } of networks) expect(normaliseNetwork(await docker.getNetwork(`${id}_${key.slice('network/'.length)}`).inspect())).toEqual(spec);
      rig.onManager('docker', 'stack', 'rm', id);
    }
  });
});
