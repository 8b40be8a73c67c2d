import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { serviceForms, things } from '../../../../test/swarm/forms.js';
import { denormaliseService } from '../src/normal/denormalise.js';
import { normaliseService } from '../src/normal/normalise.js';
import { configForm, denormaliseConfig, nodeResources, normaliseConfig, normaliseNetwork } from '../src/normal/others.js';
import { shellWords } from '../src/shell-words.js';

const ids = (names: readonly string[]): Map<string, string> => new Map(names.map((name) => [name, `id of ${name}`]));
const known = { networks: ids(things.networks), secrets: ids(things.secrets), configs: ids(things.configs) };
const networkNames = new Map([...known.networks].map(([name, id]) => [id, name]));

it('the spec of a normal form has that normal form', () => {
  fc.assert(
    fc.property(serviceForms, (form) => {
      expect(normaliseService(denormaliseService(form, 'web', { ...known, forceUpdate: 3 }), networkNames)).toEqual(form);
    }),
  );
});

it('what the Engine fills in, and the order of sets, make no difference', () => {
  const written = {
    Name: 'shop_web',
    TaskTemplate: {
      ContainerSpec: {
        Image: 'web:1',
        Env: ['B=2', 'A=1', 'A=3', 'C'],
        Mounts: [
          { Type: 'volume', Source: 'b', Target: '/b' },
          { Target: '/a', Source: 'a' },
        ],
      },
      Placement: { Constraints: ['node.role==worker', 'node.labels.a  !=  b', 'node.role == worker'] },
      Networks: [{ Target: 'n2', Aliases: ['web', 'a', 'web'] }, { Target: 'n1' }],
    },
  };
  const read = {
    Name: 'shop_web',
    Labels: {},
    TaskTemplate: {
      ContainerSpec: {
        Image: 'web:1',
        Env: ['A=3', 'B=2', 'C'],
        Mounts: [
          { Type: 'volume', Source: 'a', Target: '/a', ReadOnly: false },
          { Type: 'volume', Source: 'b', Target: '/b', VolumeOptions: { NoCopy: false } },
        ],
        Isolation: 'default',
        DNSConfig: {},
        Healthcheck: {},
        Privileges: { CredentialSpec: null, SELinuxContext: null },
        Init: false,
        Secrets: null,
      },
      Resources: { Limits: {}, Reservations: {} },
      RestartPolicy: { Condition: 'any', Delay: 5_000_000_000, MaxAttempts: 0 },
      Placement: { Constraints: ['node.labels.a != b', 'node.role == worker'], Platforms: [] },
      Networks: [{ Target: 'n1' }, { Target: 'n2', Aliases: ['a', 'web'] }],
      LogDriver: {},
      ForceUpdate: 7,
      Runtime: 'container',
    },
    Mode: { Replicated: { Replicas: 1 } },
    UpdateConfig: { Parallelism: 0, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' },
    EndpointSpec: { Mode: 'vip' },
  };
  const names = new Map([
    ['n1', 'shop_a'],
    ['n2', 'shop_b'],
  ]);
  expect(normaliseService(written, names)).toEqual(normaliseService(read, names));
  expect(normaliseService(read, names)).toMatchObject({ environment: { A: '3', B: '2', C: null }, networks: { shop_a: {}, shop_b: { aliases: ['a', 'web'] } } });
  expect(normaliseService(read, names)).not.toHaveProperty('engine');
});

it('nothing that somebody changes by hand is lost', () => {
  const changed = { TaskTemplate: { ContainerSpec: { Image: 'web:1', Hostname: 'h', Sysctls: { a: '1' } }, LogDriver: { Name: 'syslog' } }, Mode: { Global: {} } };
  expect(normaliseService(changed, new Map())).toMatchObject({
    mode: 'global',
    engine: { TaskTemplate: { ContainerSpec: { Hostname: 'h', Sysctls: { a: '1' } }, LogDriver: { Name: 'syslog' } } },
  });
});

it('configs are text where they can be, networks without addresses, and labels of nodes those of the application', () => {
  const binary = Buffer.from([0xff, 0xfe, 0]);
  for (const content of [Buffer.from('ünï\n'), binary]) expect(normaliseConfig(denormaliseConfig(configForm(content, { a: '' }), 'c'))).toEqual(configForm(content, { a: '' }));
  expect(configForm(Buffer.from('ünï\n'), {})).toEqual({ text: 'ünï\n', labels: {} });
  expect(configForm(binary, {})).toEqual({ base64: '//4A', labels: {} });

  const network = { Driver: 'overlay', IPAM: { Config: [{ Subnet: '10.0.1.0/24' }] }, Options: { 'com.docker.network.driver.overlay.vxlanid_list': '4097' }, Labels: { a: 'b' } };
  expect(normaliseNetwork(network)).toEqual({ driver: 'overlay' });

  const node = { id: 'n', name: 'one', labels: { 'camelc.candidate': 'small', 'camelc.shop': 'Web', 'camelc.shop.web': 'true', 'camelc.shopping': 'x', zone: 'a' } };
  expect(nodeResources('shop', node).map(({ key }) => key)).toEqual(['candidate/n', 'label/n/camelc.shop=Web', 'label/n/camelc.shop.web=true']);
  expect(nodeResources('shop', node).map(({ name }) => name)).toEqual(['one', 'one camelc.shop=Web', 'one camelc.shop.web=true']);
});

it('a line is split into words as a shell does', () => {
  expect(shellWords(' serve  --port 8080 ')).toEqual(['serve', '--port', '8080']);
  expect(shellWords(`-c 'echo "hi"; exit' "a \\"b\\" \\n"c d\\ e ""`)).toEqual(['-c', 'echo "hi"; exit', 'a "b" \\nc', 'd e', '']);
  expect(shellWords("it's")).toEqual(["it's"]);
});
