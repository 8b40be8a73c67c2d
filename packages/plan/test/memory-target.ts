/** A target in memory, for tests: it can be slow, fail, be killed and be changed by hand. */
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import type { Deployment } from '@camelc/deployment';
import {
  canonicalJson,
  StepFailure,
  type AppliedRevision,
  type Conduct,
  type Journal,
  type Json,
  type Plan,
  type Records,
  type Resource,
  type Revision,
  type RunningHost,
  type RunningResource,
  type RunningState,
  type Step,
  type StepContext,
  type Target,
  type Wanted,
} from '@camelc/plan';

type Spec = { readonly [name: string]: Json };
const number = (spec: Json | undefined, name: string): number | undefined => {
  const value = (spec as Spec | undefined)?.[name];
  return typeof value === 'number' ? value : undefined;
};

/**
 * Kinds as a swarm has them: `label` stands for a host; `config` and `secret` are collected; `volume` is kept. A service's `replicas` grow by one to
 * bridge a change of hosts; one whose `mode` changes is made anew.
 */
export const memoryConduct: Conduct = {
  kinds: ['network', 'config', 'secret', 'volume', 'label', 'service'],
  collected: ['config', 'secret'],
  kept: ['volume'],
  data: ['volume'],
  held: ['network'],
  hosts: ['label'],
  replaces: (before, wanted) => (before as Spec)['mode'] !== (wanted as Spec)['mode'],
  disruption({ kind, before, wanted, moves }) {
    if (kind !== 'service' || before === undefined || wanted === undefined) return { kind: 'none' };
    const of = number(before, 'replicas') ?? 1;
    if (moves) return { kind: 'migrate', available: of, of };
    const rest = (spec: Json): string => canonicalJson({ ...(spec as Spec), replicas: 0 });
    return rest(before) === rest(wanted) ? { kind: 'none' } : { kind: 'rolling', available: of, of };
  },
  bridge(kind, before, wanted, { gained }) {
    if (kind !== 'service') return wanted;
    const [now, then] = [number(before, 'replicas') ?? 1, number(wanted, 'replicas') ?? 1];
    return gained === 0 ? before : { ...(wanted as Spec), replicas: Math.max(now, then) + 1 };
  },
};

/** The process that applies is dead: nothing that it calls comes to anything any more. */
export class Killed extends Error {}

/** What a test may turn. */
export interface Turns {
  /** How long a step takes until it is up. */
  ticks?(step: Step): number;
  /** Why a step fails, once it was done. */
  failure?(step: Step): string | undefined;
  /** Called after each change of what the target holds. */
  observe?(target: MemoryTarget): void;
}

const tick = (): Promise<void> => Promise.resolve();

export class MemoryTarget implements Target {
  readonly kind: string = 'memory';
  readonly name: string = 'test';
  readonly id: string = 'memory-1';
  readonly resources = new Map<string, RunningResource & { up: boolean }>();
  revisions: AppliedRevision[] = [];
  journal?: Journal;
  locked?: string;
  hosts: RunningHost[] = [];
  /** What was done, for expectations: `create service/web`. */
  readonly log: string[] = [];
  /** What `check` says. */
  complaints: Diagnostic[] = [];
  #effects = 0;
  #death = Number.POSITIVE_INFINITY;

  constructor(
    readonly conduct: Conduct = memoryConduct,
    public turns: Turns = {},
  ) {}

  /** The process dies at its nth effect from now on, before that (even) or after it (odd): so 2n and 2n + 1 are the two sides of the nth. */
  killAt(half: number): void {
    this.#effects = 0;
    this.#death = half;
  }
  /** Another process takes over. */
  revive(): void {
    this.#effects = 0;
    this.#death = Number.POSITIVE_INFINITY;
    this.locked = undefined;
  }
  get dead(): boolean {
    return this.#effects > this.#death;
  }

