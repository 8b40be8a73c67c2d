import type { Application, Configuration } from '@camelc/application/model';
import { describe, expect, it } from 'vitest';
import { application, at, atLeast, attribute, build, candidates, communication, component, container, docker, machine, noConfigs, placed, port, shop, solved } from './fixtures.js';
import { buildDeployment, readImages } from '../src/index.js';

const codes = (result: { diagnostics: { code: string }[] }): string[] => result.diagnostics.map(({ code }) => code);
const service = (result: ReturnType<typeof build>, name: string) => {
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return result.deployment!.services.find((s) => s.name === name)!;
};
const environment = (result: ReturnType<typeof build>, name: string): Record<string, string> =>
  Object.fromEntries(service(result, name).environment.map((variable) => [variable.name, variable.value]));

describe('services', () => {
  it('have image, number and hosts of the solution', () => {
    const result = build(shop(), {}, { Web: 3 });
    expect(service(result, 'web')).toMatchObject({
      component: 'Web',
      image: 'shop/web:1',
      replicas: 3,
      everywhere: false,
      placement: [{ hostGroup: 'Web', perHost: 1 }],
      needs: ['database'],
    });
    expect(result.deployment!.hostGroups).toMatchObject([
      { name: 'Web', candidate: 'small', number: 3, price: 0.1, components: ['Web'], location: { id: 'eu-1', city: 'Lyon', country: 'FR' } },
      { name: 'Database', number: 1 },
    ]);
    expect(result.deployment).toMatchObject({ id: 'shop', application: 'Shop', version: '1.0', currency: 'EUR' });
  });

  it('leave out components of cardinality 0, with their networks and addresses', () => {
    const result = build(shop({ requiredPorts: [{ ...port('Db', 5432), mandatory: false }] }), {}, { Database: 0 });
    expect(result.deployment!.services.map(({ name }) => name)).toEqual(['web']);
    expect(result.deployment!.networks).toEqual([]);
    expect(service(result, 'web')).toMatchObject({ environment: [], networks: [], needs: [] });
  });

  it('need what provides their mandatory ports, and may stay where they are', () => {
    const optional = shop({ requiredPorts: [{ ...port('Db', 5432), mandatory: false }] }, { unmoveable: true });
    expect(service(build(optional), 'web')).toMatchObject({ needs: [], unmoveable: false });
    expect(service(build(optional), 'database')).toMatchObject({ unmoveable: true });
  });

  it('say why and where from, each item of them', () => {
    const app = shop({ attributes: [attribute('volume', '/srv')], configuration: docker('shop/web:1', 'MODE fast', 'API_TOKEN $API_TOKEN', 'password $REGISTRY_PASSWORD') });
    const { deployment } = build(app);
    const items = [deployment!.hostGroups, deployment!.services, deployment!.networks, deployment!.volumes, deployment!.secrets, deployment!.registries].flat();
    const nested = deployment!.services.flatMap(({ environment, ports, imageReason }) => [...environment, ...ports, imageReason]);
    expect(items.length).toBeGreaterThanOrEqual(8);
    for (const { why, from } of [...items, ...nested]) {
      expect(why).toMatch(/\w+ \w+/);
      expect(from.length).toBeGreaterThan(0);
    }
  });

  it('say why there are no fewer replicas, or no more', () => {
    const app = shop();
    const solution = solved(app, { Web: 3 });
    const load = { kind: 'constraint', name: 'Load', says: 'Load / N <= 50', place: app.components[0]!.place } as const;
    Object.assign(solution.components[0]!, { reasons: { fewer: [load, { kind: 'metric', name: 'Rate', says: 'given as 140' }] } });
    Object.assign(solution.components[1]!, { reasons: { more: [{ ...load, name: 'Budget' }] } });
    const result = buildDeployment(app, solution, candidates, { variables: {}, readConfig: noConfigs });
    expect(service(result, 'web').number).toEqual({ why: 'one less would break Load (Load / N <= 50) and Rate (given as 140)', from: [load.place] });
    expect(service(result, 'database').number!.why).toBe('one more would break Budget (Load / N <= 50)');
    expect(service(build(app), 'web')).not.toHaveProperty('number');
  });

  it('take no command but that of the configuration or the images file', () => {
    expect(service(build(shop({ configuration: container('shop/web:1', { start: 'serve --port 8080' }) })), 'web').command).toBe('serve --port 8080');
    expect(service(build(shop()), 'web')).not.toHaveProperty('command');
  });
});

