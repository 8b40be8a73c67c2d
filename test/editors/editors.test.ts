/** Neovim and Emacs, each with the set-up of docs/editors.md, on a model of the corpus. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { env, isThere, makeWorkspace, setUp, type Findings, type Workspace } from './fcr.js';

const script = (name: string): string => join(import.meta.dirname, name);

const editors = [
  {
    name: 'Neovim',
    program: 'nvim',
    initFile: 'init.lua',
    set: () => setUp('Neovim', 'lua'),
    args: (init: string) => ['--headless', '--clean', '-n', '-u', init, '-c', `luafile ${script('neovim.lua')}`],
  },
  {
    name: 'Emacs with eglot',
    program: 'emacs',
    initFile: 'init.el',
    set: () => setUp('Emacs', 'elisp'),
    args: (init: string) => ['--batch', '-l', init, '-l', script('emacs.el')],
  },
];

describe.each(editors)('$name', ({ program, initFile, set, args }) => {
  describe.skipIf(!isThere(program))('on FCR', () => {
    let workspace: Workspace;
    let found: Findings;

    beforeAll(() => {
      workspace = makeWorkspace();
      const init = join(workspace.folder, initFile);
      const findings = join(workspace.folder, 'findings.json');
      writeFileSync(init, set());
      const run = spawnSync(program, args(init), {
        cwd: workspace.folder,
        env: { ...env, HOME: workspace.folder, MODEL: workspace.model, FINDINGS: findings },
        encoding: 'utf8',
        timeout: 120_000,
      });
      expect(run.status, run.stderr).toBe(0);
      found = JSON.parse(readFileSync(findings, 'utf8')) as Findings;
    });

    test('marks a misspelt name', () => {
      expect(found.diagnostics).toEqual([{ message: expect.stringMatching(/`AppRequirementSe`[^]*`AppRequirementSet`/), line: 6 }]);
    });

    test('completes it', () => {
      expect(found.completions.map((label) => label.trim())).toContain('AppRequirementSet');
    });

    test('leads to the definition', () => {
      expect(found.definition.trim()).toBe('required communication ComponentPortDbReq port 3306 mandatory');
    });

    test('renames in the formula too', () => {
      expect(found.renamed).toContain('variable AppInstances{');
      expect(found.renamed.match(/AppInstances/g)).toHaveLength(4);
      expect(found.renamed).not.toMatch(/\bAppCardinality\b/);
    });

    test('formats as camelc fmt does', () => {
      expect(found.formatted).not.toBe(found.renamed);
      expect(found.formatted).toBe(workspace.formatted(found.renamed));
    });
  });
});
