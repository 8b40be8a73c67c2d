import { constants, isCall, isMetricFunction, isNumberLiteral, isOperation, isSign, isVariable, type Expression, type Formula } from '@camelc/language';
import { functions, operate } from '@camelc/problem';

const operators = ['+', '-', '*', '/', '^', '#'] as const;
type Operator = (typeof operators)[number];
const isOperator = (operator: string): operator is Operator => (operators as readonly string[]).includes(operator);

/** A formula may name others, but not for ever. */
const deepest = 20;

/** The value of a formula that hangs on nothing but numbers and constants; undefined of every other. */
export function constantValue(formula: Formula | undefined, depth = 0): number | undefined {
  return formula?.expression && depth < deepest ? valueOf(formula.expression, depth) : undefined;
}

function valueOf(node: Expression, depth: number): number | undefined {
  if (isNumberLiteral(node)) return node.value;
  if (isSign(node)) {
    const value = node.operand && (node.operator === '-' || node.operator === '+') ? valueOf(node.operand, depth) : undefined;
    return value === undefined || node.operator === '+' ? value : -value;
  }
  if (isVariable(node)) {
    const symbol = node.symbol.ref;
    return symbol ? constantValue('formula' in symbol ? symbol.formula : undefined, depth + 1) : constants.get(node.symbol.$refText);
  }
  if (isOperation(node) && node.operands.length !== node.operators.length + 1) return undefined;
  const operands = isOperation(node) ? node.operands : isCall(node) && !isMetricFunction(node.callee.ref) ? node.arguments : [];
  const values = operands.map((operand) => valueOf(operand, depth));
  if (values.length === 0 || !values.every((v) => v !== undefined)) return undefined;
  if (isCall(node)) {
    const { $refText: name } = node.callee;
    return Object.hasOwn(functions, name) ? functions[name]!.compute?.(...values) : undefined;
  }
  const { operators: signs } = node as Extract<Expression, { operators: unknown }>;
  return values
    .slice(1)
    .reduce<number | undefined>((left, right, i) => (left !== undefined && isOperator(signs[i] ?? '') ? operate(signs[i] as Operator, [left, right]) : undefined), values[0]);
}
