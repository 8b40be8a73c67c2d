/**
 * The application: what a model says, as plain data with names resolved and units normalised.
 * This file holds types alone, so that everything below can read it without knowing the language.
 */
import type { Place } from '@camelc/diagnostics';

export interface Application {
  formatVersion: 1;
  /** The application's name, or that of the camel model where it declares none. */
  name: string;
  version?: string;
  placement: 'dedicated' | 'shared';
  /** Where the model says so. */
  placementPlace?: Place;
  /** In source order, which decides ties between solutions. */
  components: Component[];
  communications: Communication[];
  couplings: Coupling[];
  separations: Separation[];
  alternatives: Alternative[];
  /** Metrics and metric variables, by qualified name. */
  variables: Record<string, Variable>;
  constraints: Constraint[];
  /** Highest priority first; requirements of equal priority in source order. */
  objectives: Objective[];
  /** Where the values of raw metrics come from, in source order. */
  measurements: Measurement[];
}

// ── Components ──────────────────────────────────────────────────────────────────────────────

/** A `software` element. */
export interface Component {
  name: string;
  /** Where its name stands. */
  place: Place;
  description?: string;
  /** Last names of its annotations' paths. */
  annotations: string[];
  /** Annotated Unmoveable: keeps its candidate once deployed. */
  unmoveable: boolean;
  longLived: boolean;
  coInstanceHosting: boolean;
  everywhere: boolean;
  /** What its candidates must satisfy: of its own requirement set, and per kind of the global one. */
  requirements: Requirement[];
  scale: Scale;
  providedPorts: Port[];
  requiredPorts: Port[];
  configuration?: Configuration;
  /** Attributes of its features, flattened, with the names of the features around them as path. */
  attributes: Attribute[];
  dataSources: string[];
}

export interface Scale {
  minimum: number;
  /** `null`: unbounded. */
  maximum: number | null;
  /** The horizontal scale requirement; absent where none is given and the component is exactly 1. */
  id?: string;
  /** Where its maximum stands. */
  place?: Place;
  /** Where its minimum stands. */
  minimumPlace?: Place;
}

export interface Port {
  name: string;
  place: Place;
  /** Equal for a single port. */
  low: number;
  high: number;
  mandatory: boolean;
}

export interface Attribute {
  /** `feature.subFeature.attribute`; '' for the nameless attribute. */
  path: string;
  /** Last name of the path. */
  name: string;
  place: Place;
  /** Where the value stands. */
  valuePlace?: Place;
  annotations: string[];
  /** Last names of the annotations of the features around it, innermost first. */
  featureAnnotations: string[];
  value?: string | number | boolean;
  minimum?: number;
  maximum?: number;
  minimumInclusive?: boolean;
  maximumInclusive?: boolean;
  unit?: string;
}

export type Configuration =
  /** `container configuration`. */
  | { kind: 'container'; name: string; place: Place; image: string; imagePlace: Place; start?: string; update?: string; environment: Attribute[]; attributes: Attribute[] }
  /** `script configuration` with `devops 'docker'`: the nameless attribute is the image, each docker argument a `KEY value`; `attributes` are the others. */
  | { kind: 'docker'; name: string; place: Place; image: string; imagePlace: Place; arguments: DockerArgument[]; attributes: Attribute[] }
  | { kind: 'script'; name: string; place: Place; commands: Record<string, string>; attributes: Attribute[] }
  | {
      kind: 'serverless';
      name: string;
      place: Place;
      /** URL of its code. */
      code?: string;
      /** What is called in it, and by which method of HTTP. */
      event?: { function?: string; method?: string; interval?: Interval };
      parameters: Attribute[];
      attributes: Attribute[];
    }
  /** `source`: the URL where it is found. */
  | { kind: 'cluster' | 'paas'; name: string; place: Place; source?: string; attributes: Attribute[] }
  | { kind: 'image'; name: string; place: Place; attributes: Attribute[] };

export interface DockerArgument {
  key: string;
  value: string;
  place: Place;
  /** Name of the attribute that says it. */
  attribute: string;
  annotations: string[];
}

/** A time: so many of a unit, by the unit's name. */
export interface Interval {
  period: number;
  unit: string;
}

export interface Communication {
  name: string;
  place: Place;
  from: { component: string; port: string };
  to: { component: string; port: string };
}

export type Level = 'host' | 'zone' | 'region' | 'cloud';
export interface Coupling {
  name: string;
  place: Place;
  level: Level;
  relaxed: boolean;
  components: string[];
}
/** `from` given: none of `components` with any of `from`; else no two of `components` at the same place. */
export interface Separation {
  name: string;
  place: Place;
  level: Level;
  relaxed: boolean;
  components: string[];
  from?: string[];
}
/** Exactly one of `components` is deployed. */
export interface Alternative {
  name: string;
  place: Place;
  components: string[];
}

// ── Requirements on candidates ──────────────────────────────────────────────────────────────

