import type { Diagnostic } from '@camelc/diagnostics';
import type { Config, Deployment } from '@camelc/deployment';
import { buildStack, configFile } from './build-stack.js';
import { checkStack } from './checks/check-stack.js';
import { buildHosts } from './hosts.js';
import { unevenPorts } from './parts.js';
import { protectDollars, writeStack } from './write-stack.js';

/** A file beside others, by its path from their folder. */
export interface StackFile {
  path: string;
  text: string;
  /** How the text says the file's bytes; UTF-8 unless given. */
  encoding?: Config['encoding'];
}

/**
 * Renders a deployment for Docker Swarm: `stack.yml` for `docker stack deploy` with the configurations that it names, and `hosts.json`, the hosts to lease and their labels.
 * The diagnostics say what a manager would refuse, and what it may place otherwise.
 */
export function renderSwarm(deployment: Deployment): { files: StackFile[]; diagnostics: Diagnostic[] } {
  const stack = protectDollars(buildStack(deployment));
  return {
    files: [
      { path: 'stack.yml', text: writeStack(stack, deployment) },
      { path: 'hosts.json', text: `${JSON.stringify(buildHosts(deployment), undefined, 2)}\n` },
      ...deployment.configs.map((config) => ({ path: configFile(config), text: config.content, encoding: config.encoding })),
    ],
    diagnostics: [...unevenPorts(deployment), ...checkStack(stack, deployment.id)],
  };
}