describe('a component without image', () => {
  const script: Configuration = { kind: 'script', name: 'Start', place: at(12), commands: { start: './run.sh' }, attributes: [] };

  it('is an error at its configuration that says what to add', () => {
    const [error] = build(shop({ configuration: script })).diagnostics;
    expect(error).toMatchObject({ code: 'deployment/no-image', place: at(12) });
    expect(error!.message).toContain('Web has no container image: it has a script configuration');
    expect(error!.help).toMatch(/container configuration.*--images FILE.*"Web"/);
  });

  it('is an error at the component where it has no configuration', () => {
    expect(build(shop({ configuration: undefined })).diagnostics[0]).toMatchObject({ code: 'deployment/no-image', place: at('W'.charCodeAt(0)) });
  });

  it('takes it from the images file, with command, environment and health check', () => {
    const { images } = readImages(
      '{"Web": {"image": "shop/other:2", "command": ["run"], "environment": {"N": 3}, "secrets": {"CERT": "$WEB_CERT"}, "healthCheck": {"command": "test -e /up", "interval": 5}}}',
      'images.json',
      ['Web', 'Database'],
    );
    expect(service(build(shop({ configuration: script }), { images }), 'web')).toMatchObject({
      image: 'shop/other:2',
      command: ['run'],
      environment: [
        { name: 'CERT_FILE', value: '/run/secrets/CERT' },
        { name: 'N', value: '3' },
        { name: 'PUBLIC_Db', value: 'database' },
      ],
      secrets: [{ secret: 'WEB_CERT', file: '/run/secrets/CERT' }],
      healthCheck: { test: ['CMD-SHELL', 'test -e /up'], interval: 5 },
    });
  });
});

describe('variables', () => {
  it('are put into images, docker arguments and environments', () => {
    const app = shop({ configuration: docker('$REGISTRY:443/shop/web:${TAG}', 'GREETING hello $WHO, 5$$') });
    const result = build(app, { variables: { REGISTRY: 'registry.example.com', TAG: '2.0', WHO: 'world' } });
    expect(service(result, 'web').image).toBe('registry.example.com:443/shop/web:2.0');
    expect(environment(result, 'web')['GREETING']).toBe('hello world, 5$');
  });

  it('without a value are told all at once, at the first place', () => {
    const app = shop({ configuration: docker('$REGISTRY/web', 'A $ONE') }, { configuration: docker('$REGISTRY/db', 'B $toString') });
    const { deployment, diagnostics } = build(app);
    expect(deployment).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: 'deployment/unset-variable', place: at(31) });
    expect(diagnostics[0]!.message).toContain('$REGISTRY, $ONE, $toString');
    expect(diagnostics[0]!.help).toContain('--var REGISTRY=VALUE --var ONE=VALUE --var toString=VALUE');
    expect(diagnostics[0]!.related).toHaveLength(3);
  });

  it('that make no image reference are an error which does not show their value', () => {
    const { diagnostics } = build(shop({ configuration: docker('$REGISTRY/web:1') }), { variables: { REGISTRY: 'https://hub.example.com' } });
    expect(diagnostics).toMatchObject([{ code: 'deployment/image', place: at(31) }]);
    expect(JSON.stringify(diagnostics)).not.toContain('hub.example.com');
  });
});

