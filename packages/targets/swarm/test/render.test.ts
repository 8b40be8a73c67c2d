import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Deployment, Service } from '@camelc/deployment';
import { renderSwarm, type Stack } from '../src/index.js';
import { hostGroup, service, shop, variable } from './fixtures.js';

const render = (deployment: Deployment) => {
  const { files, diagnostics } = renderSwarm(deployment);
  expect(files.slice(0, 2).map(({ path }) => path)).toEqual(['stack.yml', 'hosts.json']);
  const [stack, hosts] = files.map(({ text }) => text) as [string, string];
  return { files, text: stack, stack: parse(stack) as Stack, hosts: JSON.parse(hosts), diagnostics };
};

describe('stack.yml', () => {
  it('holds the deployment', () => {
    const { stack, diagnostics } = render(shop());
    expect(diagnostics).toEqual([]);
    expect(stack).toEqual({
      version: '3.8',
      services: {
        web: {
          image: 'shop/web:1',
          environment: { PUBLIC_Db: 'database' },
          networks: ['webtodatabase'],
          ports: [{ target: 8080, published: 8080, protocol: 'tcp', mode: 'ingress' }],
          healthcheck: { test: ['CMD-SHELL', 'nc -z localhost 8080'], interval: '500ms', timeout: '2s', retries: 3, start_period: '60s' },
          deploy: expect.objectContaining({
            mode: 'replicated',
            replicas: 2,
            endpoint_mode: 'vip',
            labels: { 'camelc.application': 'Shop', 'camelc.component': 'Web' },
            placement: { constraints: ['node.labels.camelc.shop == Web'], max_replicas_per_node: 1 },
            resources: { reservations: { cpus: '1', memory: '512M' } },
            restart_policy: { condition: 'any', delay: '5s' },
          }),
        },
        database: expect.objectContaining({
          secrets: [{ source: 'DB_PASSWORD', target: '/run/secrets/PASSWORD' }],
          volumes: [
            { type: 'volume', source: 'database-rows', target: '/rows' },
            { type: 'volume', source: 'database-etc', target: '/etc/db', read_only: true },
          ],
        }),
      },
      networks: { webtodatabase: { driver: 'overlay', attachable: false } },
      volumes: { 'database-rows': {}, 'database-etc': {} },
      secrets: { DB_PASSWORD: { external: true, name: 'shop_DB_PASSWORD' } },
    });
    expect(stack.services['database']).not.toHaveProperty('ports');
  });

  it('gives each configuration a name by its content, and its file beside the stack', () => {
    const hash = '0123456789abcdef'.repeat(4);
    const configs = [
      { name: 'haproxy.cfg', file: 'haproxy.cfg', content: 'bind $PORT', encoding: 'utf8' as const, hash, why: 'Web asks for haproxy.cfg at /etc/haproxy.cfg', from: [] },
      { name: 'logo.png', file: 'img/logo.png', content: 'iVBORw==', encoding: 'base64' as const, hash, why: 'wanted', from: [] },
    ];
    const { files, stack, text, diagnostics } = render(shop({ configs: [{ config: 'haproxy.cfg', path: '/etc/haproxy.cfg', why: '', from: [] }] }, {}, { configs }));
    expect(diagnostics).toEqual([]);
    expect(stack.services['web']!.configs).toEqual([{ source: 'haproxy.cfg', target: '/etc/haproxy.cfg' }]);
    expect(stack.configs).toEqual({
      'haproxy.cfg': { file: './configs/haproxy.cfg', name: 'shop_haproxy.cfg-0123456789ab' },
      'logo.png': { file: './configs/logo.png', name: 'shop_logo.png-0123456789ab' },
    });
    expect(files.slice(2)).toEqual([
      { path: 'configs/haproxy.cfg', text: 'bind $PORT', encoding: 'utf8' },
      { path: 'configs/logo.png', text: 'iVBORw==', encoding: 'base64' },
    ]);
    expect(text).toContain('  # Web asks for haproxy.cfg at /etc/haproxy.cfg\n  haproxy.cfg:\n');
  });

  it('says how each service is updated and rolled back: one replica after the other', () => {
    for (const { deploy } of Object.values(render(shop()).stack.services)) {
      const update = { parallelism: 1, delay: '0s', monitor: '5s', max_failure_ratio: 0, order: 'stop-first' };
      expect(deploy).toMatchObject({ update_config: { ...update, failure_action: 'rollback' }, rollback_config: { ...update, failure_action: 'pause' } });
    }
  });

  it('starts first only where there is room for one more', () => {
    const order = (web: Parameters<typeof shop>[0], number: number) =>
      render(shop(web, {}, { hostGroups: [hostGroup('Web', { number }), hostGroup('Database')] })).stack.services['web']!.deploy!.update_config!.order;
    const host = { ports: [{ name: 'Http', target: 80, published: 80, mode: 'host' as const, why: '', from: [] }] };
    expect(order({}, 2)).toBe('stop-first');
    expect(order({}, 3)).toBe('start-first');
    expect(order({ placement: [{ hostGroup: 'Web', perHost: 2 }] }, 2)).toBe('start-first');
    expect(order(host, 3)).toBe('stop-first');
    expect(order({ volumes: [{ volume: 'database-rows', path: '/x', readOnly: false }] }, 3)).toBe('stop-first');
  });

  it('reserves no less than a swarm accepts', () => {
    const { stack, diagnostics } = render(shop({ resources: { cores: 0.0001, memory: 1 } }, { resources: {} }));
    expect(stack.services['web']!.deploy!.resources).toEqual({ reservations: { cpus: '0.001', memory: '4M' } });
    expect(stack.services['database']!.deploy).not.toHaveProperty('resources');
    expect(diagnostics).toEqual([]);
  });

  it('says what it is, what comes first, and why each item is there', () => {
    expect(render(shop()).text.split('\n').slice(0, 14)).toEqual([
      '# Docker stack of Shop 1.0, generated by camelc: change the model, not this file.',
      '# Before the first deployment, lease and label the hosts as hosts.json says.',
      '# Provide the credentials:',
      '#   printf %s "$DOCKER_PASSWORD" | docker login --username "$DOCKER_USER" --password-stdin registry.example.com:443',
      '#   printf %s "$DB_PASSWORD" | docker secret create shop_DB_PASSWORD -',
      '# Then, and after each change:',
      '#   docker stack deploy --with-registry-auth --compose-file stack.yml shop',
      '',
      'version: "3.8"',
      'services:',
      '  # the solution has 1 of component Web',
      '  web:',
      '    image: shop/web:1',
      '    environment:',
    ]);
  });

  it('keeps a service without communications out of the networks of others', () => {
    const { stack } = render(shop({ networks: [] }, { networks: [] }, { networks: [] }));
    expect(stack).not.toHaveProperty('networks');
    expect(stack.services['web']).not.toHaveProperty('networks');
  });

  it('shows what a swarm would refuse', () => {
    expect(render(shop({ image: 'Shop:' })).diagnostics).toMatchObject([{ code: 'swarm/image' }]);
    expect(render(shop({}, {}, { secrets: [{ name: `${'LONG_'.repeat(12)}PASSWORD`, why: '', from: [] }] })).diagnostics.map(({ code }) => code)).toContain('swarm/name');
  });

  it('protects dollar signs from interpolation', () => {
    const { text, diagnostics } = render(shop({ command: 'sh -c "echo $HOME"', environment: [variable('PRICE', '$5 ${TAG}')] }));
    expect(diagnostics).toEqual([]);
    expect(text).toContain('echo $$HOME');
    expect(text).toContain('$$5 $${TAG}');
  });

  it('is the same, byte for byte, each time', () => {
    expect(renderSwarm(shop())).toEqual(renderSwarm(structuredClone(shop())));
  });
});

