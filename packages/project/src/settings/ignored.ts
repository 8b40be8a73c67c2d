import { dirname, relative, resolve } from 'node:path';
import type { Settings } from './settings.js';

/** Tells the files that the settings exclude from those of a folder. */
export function ignoring(settings: Settings | undefined): (file: string) => boolean {
  if (!settings?.ignore?.length) return () => false;
  const folder = resolve(dirname(settings.file));
  const patterns = settings.ignore.map(patternOf);
  return (file) => {
    const path = relative(folder, resolve(file)).replaceAll('\\', '/');
    return patterns.some((pattern) => pattern.test(path));
  };
}

/** `*` and `?` stay within a name, `**` goes over folders; what names a folder is all in it. */
function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/^\.?\/|\/+$/g, '')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => ({ '**/': '(?:[^/]+/)*', '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
    .join('');
  return new RegExp(`^${source}(?:/|$)`);
}
