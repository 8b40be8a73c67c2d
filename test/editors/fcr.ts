/** What the tests in editors share: a model of the corpus, with one name misspelt, and the set-ups of docs/editors.md. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { camelc, repository } from '../cli/camelc.js';
import { folderWith } from '../folders.js';

const fcr = join(repository, '../shared/corpus/camel-2.5/FCRwithDataLocality.camel');

/** Whether the model is there, and the program can be run. */
export const isThere = (program: string): boolean => existsSync(fcr) && spawnSync(program, ['--version']).status === 0;

/** `camelc` and Node 24 on the path, as a user has them. */
export const env = { ...process.env, PATH: [join(repository, 'node_modules/.bin'), process.env.PATH].join(delimiter) };

/** The set-up that docs/editors.md gives under a heading, in this language. */
export function setUp(heading: string, language: string): string {
  const [, section] = readFileSync(join(repository, 'docs/editors.md'), 'utf8').split(`\n## ${heading}\n`);
  return section!.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!;
}

export interface Workspace {
  folder: string;
  /** A copy of FCR in which `AppRequirementSet` is misspelt where the component names it. */
  model: string;
  /** What `camelc fmt` makes of this text. */
  formatted(text: string): string;
}

/** A new folder with the misspelt model. */
export function makeWorkspace(): Workspace {
  const folder = folderWith({ 'fcr.camel': readFileSync(fcr, 'utf8').replace('requirements AppRequirementSet', 'requirements AppRequirementSe') });
  return {
    folder,
    model: join(folder, 'fcr.camel'),
    formatted(text) {
      const file = join(folder, 'formatted.camel');
      writeFileSync(file, text);
      camelc(['fmt', file]);
      const formatted = readFileSync(file, 'utf8');
      rmSync(file);
      return formatted;
    },
  };
}

/** What the script of an editor found. */
export interface Findings {
  diagnostics: { message: string; line: number }[];
  completions: string[];
  /** The text of the line that the definition led to. */
  definition: string;
  renamed: string;
  formatted: string;
}
