/** What a solution decides of a component, or what its candidate has. */
export type DecisionAttribute = 'cores' | 'memory' | 'storage' | 'latitude' | 'longitude' | 'cardinality' | 'price';

/** The numbers of a value type. */
export interface Limits {
  name: string;
  /** `int`, `float` or `double`. */
  type?: string;
  lower?: number;
  lowerInclusive: boolean;
  upper?: number;
  upperInclusive: boolean;
}

/** As the index of the standard library has them. */
export interface Facts {
  limits?: Limits;
  /** The name of the unit of a template, or of a metric's template. */
  unit?: string;
  decision?: DecisionAttribute;
}
