import type { Place } from '@camelc/diagnostics';

/**
 * What an assignment breaks: a constraint, a candidate's limit, a mandatory port, an alternative, a coupling or separation, the range of a
 * cardinality, what may stand on one host, or a value that is undefined.
 */
export type Breach =
  | { kind: 'constraint'; id: string; name: string; place: Place }
  | { kind: 'limit'; candidate: string }
  | { kind: 'need'; component: string; port: string; place: Place }
  | { kind: 'alternative' | 'coupling' | 'separation'; name: string; place: Place }
  | { kind: 'range' | 'host'; component: string }
  | { kind: 'undefined'; objective: string; place: Place };
