/** From the solution to the files of a target. */
import { adjustSeverities, DiagnosticError, hasErrors } from '@camelc/diagnostics';
import type { Deployment, ServiceBase } from '@camelc/deployment';
import { renderCloudiator } from '@camelc/target-cloudiator';
import { renderSwarm } from '@camelc/target-swarm';
import { deploymentOf, taskDeploymentOf, type DeployOptions, type WithDeployment } from './deployment-of.js';
import type { OutputFile } from './files.js';
import type { Reading } from './reading.js';
import type { WithSolution } from './solve.js';

/** What the deployment runs on. */
export const targets = ['swarm', 'cloudiator'] as const;
export type TargetName = (typeof targets)[number];

export interface Deployed extends WithDeployment<Deployment<ServiceBase>> {
  files: OutputFile[];
}

/** The deployment of a solution, and its files for a target. @throws DiagnosticError */
export function deploySolution(paths: readonly string[], solved: WithSolution, options: DeployOptions & { target: TargetName }, reading: Reading): Deployed {
  const { files, diagnostics: found, ...deployed } = rendered(paths, solved, options, reading);
  const diagnostics = adjustSeverities(found, solved.severities);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { ...deployed, files, diagnostics };
}

function rendered(paths: readonly string[], solved: WithSolution, options: DeployOptions & { target: TargetName }, reading: Reading): Deployed {
  if (options.target === 'cloudiator') {
    const deployed = taskDeploymentOf(paths, solved, options, reading);
    const { files, diagnostics } = renderCloudiator(deployed.deployment);
    return { ...deployed, files, diagnostics: [...deployed.diagnostics, ...diagnostics] };
  }
  const deployed = deploymentOf(paths, solved, options, reading);
  const { files, diagnostics } = renderSwarm(deployed.deployment);
  return { ...deployed, files, diagnostics: [...deployed.diagnostics, ...diagnostics] };
}
