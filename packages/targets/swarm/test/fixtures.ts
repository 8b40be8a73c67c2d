import type { Deployment, HostGroup, Service } from '@camelc/deployment';
import type { Stack, StackDeploy, StackService } from '../src/stack.js';

export const hostGroup = (name: string, more: Partial<HostGroup> = {}): HostGroup => ({
  name,
  candidate: 'small',
  hardware: 'm.small',
  provider: 'example',
  size: { cores: 2, memory: 4096 },
  number: 1,
  components: [name],
  price: 0.1,
  allocatable: { cores: 2, memory: 3686 },
  why: `the solution puts ${name} on 1 of m.small (small)`,
  from: [],
  ...more,
});

export const service = (name: string, more: Partial<Service> = {}): Service => ({
  name: name.toLowerCase(),
  component: name,
  image: `shop/${name.toLowerCase()}:1`,
  imageReason: { why: `the image of ${name} is that of ${name}Container`, from: [] },
  environment: [],
  replicas: 1,
  everywhere: false,
  placement: [{ hostGroup: name, perHost: 1 }],
  ports: [],
  endpointMode: 'vip',
  networks: [],
  resources: { cores: 1, memory: 512 },
  volumes: [],
  configs: [],
  secrets: [],
  needs: [],
  unmoveable: false,
  why: `the solution has 1 of component ${name}`,
  from: [],
  ...more,
});

export const variable = (name: string, value: string): Service['environment'][number] => ({ name, value, why: 'given', from: [] });

/** A web service for the world, its database, and everything that a deployment can hold. */
export const shop = (web: Partial<Service> = {}, database: Partial<Service> = {}, more: Partial<Deployment> = {}): Deployment => ({
  formatVersion: 1,
  id: 'shop',
  application: 'Shop',
  version: '1.0',
  placement: 'dedicated',
  currency: 'EUR',
  cost: 0.3,
  hostGroups: [hostGroup('Web', { number: 2, location: { id: 'eu-1', city: 'Lyon', country: 'FR' } }), hostGroup('Database', { candidate: "eu west's" })],
  services: [
    service('Web', {
      replicas: 2,
      networks: ['webtodatabase'],
      environment: [variable('PUBLIC_Db', 'database')],
      ports: [{ name: 'Http', target: 8080, published: 8080, mode: 'ingress', why: 'for the world', from: [] }],
      healthCheck: { test: ['CMD-SHELL', 'nc -z localhost 8080'], interval: 0.5, timeout: 2, retries: 3, startPeriod: 60 },
      needs: ['database'],
      ...web,
    }),
    service('Database', {
      networks: ['webtodatabase'],
      ports: [{ name: 'Sql', target: 5432, mode: 'ingress', why: 'inside', from: [] }],
      environment: [variable('PASSWORD_FILE', '/run/secrets/PASSWORD')],
      secrets: [{ secret: 'DB_PASSWORD', file: '/run/secrets/PASSWORD' }],
      volumes: [
        { volume: 'database-rows', path: '/rows', readOnly: false },
        { volume: 'database-etc', path: '/etc/db', readOnly: true },
      ],
      ...database,
    }),
  ],
  networks: [{ name: 'webtodatabase', services: ['web', 'database'], why: 'communication WebToDatabase', from: [] }],
  volumes: ['database-rows', 'database-etc'].map((name) => ({ name, service: 'database', why: 'asked for', from: [] })),
  configs: [],
  secrets: [{ name: 'DB_PASSWORD', why: 'Database reads it', from: [] }],
  registries: [{ server: 'registry.example.com:443', user: 'DOCKER_USER', password: 'DOCKER_PASSWORD', why: 'Web needs a login', from: [] }],
  ...more,
});

/** The least stack that a swarm accepts. */
export const stackOf = (web: Partial<StackService> = {}, more: Partial<Stack> = {}): Stack => ({ version: '3.8', services: { web: { image: 'nginx:1', ...web } }, ...more });

export const stackWith = (deploy: StackDeploy): Stack => stackOf({ deploy });
