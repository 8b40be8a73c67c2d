/** Constraints, and which of them bind the solution. */
import { placeOf, qualifiedNameOf, type Constraint as Node, type ConstraintOperand, type RequirementModel, type ScalabilityEvent } from '@camelc/language';
import { withoutModel } from './attributes.js';
import type { Comparison, Condition, Constraint } from './model.js';
import type { VariableTable } from './variables.js';

/** The constraints of an application, in source order. */
export function constraintsOf(nodes: readonly Node[], requirementModels: readonly RequirementModel[], events: readonly ScalabilityEvent[], variables: VariableTable): Constraint[] {
  const ofSlo = new Set<Node>();
  // An SLO names a constraint, or an event that fires when its constraint holds.
  for (const event of events) if (event.$type === 'NonFunctionalEvent' && event.constraint?.ref) addWithParts(event.constraint.ref, ofSlo);
  for (const requirement of requirementModels.flatMap((m) => m.requirements)) {
    if (requirement.$type === 'Slo' && requirement.constraint?.ref) addWithParts(requirement.constraint.ref, ofSlo);
  }
  const parts = new Set<Node>();
  for (const node of nodes) for (const operand of operandsOf(node)) addWithParts(operand, parts);

  return nodes.flatMap((node): Constraint[] => {
    const condition = conditionOf(node, variables);
    if (!condition) return [];
    return [
      { id: withoutModel(qualifiedNameOf(node)), name: node.name, place: placeOf(node, 'name'), role: ofSlo.has(node) ? 'slo' : parts.has(node) ? 'part' : 'binding', condition },
    ];
  });
}

function addWithParts(node: Node, into: Set<Node>): void {
  if (into.has(node)) return;
  into.add(node);
  for (const operand of operandsOf(node)) addWithParts(operand, into);
}

const constraintOf = (operand: ConstraintOperand): Node[] => [operand.definition ?? operand.reference?.ref].filter((c) => c !== undefined);

function operandsOf(node: Node): Node[] {
  if (node.$type === 'LogicalConstraint') return node.operands.flatMap(constraintOf);
  if (node.$type === 'IfThenConstraint') return [node.condition, node.consequence, node.otherwise].filter((c) => c !== undefined).flatMap(constraintOf);
  return [];
}

/** Undefined where a part does not resolve, which is reported as such. */
function conditionOf(node: Node, variables: VariableTable, seen: ReadonlySet<Node> = new Set()): Condition | undefined {
  if (seen.has(node)) return undefined;
  const within = new Set(seen).add(node);
  const part = (operand: ConstraintOperand): Condition | undefined => constraintOf(operand).map((c) => conditionOf(c, variables, within))[0];
  const place = placeOf(node, 'name');
  switch (node.$type) {
    case 'MetricConstraint':
    case 'VariableConstraint': {
      const target = node.$type === 'MetricConstraint' ? node.context.ref?.metric?.ref : node.variable.ref;
      if (!target) return undefined;
      return {
        kind: 'comparison',
        variable: variables.idOf(target),
        operator: node.operator as Comparison,
        threshold: node.threshold,
        thresholdPlace: placeOf(node, 'threshold'),
        metric: node.$type === 'MetricConstraint',
        place,
      };
    }
    case 'LogicalConstraint': {
      const conditions = node.operands.map(part);
      return conditions.every((c) => c !== undefined) ? { kind: node.operator as 'and' | 'or' | 'xor', conditions, place } : undefined;
    }
    case 'IfThenConstraint': {
      const condition = part(node.condition);
      const consequence = part(node.consequence);
      const otherwise = node.otherwise && part(node.otherwise);
      if (!condition || !consequence || (node.otherwise && !otherwise)) return undefined;
      return { kind: 'if', if: condition, then: consequence, ...(otherwise && { else: otherwise }), place };
    }
  }
}

/** Ids of the variables that a condition compares. */
export function variablesOf(condition: Condition): string[] {
  switch (condition.kind) {
    case 'comparison':
      return [condition.variable];
    case 'if':
      return [condition.if, condition.then, ...(condition.else ? [condition.else] : [])].flatMap(variablesOf);
    default:
      return condition.conditions.flatMap(variablesOf);
  }
}
