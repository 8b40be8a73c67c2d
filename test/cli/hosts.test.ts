/** The tables of a solution where hosts carry several components. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { NodeCandidate } from '@camelc/candidates';
import type { Solution } from '@camelc/solver';
import { hostsTable, instancesTable } from '../../packages/cli/src/report/hosts.js';
import { displayWidth } from '@camelc/project';
import { reasonTexts } from '@camelc/project/solving';
import { camelc } from './camelc.js';
import { folderWith } from '../folders.js';

const machine = (id: string, price: number, more: Partial<NodeCandidate> = {}): [string, NodeCandidate] => [
  id,
  {
    id,
    type: 'IAAS',
    hardware: id,
    cloud: { id: 'c', provider: 'own', type: 'public' },
    cores: 2,
    memory: 4096,
    price,
    location: { id: 'x', city: 'Lyon', country: 'FR' },
    ...more,
  },
];
const machines = new Map([machine('small', 0.01), machine('large', 0.04, { cores: 8, memory: 32768, location: undefined })]);

const solution: Solution = {
  formatVersion: 1,
  status: 'optimal',
  currency: 'EUR',
  cost: 0.06,
  values: {},
  components: [
    { name: 'Web', cardinality: 5 },
    { name: 'Database', cardinality: 1 },
    { name: 'Exporter', cardinality: 3 },
    { name: 'Optional', cardinality: 0 },
  ],
  hosts: [
    { candidate: 'small', number: 2, components: ['Web', 'Web', 'Exporter'] },
    { candidate: 'large', number: 1, components: ['Web', 'Database', 'Exporter'] },
  ],
};

describe('shared placement', () => {
  it('shows how many there are of each component, and on which machines', () => {
    expect(instancesTable(solution, machines).split('\n')).toEqual([
      'component   instances   candidate',
      'Web                 5   own small, own large',
      'Database            1   own large',
      'Exporter            3   own small, own large',
      'Optional            0   -',
    ]);
  });

  it('shows the hosts with what each of them carries, and what they cost', () => {
    expect(hostsTable(solution, machines, '€', Infinity).split('\n')).toEqual([
      'hosts   candidate                   where         €/h   each carries',
      '    2   own small   2 cpu    4 GB   Lyon, FR   0.0200   2 Web, Exporter',
      '    1   own large   8 cpu   32 GB              0.0400   Web, Database, Exporter',
      '                                               ──────',
      '                                               0.0600',
    ]);
  });

  it('breaks a long list of components between them, and leaves out where, then the size, on a narrow terminal', () => {
    const names = ['Traefik', 'Portainer', 'Registry', 'Prometheus', 'Grafana', 'Elasticsearch', 'Kibana', 'Gitea', 'Gitea'];
    const long: Solution = { ...solution, hosts: [{ candidate: 'small', number: 1, components: names }] };
    const lines = (width: number): string[] => hostsTable(long, machines, '€', width).split('\n');
    expect(lines(100).slice(0, 3)).toEqual([
      'hosts   candidate                  where         €/h   each carries',
      '    1   own small   2 cpu   4 GB   Lyon, FR   0.0100   Traefik, Portainer, Registry, Prometheus,',
      '                                                       Grafana, Elasticsearch, Kibana, 2 Gitea',
    ]);
    expect(lines(70)[0]).not.toContain('where');
    expect(lines(60)[1]).not.toContain('cpu');
    for (const width of [100, 70, 60]) {
      for (const line of lines(width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines(width).join(' ').replace(/\s+/g, ' ')).toContain('2 Gitea');
    }
  });
});

describe('the reasons', () => {
  const texts = (changes: Partial<Solution>, more: object = {}): string[] =>
    reasonTexts({ solution: { ...solution, ...changes }, candidatesById: machines, list: { currency: 'EUR' }, fits: [], problem: { components: [] }, ...more } as never).map(
      (r) => r.text,
    );

  it('name hosts of their own, and shared ones', () => {
    const of = (number: number, ...components: string[]): Solution['hosts'][number] => ({ candidate: 'small', number, components, reasons: {} });
    const starts = texts({ components: [], hosts: [of(1, 'Web'), of(3, 'Web'), of(1, 'Web', 'Web'), of(2, 'Web', 'Exporter')] }).map((t) => t.split(':')[0]);
    expect(starts).toEqual(['Web is on small', 'Web is on each of 3 hosts of small', '2 of Web share a host on small', 'Web and Exporter share each of 2 hosts on small']);
  });

  it('say that what cannot be moved stays, whatever else fits', () => {
    const dedicated = { components: [{ name: 'Db', cardinality: 1, candidate: 'small' }], hosts: [] };
    const given = { fits: [{ component: { name: 'Db', requirements: [] }, fit: { fits: [...machines.values()] } }] };
    expect(texts(dedicated, { ...given, problem: { components: [{ name: 'Db', unmoveable: true }] } })).toEqual([
      'Db is on small: it asks for nothing in particular; it stays on the candidate that it runs on.',
    ]);
    expect(texts(dedicated, { ...given, problem: { components: [{ name: 'Db', unmoveable: false }] } })[0]).toContain('the other that fits would break');
  });
});

it('components that a coupling joins in dedicated placement are one group of hosts, paid once', () => {
  const memory = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory.totalMemoryHasMin';
  const model = `camel model Pair {
    deployment model D {
      software Web { requirements R container configuration C { image 'example.com/web:1' } }
      software Proxy { requirements R container configuration C { image 'example.com/proxy:1' } }
      coupling Together { type same-host software [Web, Proxy] }
      requirements R { resource Q.Size horizontal scale Q.Two }
    }
    requirement model Q {
      horizontal scale requirement Two [2, 2]
      resource requirement Size { attribute minMemory [${memory}] : int 2500 UnitTemplateCamelModel.UnitTemplateModel.MegaBytes }
    }
  }`;
  const list = JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [...machines.values()] });
  const cwd = folderWith({ 'pair.camel': model, 'machines.json': list });
  const { stdout, stderr, status } = camelc(['compile', 'pair.camel', '--candidates', 'machines.json', '--out', 'deploy'], { cwd });
  expect(status, stderr).toBe(0);
  // Two of 2500 MegaBytes need a machine of more than 4 GB.
  expect(stdout).toMatch(/ {4}2 +own large .* 0\.0800 +Web, Proxy\n/);
  const { cost, hosts } = JSON.parse(readFileSync(join(cwd, 'deploy/hosts.json'), 'utf8'));
  expect(cost).toBeCloseTo(0.08);
  expect(hosts).toMatchObject([{ group: 'Web-Proxy', number: 2, components: ['Web', 'Proxy'], labels: { 'camelc.pair': 'Web-Proxy' } }]);
  const { services } = parse(readFileSync(join(cwd, 'deploy/stack.yml'), 'utf8'));
  for (const name of ['web', 'proxy'])
    expect(services[name].deploy).toMatchObject({
      replicas: 2,
      placement: { constraints: ['node.labels.camelc.pair == Web-Proxy'], max_replicas_per_node: 1 },
      resources: { reservations: { memory: '2500M' } },
    });
});