describe('hosts.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../schema/hosts.schema.json', import.meta.url), 'utf8'));

  it('says what to lease and how to label it', () => {
    const { hosts } = render(shop());
    expect(hosts).toMatchObject({ formatVersion: 1, application: 'Shop', stack: 'shop', currency: 'EUR', cost: 0.3 });
    expect(hosts.hosts[0]).toEqual({
      group: 'Web',
      number: 2,
      components: ['Web'],
      candidate: 'small',
      hardware: 'm.small',
      provider: 'example',
      location: { id: 'eu-1', city: 'Lyon', country: 'FR' },
      cores: 2,
      memory: 4096,
      price: 0.1,
      labels: { 'camelc.shop': 'Web', 'camelc.candidate': 'small' },
      command: 'docker node update --label-add camelc.shop=Web --label-add camelc.candidate=small NODE',
      why: 'the solution puts Web on 1 of m.small (small)',
    });
  });

  it('quotes what a shell would take apart', () => {
    expect(render(shop()).hosts.hosts[1].command).toBe(`docker node update --label-add camelc.shop=Database --label-add 'camelc.candidate=eu west'\\''s' NODE`);
  });

  it('keeps its schema', () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    expect(validate(render(shop()).hosts), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...render(shop()).hosts, cost: '0.3' })).toBe(false);
  });

  it('places what the stack asks for: every constraint is a label of the group', () => {
    const { stack, hosts } = render(shop());
    for (const { deploy } of Object.values(stack.services)) {
      const [label, value] = deploy!.placement!.constraints![0]!.replace('node.labels.', '').split(' == ') as [string, string];
      const group = hosts.hosts.find((g: { labels: Record<string, string> }) => g.labels[label] === value);
      expect(group.number * deploy!.placement!.max_replicas_per_node!).toBeGreaterThanOrEqual(deploy!.replicas!);
    }
  });
});

