/** What the states of nodes mean, and which may run what. */
import type { EngineNode } from './api.js';

/** Whether it can be given a task: it is neither drained, nor paused, nor away. */
export const takesTasks = ({ Spec, Status }: EngineNode): boolean => Status?.State === 'ready' && Spec.Availability === 'active';

/** Whether nothing runs there: it is drained or away. One that is paused keeps what it runs. */
export const isIdle = ({ Spec, Status }: EngineNode): boolean => Status?.State !== 'ready' || Spec.Availability === 'drain';

/** Why it takes no tasks, for people. */
export const whyNoTasks = ({ Status, Spec }: EngineNode): string =>
  Status?.State !== 'ready' ? 'is down' : `takes no tasks (it is ${Spec.Availability === 'drain' ? 'drained' : 'paused'}; \`docker node update --availability active\`)`;

/** Whether a node meets constraints. Those that ask for what a manager does not tell are taken as met. */
export const meets = ({ ID, Spec, Description }: EngineNode, constraints: readonly string[]): boolean =>
  constraints.every((constraint) => {
    const [, key = '', operator, value = ''] = /^\s*([\w.-]+)\s*(==|!=)\s*(.*?)\s*$/.exec(constraint) ?? [];
    const label = key.startsWith('node.labels.') ? (Spec.Labels?.[key.slice('node.labels.'.length)] ?? '') : undefined;
    const fact = label ?? { 'node.id': ID, 'node.role': Spec.Role, 'node.hostname': Description?.Hostname }[key];
    return fact === undefined || (fact.toLowerCase() === value.toLowerCase()) === (operator === '==');
  });
