import type { Diagnostic } from '@camelc/diagnostics';
import type { Deployment } from '@camelc/deployment';
import { buildStack } from './build-stack.js';
import { checkStack } from './checks/check-stack.js';
import { buildHosts } from './hosts.js';
import { unevenPorts } from './parts.js';
import { protectDollars, writeStack } from './write-stack.js';

/**
 * Renders a deployment for Docker Swarm: `stack.yml` for `docker stack deploy`, and `hosts.json`, the hosts to lease and their labels.
 * The diagnostics say what a manager would refuse, and what it may place otherwise.
 */
export function renderSwarm(deployment: Deployment): { files: { path: string; text: string }[]; diagnostics: Diagnostic[] } {
  const stack = protectDollars(buildStack(deployment));
  return {
    files: [
      { path: 'stack.yml', text: writeStack(stack, deployment) },
      { path: 'hosts.json', text: `${JSON.stringify(buildHosts(deployment), undefined, 2)}\n` },
    ],
    diagnostics: [...unevenPorts(deployment), ...checkStack(stack, deployment.id)],
  };
}