describe('addresses of providers', () => {
  it('are the DNS name, of all instances where there are several', () => {
    expect(environment(build(shop()), 'web')).toEqual({ PUBLIC_Db: 'database' });
    expect(environment(build(shop(), {}, { Database: 2 }), 'web')).toEqual({ PUBLIC_Db: 'tasks.database' });
  });

  it('are a list where several components provide', () => {
    const app = application(
      [component('Web', { requiredPorts: [port('Db', 1)] }), component('A', { providedPorts: [port('P', 1)] }), component('B', { providedPorts: [port('P', 1)] })],
      [communication('One', 'Web.Db', 'A.P'), communication('Two', 'Web.Db', 'B.P')],
    );
    expect(environment(build(app, {}, { B: 2 }), 'web')).toEqual({ PUBLIC_Db: 'a tasks.b' });
    expect(service(build(app), 'web').networks).toEqual(['one', 'two']);
    expect(build(app).deployment!.networks.map(({ name, services }) => [name, ...services])).toEqual([
      ['one', 'web', 'a'],
      ['two', 'web', 'b'],
    ]);
  });

  it('give way to a setting of the same name', () => {
    expect(environment(build(shop({ configuration: docker('shop/web:1', 'PUBLIC_Db elsewhere') })), 'web')).toEqual({ PUBLIC_Db: 'elsewhere' });
  });
});

describe('ports', () => {
  const published = (result: ReturnType<typeof build>, name: string) => service(result, name).ports.map((p) => [p.target, p.published, p.mode]);

  it('stay inside where a communication leads to them, and are published else', () => {
    expect(published(build(shop()), 'web')).toEqual([[8080, 8080, 'ingress']]);
    expect(published(build(shop()), 'database')).toEqual([[5432, undefined, 'ingress']]);
  });

  it('stay inside also where the component that uses them is not deployed', () => {
    expect(service(build(shop(), {}, { Web: 0 }), 'database').ports).toMatchObject([{ target: 5432, why: expect.stringContaining('WebToDatabase') }]);
    expect(service(build(shop(), {}, { Web: 0 }), 'database').ports[0]).not.toHaveProperty('published');
  });

  it('are published as the run or the component says', () => {
    expect(published(build(shop(), { publishMode: 'host' }), 'web')[0]).toEqual([8080, 8080, 'host']);
    expect(published(build(shop({ attributes: [attribute('publishMode', 'host')] })), 'web')[0]).toEqual([8080, 8080, 'host']);
    expect(codes(build(shop({ attributes: [attribute('publishMode', 'hosts')] })))).toEqual(['deployment/mode']);
  });

  it('of a published range are opened one by one, up to a hundred', () => {
    expect(published(build(shop({ providedPorts: [port('Media', 9000, 9002)] })), 'web').map(([target]) => target)).toEqual([9000, 9001, 9002]);
    expect(build(shop({ providedPorts: [port('Media', 9000, 9100)] })).diagnostics).toMatchObject([{ code: 'deployment/port-range', place: at(9000) }]);
  });

  it('in ingress mode need a virtual address', () => {
    expect(codes(build(shop(), { endpointMode: 'dnsrr' }))).toEqual(['deployment/ingress-without-address']);
    expect(codes(build(shop(), { endpointMode: 'dnsrr', publishMode: 'host' }))).toEqual([]);
  });

  it('that two components publish clash, told at both; in host mode on different hosts they do not', () => {
    const app = application([component('A', { providedPorts: [{ ...port('P', 80), place: at(1) }] }), component('B', { providedPorts: [{ ...port('P', 80), place: at(2) }] })]);
    expect(build(app).diagnostics).toMatchObject([
      { code: 'deployment/port-clash', place: at(1), related: [{ place: at(2) }] },
      { code: 'deployment/port-clash', place: at(2), related: [{ place: at(1) }] },
    ]);
    expect(codes(build(app, { publishMode: 'host' }))).toEqual([]);
  });

  it('in host mode meet on common hosts, those of another component or of an instance beside', () => {
    const app = application(
      ['A', 'B', 'C'].map((name) => component(name, { providedPorts: [{ ...port('P', 80), place: at(name.charCodeAt(0)) }] })),
      [],
      { placement: 'shared' },
    );
    const on = (...hosts: string[][]) => buildDeployment(app, placed(app, ...hosts), candidates, { variables: {}, readConfig: noConfigs, publishMode: 'host' });
    expect(codes(on(['A'], ['B'], ['C']))).toEqual([]);
    expect(on(['A'], ['A', 'B'], ['C']).diagnostics.map(({ code, place }) => [code, place!.range.start.line])).toEqual([
      ['deployment/port-clash', 65],
      ['deployment/port-clash', 66],
    ]);
    expect(on(['A'], ['B', 'B', 'B'], ['C']).diagnostics).toMatchObject([{ code: 'deployment/port-crowded', place: at(66), message: expect.stringContaining('3 instances of B') }]);
  });
});

