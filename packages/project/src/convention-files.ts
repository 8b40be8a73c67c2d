import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from './files.js';

/** A file that a folder given on the command line holds beside its models, and that is read without being named. */
export function conventionFiles(paths: readonly string[], name: 'candidates.json' | 'metrics.json' | 'images.json'): string[] {
  return paths
    .filter(isFolder)
    .map((p) => join(p, name))
    .filter((p) => existsSync(p));
}

/** The images file that is named, or that lies beside the models. */
export function imagesFile(paths: readonly string[], named: string | undefined): string | undefined {
  return named ?? conventionFiles(paths, 'images.json')[0];
}
