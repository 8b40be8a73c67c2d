/** The constraint problem: application × candidates, as plain data. What `camelc problem --as json` writes. */
import type { Place } from '@camelc/diagnostics';
import type { Hosts } from './assignment.js';
import type { Alternative, Comparison, Coupling, DecisionAttribute, Operator, Separation } from '@camelc/application/model';

export interface Problem {
  formatVersion: 1;
  application: string;
  placement: 'dedicated' | 'shared';
  placementPlace?: Place;
  /** Currency of all prices and costs. */
  currency: string;
  /** Only the candidates that some component can use, in the order of their ids by code point. */
  candidates: ProblemCandidate[];
  /** In source order. */
  components: ProblemComponent[];
  constraints: ProblemConstraint[];
  /** By priority, highest first; those of equal priority are summed. */
  objectives: ProblemObjective[];
  /** Formulas that constraints and objectives share, by variable id; a `formula` term names one. */
  formulas: Record<string, { name: string; place: Place; term: Term }>;
  couplings: Coupling[];
  separations: Separation[];
  alternatives: Alternative[];
  running?: Running;
}

/** The deployment that runs now. */
export interface Running {
  /** By component, in the problem's order: what runs of it. Empty: it does not run yet. */
  instances: { candidate: string; number: number }[][];
  /** The hosts, where the candidates of all are among the problem's: what can be kept as it is. */
  hosts?: Hosts[];
  /** What runs is kept while it is admissible and its first merit is not lower by more than this. */
  minGain: number;
}

export interface ProblemCandidate {
  id: string;
  /** Per host and hour, in the problem's currency. */
  price: number;
  /** Cores, memory in MegaBytes, storage in GigaBytes, degrees; absent: unknown. */
  cores?: number;
  memory?: number;
  storage?: number;
  latitude?: number;
  longitude?: number;
  /** How many hosts of it there are, over all components. */
  limit?: number;
  /** What a host of it has for the demands of components that share it; a resource that is absent is unknown. */
  allocatable: Resources;
  /** Ids of the places where it stands, for couplings and separations. */
  zone: string;
  region: string;
  cloud: string;
}

/** Cores, memory in MegaBytes, storage in GigaBytes. */
export interface Resources {
  cores?: number;
  memory?: number;
  storage?: number;
}

export interface ProblemComponent {
  name: string;
  place: Place;
  minimum: number;
  /** `null`: unbounded. */
  maximum: number | null;
  /** The horizontal scale requirement, where there is one. */
  scale?: { id: string; place: Place };
  /** Indexes into `candidates` of those that fit, ascending. */
  candidates: number[];
  /** What one instance takes of a host that it shares: the minima of its resource requirements. */
  demands: Resources;
  /** Annotated so, and it runs: `candidates` are those that it runs on. */
  unmoveable: boolean;
  coInstanceHosting: boolean;
  everywhere: boolean;
  /** Its mandatory required ports: when it is deployed, so is one of the providers of each. */
  needs: Need[];
}

export interface Need {
  port: string;
  place: Place;
  /** Components, in the order of the communications. */
  providers: string[];
}

/**
 * What a term may ask of a component. In dedicated placement also, by number, its candidate (the index) and the place where that stands
 * (the index among all places of the level in the order of their ids), -1 at cardinality 0, and what its candidate has for demands.
 */
export type TermAttribute = DecisionAttribute | 'candidate' | 'zone' | 'region' | 'cloud' | `allocatable-${keyof Resources}`;

/** A term of a formula: everything given is a number by now. */
export type Term =
  | { kind: 'number'; value: number; place?: Place }
  /** An attribute of the component's candidate (0 at cardinality 0), or its cardinality; times `factor`. */
  | { kind: 'decision'; component: string; attribute: TermAttribute; factor: number; place?: Place }
  /** Cost per hour, or number, of the hosts of the whole deployment, or of those that hold one of `components`; times `factor`. */
  | { kind: 'total'; attribute: 'cost' | 'hosts'; components?: readonly string[]; factor: number; place?: Place }
  /** The constant list over the candidates that fit a component. */
  | { kind: 'list'; values: number[]; place?: Place }
  | { kind: 'formula'; id: string; place?: Place }
  | { kind: 'call'; function: string; arguments: Term[]; place?: Place }
  | { kind: 'operator'; operator: Operator; operands: Term[]; place?: Place };

export interface ProblemConstraint {
  id: string;
  name: string;
  place: Place;
  condition: ProblemCondition;
}

export type ProblemCondition =
  | { kind: 'comparison'; term: Term; operator: Comparison; threshold: number; place: Place; thresholdPlace: Place }
  | { kind: 'and' | 'or' | 'xor'; conditions: ProblemCondition[]; place: Place }
  | { kind: 'if'; if: ProblemCondition; then: ProblemCondition; else?: ProblemCondition; place: Place };

export interface ProblemObjective {
  id: string;
  name: string;
  place: Place;
  priority: number;
  minimise: boolean;
  term: Term;
}
