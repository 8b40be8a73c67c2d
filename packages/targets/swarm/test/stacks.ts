import type { Stack } from '../src/stack.js';
import { stackOf, stackWith } from './fixtures.js';

const two = (port: object, other: object): Stack =>
  ({ version: '3.8', services: { a: { image: 'a', ports: [{ target: 1, ...port }] }, b: { image: 'b', ports: [{ target: 2, ...other }] } } }) as Stack;

/** Stacks that a swarm refuses, with the code of what is wrong, and the name under which they are deployed if not `shop`. */
export const refused: [string, string, Stack, string?][] = [
  ['an unknown mode', 'swarm/value', stackWith({ mode: 'replicatedd' })],
  ['an unknown endpoint mode', 'swarm/value', stackWith({ endpoint_mode: 'dns' })],
  ['an unknown restart condition', 'swarm/value', stackWith({ restart_policy: { condition: 'always' } })],
  ['an unknown failure action', 'swarm/value', stackWith({ update_config: { failure_action: 'bogus' } })],
  ['an unknown order', 'swarm/value', stackWith({ update_config: { order: 'start-last' } })],
  ['a failure ratio above 1', 'swarm/value', stackWith({ update_config: { max_failure_ratio: 1.5 } })],
  ['a negative number of replicas', 'swarm/value', stackWith({ replicas: -1 })],
  ['half a replica per node', 'swarm/value', stackWith({ placement: { max_replicas_per_node: 0.5 } })],
  ['replicas of a global service', 'swarm/global', stackWith({ mode: 'global', replicas: 2 })],
  ['an update of a job', 'swarm/job', stackWith({ mode: 'replicated-job', update_config: {} })],
  ['a constraint without operator', 'swarm/constraint', stackWith({ placement: { constraints: ['foo bar'] } })],
  ['a constraint without key', 'swarm/constraint', stackWith({ placement: { constraints: ['== manager'] } })],
  ['a constraint without value', 'swarm/constraint', stackWith({ placement: { constraints: ['node.role == '] } })],
  ['a value with other letters', 'swarm/constraint', stackWith({ placement: { constraints: ['node.labels.zone == süd'] } })],
  ['less than 4 MiB of memory', 'swarm/value', stackWith({ resources: { reservations: { memory: '1M' } } })],
  ['a size that is none', 'swarm/value', stackWith({ resources: { limits: { memory: 'much' } } })],
  ['less than a thousandth of a cpu', 'swarm/value', stackWith({ resources: { limits: { cpus: '0.0009' } } })],
  ['cpus that are no number', 'swarm/value', stackWith({ resources: { reservations: { cpus: 'two' } } })],
  ['a negative delay', 'swarm/value', stackWith({ update_config: { delay: '-5s' } })],
  ['a time without unit', 'swarm/value', stackWith({ rollback_config: { monitor: '5' } })],
  ['a check every microsecond', 'swarm/value', stackOf({ healthcheck: { interval: '1us' } })],
  ['an undeclared network', 'swarm/undeclared', stackOf({ networks: ['backend'] })],
  ['an undeclared volume', 'swarm/undeclared', stackOf({ volumes: [{ type: 'volume', source: 'rows', target: '/rows' }] })],
  ['an undeclared secret', 'swarm/undeclared', stackOf({ secrets: [{ source: 'key' }] })],
  ['an undeclared config', 'swarm/undeclared', stackOf({ configs: [{ source: 'conf' }] })],
  ['a missing image', 'swarm/no-image', stackOf({ image: undefined })],
  ['an empty image', 'swarm/no-image', stackOf({ image: '' })],
  ['an image without tag after its colon', 'swarm/image', stackOf({ image: 'nginx:' })],
  ['an image in capitals', 'swarm/image', stackOf({ image: 'Nginx' })],
  ['a variable for the tag', 'swarm/variable', stackOf({ image: 'nginx:${TAG}' })],
  ['a lone dollar sign', 'swarm/dollar', stackOf({ environment: { A: 'costs $ 5' } })],
  [
    'two mounts at a path',
    'swarm/target-clash',
    stackOf({
      volumes: [
        { type: 'tmpfs', target: '/x' },
        { type: 'tmpfs', target: '/x' },
      ],
    }),
  ],
  [
    'two secrets in a file',
    'swarm/target-clash',
    stackOf({ secrets: [{ source: 'a', target: 'b' }, { source: 'b' }] }, { secrets: { a: { external: true }, b: { external: true } } }),
  ],
  [
    'two configs in a file',
    'swarm/target-clash',
    stackOf({ configs: [{ source: 'a', target: 'b' }, { source: 'b' }] }, { configs: { a: { external: true }, b: { external: true } } }),
  ],
  ['a port published twice', 'swarm/port-clash', two({ published: 80 }, { published: 80 })],
  ['a port in both modes', 'swarm/port-clash', two({ published: 80, mode: 'host' }, { published: 80, mode: 'ingress' })],
  [
    'a port published twice by a service',
    'swarm/port-clash',
    stackOf({
      ports: [
        { target: 1, published: 80, mode: 'host' },
        { target: 2, published: 80, mode: 'host' },
      ],
    }),
  ],
  ['ingress without address', 'swarm/ingress-dnsrr', stackOf({ ports: [{ target: 80, published: 80 }], deploy: { endpoint_mode: 'dnsrr' } })],
  ['a service name that is too long', 'swarm/name', { version: '3.8', services: { ['w'.repeat(60)]: { image: 'a' } } }],
  ['a service name with a dot', 'swarm/name', { version: '3.8', services: { 'web.one': { image: 'a' } } }],
  ['a network name that is too long', 'swarm/name', stackOf({ networks: ['n'.repeat(60)] }, { networks: { ['n'.repeat(60)]: {} } })],
  ['a secret name that is too long', 'swarm/name', stackOf({ secrets: [{ source: 'key' }] }, { secrets: { key: { external: true, name: 'k'.repeat(65) } } })],
  ['a stack name that is none', 'swarm/name', stackOf(), 'my.shop'],
];