describe('shared placement', () => {
  /** Hosts by group with what each of them carries, and the services on them. */
  const shared = (hosts: Record<string, string[]>, more: Partial<Service> = {}): Deployment => {
    const hostGroups = Object.entries(hosts).map(([name, components]) => hostGroup(name, { components }));
    const placement = (name: string) =>
      hostGroups.flatMap((g) => (g.components.includes(name) ? [{ hostGroup: g.name, perHost: g.components.filter((other) => other === name).length }] : []));
    const names = [...new Set(Object.values(hosts).flat())];
    const services = names.map((name) => {
      const places = placement(name);
      return service(name, {
        everywhere: name === 'Exporter',
        placement: places,
        replicas: places.reduce((sum, p) => sum + p.perHost, 0),
        networks: ['shop'],
        ...(name === 'Web' && more),
      });
    });
    return shop({}, {}, { placement: 'shared', hostGroups, services, volumes: [], secrets: [], networks: [{ name: 'shop', services: [], why: '', from: [] }] });
  };
  const placementOf = (deployment: Deployment) => {
    const { stack, diagnostics } = render(deployment);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return Object.fromEntries(
      Object.entries(stack.services).map(([name, { deploy }]) => [name, [deploy!.replicas, deploy!.placement!.constraints![0], deploy!.placement!.max_replicas_per_node]]),
    );
  };

  it('binds each service to hosts with a label of its own', () => {
    const deployment = shared({ One: ['Web', 'Database', 'Exporter'], Two: ['Web', 'Exporter'] });
    expect(placementOf(deployment)).toEqual({
      web: [2, 'node.labels.camelc.shop.web == true', 1],
      database: [1, 'node.labels.camelc.shop.database == true', 1],
      exporter: [undefined, 'node.labels.camelc.shop.exporter == true', undefined],
    });
    expect(render(deployment).hosts.hosts.map((h: { labels: object }) => h.labels)).toEqual([
      { 'camelc.shop': 'One', 'camelc.candidate': 'small', 'camelc.shop.web': 'true', 'camelc.shop.database': 'true', 'camelc.shop.exporter': 'true' },
      { 'camelc.shop': 'Two', 'camelc.candidate': 'small', 'camelc.shop.web': 'true', 'camelc.shop.exporter': 'true' },
    ]);
  });

  it('has what is everywhere once on each of its hosts: a global service', () => {
    const { mode, update_config } = render(shared({ One: ['Web', 'Exporter'] })).stack.services['exporter']!.deploy!;
    expect(mode).toBe('global');
    expect(update_config).toMatchObject({ parallelism: 1, order: 'stop-first' });
  });

  it('lets several replicas stand on a host where the solution does', () => {
    expect(placementOf(shared({ One: ['Web', 'Web', 'Web'], Two: ['Web', 'Web', 'Web'] }))['web']).toEqual([6, 'node.labels.camelc.shop.web == true', 3]);
  });

  it('divides a service that has more replicas on some hosts than on others, and gives its parts a common name', () => {
    const deployment = shared({ One: ['Web', 'Web', 'Web', 'Web-1'], Two: ['Web', 'Database'], Three: ['Web'] });
    expect(placementOf(deployment)).toEqual({
      web: [3, 'node.labels.camelc.shop.web == true', 3],
      'web-1-2': [2, 'node.labels.camelc.shop.web-1-2 == true', 1],
      'web-1': [1, 'node.labels.camelc.shop.web-1 == true', 1],
      database: [1, 'node.labels.camelc.shop.database == true', 1],
    });
    const { stack, text } = render(deployment);
    for (const part of ['web', 'web-1-2']) expect(stack.services[part]!.networks).toEqual({ shop: { aliases: ['web'] } });
    expect(stack.services['database']!.networks).toEqual(['shop']);
    expect(text.match(/# the solution has 1 of component Web$/gm)).toHaveLength(2);
  });

  it('does not divide a service whose port is open on every host, and says what may differ', () => {
    const ports = [{ name: 'Http', target: 80, published: 80, mode: 'ingress' as const, why: '', from: [] }];
    const deployment = shared({ One: ['Web', 'Web', 'Web'], Two: ['Web'] }, { ports });
    expect(placementOf(deployment)).toEqual({ web: [4, 'node.labels.camelc.shop.web == true', 3] });
    expect(render(deployment).diagnostics).toMatchObject([{ code: 'swarm/uneven', severity: 'warning', message: expect.stringContaining('from 1 to 3 instances of Web') }]);
    expect(render(shared({ One: ['Web', 'Web', 'Web'], Two: ['Web'] })).diagnostics).toEqual([]);
  });

  it('keeps the schema of hosts.json', () => {
    const schema = JSON.parse(readFileSync(new URL('../schema/hosts.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv({ allErrors: true }).compile(schema);
    expect(validate(render(shared({ One: ['Web', 'Web', 'Exporter'] })).hosts), JSON.stringify(validate.errors)).toBe(true);
  });
});
