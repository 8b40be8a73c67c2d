import type { Application, Attribute, Communication, Component, Configuration } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Place } from '@camelc/diagnostics';
import type { Solution } from '@camelc/solver';
import { buildDeployment, type DeploymentInputs, type ReadConfig } from '../src/index.js';
import { component as bare } from '../../problem/test/applications.js';

/** A place that tells itself apart from others by its line. */
export const at = (line: number): Place => ({ file: 'shop.camel', range: { start: { line, character: 2 }, end: { line, character: 9 } } });

export const attribute = (name: string, value: Attribute['value'], more: Partial<Attribute> = {}): Attribute => ({
  path: name,
  name,
  place: at(90),
  valuePlace: at(91),
  annotations: [],
  featureAnnotations: [],
  value,
  ...more,
});

export const container = (image: string, more: Partial<Extract<Configuration, { kind: 'container' }>> = {}): Configuration => ({
  kind: 'container',
  name: 'Image',
  place: at(20),
  image,
  imagePlace: at(21),
  environment: [],
  attributes: [],
  ...more,
});

/** A docker configuration; each argument as the model writes it, `KEY value`. */
export const docker = (image: string, ...args: string[]): Configuration => ({
  kind: 'docker',
  name: 'Docker',
  place: at(30),
  image,
  imagePlace: at(31),
  attributes: [],
  arguments: args.map((text, index) => {
    const [key = '', ...value] = text.split(' ');
    return { key, value: value.join(' '), place: at(40 + index), attribute: `argument${index}`, annotations: [] };
  }),
});

export const component = (name: string, more: Partial<Component> = {}): Component =>
  bare(name, { place: at(name.charCodeAt(0)), scale: { minimum: 1, maximum: 1 }, configuration: container(`shop/${name.toLowerCase()}:1`), ...more });

export const port = (name: string, low: number, high = low): Component['providedPorts'][number] => ({ name, place: at(low), low, high, mandatory: true });

export const atLeast = (attribute: string, value: number): Component['requirements'][number] => ({
  kind: 'attribute',
  attribute,
  bound: 'minimum',
  value,
  inclusive: true,
  original: { value },
  guessed: false,
  id: `Reqs.${attribute}`,
  place: at(60),
  global: false,
  text: '',
});

export const communication = (name: string, from: string, to: string): Communication => {
  const end = (text: string): Communication['from'] => ({ component: text.split('.')[0]!, port: text.split('.')[1]! });
  return { name, place: at(70), from: end(from), to: end(to) };
};

export const application = (components: Component[], communications: Communication[] = [], more: Partial<Application> = {}): Application => ({
  formatVersion: 1,
  name: 'Shop',
  version: '1.0',
  placement: 'dedicated',
  components,
  communications,
  couplings: [],
  separations: [],
  alternatives: [],
  variables: {},
  constraints: [],
  objectives: [],
  measurements: [],
  ...more,
});

export const machine = (id: string, more: Partial<NodeCandidate> = {}): NodeCandidate => ({
  id,
  type: 'IAAS',
  hardware: `m.${id}`,
  cloud: { id: 'cloud', provider: 'example', type: 'public' },
  cores: 2,
  memory: 4096,
  price: 0.1,
  location: { id: 'eu-1', city: 'Lyon', country: 'FR' },
  ...more,
});

/** Every component once, on a machine of its own, unless `counts` says how often. */
export function solved(app: Application, counts: Record<string, number> = {}): Solution {
  const components = app.components.map(({ name }) => ({ name, cardinality: counts[name] ?? 1, candidate: 'small' }));
  const deployed = components.filter(({ cardinality }) => cardinality > 0);
  return {
    formatVersion: 1,
    status: 'optimal',
    currency: 'EUR',
    cost: 0.1 * deployed.reduce((sum, { cardinality }) => sum + cardinality, 0),
    values: {},
    components,
    hosts: deployed.map(({ name, cardinality }) => ({ candidate: 'small', number: cardinality, components: [name] })),
  };
}

/** The instances on each host of shared placement. */
export function placed(app: Application, ...hosts: string[][]): Solution {
  const cardinality = (name: string): number => hosts.flat().filter((other) => other === name).length;
  return {
    ...solved(app),
    cost: 0.1 * hosts.length,
    components: app.components.map(({ name }) => ({ name, cardinality: cardinality(name) })),
    hosts: hosts.map((components) => ({ candidate: 'small', number: 1, components })),
  };
}

export const candidates = new Map([['small', machine('small')]]);

/** There is none. */
export const noConfigs: ReadConfig = () => 'cannot be read: there is no such file or folder';

export const build = (app: Application, inputs: Partial<DeploymentInputs> = {}, counts: Record<string, number> = {}) =>
  buildDeployment(app, solved(app, counts), candidates, { variables: {}, readConfig: noConfigs, ...inputs });

/** Web requires the database; the database's port is inside, the web's is for the world. */
export const shop = (web: Partial<Component> = {}, database: Partial<Component> = {}): Application =>
  application(
    [
      component('Web', { requiredPorts: [port('Db', 5432)], providedPorts: [port('Http', 8080)], ...web }),
      component('Database', { providedPorts: [port('Sql', 5432)], ...database }),
    ],
    [communication('WebToDatabase', 'Web.Db', 'Database.Sql')],
  );
