import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '@camelc/diagnostics';
import { constants, formatSource, functions as known } from '@camelc/language';
import { functions as computed } from '@camelc/problem';

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

  it('is what docs/diagnostics.md says', () => {
    const page = read('docs/diagnostics.md');
    expect(page.match(/^## .*/gm)).toEqual(Object.keys(catalogue).map((code) => `## ${code}`));
    for (const { explanation } of Object.values(catalogue)) expect(page).toContain(explanation);
  });
});

describe('the functions of formulas', () => {
  it('are the same where they are checked and where they are computed', () => {
    expect([...known.keys()].sort()).toEqual(Object.keys(computed).sort());
    for (const [name, arity] of known) expect([name, ...arity]).toEqual([name, ...computed[name]!.arity]);
    expect([...constants.keys()]).toEqual(['e', 'pi', 'phi', 'true', 'false']);
  });

  it('are all defined in docs/language.md', () => {
    const page = read('docs/language.md');
    for (const [name, { meaning }] of Object.entries(computed)) {
      expect(page).toContain(`| \`${name}\` |`);
      expect(page).toContain(meaning);
    }
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

describe('the repository', () => {
  it('gives a reason for every dependency', () => {
    const page = read('docs/dependencies.md');
    const names = tracked
      .filter((f) => f.endsWith('package.json'))
      .flatMap((f) => {
        const { dependencies, devDependencies } = JSON.parse(read(f));
        return Object.keys({ ...dependencies, ...devDependencies });
      });
    for (const name of new Set(names.filter((n) => !n.startsWith('@camelc/') && n !== 'camelc'))) expect(page).toContain(`\`${name}\``);
  });

  it('names no registry host', () => {
    for (const file of tracked.filter((f) => /package(-lock)?\.json$|\.npmrc$/.test(f))) expect(read(file), file).not.toMatch(/https?:\/\/registry\./);
  });

  it('has no link to a page that is not there', () => {
    for (const file of tracked.filter((f) => f.endsWith('.md'))) {
      for (const [, target] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(existsSync(join(root, file, '..', target!)), `${file} links to ${target}`).toBe(true);
      }
    }
  });
});