  /** Something that lasts; the process may die before or after it. */
  #effect(change: () => void): void {
    if (this.#effects++ >= this.#death || this.#effects > this.#death) throw this.#killed();
    change();
    if (this.#effects++ >= this.#death) throw this.#killed();
  }
  #killed(): Killed {
    this.#effects = Number.POSITIVE_INFINITY;
    return new Killed('killed');
  }
  #alive(): void {
    if (this.dead) throw this.#killed();
  }

  /** As somebody does who does not plan. */
  byHand(key: string, spec?: Json): void {
    const resource = this.resources.get(key);
    if (spec === undefined) this.resources.delete(key);
    else this.resources.set(key, { ...(resource ?? fresh(key)), spec, up: true });
  }

  async read(application: string): Promise<RunningState> {
    this.#alive();
    await tick();
    const resources = [...this.resources.values()].map(({ up, ...resource }): RunningResource => {
      const wanted = number(resource.spec, 'replicas');
      return {
        ...resource,
        ...(resource.kind === 'volume' && { hosts: this.#hostsWith(resource.key) }),
        ...(wanted !== undefined && { tasks: { wanted, healthy: up ? wanted : 0 } }),
      };
    });
    const mine = this.journal?.plan.id === application || !this.journal;
    return { resources, revisions: this.revisions, ...(mine && this.journal && { journal: structuredClone(this.journal) }), hosts: this.hosts };
  }

  /** The names of the hosts that carry what uses a volume. */
  #hostsWith(volume: string): string[] {
    const hosts = [...this.resources.values()].flatMap(({ needs }) => (needs.includes(volume) ? needs.filter((need) => this.conduct.hosts.includes(need.split('/')[0]!)) : []));
    return [...new Set(hosts)].flatMap((host) => this.resources.get(host)?.name ?? []);
  }

  async applications(): Promise<string[]> {
    return this.revisions[0] ? [this.revisions[0].id] : [];
  }

  async check(): Promise<Diagnostic[]> {
    this.#alive();
    return this.complaints;
  }

  async perform(step: Step, context: StepContext): Promise<void> {
    this.#alive();
    this.#effect(() => {
      this.log.push(`${step.action} ${step.key}`);
      this.#put(step, context.plan);
    });
    for (let left = this.turns.ticks?.(step) ?? 1; left > 0; left--) {
      context.progress(`${left} to go`);
      await tick();
      this.#alive();
    }
    const failure = this.turns.failure?.(step) ?? this.#crowded(step, context.plan);
    if (failure !== undefined) throw new StepFailure(failure);
    const resource = this.resources.get(step.key);
    if (resource && !resource.up) {
      resource.up = true;
      this.turns.observe?.(this);
    }
  }

  /** Of what says that it is hosted, a replica on each host: one more is never up. */
  #crowded({ key, wanted }: Step, plan: Plan): string | undefined {
    if (!(wanted as Spec | undefined)?.['hosted']) return undefined;
    const hosts = this.#hostsOf(key, plan);
    const replicas = number(wanted, 'replicas') ?? 0;
    return replicas > hosts ? `no suitable node: ${replicas} replicas, ${hosts} hosts` : undefined;
  }

  /** How many hosts there are that a service may run on, now or in the end. */
  #hostsOf(key: string, plan: Plan): number {
    const known = [plan.wanted, this.revisions[0]].flatMap((revision) => revision?.resources ?? []).filter((resource) => resource.key === key);
    const needs = new Set(known.flatMap(({ needs }) => needs).filter((need) => this.conduct.hosts.includes(need.split('/')[0]!)));
    return [...needs].filter((host) => this.resources.has(host)).length;
  }

  #put(step: Step, plan: Plan): void {
    if (step.wanted === undefined) {
      this.resources.delete(step.key);
      // What has no host any more is down, until somebody has waited for it on another one.
      if (this.conduct.hosts.includes(step.kind))
        for (const resource of this.resources.values()) if ((resource.spec as Spec | null)?.['hosted'] && this.#hostsOf(resource.key, plan) === 0) resource.up = false;
    } else {
      const known = this.resources.get(step.key);
      const record = [plan.wanted, ...this.revisions]
        .flatMap(({ resources }) => resources)
        .find(({ key, spec }) => key === step.key && canonicalJson(spec) === canonicalJson(step.wanted));
      this.resources.set(step.key, {
        key: step.key,
        kind: step.kind,
        name: step.name,
        id: known?.id ?? `id-${step.key}`,
        spec: step.wanted,
        needs: record?.needs ?? known?.needs ?? [],
        takes: record?.takes ?? known?.takes ?? [],
        // What is changed in place goes on serving.
        up: known?.up ?? false,
      });
    }
    this.turns.observe?.(this);
  }

  readonly records: Records = {
    lock: async (application) => {
      this.#alive();
      await tick();
      if (this.locked) throw new DiagnosticError([diagnose('plan/locked', { holder: this.locked })]);
      this.#effect(() => (this.locked = `test of ${application}`));
      return { release: async () => this.#effect(() => (this.locked = undefined)) };
    },
    begin: async (_application, plan) => this.#effect(() => (this.journal = { plan, undoing: false, begun: [], done: [] })),
    mark: async (_application, marks) => {
      await tick();
      this.#effect(() => (this.journal = { plan: this.journal!.plan, ...structuredClone(marks) }));
    },
    end: async (_application, applied) =>
      this.#effect(() => {
        this.journal = undefined;
        if (applied) this.revisions = [{ ...applied.revision, number: (this.revisions[0]?.number ?? 0) + 1, plan: applied.plan }, ...this.revisions].slice(0, 10);
      }),
    forget: async () =>
      this.#effect(() => {
        this.journal = undefined;
        this.revisions = [];
      }),
  };

  /** One resource for each network, secret and volume, one label for each host, and a service for each service: enough for tests of what plans. */
  checkMoves: Target['checkMoves'] = () => [];

  async lower(
    deployment: Parameters<Target['lower']>[0],
    _state: RunningState,
    { worth, solution }: Parameters<Target['lower']>[2],
  ): Promise<{ wanted?: Wanted; diagnostics: Diagnostic[] }> {
    const { id, application, networks, volumes, secrets, hostGroups, services } = deployment as Deployment;
    const of = (kind: string, name: string, spec: Json, needs: string[], more: Pick<Resource, 'why' | 'from'>): Resource => ({
      key: `${kind}/${name}`,
      kind,
      name,
      spec,
      needs,
      why: more.why,
      from: more.from,
    });
    const labels = hostGroups.map((group) => Array.from({ length: group.number }, (_, i) => of('label', `${group.name}-${i + 1}`, { candidate: group.candidate }, [], group)));
    const resources = [
      ...networks.map((network) => of('network', network.name, {}, [], network)),
      ...volumes.map((volume) => of('volume', volume.name, {}, [], volume)),
      ...secrets.map((secret) => of('secret', secret.name, {}, [], secret)),
      ...labels.flat(),
      ...services.map((service) =>
        of(
          'service',
          service.name,
          { image: service.image, replicas: service.replicas, environment: Object.fromEntries(service.environment.map(({ name, value }) => [name, value])) },
          [
            ...service.networks.map((name) => `network/${name}`),
            ...service.volumes.map(({ volume }) => `volume/${volume}`),
            ...service.secrets.map(({ secret }) => `secret/${secret}`),
            ...service.needs.map((name) => `service/${name}`),
            ...hostGroups.flatMap((group, i) => (service.placement.some(({ hostGroup }) => hostGroup === group.name) ? labels[i]!.map(({ key }) => key) : [])),
          ],
          service,
        ),
      ),
    ];
    const revision: Revision = { formatVersion: 1, application, id, worth, resources, solution };
    return { wanted: { revision, hosts: { missing: [], surplus: [] } }, diagnostics: [] };
  }

  close(): void {}
}

function fresh(key: string): RunningResource & { up: boolean } {
  const [kind = '', ...name] = key.split('/');
  return { key, kind, name: name.join('/'), id: `id-${key}`, spec: null, needs: [], up: true };
}