/** One requirement: the unit in which a candidate is refused, or a conflict told. */
export type Requirement =
  | AttributeRequirement
  | (RequirementBase & {
      kind: 'location';
      /** ISO 3166-1 alpha-2 and other region ids, with all that they contain. */ regions: string[];
      /** Cloud locations, by id. */ locations: string[];
    })
  | (RequirementBase & { kind: 'provider'; names: string[] })
  | (RequirementBase & { kind: 'cloud-type'; cloudType: 'public' | 'private' })
  | (RequirementBase & { kind: 'image'; names: string[] })
  | (RequirementBase & { kind: 'os'; family: string; version?: string; bits64: boolean })
  | (RequirementBase & { kind: 'runtime'; runtime: string })
  | (RequirementBase & { kind: 'placement-type'; types: string[] })
  | (RequirementBase & { kind: 'placement-name'; name: string });

interface RequirementBase {
  /** What the user calls it: `AppReqs.minCoresApp`, `InEurope`. */
  id: string;
  /** The text that says it: the value of a bound, the list of locations, … */
  place: Place;
  /** Said by the global requirement set. */
  global: boolean;
  /** In words, with the units of the model: `at least 8100 MegaBytes of memory`. */
  text: string;
}

/** One bound of one attribute. */
export interface AttributeRequirement extends RequirementBase {
  kind: 'attribute';
  /** `cores` (number), `memory` (MegaBytes), `storage` (GigaBytes), `frequency` (GigaHertz), `fpga`, or the id of the annotation, or the attribute's own name. */
  attribute: string;
  bound: 'minimum' | 'maximum' | 'equal';
  /** In the attribute's canonical unit; a text or a truth value only with `equal`. */
  value: number | string | boolean;
  inclusive: boolean;
  /** As the model has it. */
  original: { value: number | string | boolean; unit?: string };
  /** Recognised by name and unit alone, not by an annotation. */
  guessed: boolean;
}

// ── Variables, formulas, constraints, objectives ────────────────────────────────────────────

export type DecisionAttribute = 'cores' | 'memory' | 'storage' | 'cardinality' | 'latitude' | 'longitude' | 'price';

/** A metric or a metric variable. */
export interface Variable {
  /** Qualified name, `MetricModel.Name`. */
  id: string;
  /** Bare name, as formulas and `--metric` have it. */
  name: string;
  place: Place;
  metric: boolean;
  meaning:
    /** Decided by the solution: the attribute of the component's candidate, its cardinality, or (without component) total cost or number of hosts. */
    | {
        kind: 'decision';
        attribute: DecisionAttribute;
        component?: string;
        /** `solution`: of the deployment sought; `current`: of the one that runs; `candidates`: the list over all that fit. */
        of: 'solution' | 'current' | 'candidates';
        /** Value in the variable's own unit = canonical value × factor (MegaBytes, GigaBytes, currency per hour). */
        factor: number;
        /** Of a price: the currency of the template's unit, where it names one. */
        currency?: 'EUR' | 'USD' | 'GBP';
      }
    | { kind: 'formula'; expression: Expression; current: boolean }
    /** Given with the run: a metric, or a variable whose annotation is none of the known ones. */
    | { kind: 'given'; current: boolean };
}

/** A formula, names resolved, user functions put in place. */
export type Expression =
  | { kind: 'number'; value: number; place: Place }
  | { kind: 'variable'; id: string; place: Place }
  | { kind: 'call'; function: string; arguments: Expression[]; place: Place }
  | { kind: 'operator'; operator: Operator; operands: Expression[]; place: Place };

/** `neg` and `not` take one operand, `!` is the factorial, the rest take two. */
export type Operator = '+' | '-' | '*' | '/' | '^' | '#' | 'neg' | '!' | '<' | '<=' | '>' | '>=' | '==' | '<>' | 'and' | 'or' | 'not';

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '<>';

export interface Constraint {
  id: string;
  name: string;
  place: Place;
  /** `binding`: the solution keeps it. `slo`: it, or one that it is part of, says when to reconfigure, for an SLO or an event. `part`: holds only through another. */
  role: 'binding' | 'slo' | 'part';
  condition: Condition;
}

export type Condition =
  | {
      kind: 'comparison';
      /** The variable, or the metric of the context. */ variable: string;
      operator: Comparison;
      threshold: number;
      thresholdPlace: Place;
      metric: boolean;
      place: Place;
    }
  | { kind: 'and' | 'or' | 'xor'; conditions: Condition[]; place: Place }
  | { kind: 'if'; if: Condition; then: Condition; else?: Condition; place: Place };

/** An optimisation requirement. */
export interface Objective {
  id: string;
  name: string;
  place: Place;
  /** The variable, or the metric of the context, that is optimised. */
  variable: string;
  priority: number;
  minimise: boolean;
}

/** A raw metric context: which sensor measures the metric, of what, and how often. */
export interface Measurement {
  name: string;
  place: Place;
  /** Bare name of the metric. */
  metric: string;
  /** The component that is measured; absent: the application. */
  component?: string;
  sensor: Sensor;
  interval?: Interval;
}

export interface Sensor {
  name: string;
  place: Place;
  /** Whether it sends values by itself, rather than being asked. */
  push: boolean;
  /** Its configuration, in a form of the sensor's own. */
  config?: string;
  attributes: Attribute[];
}
