/** From the solution to the deployment, for whichever target. */
import {
  buildDeployment,
  buildTaskDeployment,
  readImages,
  type Deployment,
  type DeploymentInputs,
  type EndpointMode,
  type PublishMode,
  type ServiceBase,
  type TaskDeployment,
} from '@camelc/deployment';
import { adjustSeverities, diagnose, DiagnosticError, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { imagesFile } from './convention-files.js';
import { readConfig } from './config-files.js';
import { readSource, type Reading } from './reading.js';
import type { WithSolution } from './solve.js';

export interface DeployOptions {
  /** The images file, where it does not lie beside the models. */
  images?: string;
  /** Values of variables that the model names as $NAME. */
  variables: Record<string, string | undefined>;
  /** Those of the command line. */
  var?: Readonly<Record<string, string>>;
  publishMode: PublishMode;
  endpointMode: EndpointMode;
}

export interface WithDeployment<D = Deployment> {
  deployment: D;
  /** The images file that was read. */
  images?: string;
  /** Those of the solution, and warnings on the way from there. */
  diagnostics: Diagnostic[];
}

/** The deployment of a solution, for targets that run containers. @throws DiagnosticError */
export function deploymentOf(paths: readonly string[], solved: WithSolution, options: DeployOptions, reading: Reading): WithDeployment {
  return build(paths, solved, options, reading, (inputs) => buildDeployment(solved.application, solved.solution, solved.candidatesById, inputs));
}

/** The deployment of a solution, for targets that start machines. Ports are those of each machine. @throws DiagnosticError */
export function taskDeploymentOf(paths: readonly string[], solved: WithSolution, options: DeployOptions, reading: Reading): WithDeployment<TaskDeployment> {
  const ofMachines: DeployOptions = { ...options, publishMode: 'host' };
  return build(paths, solved, ofMachines, reading, (inputs) => buildTaskDeployment(solved.application, solved.solution, solved.candidatesById, inputs));
}

function build<D extends Deployment<ServiceBase>>(
  paths: readonly string[],
  solved: WithSolution,
  options: DeployOptions,
  reading: Reading,
  make: (inputs: DeploymentInputs) => { deployment?: D; diagnostics: Diagnostic[] },
): WithDeployment<D> {
  let diagnostics = solved.diagnostics;
  const report = (found: readonly Diagnostic[]): void => void (diagnostics = adjustSeverities([...diagnostics, ...found], solved.severities));
  const images = imagesFile(paths, options.images);
  const read =
    images === undefined
      ? undefined
      : readImages(
          readSource(images, reading),
          images,
          solved.application.components.map((component) => component.name),
        );
  report(read?.diagnostics ?? []);
  if (read && !read.images) throw new DiagnosticError(diagnostics);

  const { variables, publishMode, endpointMode } = options;
  const { deployment, diagnostics: ofDeployment } = make({ images: read?.images, variables, readConfig, publishMode, endpointMode });
  report(ofDeployment);
  if (!deployment || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const credentials = new Set([...deployment.secrets.map(({ name }) => name), ...deployment.registries.flatMap(({ password }) => password ?? [])]);
  report(
    Object.keys(options.var ?? {})
      .filter((name) => credentials.has(name))
      .map((name) => diagnose('secret/option', { name })),
  );
  return { deployment, images, diagnostics };
}
