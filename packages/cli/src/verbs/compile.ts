import { join } from 'node:path';
import { DiagnosticError, exitCodeOf, hasErrors } from '@camelc/diagnostics';
import { buildDeployment, readImages, type Deployment, type EndpointMode, type PublishMode } from '@camelc/deployment';
import { count, imagesFile, readSource, toJson, writeFolder, type SourceFile } from '@camelc/project';
import { solutionToJson } from '@camelc/project/solving';
import { renderSwarm } from '@camelc/target-swarm';
import type { Console } from '../console.js';
import { renderSolution, type WithSolution } from '../report/solution.js';
import { exitCodeOfSolved, solvePaths, type SolveOptions } from '../solving.js';

export interface CompileOptions extends SolveOptions {
  target: 'swarm';
  out: string;
  images?: string;
  var?: Record<string, string>;
  publishMode: PublishMode;
  endpointMode: EndpointMode;
}

/** `camelc compile PATHS`: solves, and writes the files of a target. All of them or none. */
export async function compile(paths: readonly string[], options: CompileOptions, c: Console): Promise<number> {
  const variables = { ...process.env, ...options.var };
  const solved = await solvePaths(paths, options, c);
  const { solution } = solved;
  const exit = exitCodeOfSolved(solved, options);
  if (!solution || exit !== 0) {
    // Nothing is written of a search that was interrupted, or that shall be proven and is not.
    if (c.format === 'json') c.print(toJson({ ...solutionToJson(solved), files: [] }));
    else {
      c.problems(solved.diagnostics);
      if (solution) c.print(renderSolution({ ...solved, solution }, c.style, c.terminal));
    }
    return exit;
  }
  const { deployment, images, files } = rendered(paths, options, variables, { ...solved, solution }, c);
  writeFolder(options.out, files);
  if (c.format === 'json') {
    c.print(toJson({ ...solutionToJson(solved), ...(images && { images }), files: files.map((f) => join(options.out, f.path)) }));
  } else {
    c.problems(solved.diagnostics);
    c.print(renderSolution({ ...solved, solution }, c.style, c.terminal));
    c.print(`\n${written(deployment, options.out, images)}`);
  }
  return exitCodeOf(solved.diagnostics);
}

/** The deployment and its files; warnings on the way join those of the solution. @throws DiagnosticError */
function rendered(
  paths: readonly string[],
  options: CompileOptions,
  variables: Record<string, string | undefined>,
  solved: WithSolution,
  c: Console,
): { deployment: Deployment; images?: string; files: SourceFile[] } {
  const imagesPath = imagesFile(paths, options.images);
  let images;
  if (imagesPath) {
    const text = readSource(imagesPath, c);
    const read = readImages(
      text,
      imagesPath,
      solved.application.components.map((component) => component.name),
    );
    solved.diagnostics.push(...read.diagnostics);
    if (!read.images) throw new DiagnosticError(solved.diagnostics);
    images = read.images;
  }
  const built = buildDeployment(solved.application, solved.solution, solved.candidatesById, {
    images,
    variables,
    publishMode: options.publishMode,
    endpointMode: options.endpointMode,
  });
  solved.diagnostics.push(...built.diagnostics);
  if (!built.deployment) throw new DiagnosticError(solved.diagnostics);
  const swarm = renderSwarm(built.deployment);
  solved.diagnostics.push(...swarm.diagnostics);
  if (hasErrors(solved.diagnostics)) throw new DiagnosticError(solved.diagnostics);
  return { deployment: built.deployment, images: imagesPath, files: swarm.files };
}

function written(deployment: Deployment, out: string, images: string | undefined): string {
  const hosts = deployment.hostGroups.reduce((sum, group) => sum + group.number, 0);
  const names = [...new Set([...deployment.secrets.map((s) => s.name), ...deployment.registries.flatMap((r) => r.password ?? [])])];
  const secrets = names.length ? `, ${count(names.length, 'secret')} to provide (${names.join(', ')})` : '';
  return [
    `${join(out, 'stack.yml')}    ${count(deployment.services.length, 'service')}${images ? ` with images of ${images}` : ''}, ${count(deployment.networks.length, 'network')}${secrets}`,
    `${join(out, 'hosts.json')}   ${count(hosts, 'host')} to lease, and their labels`,
    '',
  ].join('\n');
}
