import type { Conflicting, PlainNumber } from '../solution.js';

/** Why a model has no solution, and what would help. */
export interface WhyNot {
  /**
   * Sets of elements that contradict each other, at most five: without any one element the rest of its set has a solution. No two sets share an
   * element. Empty: see `unplaceable`.
   */
  conflicts: Conflicting[][];
  /** False where a check could not be finished, so that a set may name more than it must. */
  minimal: boolean;
  /** Components that no candidate can carry, whatever they required. */
  unplaceable: string[];
  /** Any one of them gives the whole model a solution, as was found out by solving it. */
  suggestions: Suggestion[];
}

/** A change of one element, or where no single one helps of several, as small as it takes. */
export interface Suggestion {
  changes: Change[];
  /** The best solution then, as far as it was found. */
  then: {
    /** Per hour, and for a month of 730 hours, in the currency of the candidates. */
    cost: number;
    costPerMonth: number;
    utility?: PlainNumber;
  };
}

/** What one element says now, and what it would have to say. */
export interface Change extends Pick<Conflicting, 'kind' | 'name' | 'place'> {
  from: string;
  to: string;
  /** Both in a few words: `64 → 32 GigaBytes`, `also Locations.DE`. */
  text: string;
}
