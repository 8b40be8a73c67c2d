/** Conditions of the application: what they compare, and what they say. */
import type { Condition } from '@camelc/application/model';

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

/** A condition in words: `Metrics.Cost <= 200`. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'comparison':
      return `${condition.variable} ${condition.operator} ${condition.threshold}`;
    case 'if':
      return `if ${conditionText(condition.if)} then ${conditionText(condition.then)}${condition.else ? ` else ${conditionText(condition.else)}` : ''}`;
    default:
      return condition.conditions.map((c) => (c.kind === 'comparison' ? conditionText(c) : `(${conditionText(c)})`)).join(` ${condition.kind} `);
  }
}
