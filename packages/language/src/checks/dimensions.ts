/** Formulas whose operands measure different things, or the same in different units. */
import type { CompositeMetric, Expression, MetricVariable } from '../generated/ast.js';
import { quantityOf, quantityOfTemplate } from '../meaning/quantity.js';
import { divide, multiply, priceUnit, sameDimension, type Unit } from '../meaning/units.js';
import type { Checks, Report } from './check.js';

/** What an expression measures; undefined where that cannot be told, as of a number, which may stand for a weight or a conversion. */
type Measure = { name: string; unit: Unit } | undefined;

/** Functions of several values of one kind, whose value is of that kind too. */
const sums = new Set('min max sum add mean avg median med std'.split(' '));
/** Functions whose value is of the kind of their first argument. */
const keeping = new Set('abs floor ceil round percentile mode'.split(' '));

const operatorsThatCompare = new Set(['+', '-', '<', '<=', '>', '>=', '=', '==', '<>', '!=', '~=']);
const isDimensionless = ({ unit }: NonNullable<Measure>): boolean => sameDimension(unit.dimension, {});

function operandsMeasureTheSame(owner: MetricVariable | CompositeMetric, report: Report): void {
  const expression = owner.formula?.expression;
  const result = expression && measure(expression, report);
  const { unit } = quantityOfTemplate(owner.template);
  const said: Measure = unit && { name: unit.name, unit: unit.meaning };
  if (!result || !said || isDimensionless(result) || isDimensionless(said) || agree(result, said)) return;
  report('unit/result', { name: owner.name, found: result.name, said: said.name }, owner, 'formula');
}

function measure(node: Expression, report: Report): Measure {
  switch (node.$type) {
    case 'Variable': {
      const { unit, decision } = quantityOf(node.symbol);
      return unit && (decision === 'cardinality' || decision === 'cores' || !isDimensionless({ name: '', unit: unit.meaning }))
        ? { name: unit.name, unit: unit.meaning }
        : undefined;
    }
    case 'Sign':
      return measure(node.operand, report);
    case 'Call': {
      const measures = node.arguments.map((argument) => measure(argument, report));
      const name = node.callee.ref ? undefined : node.callee.$refText;
      if (name !== undefined && sums.has(name)) return common(node.arguments, measures, report);
      return name !== undefined && keeping.has(name) ? measures[0] : undefined;
    }
    case 'Operation': {
      const measures = node.operands.map((operand) => measure(operand, report));
      const [operator = ''] = node.operators;
      if (operatorsThatCompare.has(operator)) {
        const same = common(node.operands, measures, report);
        return operator === '+' || operator === '-' ? same : undefined;
      }
      return operator === '*' || operator === '/' ? product(measures, node.operators) : undefined;
    }
    default:
      return undefined;
  }
}

/** What all measure, as far as that is known. Reports the first that measures something else. */
function common(operands: readonly Expression[], measures: readonly Measure[], report: Report): Measure {
  const known = measures.flatMap((m, i) => (m && !isDimensionless(m) ? [{ measure: m, operand: operands[i]! }] : []));
  const [first] = known;
  const other = known.find(({ measure: m }) => !agree(m, first!.measure));
  if (!first || !other) return first?.measure;
  const isScale = isSameKind(other.measure.unit, first.measure.unit);
  report('unit/formula', { left: first.measure.name, right: other.measure.name, isScale }, other.operand);
  return undefined;
}

function product(measures: readonly Measure[], operators: readonly string[]): Measure {
  return measures.reduce((left, right, i) => {
    if (!left || !right) return undefined;
    const times = operators[i - 1] === '*';
    const unit = times ? multiply(left.unit, right.unit) : divide(left.unit, right.unit);
    const [l, r] = [isDimensionless(left) ? '' : left.name, isDimensionless(right) ? '' : right.name];
    const name = [l, r].filter(Boolean).join(times ? '·' : '/');
    return { name: !l && r && !times ? `1/${r}` : name, unit };
  });
}

/** Money per time is what a cost without a time means: that of an hour. */
function isSameKind(a: Unit, b: Unit): boolean {
  const [money, other] = [priceUnit(a), priceUnit(b)];
  return sameDimension(a.dimension, b.dimension) || (money !== undefined && money.currency === other?.currency);
}

const agree = (a: NonNullable<Measure>, b: NonNullable<Measure>): boolean => isSameKind(a.unit, b.unit) && Math.abs(a.unit.factor / b.unit.factor - 1) < 1e-9;

export const dimensionChecks: Checks = { MetricVariable: [operandsMeasureTheSame], CompositeMetric: [operandsMeasureTheSame] };
