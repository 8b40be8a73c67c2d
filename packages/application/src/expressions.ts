/** Formulas as expressions: names resolved, user functions put in place. */
import { constants, placeOf, type Expression as Node, type FormulaSymbol, type FunctionParameter, type Operation } from '@camelc/language';
import type { Expression, Operator } from './model.js';

/** Gives the id of the variable that a metric or metric variable is. */
export type VariableId = (symbol: Exclude<FormulaSymbol, FunctionParameter>) => string;

const operatorOf: Readonly<Record<string, Operator>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '^': '^',
  '#': '#',
  '%': '#',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '=': '==',
  '==': '==',
  '<>': '<>',
  '!=': '<>',
  '~=': '<>',
  '&': 'and',
  '&&': 'and',
  '|': 'or',
  '||': 'or',
};

/** Operators of logic that are made of others: of operands `a` and `b` and their opposites. */
const logic: Readonly<Record<string, (a: Expression, b: Expression, apply: (operator: Operator, ...operands: Expression[]) => Expression) => Expression>> = {
  '~&': (a, b, apply) => apply('not', apply('and', a, b)),
  '~|': (a, b, apply) => apply('not', apply('or', a, b)),
  '(+)': (a, b, apply) => apply('<>', apply('not', a), apply('not', b)),
  '<->': (a, b, apply) => apply('==', apply('not', a), apply('not', b)),
  '-->': (a, b, apply) => apply('or', apply('not', a), b),
  '<--': (a, b, apply) => apply('or', a, apply('not', b)),
  '-/>': (a, b, apply) => apply('and', a, apply('not', b)),
  '</-': (a, b, apply) => apply('and', apply('not', a), b),
};

/**
 * An expression of a formula as plain data.
 * @param idOf gives the id of each metric and variable that it names
 * @param bindings the arguments of the user function whose body this is
 */
export function expressionOf(node: Node, idOf: VariableId, bindings: ReadonlyMap<FunctionParameter, Expression> = new Map()): Expression {
  const place = placeOf(node);
  const recurse = (child: Node): Expression => expressionOf(child, idOf, bindings);
  switch (node.$type) {
    case 'NumberLiteral':
      return { kind: 'number', value: node.value, place };
    case 'Operation':
      return operation(node, recurse);
    case 'Sign': {
      const operand = recurse(node.operand);
      if (node.operator === '+') return operand;
      return { kind: 'operator', operator: node.operator === '-' ? 'neg' : 'not', operands: [operand], place };
    }
    case 'Factorial':
      return { kind: 'operator', operator: '!', operands: [recurse(node.operand)], place };
    case 'Variable': {
      const symbol = node.symbol.ref;
      if (symbol === undefined) return { kind: 'number', value: constants.get(node.symbol.$refText) ?? NaN, place };
      if (symbol.$type === 'FunctionParameter') return bindings.get(symbol) ?? { kind: 'number', value: NaN, place };
      return { kind: 'variable', id: idOf(symbol), place };
    }
    case 'Call': {
      const args = node.arguments.map(recurse);
      const own = node.callee.ref;
      if (!own?.formula?.expression) return { kind: 'call', function: node.callee.$refText, arguments: args, place };
      return expressionOf(own.formula.expression, idOf, new Map(own.parameters.map((p, i) => [p, args[i]!])));
    }
  }
}

/** Operators of one precedence, from left to right; powers from right to left. */
function operation(node: Operation, recurse: (child: Node) => Expression): Expression {
  const place = placeOf(node);
  const operands = node.operands.map(recurse);
  const apply = (operator: Operator, ...of: Expression[]): Expression => ({ kind: 'operator', operator, operands: of, place });
  // `~&&` is `~&`, `~||` is `~|`.
  const combine = (operator: string, left: Expression, right: Expression): Expression =>
    logic[operator.replace(/^(~.).$/, '$1')]?.(left, right, apply) ?? apply(operatorOf[operator]!, left, right);
  if (node.operators.length >= longChain && node.operators.every((o) => o in operatorOf)) return balanced(node.operators, operands, place);
  if (node.operators[0] !== '^') return node.operators.reduce((left, operator, i) => combine(operator, left, operands[i + 1]!), operands[0]!);
  let power = operands.at(-1)!;
  for (let i = operands.length - 2; i >= 0; i--) {
    const base = operands[i]!;
    // A power binds tighter than the sign before it: -2^2 is -4.
    const signed = isBareSign(node.operands[i]!) && base.kind === 'operator' && base.operator === 'neg';
    power = signed ? { ...base, operands: [combine('^', base.operands[0]!, power)] } : combine('^', base, power);
  }
  return power;
}

/** From so many operators on, a sum or a product is built as a balanced tree, so that nothing below recurses thousands deep. */
const longChain = 64;

function balanced(operators: readonly string[], operands: readonly Expression[], place: Expression['place']): Expression {
  const halves = (operator: Operator, items: readonly Expression[]): Expression => {
    if (items.length === 1) return items[0]!;
    const middle = items.length >> 1;
    return { kind: 'operator', operator, operands: [halves(operator, items.slice(0, middle)), halves(operator, items.slice(middle))], place };
  };
  const after = (operator: string): Expression[] => operands.slice(1).filter((_, i) => operators[i] === operator);
  const [first] = operands as [Expression];
  const own = operatorOf[operators[0]!]!;
  if (own === '+' || own === '-') {
    const sum = halves('+', [first, ...after('+')]);
    return operators.includes('-') ? { kind: 'operator', operator: '-', operands: [sum, halves('+', after('-'))], place } : sum;
  }
  if (operators.every((o) => o === '*' || o === '/')) {
    const product = halves('*', [first, ...after('*')]);
    return operators.includes('/') ? { kind: 'operator', operator: '/', operands: [product, halves('*', after('/'))], place } : product;
  }
  return (own === 'and' || own === 'or') && operators.every((o) => operatorOf[o] === own)
    ? halves(own, operands)
    : operators.reduce((left, o, i): Expression => ({ kind: 'operator', operator: operatorOf[o]!, operands: [left, operands[i + 1]!], place }), first);
}

/** A sign that no parentheses enclose. */
const isBareSign = (node: Node): boolean => node.$type === 'Sign' && !node.$cstNode?.text.startsWith('(');

/** Ids of the variables that an expression names. */
export function variablesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'variable':
      return [expression.id];
    case 'call':
      return expression.arguments.flatMap(variablesIn);
    case 'operator':
      return expression.operands.flatMap(variablesIn);
  }
}
