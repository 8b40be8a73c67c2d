/** What a solution decides in dedicated placement: for each component, in the problem's order, its candidate and its number of instances. */
export interface Assignment {
  /** Index into the problem's candidates; `null` exactly at cardinality 0, and in shared placement. */
  candidate: number | null;
  cardinality: number;
}

/** What a solution decides in shared placement: how many hosts of a candidate hold these instances. */
export interface Hosts {
  /** Index into the problem's candidates. */
  candidate: number;
  number: number;
  /** Instances on each of the hosts, by component. */
  instances: number[];
}
