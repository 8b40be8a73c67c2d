import { join } from 'node:path';
import type { EndpointMode, PublishMode } from '@camelc/deployment';
import { exitCodeOf } from '@camelc/diagnostics';
import { count, toJson, writeFolder } from '@camelc/project';
import { deploySolution, type Deployed, type TargetName } from '@camelc/project/deploying';
import { solutionToJson } from '@camelc/project/solving';
import type { Console } from '../console.js';
import { renderSolution } from '../report/solution.js';
import { exitCodeOfSolved, solvePaths, type SolveOptions } from '../solving.js';

export interface CompileOptions extends SolveOptions {
  target: TargetName;
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
      if (solution) {
        c.print(renderSolution({ ...solved, solution }, c.style, c.terminal));
        c.note(`nothing was written to ${options.out}`);
      }
    }
    return exit;
  }
  const deployed = deploySolution(paths, { ...solved, solution }, { ...options, variables }, c);
  const { images, files, diagnostics } = deployed;
  writeFolder(options.out, files);
  if (c.format === 'json') {
    c.print(toJson({ ...solutionToJson({ ...solved, diagnostics }), ...(images && { images }), files: files.map((f) => join(options.out, f.path)) }));
  } else {
    c.problems(diagnostics);
    c.print(renderSolution({ ...solved, solution }, c.style, c.terminal));
    c.print(`\n${options.target === 'swarm' ? written(deployed, options.out) : writtenRequests(deployed, options.out)}`);
  }
  return exitCodeOf(diagnostics);
}

function written({ deployment, images }: Deployed, out: string): string {
  const hosts = deployment.hostGroups.reduce((sum, group) => sum + group.number, 0);
  const names = [...new Set([...deployment.secrets.map((s) => s.name), ...deployment.registries.flatMap((r) => r.password ?? [])])];
  const configs = deployment.configs.length ? `, ${count(deployment.configs.length, 'config')} beside it` : '';
  const secrets = names.length ? `, ${count(names.length, 'secret')} to provide (${names.join(', ')})` : '';
  return [
    `${join(out, 'stack.yml')}    ${count(deployment.services.length, 'service')}${images ? ` with images of ${images}` : ''}, ${count(deployment.networks.length, 'network')}${configs}${secrets}`,
    `${join(out, 'hosts.json')}   ${count(hosts, 'host')} to lease, and ${hosts === 1 ? 'its' : 'their'} labels`,
    '',
  ].join('\n');
}

function writtenRequests({ deployment, files }: Deployed, out: string): string {
  const hosts = deployment.hostGroups.reduce((sum, group) => sum + group.number, 0);
  const names = deployment.secrets.map(({ name }) => name);
  const secrets = names.length ? `, ${count(names.length, 'secret')} to provide (${names.join(', ')})` : '';
  return `${join(out, 'manifest.json')}   ${count(files.length - 1, 'request')} with their bodies beside it: ${count(hosts, 'node')}, ${count(deployment.services.length, 'task')}${secrets}\n`;
}
