import { AstUtils, type AstNode } from 'langium';
import { isCall, isConstraint, isConstraintOperand, isFormula, isVariable, type CloudLocation, type Region, type SecurityDomain, type Unit } from '../generated/ast.js';
import { nameOf } from '../scoping/symbols.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';

/** Finds a way from the node back to itself along `next`, and reports it at the name. */
function reportCycle<T extends AstNode>(node: T, next: (node: T) => Iterable<T>, report: Report): void {
  const cameFrom = new Map<T, T>();
  const queue = [node];
  for (const current of queue) {
    for (const other of next(current)) {
      if (other === node) {
        const way = [node];
        for (let n: T | undefined = current; n && n !== node; n = cameFrom.get(n)) way.unshift(n);
        const names = [node, ...way].map((n) => `\`${nameOf(n)}\``).join(' → ');
        report('model/recursive', { kind: kindOf(node.$type), name: nameOf(node) ?? '', way: names }, node, 'name');
        return;
      }
      if (cameFrom.has(other)) continue;
      cameFrom.set(other, current);
      queue.push(other);
    }
  }
}

/** What the formula of the node mentions. */
function* mentioned(node: AstNode): Iterable<AstNode> {
  const { formula } = node as { formula?: AstNode };
  if (!isFormula(formula)) return;
  for (const part of AstUtils.streamAst(formula)) {
    const symbol = isVariable(part) ? given(part.symbol) : isCall(part) ? given(part.callee) : undefined;
    if (symbol) yield symbol;
  }
}
const formulaIsNotDefinedByItself = (node: AstNode, report: Report): void => reportCycle(node, mentioned, report);

function* constraintsIn(node: AstNode): Iterable<AstNode> {
  for (const child of AstUtils.streamContents(node)) {
    if (!isConstraintOperand(child)) continue;
    const constraint = child.definition ?? given(child.reference);
    if (isConstraint(constraint)) yield constraint;
  }
}
const constraintDoesNotContainItself = (node: AstNode, report: Report): void => reportCycle(node, constraintsIn, report);

const targets = <T extends AstNode>(references: readonly { ref?: T }[]): T[] => references.flatMap((r) => given(r as never) ?? []) as T[];
const unitIsNotAMultipleOfItself = (unit: Unit, report: Report): void => reportCycle(unit, (u) => targets(u.multiples) as Unit[], report);
const regionIsNotItsOwnParent = (region: Region, report: Report): void => reportCycle(region, (r) => targets(r.parents) as Region[], report);
const cloudLocationIsNotItsOwnParent = (location: CloudLocation, report: Report): void =>
  reportCycle(location, (l) => targets(l.parent ? [l.parent] : []) as CloudLocation[], report);
const domainIsNotItsOwnPart = (domain: SecurityDomain, report: Report): void => reportCycle(domain, (d) => targets(d.subDomains) as SecurityDomain[], report);

export const recursionChecks: Checks = {
  CompositeMetric: [formulaIsNotDefinedByItself],
  MetricVariable: [formulaIsNotDefinedByItself],
  MetricFunction: [formulaIsNotDefinedByItself],
  CompositeSecurityMetric: [formulaIsNotDefinedByItself],
  CompositeUnit: [formulaIsNotDefinedByItself, unitIsNotAMultipleOfItself],
  SingleUnit: [unitIsNotAMultipleOfItself],
  Dimensionless: [unitIsNotAMultipleOfItself],
  LogicalConstraint: [constraintDoesNotContainItself],
  IfThenConstraint: [constraintDoesNotContainItself],
  Region: [regionIsNotItsOwnParent],
  CloudLocation: [cloudLocationIsNotItsOwnParent],
  SecurityDomain: [domainIsNotItsOwnPart],
};
