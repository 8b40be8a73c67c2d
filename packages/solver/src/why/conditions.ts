/** What conditions of the application say. */
import type { Condition } from '@camelc/application/model';

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
