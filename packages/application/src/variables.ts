/** Metrics and metric variables: what each stands for. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { placeOf, qualifiedNameOf, type Expression as Node, type Metric, type MetricTemplate, type MetricVariable, type Unit as UnitNode } from '@camelc/language';
import { lastName, withoutModel } from './attributes.js';
import { expressionOf, variablesIn } from './expressions.js';
import { decisionOf } from './meaning.js';
import type { DecisionAttribute, Expression, Variable } from './model.js';
import { canonicalUnits, conversion, divide, multiply, priceUnit, unitByName, type Unit } from './units.js';

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
    if (meaning.kind === 'decision') return (meaning.attribute === 'latitude' || meaning.attribute === 'longitude') && meaning.factor === 1;
    const template = 'template' in node ? node.template?.ref : undefined;
    const unit = meaning.kind === 'given' && template?.unit?.ref && unitOf(template.unit.ref);
    return unit ? conversion(unit, canonicalUnits.latitude) === 1 : false;
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
    const component = node.component && lastName(node.component.$refText);
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

/** What a unit of a model means: by its name, or by the formula of a composite one. */
function unitOf(node: UnitNode): Unit | undefined {
  if (node.$type === 'CompositeUnit' && node.formula?.expression) return unitOfFormula(node.formula.expression);
  return unitByName(node.name);
}

function unitOfFormula(node: Node): Unit | undefined {
  if (node.$type === 'NumberLiteral') return { dimension: {}, factor: node.value };
  if (node.$type === 'Variable') {
    const symbol = node.symbol.ref;
    return symbol && (symbol.$type === 'SingleUnit' || symbol.$type === 'CompositeUnit' || symbol.$type === 'Dimensionless') ? unitOf(symbol) : unitByName(node.symbol.$refText);
  }
  if (node.$type !== 'Operation') return undefined;
  return node.operands.map(unitOfFormula).reduce((left, right, i) => {
    const operator = node.operators[i - 1];
    if (!left || !right) return undefined;
    return operator === '*' ? multiply(left, right) : operator === '/' ? divide(left, right) : undefined;
  });
}
