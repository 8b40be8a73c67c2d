import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '@camelc/diagnostics';
import { constants, formatSource, functions as known } from '@camelc/language';
import { functions as computed } from '@camelc/problem';
import { diagnosticsPage, withFunctions } from '../scripts/document.mjs';

const root = resolve(import.meta.dirname, '..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean)
  .filter((f) => existsSync(join(root, f)));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = tracked.filter((f) => /^packages\/.*\/src\/.*\.ts$/.test(f));

describe('the catalogue of diagnostics', () => {
  const raised = sources
    .filter((f) => !f.startsWith('packages/diagnostics/src/catalogue/'))
    .map(read)
    .join('\n');
  it.each(Object.keys(catalogue))('%s is raised somewhere', (code) => {
    expect(raised).toContain(`'${code}'`);
  });

  it('is what docs/diagnostics.md says; `npm run document` writes it', () => expect(read('docs/diagnostics.md')).toBe(diagnosticsPage));
});

describe('the functions of formulas', () => {
  it('are the same where they are checked and where they are computed', () => {
    expect([...known.keys()].sort()).toEqual(Object.keys(computed).sort());
    for (const [name, arity] of known) expect([name, ...arity]).toEqual([name, ...computed[name]!.arity]);
    expect([...constants.keys()]).toEqual(['e', 'pi', 'phi', 'true', 'false']);
  });

  it('are all defined in docs/language.md; `npm run document` writes them', () => {
    const page = read('docs/language.md');
    expect(page).toContain('| `percentile` |');
    expect(page).toBe(withFunctions(page));
  });
});

describe('every model is formatted', () => {
  it('in files; `camelc fmt examples packages` does it', () => {
    for (const path of tracked.filter((f) => f.endsWith('.camel') && !f.includes('/cases/'))) {
      const text = read(path);
      expect(formatSource({ path, text }), path).toEqual({ text, diagnostics: [] });
    }
  });

  it('in documents, but for the examples of mistakes', () => {
    for (const file of tracked.filter((f) => f.endsWith('.md') && !f.endsWith('diagnostics.md')))
      for (const [, text] of read(file).matchAll(/^```camel\n(camel model.*?)^```/gms)) expect(formatSource({ path: file, text: text! }).text).toBe(text);
  });
});

describe('the dependencies', () => {
  interface Manifest {
    license: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  }
  const manifests = tracked.filter((f) => f.endsWith('package.json')).map((file) => ({ file, ...(JSON.parse(read(file)) as Manifest) }));
  const isOurs = (name: string): boolean => name.startsWith('@camelc/') || name === 'camelc';
  const licences = new Map(
    ['package-lock.json', 'test/vscode/package-lock.json'].flatMap((file) =>
      Object.entries((JSON.parse(read(file)) as { packages: Record<string, Manifest> }).packages).map(([place, { license }]) => [place.replace(/^.*node_modules\//, ''), license]),
    ),
  );
  /** The rows of the page: a name, and its licence. */
  const rows = [...read('docs/dependencies.md').matchAll(/^\| (`.*?) \|.*?\| (.*?) \|/gm)].flatMap(([, names, licence]) =>
    names!.split(', ').map((name): [string, string] => [name.replaceAll('`', ''), licence!]),
  );

  it('have each a row in docs/dependencies.md, with its licence, and no row is left of others', () => {
    const names = new Set(manifests.flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies })).filter((name) => !isOurs(name)));
    expect(rows.toSorted()).toEqual([...names].map((name) => [name, licences.get(name)]).toSorted());
  });

  it.each(manifests.filter(({ file }) => /^(packages|extension)\//.test(file)))('of $file are imported there', ({ file, dependencies = {} }) => {
    const folder = file.replace('package.json', '');
    const own = tracked
      .filter((f) => f.startsWith(`${folder}src/`))
      .map(read)
      .join('\n');
    expect(Object.keys(dependencies).filter((name) => !new RegExp(`['"]${name}['"/]`).test(own))).toEqual([]);
  });

  it('are exact versions, and all packages are under one licence', () => {
    for (const { file, license, dependencies, devDependencies } of manifests) {
      expect(license, file).toBe('Apache-2.0');
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(version, `${name} in ${file}`).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('come from no named registry', () => {
    for (const file of tracked.filter((f) => /package(-lock)?\.json$|\.npmrc$/.test(f))) expect(read(file), file).not.toMatch(/https?:\/\/registry\.|"resolved": "https?:/);
  });
});

describe('the repository', () => {
  it('holds nothing that is generated, but the pages that say so', () => {
    expect(execFileSync('git', ['ls-files', '--cached', '--ignored', '--exclude-standard'], { cwd: root, encoding: 'utf8' })).toBe('');
  });

  it('explains each npm script that is no part of another', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const pages = [...tracked.filter((f) => f.endsWith('.md')), '.ci/run'].map(read).join('\n');
    const told = `${pages}\n${Object.values(scripts).join('\n')}`;
    for (const name of Object.keys(scripts).filter((s) => s !== 'prepare')) expect(told, name).toMatch(new RegExp(`npm (run )?${name}(?![\\w:-])`));
  });

  it('has no link to a page that is not there', () => {
    for (const file of tracked.filter((f) => f.endsWith('.md'))) {
      for (const [, target] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(existsSync(join(root, file, '..', target!)), `${file} links to ${target}`).toBe(true);
      }
    }
  });
});
