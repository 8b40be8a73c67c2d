import { join } from 'node:path';
import { DiagnosticError, exitCodeOf, hasErrors } from '@camelc/diagnostics';
import { buildDeployment, readImages, type Deployment, type EndpointMode, type PublishMode } from '@camelc/deployment';
import { renderSwarm } from '@camelc/target-swarm';
import type { Console } from '../console.js';
import { readText, writeFolder, type SourceFile } from '../files.js';
import { assignments, imagesFile } from '../inputs.js';
import { toJson } from '../report/json.js';
import { renderSolution, solutionToJson } from '../report/solution.js';
import { solveApplication, type Solved, type SolveOptions } from '../solving.js';

export interface CompileOptions extends SolveOptions {
  target: 'swarm';
  out: string;
  images?: string;
  var?: string[];
  publishMode: PublishMode;
  endpointMode: EndpointMode;
}

/** `camelc compile PATHS`: solves, and writes the files of a target. All of them or none. */
export async function compile(paths: readonly string[], options: CompileOptions, c: Console): Promise<number> {
  const variables = { ...process.env, ...assignments('var', options.var) };
  const solved = await solveApplication(paths, options, c);
  if (!solved.result.solution || hasErrors(solved.diagnostics)) {
    if (c.format === 'json') c.print(toJson({ ...solutionToJson(solved), files: [] }));
    else c.problems(solved.diagnostics);
    return exitCodeOf(solved.diagnostics);
  }
  const { deployment, files } = rendered(paths, options, variables, solved, c);
  writeFolder(options.out, files);
  if (c.format === 'json') {
    c.print(toJson({ ...solutionToJson(solved), files: files.map((f) => join(options.out, f.path)) }));
  } else {
    c.problems(solved.diagnostics);
    c.print(renderSolution(solved, c.style, c.terminal));
    c.print(`\n${written(deployment, options.out)}`);
  }
  return exitCodeOf(solved.diagnostics);
}

/** The deployment and its files; warnings on the way join those of the solution. @throws DiagnosticError */
function rendered(paths: readonly string[], options: CompileOptions, variables: Record<string, string | undefined>, solved: Solved, c: Console): { deployment: Deployment; files: SourceFile[] } {
  const imagesPath = imagesFile(paths, options.images);
  let images;
  if (imagesPath) {
    const text = readText(imagesPath);
    c.sources.set(imagesPath, text);
    const read = readImages(text, imagesPath, solved.application.components.map((component) => component.name));
    solved.diagnostics.push(...read.diagnostics);
    if (!read.images) throw new DiagnosticError(solved.diagnostics);
    images = read.images;
  }
  const built = buildDeployment(solved.application, solved.result.solution!, solved.candidatesById, { images, variables, publishMode: options.publishMode, endpointMode: options.endpointMode });
  solved.diagnostics.push(...built.diagnostics);
  if (!built.deployment) throw new DiagnosticError(solved.diagnostics);
  const swarm = renderSwarm(built.deployment);
  solved.diagnostics.push(...swarm.diagnostics);
  if (hasErrors(solved.diagnostics)) throw new DiagnosticError(solved.diagnostics);
  return { deployment: built.deployment, files: swarm.files };
}

function written(deployment: Deployment, out: string): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  const hosts = deployment.hostGroups.reduce((sum, group) => sum + group.number, 0);
  const names = [...new Set([...deployment.secrets.map((s) => s.name), ...deployment.registries.flatMap((r) => r.password ?? [])])];
  const secrets = names.length ? `, ${count(names.length, 'secret')} to provide (${names.join(', ')})` : '';
  return [
    `${join(out, 'stack.yml')}    ${count(deployment.services.length, 'service')}, ${count(deployment.networks.length, 'network')}${secrets}`,
    `${join(out, 'hosts.json')}   ${count(hosts, 'host')} to lease, and their labels`,
    '',
  ].join('\n');
}