describe('reservations', () => {
  const reserved = (memory: number, more: Parameters<typeof machine>[1], others: number[] = []) => {
    const names = ['Web', ...others.map((_, index) => `Other${index}`)];
    const app = application(names.map((name, index) => component(name, { requirements: [atLeast('memory', index ? others[index - 1]! : memory), atLeast('cores', 1)] })));
    const solution = { ...solved(app), hosts: [{ candidate: 'small', number: 1, components: names }] };
    return buildDeployment(app, solution, new Map([['small', machine('small', more)]]), { variables: {}, readConfig: noConfigs }).deployment!.services[0]!.resources;
  };

  it('are the smaller of demand and what the host offers', () => {
    expect(reserved(2000, { allocatable: { memory: 3900, cores: 2 } })).toEqual({ cores: 1, memory: 2000 });
    expect(reserved(4096, { allocatable: { memory: 3900, cores: 2 } })).toEqual({ cores: 1, memory: 3900 });
  });

  it('count on nine tenths of the memory where the host does not say', () => {
    expect(reserved(4096, { memory: 4096 })).toEqual({ cores: 1, memory: 3686 });
  });

  it('are as large as the demand where nothing is known of the host', () => {
    expect(reserved(4096, { memory: undefined, cores: undefined })).toEqual({ cores: 1, memory: 4096 });
  });

  it('of components on the same hosts share what these offer', () => {
    expect(reserved(3000, { allocatable: { memory: 3000, cores: 2 } }, [3000])).toEqual({ cores: 1, memory: 1500 });
  });
});

describe('hosts that carry several components', () => {
  const app = (placement: 'shared' | 'dedicated', memory = 1000) =>
    application(
      ['A', 'B', 'Everywhere'].map((name) => component(name, { requirements: [atLeast('memory', memory), atLeast('cores', 0.5)], everywhere: name === 'Everywhere' })),
      [],
      { placement },
    );
  const deployed = (application: Application, ...hosts: string[][]) => {
    const { deployment, diagnostics } = buildDeployment(application, placed(application, ...hosts), candidates, { variables: {}, readConfig: noConfigs });
    expect(diagnostics).toEqual([]);
    return deployment!;
  };

  it('are groups with the instances of each, named after those that are not everywhere, in the order of the model', () => {
    const { hostGroups, placement } = deployed(app('shared'), ['Everywhere', 'B', 'A', 'B'], ['A', 'Everywhere']);
    expect(placement).toBe('shared');
    expect(hostGroups.map(({ name, components }) => [name, components])).toEqual([
      ['A-B', ['A', 'B', 'B', 'Everywhere']],
      ['A', ['A', 'Everywhere']],
    ]);
    expect(hostGroups[0]!.why).toContain('A, 2 of B and Everywhere on 1');
  });

  it('say of each service how many stand on each of them', () => {
    const { services } = deployed(app('shared'), ['A', 'B', 'B', 'Everywhere'], ['A', 'Everywhere']);
    expect(
      services.map(({ name, replicas, everywhere, placement }) => [name, replicas, everywhere, placement.map(({ hostGroup, perHost }) => `${perHost} on ${hostGroup}`)]),
    ).toEqual([
      ['a', 2, false, ['1 on A-B', '1 on A']],
      ['b', 2, false, ['2 on A-B']],
      ['everywhere', 2, true, ['1 on A-B', '1 on A']],
    ]);
  });

  it('give each its demand, or where that is too much for one of the hosts, its share', () => {
    const memory = (demand: number, ...hosts: string[][]) => deployed(app('shared', demand), ...hosts).services.map(({ resources }) => resources.memory);
    expect(memory(900, ['A', 'B', 'B', 'Everywhere'])).toEqual([900, 900, 900]);
    expect(memory(1500, ['A', 'B', 'B', 'Everywhere'])).toEqual([921.5, 921.5, 921.5]);
    expect(memory(1500, ['A', 'B', 'Everywhere'], ['A', 'Everywhere'])).toEqual([3686 / 3, 3686 / 3, 3686 / 3].map((share) => expect.closeTo(share)));
    expect(memory(1500, ['A', 'Everywhere'], ['B', 'Everywhere'])).toEqual([1500, 1500, 1500]);
  });

  it('stand in dedicated placement where components are coupled, once for all of them', () => {
    const coupled = { ...app('dedicated'), components: app('dedicated').components.slice(0, 2) };
    const solution = { ...solved(coupled, { A: 2, B: 2 }), cost: 0.2, hosts: [{ candidate: 'small', number: 2, components: ['A', 'B'] }] };
    const { deployment } = buildDeployment(coupled, solution, candidates, { variables: {}, readConfig: noConfigs });
    expect(deployment).toMatchObject({ cost: 0.2, hostGroups: [{ name: 'A-B', number: 2, components: ['A', 'B'] }] });
    expect(deployment!.services).toMatchObject([
      { replicas: 2, placement: [{ hostGroup: 'A-B', perHost: 1 }] },
      { replicas: 2, placement: [{ hostGroup: 'A-B', perHost: 1 }] },
    ]);
  });
});

