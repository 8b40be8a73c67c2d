/** Normal forms of services at random: all that a swarm takes, and this target writes or may find. */
import * as fc from 'fast-check';
import type { Json } from '@camelc/plan';
import type { MountForm, ServiceForm } from '../../packages/targets/swarm/src/normal/service-form.js';
import { durationOf, sizeOf, sorted } from '../../packages/targets/swarm/src/normal/values.js';

/** Names of what must be there for a service to use it. */
export const things = { networks: ['net-a', 'shop_net', 'n'], secrets: ['key', 'pass_word-0123456789ab', 'other.one'], configs: ['conf', 'page-ba9876543210', 'rules.x'] };

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '=', '$HOME', '${X}', '"', "'", '\\', '\n', '\t', 'ünï', '日本', '😀', 'null', 'a=b=c', '{{.Node.ID}}', '-1', '__proto__'),
);
/** Without what JSON escapes: the V8 of Node 24 takes such a name of a member for another one that it has read before (`\t` for `\\`). */
const key = text.filter((name) => !/["\\\p{Cc}]/u.test(name));
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const path = fc.stringMatching(/^(\/[a-zA-Z0-9._-]{1,6}){1,3}$/);
const filled = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { minLength: 1, maxLength: 4 });
const byName = <T>(names: fc.Arbitrary<string>, values: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(names, values, { minKeys: 1, maxKeys: 4 }).map((object) => sorted({ ...object }));
const duration = (least: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.integer({ min: least, max: 5_000_000 }),
      fc.integer({ min: 1, max: 4000 }).map((ms) => ms * 1e6),
      fc.integer({ min: 1, max: 1e5 }).map((s) => s * 1e9),
    )
    .map(durationOf);
/** Sets and lists of a set, as the normal form has them. */
const set = (values: fc.Arbitrary<string>): fc.Arbitrary<string[]> => filled(values).map((list) => [...new Set(list)].sort());
/** Any of these fields, and no empty object. */
const some = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, { requiredKeys: [] }).filter((object) => Object.keys(object).length > 0) as fc.Arbitrary<Partial<T>>;

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => `sha256:${hash}`);
const image = fc
  .tuple(fc.constantFrom('web', 'shop/web', 'registry.example.com:443/shop/web'), fc.option(fc.constantFrom('1', 'v1.2-x', 'latest')), fc.option(digest))
  .map(([name, tag, hash]) => `${name}${tag ? `:${tag}` : ''}${hash ? `@${hash}` : ''}`);

const constraint = fc
  .tuple(
    fc.constantFrom('node.labels.camelc.shop', 'node.labels.zone', 'node.hostname', 'engine.labels.os', 'node.role'),
    fc.constantFrom('==', '!='),
    fc.constantFrom('Web', 'true', 'a b', 'x.y-z_1', 'worker'),
  )
  .map((words) => words.join(' '));

const port = fc.record({ published: fc.option(fc.integer({ min: 1, max: 65535 })), target: fc.integer({ min: 1, max: 65535 }), protocol: fc.constantFrom('tcp', 'udp', 'sctp') });
const ports = (modes: readonly string[]): fc.Arbitrary<ServiceForm['ports']> =>
  fc
    .uniqueArray(fc.tuple(port, fc.record({ mode: fc.constantFrom(...modes), name: word }, { requiredKeys: ['mode'] })), {
      selector: ([{ published, target, protocol }]) => `${published ?? `:${target}`}/${protocol}`,
      minLength: 1,
      maxLength: 4,
    })
    .map((list) => sorted(Object.fromEntries(list.map(([{ published, target, protocol }, use]) => [`${published ?? ''}:${target}/${protocol}`, use]))));

