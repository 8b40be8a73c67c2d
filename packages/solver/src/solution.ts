import type { Diagnostic, Place } from '@camelc/diagnostics';

/** A number in JSON, where an infinite one is a text. */
export type PlainNumber = number | 'Infinity' | '-Infinity';

/** A number as JSON has it; -0 is 0. */
export const plain = (value: number): PlainNumber => (value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value + 0);

/** The answer to a constraint problem, as plain data. What `camelc solve --format json` builds on. */
export interface Solution {
  formatVersion: 1;
  status: 'optimal' | 'feasible' | 'infeasible';
  /** It is what runs, kept because the best there is would not gain enough. Its status is `feasible` where that is better at all. */
  kept?: true;
  /** Value of the variable with the highest priority, not negated; absent without an objective. An infinite value is the string "Infinity". */
  utility?: PlainNumber;
  /** Proven bound on the value of the first level (the cost, without an objective), and its distance from what was reached. */
  bound?: PlainNumber;
  gap?: PlainNumber;
  /** Per hour, in the problem's currency. */
  cost?: number;
  currency: string;
  components: SolutionComponent[];
  hosts: SolutionHosts[];
  /** Values of the formulas that constraints and objectives name, by id. */
  values: Record<string, PlainNumber>;
}

export interface SolutionComponent {
  name: string;
  cardinality: number;
  /** Id of its candidate; absent at cardinality 0. In shared placement absent; see `hosts`. */
  candidate?: string;
  reasons?: Reasons;
}

/** Why some hosts are on their candidate. */
export interface CandidateReasons {
  /** The best other candidate in its place, all else equal. */
  nextBest?: OtherCandidate;
  /** What excludes candidates that would be better in its place, all else equal; the best of them first. */
  binding?: Binding[];
}

/** Another candidate in the place of one. */
export interface OtherCandidate {
  candidate: string;
  /** What each host would cost more per hour; negative: less. */
  extraCost: number;
  /** The utility with it; absent without an objective. */
  utility?: PlainNumber;
}

/** Requirements that exclude a candidate: one that excludes it by itself, or, where no better candidate is excluded by one alone, all that do. */
export interface Binding extends OtherCandidate {
  requirements: Conflicting[];
  /** The candidate meets them all, but components that share a host ask for more than it has: cores, MegaBytes of memory, GigaBytes of storage. */
  room?: { resource: 'cores' | 'memory' | 'storage'; asked: number; has: number };
}

/** Why a component has this candidate, which only dedicated placement has one of, and this number of instances. */
export interface Reasons extends CandidateReasons {
  /** What one instance less on the same candidate would break. Absent where it breaks nothing. */
  fewer?: Conflicting[];
  /** What one instance more would break, where it would be better. */
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
    | 'metric';
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
  /** In shared placement. */
  reasons?: CandidateReasons;
}

/** Solution, or why none was sought. */
export interface SolveResult {
  solution?: Solution;
  diagnostics: Diagnostic[];
}