/** Stacks that a swarm takes, and that do not do what they say: a constraint that no node meets, an empty text, a rollback that stands still. */
export const misleading: [string, string, Stack][] = [
  ['a rollback of a rollback', 'swarm/value', stackWith({ rollback_config: { failure_action: 'rollback' } })],
  ['a constraint on what nodes do not have', 'swarm/constraint', stackWith({ placement: { constraints: ['node.colour == red'] } })],
  ['a variable elsewhere', 'swarm/variable', stackOf({ environment: { A: 'costs $PRICE' } })],
  [
    'two secrets in a file, written differently',
    'swarm/target-clash',
    stackOf({ secrets: [{ source: 'a', target: '/run/secrets/b' }, { source: 'b' }] }, { secrets: { a: { external: true }, b: { external: true } } }),
  ],
  [
    'two mounts at a path, written differently',
    'swarm/target-clash',
    stackOf({
      volumes: [
        { type: 'tmpfs', target: '/x' },
        { type: 'tmpfs', target: '/x/' },
      ],
    }),
  ],
];

/** Stacks that it accepts. */
export const accepted: [string, Stack][] = [
  ['the least stack', stackOf()],
  [
    'a whole deploy section',
    stackWith({
      mode: 'replicated',
      replicas: 0,
      endpoint_mode: 'vip',
      placement: { constraints: ['node.labels.camelc.shop == Web', 'node.role!=manager', 'engine.labels.os == a b'], max_replicas_per_node: 1 },
      resources: { limits: { cpus: '0.001', memory: '4M' }, reservations: { cpus: '.5', memory: '4194304' } },
      restart_policy: { condition: 'any', delay: '5s', window: '1m30s' },
      update_config: { parallelism: 0, failure_action: 'rollback', delay: '0s', monitor: '1.5h', max_failure_ratio: 1, order: 'start-first' },
      rollback_config: { failure_action: 'pause' },
    }),
  ],
  ['a global service', stackWith({ mode: 'global' })],
  ['dollar signs and defaults', stackOf({ image: 'nginx:${TAG:-1}', environment: { A: '$$5 ${B-x} $$', C: null } })],
  ['a digest', stackOf({ image: `registry.example.com:443/shop/web:1@sha256:${'a'.repeat(64)}` })],
  ['the default network', stackOf({ networks: { default: null } })],
  ['a port in host mode in two services', two({ published: 80, mode: 'host' }, { published: 80, mode: 'host' })],
  ['a port of both protocols', two({ published: 53, protocol: 'tcp' }, { published: 53, protocol: 'udp' })],
  ['ports that are not published', two({}, {})],
  ['host ports without address', stackOf({ ports: [{ target: 80, published: 80, mode: 'host' }], deploy: { endpoint_mode: 'dnsrr' } })],
  ['no health check at all', stackOf({ healthcheck: { disable: true } })],
];

/** Stacks that a swarm accepts, but not every client sends. */
export const ofNewerClients: [string, Stack][] = [['a job', stackWith({ mode: 'replicated-job', replicas: 3 })]];
