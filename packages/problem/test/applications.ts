/** Applications for tests, without a model. */
import type { Application, Component, Condition, Constraint, Expression, Operator, Variable } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import type { Place } from '@camelc/diagnostics';

export const place = (line: number): Place => ({ file: 'shop.camel', range: { start: { line, character: 0 }, end: { line, character: 1 } } });
export const variable = (name: string, meaning: Variable['meaning'], line = 0, metric = false): Variable => ({ id: `M.${name}`, name, place: place(line), metric, meaning });
export const decision = (
  name: string,
  attribute: 'cores' | 'cardinality' | 'price' | 'latitude' | 'memory',
  component?: string,
  of: 'solution' | 'current' | 'candidates' = 'solution',
  more: { factor?: number; currency?: 'USD' } = {},
): Variable => variable(name, { kind: 'decision', attribute, ...(component && { component }), of, factor: 1, ...more });
export const metric = (name: string, line = 0): Variable => variable(name, { kind: 'given', current: false }, line, true);
export const formula = (name: string, expression: Expression, line = 0): Variable => variable(name, { kind: 'formula', expression, current: false }, line);
export const num = (value: number): Expression => ({ kind: 'number', value, place: place(0) });
export const ref = (name: string, line = 0): Expression => ({ kind: 'variable', id: `M.${name}`, place: place(line) });
export const op = (operator: Operator, ...operands: Expression[]): Expression => ({ kind: 'operator', operator, operands, place: place(0) });
export const call = (name: string, ...parameters: Expression[]): Expression => ({ kind: 'call', function: name, arguments: parameters, place: place(0) });
export const comparison = (name: string, threshold: number, isMetric = false): Condition => ({
  kind: 'comparison',
  variable: `M.${name}`,
  operator: '<=',
  threshold,
  thresholdPlace: place(0),
  metric: isMetric,
  place: place(30),
});
export const constraint = (name: string, condition: Condition, role: Constraint['role'] = 'binding'): Constraint => ({ id: `C.${name}`, name, place: place(31), role, condition });

export const component = (name: string, more: Partial<Component> = {}): Component => ({
  name,
  place: place(1),
  annotations: [],
  unmoveable: false,
  longLived: false,
  coInstanceHosting: false,
  everywhere: false,
  requirements: [],
  scale: { minimum: 1, maximum: 4, id: 'Scale', place: place(2) },
  providedPorts: [],
  requiredPorts: [],
  attributes: [],
  dataSources: [],
  ...more,
});
export const application = (variables: Variable[], more: Partial<Application> = {}): Application => ({
  formatVersion: 1,
  name: 'Shop',
  placement: 'dedicated',
  components: [component('Web'), component('Db')],
  communications: [],
  couplings: [],
  separations: [],
  alternatives: [],
  variables: Object.fromEntries(variables.map((v) => [v.id, v])),
  constraints: [],
  objectives: [],
  measurements: [],
  ...more,
});
export const objective = (name: string, priority = 1) => ({ id: `R.${name}`, name, place: place(40), variable: `M.${name}`, priority, minimise: false });
export const candidate = (id: string, price: number, more: Partial<NodeCandidate> = {}): NodeCandidate => ({
  id,
  type: 'IAAS',
  hardware: id,
  cloud: { id: 'c', provider: 'example', type: 'public' },
  cores: 2,
  memory: 4096,
  price,
  ...more,
});
