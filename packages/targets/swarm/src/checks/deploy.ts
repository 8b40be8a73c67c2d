import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Stack, StackDeploy, StackUpdate } from '../stack.js';

const modes = ['replicated', 'global', 'replicated-job', 'global-job'];
const restartConditions = ['none', 'on-failure', 'any'];
const orders = ['start-first', 'stop-first'];

/** The `deploy` section of each service: its enumerations, numbers and placement constraints. */
export function checkDeploy(stack: Stack): Diagnostic[] {
  return Object.entries(stack.services).flatMap(([name, { deploy }]) => {
    const path = `services.${name}.deploy`;
    if (!deploy) return [];
    return [
      ...oneOf(`${path}.mode`, deploy.mode, modes),
      ...oneOf(`${path}.endpoint_mode`, deploy.endpoint_mode, ['vip', 'dnsrr']),
      ...oneOf(`${path}.restart_policy.condition`, deploy.restart_policy?.condition, restartConditions),
      ...checkNumbers(path, deploy),
      ...checkUpdate(`${path}.update_config`, deploy.update_config, ['pause', 'continue', 'rollback']),
      ...checkUpdate(`${path}.rollback_config`, deploy.rollback_config, ['pause', 'continue']),
      ...checkJob(path, deploy),
      ...(deploy.placement?.constraints ?? []).flatMap((constraint, index) => checkConstraint(`${path}.placement.constraints.${index}`, constraint)),
      ...(['limits', 'reservations'] as const).flatMap((kind) => checkResources(`${path}.resources.${kind}`, deploy.resources?.[kind])),
    ];
  });
}

const oneOf = (path: string, value: string | undefined, allowed: string[]): Diagnostic[] =>
  value === undefined || allowed.includes(value) ? [] : [diagnose('swarm/value', { path, value, allowed: allowed.join(', ') })];

function checkUpdate(path: string, update: StackUpdate | undefined, actions: string[]): Diagnostic[] {
  if (!update) return [];
  const { failure_action, order, max_failure_ratio: ratio = 0, parallelism = 0 } = update;
  return [
    ...oneOf(`${path}.failure_action`, failure_action, actions),
    ...oneOf(`${path}.order`, order, orders),
    ...(ratio >= 0 && ratio <= 1 ? [] : [diagnose('swarm/value', { path: `${path}.max_failure_ratio`, value: String(ratio), allowed: 'a number from 0 to 1' })]),
    ...wholeNumber(`${path}.parallelism`, parallelism),
  ];
}

function checkNumbers(path: string, { mode = 'replicated', replicas, placement }: StackDeploy): Diagnostic[] {
  const diagnostics = [...wholeNumber(`${path}.replicas`, replicas), ...wholeNumber(`${path}.placement.max_replicas_per_node`, placement?.max_replicas_per_node)];
  if (mode.startsWith('global') && replicas !== undefined) diagnostics.push(diagnose('swarm/global', { path }));
  return diagnostics;
}

const wholeNumber = (path: string, value: number | undefined): Diagnostic[] =>
  value === undefined || (Number.isSafeInteger(value) && value >= 0) ? [] : [diagnose('swarm/value', { path, value: String(value), allowed: 'a whole number from 0' })];

/** A job runs to its end; there is nothing to update step by step. */
const checkJob = (path: string, { mode, update_config }: StackDeploy): Diagnostic[] => (mode?.endsWith('-job') && update_config ? [diagnose('swarm/job', { path })] : []);

/** Source: swarmkit manager/constraint. */
function checkConstraint(path: string, constraint: string): Diagnostic[] {
  const wrong = (problem: string): Diagnostic[] => [diagnose('swarm/constraint', { path, constraint, problem })];
  const match = /^(.*?)(==|!=)(.*)$/s.exec(constraint);
  if (!match) return wrong('has neither == nor !=');
  const [, key = '', , value = ''] = match.map((part) => part.trim());
  if (!/^[a-z_][a-z0-9\-_.]+$/i.test(key)) return wrong(`\`${key}\` is no key`);
  if (!/^node\.(id|hostname|ip|role|platform\.(os|arch)|labels\..+)$|^engine\.labels\..+$/i.test(key)) return wrong(`nodes have no \`${key}\``);
  if (!/^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i.test(value)) return wrong(`\`${value}\` is no value`);
  return [];
}

const leastMemory = 4 * 1024 ** 2;
const leastCpu = 0.001;

function checkResources(path: string, resources: { cpus?: string; memory?: string } | undefined): Diagnostic[] {
  const { cpus, memory } = resources ?? {};
  const diagnostics: Diagnostic[] = [];
  if (cpus !== undefined && !(/^\d*\.?\d+$/.test(cpus) && Number(cpus) >= leastCpu)) {
    diagnostics.push(diagnose('swarm/value', { path: `${path}.cpus`, value: cpus, allowed: `a number of at least ${leastCpu}` }));
  }
  if (memory !== undefined && !(bytesOf(memory) >= leastMemory)) {
    diagnostics.push(diagnose('swarm/value', { path: `${path}.memory`, value: memory, allowed: 'a size of at least 4M' }));
  }
  return diagnostics;
}

/** Docker's units are powers of 1024, whichever way they are written. NaN where it is no size. */
function bytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(size) ?? [];
  return number === undefined ? NaN : Number(number) * 1024 ** ' kmgtp'.indexOf(unit.toLowerCase() || ' ');
}
