/** What a solution decides in dedicated placement: for each component, in the problem's order, its candidate and its number of instances. */
export interface Assignment {
  /** Index into the problem's candidates; `null` exactly at cardinality 0. */
  candidate: number | null;
  cardinality: number;
}