const mount = fc.oneof(
  fc.record(
    {
      type: fc.constant('volume'),
      source: fc.stringMatching(/^[a-z][a-z0-9_.-]{1,8}$/),
      readOnly: fc.constant(true as const),
      labels: byName(key, text),
      engine: fc.constant({ VolumeOptions: { NoCopy: true, DriverConfig: { Name: 'local', Options: { o: 'bind' } } } } as Json),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    { type: fc.constant('bind'), source: path, readOnly: fc.constant(true as const), engine: fc.constant({ BindOptions: { Propagation: 'rslave' } } as Json) },
    { requiredKeys: ['type', 'source'] },
  ),
  fc.record({ type: fc.constant('tmpfs'), engine: fc.constant({ TmpfsOptions: { SizeBytes: 65536, Mode: 0o1777 } } as Json) }, { requiredKeys: ['type'] }),
) as fc.Arbitrary<MountForm>;

const files = (sources: readonly string[]): fc.Arbitrary<ServiceForm['secrets']> =>
  byName(
    fc.oneof(path, fc.constantFrom('one', 'two.conf')),
    fc.record(
      {
        source: fc.constantFrom(...sources),
        user: fc.constantFrom('33', '1000'),
        group: fc.constantFrom('33', '1000'),
        mode: fc
          .integer({ min: 0, max: 0o777 })
          .filter((mode) => mode !== 0o444)
          .map((mode) => `0${mode.toString(8)}`),
      },
      { requiredKeys: ['source'] },
    ),
  );

const cpus = fc.integer({ min: 1, max: 64_000 }).map((thousandths) => thousandths / 1000);
const memory = fc
  .oneof(
    fc.integer({ min: 2 ** 22, max: 2 ** 40 }),
    fc.integer({ min: 4, max: 2 ** 16 }).map((m) => m * 2 ** 20),
  )
  .map(sizeOf);

const update = (actions: readonly string[]): fc.Arbitrary<NonNullable<ServiceForm['update']>> =>
  fc.record({
    parallelism: fc.integer({ min: 0, max: 9 }),
    delay: fc.oneof(fc.constant('0s'), duration(1)),
    failureAction: fc.constantFrom(...actions),
    monitor: duration(1),
    maxFailureRatio: fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
    order: fc.constantFrom('stop-first', 'start-first'),
  });

const restart = (conditions: readonly string[]): fc.Arbitrary<NonNullable<ServiceForm['restart']>> =>
  fc.record(
    { condition: fc.constantFrom(...conditions), delay: fc.oneof(fc.constant('0s'), duration(1)), maxAttempts: fc.integer({ min: 1, max: 9 }), window: duration(1) },
    { requiredKeys: ['condition', 'delay'] },
  );

/** What has no name of its own in the normal form. */
const engine = some<Record<string, Json>>({
  Hostname: word,
  Dir: path,
  User: word,
  Groups: filled(word),
  TTY: fc.constant(true),
  OpenStdin: fc.constant(true),
  ReadOnly: fc.constant(true),
  Init: fc.constant(true),
  StopSignal: fc.constantFrom('SIGINT', 'SIGQUIT'),
  StopGracePeriod: fc.integer({ min: 1, max: 1e12 }),
  Hosts: filled(word.map((name) => `10.0.0.1 ${name}`)),
  DNSConfig: fc.constant({ Nameservers: ['10.0.0.1'], Search: ['example.com'], Options: ['ndots:2'] }),
  CapabilityAdd: fc.constant(['CAP_NET_ADMIN']),
  CapabilityDrop: fc.constant(['ALL']),
  Sysctls: fc.constant({ 'net.core.somaxconn': '1024' }),
  Ulimits: fc.constant([{ Name: 'nofile', Hard: 2048, Soft: 1024 }]),
}).chain((ContainerSpec) =>
  some<Record<string, Json>>({
    ContainerSpec: fc.constant(ContainerSpec as Json),
    LogDriver: fc.constant({ Name: 'json-file', Options: { 'max-size': '1m' } }),
    Placement: fc.constant({ Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }], Platforms: [{ Architecture: 'amd64', OS: 'linux' }] }),
    Resources: fc.constant({ Reservations: { GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }] } }),
  }),
);

type Shape = Pick<ServiceForm, 'mode' | 'replicas' | 'endpointMode' | 'ports' | 'maxReplicasPerNode' | 'restart' | 'update' | 'rollback' | 'engine'>;

const addressed = fc.oneof(
  fc.record({ endpointMode: fc.constant('vip'), ports: ports(['ingress', 'host']) }, { requiredKeys: ['endpointMode'] }),
  fc.record({ endpointMode: fc.constant('dnsrr'), ports: ports(['host']) }, { requiredKeys: ['endpointMode'] }),
);
const lasting = { restart: restart(['any', 'on-failure', 'none']), update: update(['pause', 'continue', 'rollback']), rollback: update(['pause', 'continue']) };
const replicated = fc.record(
  { mode: fc.constant('replicated' as const), replicas: fc.integer({ min: 0, max: 50 }), maxReplicasPerNode: fc.integer({ min: 1, max: 9 }), ...lasting },
  { requiredKeys: ['mode', 'replicas', 'restart', 'update', 'rollback'] },
);
const everywhere = fc.record({ mode: fc.constant('global' as const), ...lasting });
const job = fc.record({ mode: fc.constantFrom('replicated-job' as const, 'global-job' as const), restart: restart(['on-failure', 'none']) }, { requiredKeys: ['mode'] });
const shapes: fc.Arbitrary<Shape> = fc
  .tuple(fc.oneof({ weight: 6, arbitrary: replicated }, { weight: 2, arbitrary: everywhere }, { weight: 1, arbitrary: job }), addressed, fc.option(engine))
  .map(([shape, address, task]) => {
    const jobs: Record<string, Json> = shape.mode === 'replicated-job' ? { Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 3 } } } : {};
    const all: Record<string, Json> = { ...jobs, ...(task && { TaskTemplate: task as Json }) };
    return { ...shape, ...address, ...(Object.keys(all).length > 0 && { engine: all }) };
  });

/** Keeps the machine quiet: no node is called so. */
const nowhere = 'node.id == none';

export const serviceForms: fc.Arbitrary<ServiceForm> = fc
  .tuple(
    shapes,
    image,
    fc.option(set(constraint), { nil: [] }),
    some<Omit<ServiceForm, keyof Shape | 'image' | 'constraints'>>({
      entrypoint: filled(text),
      command: filled(text),
      environment: byName(
        text.filter((name) => !name.includes('=')),
        fc.option(text),
      ),
      networks: byName(fc.constantFrom(...things.networks), fc.record({ aliases: set(text), driverOptions: byName(key, text) }, { requiredKeys: [] })),
      mounts: byName(path, mount),
      secrets: files(things.secrets),
      configs: files(things.configs),
      healthCheck: some<NonNullable<ServiceForm['healthCheck']>>({
        test: fc.oneof(
          fc.constant<string[]>(['NONE']),
          text.map((line) => ['CMD-SHELL', line]),
          filled(text).map((words) => ['CMD', ...words]),
        ),
        interval: duration(1_000_000),
        timeout: duration(1_000_000),
        startPeriod: duration(1_000_000),
        retries: fc.integer({ min: 1, max: 9 }),
      }),
      reservations: some({ cpus, memory }),
      limits: some({ cpus, memory, pids: fc.integer({ min: 1, max: 1000 }) }),
      labels: byName(key, text),
      containerLabels: byName(key, text),
    }),
  )
  .map(([shape, reference, constraints, more]) => ({ ...more, ...shape, image: reference, constraints: [...new Set([...constraints, nowhere])].sort() }) as ServiceForm);
