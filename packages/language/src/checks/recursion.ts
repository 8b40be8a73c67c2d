import { AstUtils, type AstNode } from 'langium';
import { isCall, isConstraint, isConstraintOperand, isFormula, isVariable, type CloudLocation, type Region, type SecurityDomain, type Unit } from '../generated/ast.js';
import { nameOf } from '../scoping/symbols.js';
import { nodesOf } from '../tree.js';
import { kindOf } from '../words.js';
import { given, type Checks, type Report } from './check.js';

/** What a node uses. */
type Next<T extends AstNode> = (node: T) => Iterable<T>;

/** Finds the shortest way from the node back to itself along `next`, and reports it at the name. */
function reportCycle<T extends AstNode>(node: T, next: Next<T>, report: Report): void {
  const search = searchOf(report, next);
  if (!search.isInCycle(node) || search.told.has(node)) return;
  const cameFrom = new Map<T, T>();
  const queue = [node];
  for (const current of queue) {
    for (const other of next(current)) {
      if (other === node) {
        const way = [node];
        for (let n: T | undefined = current; n && n !== node; n = cameFrom.get(n)) way.unshift(n);
        for (const member of way) search.told.add(member);
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

/** The searches of each run of the checks: what one node's showed need not be found again for those that use it. */
const searches = new WeakMap<Report, Map<unknown, unknown>>();
function searchOf<T extends AstNode>(report: Report, next: Next<T>): CycleSearch<T> {
  const known = searches.get(report) ?? new Map<unknown, unknown>();
  searches.set(report, known);
  const search = (known.get(next) as CycleSearch<T> | undefined) ?? new CycleSearch(next);
  known.set(next, search);
  return search;
}

/** Tarjan's strongly connected components, without recursion: chains of formulas may be long. */
class CycleSearch<T extends AstNode> {
  /** Those of which a cycle is reported: all around it would say the same. */
  readonly told = new Set<T>();
  /** When each node was reached. */
  private readonly order = new Map<T, number>();
  /** The first node that each one leads to, of those whose component is not complete. */
  private readonly lowest = new Map<T, number>();
  private readonly open: T[] = [];
  private readonly isOpen = new Set<T>();
  private readonly inCycle = new Set<T>();

  constructor(private readonly next: Next<T>) {}

  /** Whether the node leads back to itself. */
  isInCycle(node: T): boolean {
    if (!this.order.has(node)) this.search(node);
    return this.inCycle.has(node);
  }

  private search(start: T): void {
    const way = [this.reach(start)];
    for (let step = way.at(-1); step; step = way.at(-1)) {
      const { node, rest } = step;
      const { value: other, done } = rest.next();
      if (done) {
        way.pop();
        this.leave(node, way.at(-1)?.node);
      } else if (!this.order.has(other)) way.push(this.reach(other));
      else if (other === node) this.inCycle.add(node);
      else if (this.isOpen.has(other)) this.lower(node, this.order.get(other)!);
    }
  }

  private reach(node: T): { node: T; rest: Iterator<T, undefined> } {
    this.order.set(node, this.order.size);
    this.lowest.set(node, this.order.get(node)!);
    this.open.push(node);
    this.isOpen.add(node);
    return { node, rest: this.next(node)[Symbol.iterator]() as Iterator<T, undefined> };
  }

  private leave(node: T, before: T | undefined): void {
    const lowest = this.lowest.get(node)!;
    if (before) this.lower(before, lowest);
    if (lowest < this.order.get(node)!) return;
    const component = this.open.splice(this.open.lastIndexOf(node));
    for (const member of component) {
      this.isOpen.delete(member);
      if (component.length > 1) this.inCycle.add(member);
    }
  }

  private lower(node: T, to: number): void {
    this.lowest.set(node, Math.min(this.lowest.get(node)!, to));
  }
}

/** What the formula of the node mentions. */
function* mentioned(node: AstNode): Iterable<AstNode> {
  const { formula } = node as { formula?: AstNode };
  if (!isFormula(formula)) return;
  for (const part of nodesOf(formula)) {
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
const multiples = (unit: Unit): Unit[] => targets(unit.multiples);
const unitIsNotAMultipleOfItself = (unit: Unit, report: Report): void => reportCycle(unit, multiples, report);
const parents = (region: Region): Region[] => targets(region.parents);
const regionIsNotItsOwnParent = (region: Region, report: Report): void => reportCycle(region, parents, report);
const parent = (location: CloudLocation): CloudLocation[] => targets(location.parent ? [location.parent] : []);
const cloudLocationIsNotItsOwnParent = (location: CloudLocation, report: Report): void => reportCycle(location, parent, report);
const subDomains = (domain: SecurityDomain): SecurityDomain[] => targets(domain.subDomains);
const domainIsNotItsOwnPart = (domain: SecurityDomain, report: Report): void => reportCycle(domain, subDomains, report);

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
