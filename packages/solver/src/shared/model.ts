/** A problem of shared placement, ready to be searched. */
import type { Problem, Term } from '@camelc/problem';
import type { Formulas } from './formulas.js';
import type { HostKind, Stock } from './kinds.js';
import type { HostRules } from './rules.js';

/** What all programs of a problem have in common. */
export interface Model {
  problem: Problem;
  rules: HostRules;
  formulas: Formulas;
  stock: Stock;
  /** Of the candidates. */
  prices: { least: number; greatest: number };
  /** Cost is a whole multiple of it; 0: not known. */
  grain: number;
  /** By component: the least number of instances that is not none. */
  least: number[];
}

/** What is maximised: a term, relaxed rules that are kept, less the instances that are started or stopped, or hosts of some kinds. */
export type Goal = { kind: 'term'; term: Term } | { kind: 'kept' } | { kind: 'changes' } | { kind: 'use'; kinds: ReadonlySet<HostKind> };

/** What the stages before leave: relaxed rules to keep at least, changes at most, and numbers of hosts of some kinds. */
export interface Floors {
  kept?: number;
  changes?: number;
  numbers?: ReadonlyMap<HostKind, number>;
}
