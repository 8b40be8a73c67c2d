/** Metrics and metric variables: what each stands for. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import {
  annotationNames,
  attributesOf,
  canonicalName,
  canonicalUnits,
  conversion,
  decisionOf,
  isDataSource,
  lastName,
  placeOf,
  priceUnit,
  qualifiedNameOf,
  unitOf,
  type DataSource,
  type Expression as Node,
  type Metric,
  type MetricTemplate,
  type MetricVariable,
} from '@camelc/language';
import { plainAttribute, withoutModel } from './attributes.js';
import { expressionOf, variablesIn } from './expressions.js';
import type { DecisionAttribute, Expression, Variable } from './model.js';

/** Collects the variables that the application needs, each when it is first named. */
export class VariableTable {
  readonly variables: Record<string, Variable> = {};
  /** Ids of those without a formula whose values are degrees. */
  readonly inDegrees = new Set<string>();
  readonly #ids = new Map<Metric, string>();

  constructor(private readonly report: (d: Diagnostic) => void) {}

  /** The id of a metric or variable; what its formula names comes along. */
  idOf(node: Metric): string {
    const known = this.#ids.get(node);
    if (known !== undefined) return known;
    const name = withoutModel(qualifiedNameOf(node));
    let id = name;
    for (let n = 2; id in this.variables; n++) id = `${name}#${n}`;
    this.#ids.set(node, id);
    const metric = node.$type !== 'MetricVariable';
    const variable: Variable = { id, name: node.name, place: placeOf(node, 'name'), metric, meaning: { kind: 'given', current: false } };
    this.variables[id] = variable;
    variable.meaning = this.#meaningOf(node);
    if (this.#isInDegrees(node, variable.meaning)) this.inDegrees.add(id);
    return id;
  }

  #isInDegrees(node: Metric, meaning: Variable['meaning']): boolean {
    if (meaning.kind === 'decision') return isCoordinate(meaning.attribute) && meaning.factor === 1;
    if ('formula' in node && node.formula) return false;
    const template = 'template' in node ? node.template?.ref : undefined;
    const unit = template?.unit?.ref && unitOf(template.unit.ref);
    const decision = template?.attribute?.ref && decisionOf(template.attribute.ref);
    // The coordinates of what is outside the application, also where they are called a ratio.
    const factor = (unit && conversion(unit, canonicalUnits.latitude)) ?? (isCoordinate(decision?.attribute) ? 1 : undefined);
    return factor === 1;
  }

  /** The components whose decisions a variable's value depends on. */
  componentsOf(id: string, seen = new Set<string>()): string[] {
    if (seen.has(id)) return [];
    seen.add(id);
    const { meaning } = this.variables[id]!;
    if (meaning.kind === 'decision') return meaning.component === undefined ? [] : [meaning.component];
    return meaning.kind === 'formula' ? variablesIn(meaning.expression).flatMap((named) => this.componentsOf(named, seen)) : [];
  }

  #meaningOf(node: Metric): Variable['meaning'] {
    const current = node.$type === 'MetricVariable' && node.currentConfig;
    const formula = 'formula' in node ? node.formula?.expression : undefined;
    if (formula) return { kind: 'formula', current, expression: this.#expression(formula) };
    return (node.$type === 'MetricVariable' && this.#decision(node)) || { kind: 'given', current };
  }

  #expression(node: Node): Expression {
    return expressionOf(node, (symbol) => this.idOf(symbol as Metric));
  }

  #decision(node: MetricVariable): Variable['meaning'] | undefined {
    const template = node.template?.ref;
    const attribute = template?.attribute?.ref;
    const decision = attribute && decisionOf(attribute);
    if (!template || !decision) return undefined;
    if (decision.guessed) this.report(diagnose('variable/guessed', { name: node.name, attribute: decision.attribute }, placeOf(node, 'name')));
    const source = node.component?.ref;
    if (isDataSource(source)) {
      if (!isCoordinate(decision.attribute)) this.report(diagnose('variable/data-source', { name: node.name, attribute: decision.attribute }, placeOf(node, 'component')));
      else if (!source.component) return this.#locationOf(source, decision.attribute, this.#unit(node, template, decision.attribute).factor);
    }
    const subject = isDataSource(source) ? source.component : node.component;
    const component = subject && lastName(subject.$refText);
    // Of what is outside the application.
    if (!component && isCoordinate(decision.attribute)) return undefined;
    if (!component && decision.attribute !== 'price' && decision.attribute !== 'cardinality') {
      this.report(diagnose('variable/no-component', { name: node.name, attribute: decision.attribute }, placeOf(node, 'name')));
      return undefined;
    }
    return {
      kind: 'decision',
      attribute: decision.attribute,
      of: node.onCandidates ? 'candidates' : node.currentConfig ? 'current' : 'solution',
      ...(component && { component }),
      ...this.#unit(node, template, decision.attribute),
    };
  }

  /** A coordinate that a data source without component says of itself; undefined where it does not. */
  #locationOf(source: DataSource, coordinate: DecisionAttribute, factor: number): Variable['meaning'] | undefined {
    const located = attributesOf(source).find(({ node }) => [...annotationNames(node), node.name ?? ''].map(canonicalName).includes(coordinate));
    const { value, valuePlace, place } = located ? plainAttribute(located) : {};
    return typeof value === 'number' ? { kind: 'formula', current: false, expression: { kind: 'number', value: value * factor, place: valuePlace ?? place! } } : undefined;
  }

  /** Factor from the canonical unit of a decision to that of the template. */
  #unit(node: MetricVariable, template: MetricTemplate, attribute: DecisionAttribute): { factor: number; currency?: 'EUR' | 'USD' | 'GBP' } {
    const unit = template.unit?.ref && unitOf(template.unit.ref);
    const unitName = template.unit && lastName(template.unit.$refText);
    if (!unit) return { factor: 1 };
    if (attribute === 'price') {
      const price = priceUnit(unit);
      if (price) return { factor: 1 / price.factor, currency: price.currency };
    } else {
      const factor = conversion(canonicalUnits[attribute], unit);
      if (factor !== undefined) return { factor };
      // A ratio is what models write where they have no unit.
      if (Object.keys(unit.dimension).length === 0) return { factor: 1 };
    }
    this.report(diagnose('variable/unit', { name: node.name, unit: unitName!, attribute }, placeOf(node, 'template')));
    return { factor: 1 };
  }
}

const isCoordinate = (attribute: DecisionAttribute | undefined): boolean => attribute === 'latitude' || attribute === 'longitude';
