/** From the solution to the files of a target. */
import { adjustSeverities, DiagnosticError, hasErrors } from '@camelc/diagnostics';
import { renderSwarm } from '@camelc/target-swarm';
import { deploymentOf, type DeployOptions, type WithDeployment } from './deployment-of.js';
import type { OutputFile } from './files.js';
import type { Reading } from './reading.js';
import type { WithSolution } from './solve.js';

export interface Deployed extends WithDeployment {
  files: OutputFile[];
}

/** The deployment of a solution, and its files for Docker Swarm. @throws DiagnosticError */
export function deploySolution(paths: readonly string[], solved: WithSolution, options: DeployOptions, reading: Reading): Deployed {
  const deployed = deploymentOf(paths, solved, options, reading);
  const swarm = renderSwarm(deployed.deployment);
  const diagnostics = adjustSeverities([...deployed.diagnostics, ...swarm.diagnostics], solved.severities);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { ...deployed, files: swarm.files, diagnostics };
}
