import type { Diagnostic, Place } from '@camelc/diagnostics';

/** A number in JSON, where an infinite one is a text. */
export type PlainNumber = number | 'Infinity' | '-Infinity';

/** A number as JSON has it; -0 is 0. */
export const plain = (value: number): PlainNumber => (value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value + 0);

/** The answer to a constraint problem, as plain data. What `camelc solve --format json` builds on. */
export interface Solution {
  formatVersion: 1;
  status: 'optimal' | 'feasible' | 'infeasible';
  /** Value of the variable with the highest priority, not negated; absent without an objective. An infinite value is the string "Infinity". */
  utility?: PlainNumber;
  /** Proven bound on the value of the first level, and its distance from what was reached. */
  bound?: PlainNumber;
  gap?: number;
  /** Per hour, in the problem's currency. */
  cost?: number;
  currency: string;
  components: SolutionComponent[];
  hosts: SolutionHosts[];
  /** Values of the formulas that constraints and objectives name, by id. */
  values: Record<string, PlainNumber>;
  /** With `infeasible`: elements that contradict each other; without any one of them the rest has a solution. */
  conflict?: Conflicting[];
}

export interface SolutionComponent {
  name: string;
  cardinality: number;
  /** Id of its candidate; absent at cardinality 0. In shared placement absent; see `hosts`. */
  candidate?: string;
  reasons?: Reasons;
}

/** Why a component has this candidate and this number of instances. */
export interface Reasons {
  /** The best other candidate for as many instances, all else equal. */
  nextBest?: {
    candidate: string;
    /** What each instance would cost more per hour; negative: less. */
    extraCost: number;
    /** The utility with it; absent without an objective. */
    utility?: PlainNumber;
  };
  /** What one instance less on the same candidate would break: constraints, ports, alternatives. Absent where it breaks nothing, or only the minimum. */
  fewer?: Conflicting[];
  /** The same for one instance more. */
  more?: Conflicting[];
}

/** What rules something out: one bound of one attribute, one requirement of another kind, one constraint, or an input. */
export interface Conflicting {
  kind:
    | 'requirement'
    | 'constraint'
    | 'objective'
    | 'need'
    | 'alternative'
    | 'coupling'
    | 'separation'
    | 'scale'
    | 'default-cardinality'
    | 'everywhere'
    | 'unmoveable'
    | 'limit'
    | 'metric'
    | 'component';
  /** What the user calls it: `DbReqs.minRam`, the constraint's name, the candidate's id, `Component.port`. */
  name: string;
  /** What it says, with its units: `at least 64 GigaBytes of memory`, `MonthlyCost <= 200.0`, `at most 3`. */
  says?: string;
  place?: Place;
}

/** Hosts of one candidate that carry the same instances. */
export interface SolutionHosts {
  candidate: string;
  number: number;
  /** Names in source order; a component with several instances on each of the hosts stands there as often. */
  components: string[];
}

/** Solution, or why none was sought. */
export interface SolveResult {
  solution?: Solution;
  diagnostics: Diagnostic[];
}
