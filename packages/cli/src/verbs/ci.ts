import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { readImages, namedVariables } from '@camelc/deployment';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { imagesFile, loadApplication, openProject, readSource, toJson, variablesOf, writeFile } from '@camelc/project';
import { githubFile, githubWorkflow } from '../ci/github.js';
import { gitlabFile, gitlabPipeline } from '../ci/gitlab.js';
import { mark, type Pipeline } from '../ci/pipeline.js';
import type { Console } from '../console.js';

const services = {
  github: { write: githubWorkflow, file: githubFile },
  gitlab: { write: gitlabPipeline, file: gitlabFile },
};

export interface CiOptions extends Pick<Pipeline, 'application' | 'images' | 'target' | 'branch' | 'environment' | 'planOptions'> {
  out?: string;
}

/** `camelc ci SERVICE PATHS`: a workflow that checks and plans every change, and applies that very plan after approval. */
export async function ci(service: keyof typeof services, paths: readonly string[], options: CiOptions, c: Console): Promise<number> {
  for (const word of [...paths, options.application ?? '', options.images ?? '', options.planOptions ?? ''])
    if (/[\n\r]|\$\{\{/.test(word)) throw misuse(`\`${word}\` cannot stand in a workflow`);
  for (const path of [...paths, options.images ?? ''])
    if (isAbsolute(path) || /^\.\.(\/|$)/.test(normalize(path))) throw misuse(`\`${path}\` leads out of the repository: name it as seen from the top of that`);
  if (!/^[\w.-]+$/.test(options.environment)) throw misuse('--environment takes letters, digits, `.`, `_` and `-`');
  if (options.branch !== undefined && !/^[\w./+-]+$/.test(options.branch)) throw misuse('--branch takes letters, digits, `.`, `_`, `/`, `+` and `-`');
  const { models, settings } = openProject(paths, {}, c);
  const { application, diagnostics } = await loadApplication(models, options.application);
  const file = imagesFile(paths, options.images);
  const components = application.components.map((component) => component.name);
  const images = file === undefined ? undefined : readImages(readSource(file, c), file, components);
  if (images && !images.images) throw new DiagnosticError(images.diagnostics);
  const { credentials: names, others } = namedVariables(application, images?.images);
  // What is looked up elsewhere, such as in a file that is checked in, is no secret of the service.
  const credentials = [...new Set(names.flatMap((name) => variablesOf(settings?.secrets?.[name] ?? `env:${name}`)))].sort();
  const { out, ...pipeline } = options;
  const text = services[service].write({ ...pipeline, paths, credentials, variables: others });
  if (out !== undefined) {
    if (isOfSomebodyElse(out, service))
      throw new DiagnosticError([diagnose('file/unwritable', { path: out, why: `there is a file of that name, which \`camelc ci ${service}\` did not write` })]);
    writeFile(out, text);
  }
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, ...(out === undefined ? { text } : { file: out }), credentials, variables: others }));
  else {
    c.problems(diagnostics);
    if (out === undefined) c.print(text);
    else c.print(`${out}   check, plan and apply for ${application.name}; its first lines say what to set up before the first run\n`);
  }
  return 0;
}

const misuse = (message: string): DiagnosticError => new DiagnosticError([diagnose('usage/invalid', { message, verb: 'ci' })]);

const isOfSomebodyElse = (file: string, service: string): boolean => existsSync(file) && !readFileSync(file, 'utf8').startsWith(mark(service));
