import { afterEach } from 'vitest';
import type { Application, Component, Configuration, Measurement } from '@camelc/application/model';
import { buildTaskDeployment, type TaskDeployment } from '@camelc/deployment';
import { apply, makePlan, Redactor, Secret, type ApplyEvent, type ApplyOptions, type Outcome, type Plan, type SecretValues } from '@camelc/plan';
import type { Solution } from '@camelc/solver';
import { application, at, communication, component, container, machine, noConfigs, port, shop } from '../../../deployment/test/fixtures.js';
import type { NodeCandidate } from '../src/api.js';
import { CloudiatorTarget, type TargetOptions } from '../src/executor/index.js';
import { account, StandIn } from './stand-in/server.js';

export { application, at, communication, component, container, machine, port };

/** A solution: on which candidate each component is, and how often. */
export type Placed = Record<string, { candidate?: string; number?: number }>;

export function deploymentOf(app: Application, placed: Placed = {}, solution: Partial<Solution> = {}): TaskDeployment {
  const of = (name: string): { candidate: string; number: number } => ({ candidate: 'small', number: 1, ...placed[name] });
  const deployed = app.components.filter(({ name }) => of(name).number > 0);
  const solved: Solution = {
    formatVersion: 1,
    status: 'optimal',
    currency: 'EUR',
    cost: 0.1,
    values: {},
    components: app.components.map(({ name }) => ({ name, cardinality: of(name).number, candidate: of(name).candidate })),
    hosts: deployed.map(({ name }) => ({ candidate: of(name).candidate, number: of(name).number, components: [name] })),
    ...solution,
  };
  const candidates = new Map(['small', 'large', 'gone'].map((id) => [id, machine(id)]));
  const { deployment, diagnostics } = buildTaskDeployment(app, solved, candidates, { variables: {}, readConfig: noConfigs, publishMode: 'host' });
  if (!deployment) throw new Error(JSON.stringify(diagnostics));
  return deployment;
}

/** Web requires Database; both are containers. */
export const shopOf = (placed: Placed = {}, web: Partial<Component> = {}, more: Partial<Application> = {}): TaskDeployment => deploymentOf({ ...shop(web), ...more }, placed);

/** Runs as a cluster. */
export const spark: Configuration = { kind: 'cluster', name: 'Spark', place: at(20), source: 'https://example.com/count.jar', attributes: [] };

export const measured: Measurement = {
  name: 'LoadContext',
  place: at(80),
  metric: 'Load',
  component: 'Web',
  sensor: { name: 'LoadSensor', place: at(81), push: true, config: '9100', attributes: [] },
};

/** What the server offers for a machine of ours. */
export const offer = (id: string): NodeCandidate =>
  ({
    id: `offer-of-${id}`,
    nodeCandidateType: 'IAAS',
    price: 0.1,
    cloud: { id: 'cloud', cloudType: 'PUBLIC', api: { providerName: 'example' }, credential: { user: 'cloud', secret: 'canary-of-the-cloud' }, state: 'OK' },
    hardware: { id: `cloud/eu-1/${id}`, name: `m.${id}`, providerId: id, cores: 2, ram: 4096, state: 'OK' },
    location: { id: 'eu-1', name: 'eu-1', providerId: 'eu-1', locationScope: 'REGION', isAssignable: true },
    image: { id: 'cloud/eu-1/bionic', name: 'bionic', providerId: 'bionic', operatingSystem: { operatingSystemFamily: 'UBUNTU' } },
  }) as NodeCandidate;

export const secretValue = 'canary-of-the-application';

export function secretsOf(values: Readonly<Record<string, string>> = {}): SecretValues {
  const redactor = new Redactor();
  return {
    references: {},
    resolve: async (name) => {
      const secret = new Secret(values[name] ?? secretValue);
      redactor.add(secret);
      return secret;
    },
    redact: (text) => redactor.redact(text),
    hide: (secret) => redactor.add(secret),
  };
}

/** A server, and who asks it. */
export class Rig {
  readonly server = new StandIn();
  readonly events: ApplyEvent[] = [];
  secrets = secretsOf();

  /** Another process, perhaps on another machine. */
  target(options: Partial<TargetOptions> = {}): CloudiatorTarget {
    const { email, tenant, password } = account;
    return new CloudiatorTarget({
      url: this.server.url,
      email,
      tenant,
      password: new Secret(password),
      pace: { first: 1, longest: 5 },
      lock: { lifetime: 30_000, renewal: 8_000, settling: 1 },
      settling: 5,
      ...options,
    });
  }

  async plan(deployment: TaskDeployment, target = this.target()): Promise<Plan> {
    const state = await target.read(deployment.id);
    const { wanted, diagnostics } = await target.lower(deployment, state, { worth: { cost: 0.1, currency: 'EUR' }, solution: null, secrets: this.secrets });
    if (!wanted) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    return makePlan({ target: { kind: target.kind, name: target.name, id: target.id }, wanted, state, conduct: target.conduct, secrets: {} });
  }

  apply(plan: Plan, target = this.target(), options: Partial<ApplyOptions> = {}): Promise<Outcome> {
    return apply(plan, target, { secrets: this.secrets, timeout: 5, on: (event) => this.events.push(event), ...options });
  }

  async deploy(deployment: TaskDeployment): Promise<Outcome> {
    return this.apply(await this.plan(deployment));
  }

  /** The operations that change something, in their order, since the last time. */
  changes(): string[] {
    const reading = /^(find|get|retrieve|store|deleteSecure|login)/;
    const done = this.server.log.splice(0).map(({ operation }) => operation);
    return done.filter((operation) => !reading.test(operation));
  }

  /** Node names without the application and what makes them unique. */
  get holdings(): StandIn['holdings'] {
    const short = (text: string): string => text.replaceAll(/shop--([a-z0-9-]+?)--[0-9a-f]{12}-node-\d+/g, '$1');
    const { nodes, processes, schedules, monitors } = this.server.holdings;
    return { nodes: nodes.map(short), processes: processes.map(short), schedules, monitors };
  }
}

const rigs: Rig[] = [];

/** A server that offers small and large machines; it is stopped after the test. */
export async function rig(): Promise<Rig> {
  const made = new Rig();
  made.server.offers = [offer('small'), offer('large')];
  await made.server.start();
  rigs.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ server }) => server.stop()));
});
