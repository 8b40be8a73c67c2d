import { AstUtils, CompositeCstNodeImpl, type CstNode, type Mutable } from 'langium';
import { isOperation, Operation, type Expression } from '../generated/ast.js';

/** From the loosest to the tightest binding. */
const precedences: readonly (readonly string[])[] = [
  ['-->', '<--', '-/>', '</-', '<->'],
  ['|', '||', '~|', '~||', '(+)'],
  ['&', '&&', '~&', '~&&'],
  ['<', '<=', '>', '>=', '=', '==', '<>', '!=', '~='],
  ['+', '-'],
  ['*', '/', '#', '%'],
  ['^'],
];
const looseness = new Map(precedences.flatMap((operators, i) => operators.map((o) => [o, i] as const)));

/**
 * The parser reads the operands and operators of an expression in a row. This makes of each run of tighter operators an operation
 * of its own, in the tree and in the concrete syntax. Afterwards all operators of an operation bind equally, from left to right.
 */
export function groupByPrecedence(expression: Expression): void {
  for (const node of AstUtils.streamAst(expression)) {
    if (isOperation(node)) group(node as Mutable<Operation>);
  }
}

function group(operation: Mutable<Operation>): void {
  const { operands, operators } = operation;
  // A syntax error may have left an operator without its operand.
  if (operands.length !== operators.length + 1) return;
  const loosest = operators.reduce((least, o) => Math.min(least, looseness.get(o)!), Infinity);
  if (operators.every((o) => looseness.get(o) === loosest)) return;

  // In the concrete syntax, operands and operators alternate.
  const row = operands[0]!.$cstNode!.container as CompositeCstNodeImpl;
  const content: CstNode[] = [];
  const groupedOperands: Expression[] = [];
  const groupedOperators: Operation['operators'] = [];
  for (let start = 0; start < operands.length; ) {
    let end = start;
    while (end < operators.length && looseness.get(operators[end]!) !== loosest) end++;
    if (start === end) {
      groupedOperands.push(operands[start]!);
      content.push(row.content[2 * start]!);
    } else {
      const part: Mutable<Operation> = { $type: Operation.$type, $container: operation, operands: operands.slice(start, end + 1), operators: operators.slice(start, end) };
      part.$cstNode = composite(row, row.content.slice(2 * start, 2 * end + 1), part);
      AstUtils.linkContentToContainer(part);
      groupedOperands.push(part);
      content.push(part.$cstNode);
    }
    if (end < operators.length) {
      groupedOperators.push(operators[end]!);
      content.push(row.content[2 * end + 1]!);
    }
    start = end + 1;
  }
  row.content = content;
  operation.operands = groupedOperands;
  operation.operators = groupedOperators;
  AstUtils.linkContentToContainer(operation);
}

function composite(container: CompositeCstNodeImpl, content: CstNode[], astNode: Operation): CompositeCstNodeImpl {
  const node = new CompositeCstNodeImpl();
  Object.assign(node, { content, container, grammarSource: container.grammarSource, astNode });
  for (const child of content) (child as CompositeCstNodeImpl).container = node;
  return node;
}
