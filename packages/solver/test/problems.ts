/** Small problems, written by hand. */
import type { Place } from '@camelc/diagnostics';
import type { Comparison, DecisionAttribute, Operator } from '@camelc/application/model';
import type { Problem, ProblemCandidate, ProblemComponent, ProblemCondition, ProblemConstraint, ProblemObjective, Term } from '@camelc/problem';

/** A place that tests can tell apart by its line. */
export const place = (line: number): Place => ({ file: 'test.camel', range: { start: { line, character: 0 }, end: { line, character: 1 } } });

export const number = (value: number): Term => ({ kind: 'number', value });
const term = (t: Term | number): Term => (typeof t === 'number' ? number(t) : t);
export const operator = (op: Operator, ...operands: (Term | number)[]): Term => ({ kind: 'operator', operator: op, operands: operands.map(term) });
export const plus = (...terms: (Term | number)[]): Term => terms.map(term).reduce((a, b) => operator('+', a, b));
export const minus = (a: Term | number, b: Term | number): Term => operator('-', a, b);
export const times = (a: Term | number, b: Term | number): Term => operator('*', a, b);
export const over = (a: Term | number, b: Term | number): Term => operator('/', a, b);
export const call = (name: string, ...parameters: (Term | number)[]): Term => ({ kind: 'call', function: name, arguments: parameters.map(term) });
export const of = (component: string, attribute: DecisionAttribute): Term => ({ kind: 'decision', component, attribute, factor: 1 });
export const instances = (component: string): Term => of(component, 'cardinality');
export const cost = (component: string): Term => times(of(component, 'price'), instances(component));
export const total = (attribute: 'cost' | 'hosts', factor = 1): Term => ({ kind: 'total', attribute, factor });
/** A term with a place. */
export const at = <T extends Term>(line: number, t: T): T => ({ ...t, place: place(line) });

export const is = (t: Term, op: Comparison, threshold: number, line = 0): ProblemCondition => ({
  kind: 'comparison',
  term: t,
  operator: op,
  threshold,
  place: place(line),
  thresholdPlace: place(line),
});
export const constraint = (name: string, condition: ProblemCondition, line = 0): ProblemConstraint => ({ id: `C.${name}`, name, place: place(line), condition });
export const maximise = (t: Term, priority = 1, line = 0): ProblemObjective => ({
  id: `O${priority}.${line}`,
  name: 'Utility',
  place: place(line),
  priority,
  minimise: false,
  term: t,
});
export const minimise = (t: Term, priority = 1): ProblemObjective => ({ ...maximise(t, priority), minimise: true });

export const component = (name: string, minimum: number, maximum: number | null, candidates: number[], more: Partial<ProblemComponent> = {}): ProblemComponent => ({
  name,
  place: place(100),
  minimum,
  maximum,
  candidates,
  demands: {},
  unmoveable: false,
  coInstanceHosting: false,
  everywhere: false,
  needs: [],
  ...more,
});

export function problem(
  candidates: (Omit<ProblemCandidate, 'id' | 'allocatable' | 'zone' | 'region' | 'cloud'> & Partial<ProblemCandidate>)[],
  components: ProblemComponent[],
  more: Partial<Problem> = {},
): Problem {
  return {
    formatVersion: 1,
    application: 'Test',
    placement: 'dedicated',
    currency: 'EUR',
    candidates: candidates.map((c, i) => ({
      id: `c${i}`,
      allocatable: {
        ...(c.cores !== undefined && { cores: c.cores }),
        ...(c.memory !== undefined && { memory: c.memory }),
        ...(c.storage !== undefined && { storage: c.storage }),
      },
      zone: 'cloud/here',
      region: 'cloud/here',
      cloud: 'cloud',
      ...c,
    })),
    components,
    constraints: [],
    objectives: [],
    formulas: {},
    couplings: [],
    separations: [],
    alternatives: [],
    ...more,
  };
}
