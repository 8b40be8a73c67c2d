import type { EngineNode } from '../api.js';

/** Whether a node can be given a task with these constraints. Those that ask for what a manager does not tell are taken as met. */
export function mayRun({ ID, Spec, Description, Status }: EngineNode, constraints: readonly string[]): boolean {
  if (Status?.State !== 'ready' || Spec.Availability !== 'active') return false;
  return constraints.every((constraint) => {
    const [, key = '', operator, value = ''] = /^\s*([\w.-]+)\s*(==|!=)\s*(.*?)\s*$/.exec(constraint) ?? [];
    const label = key.startsWith('node.labels.') ? (Spec.Labels?.[key.slice('node.labels.'.length)] ?? '') : undefined;
    const fact = label ?? { 'node.id': ID, 'node.role': Spec.Role, 'node.hostname': Description?.Hostname }[key];
    return fact === undefined || (fact.toLowerCase() === value.toLowerCase()) === (operator === '==');
  });
}