describe('health checks', () => {
  const feature = (...attributes: [string, number | string, string?][]) =>
    build(shop({ attributes: attributes.map(([name, value, unit]) => attribute(name, value, { path: `healthCheck.${name}`, unit })) }));

  it('come from the feature of that name, in its units', () => {
    const result = feature(['command', 'wget -q localhost'], ['interval', 500, 'UnitTemplateModel.MilliSeconds'], ['timeout', 2], ['retries', 3], ['startPeriod', 1, 'Minutes']);
    expect(service(result, 'web').healthCheck).toEqual({ test: ['CMD-SHELL', 'wget -q localhost'], interval: 0.5, timeout: 2, retries: 3, startPeriod: 60 });
  });

  it('that are not understood are errors', () => {
    for (const faulty of [
      feature(['interval', 5]),
      feature(['command', 'x'], ['interval', -1]),
      feature(['command', 'x'], ['retries', 1.5]),
      feature(['command', 'x'], ['intervall', 1]),
    ]) {
      expect(codes(faulty)).toEqual(['deployment/health-check']);
    }
  });
});

describe('volumes', () => {
  it('come from docker arguments, attributes and data sources', () => {
    const result = build(shop({}, { configuration: docker('db:1', 'volume rows:/var/lib/rows'), attributes: [attribute('volume', '/etc/db:ro')], dataSources: ['Data.Orders'] }));
    expect(service(result, 'database').volumes).toEqual([
      { volume: 'database-rows', path: '/var/lib/rows', readOnly: false },
      { volume: 'database-etc-db', path: '/etc/db', readOnly: true },
      { volume: 'database-orders', path: '/data/Orders', readOnly: false },
    ]);
    expect(result.deployment!.volumes.map(({ name, service }) => [name, service])).toEqual([
      ['database-rows', 'database'],
      ['database-etc-db', 'database'],
      ['database-orders', 'database'],
    ]);
  });

  it('are neither folders of the host nor two at one path', () => {
    expect(codes(build(shop({ configuration: docker('w:1', 'volume /host:/guest') })))).toEqual(['deployment/volume']);
    expect(codes(build(shop({ configuration: docker('w:1', 'volume a:/x', 'volume b:/x') })))).toEqual(['deployment/volume-clash']);
  });

  it('are missed in a long-lived component, as a hint', () => {
    const result = build(shop({ longLived: true }));
    expect(result.diagnostics).toMatchObject([{ code: 'deployment/long-lived-without-volume', severity: 'hint' }]);
    expect(result.deployment).toBeDefined();
  });
});

it('throws for a candidate that nobody gave, which is no mistake of the user', () => {
  const app = shop();
  expect(candidates.has('large')).toBe(false);
  expect(() =>
    buildDeployment(app, { ...solved(app), hosts: [{ candidate: 'large', number: 1, components: ['Web'] }] }, candidates, { variables: {}, readConfig: noConfigs }),
  ).toThrow('large');
});
