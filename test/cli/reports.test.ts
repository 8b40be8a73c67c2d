/** What the reports of the verbs look like, as text and JSON. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '@camelc/diagnostics';
import { displayWidth, wrap } from '@camelc/project';
import { makeStyle } from '../../packages/cli/src/report/style.js';
import { renderDiagnostics } from '../../packages/cli/src/report/text.js';
import { folderWith } from '../folders.js';
import { camelc } from './camelc.js';
import { candidates, run, shop, shopFolder } from './shop.js';

describe('the solution as text', () => {
  it('is a table with aligned columns, the utility with its proof, and a reason for each component', () => {
    const { stdout, status } = run('solve', { scale: '[1, 4]', budget: 12 });
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'Shop 1.0: 2 components, 2 candidates (machines.json)',
        '',
        '  component   instances   candidate                  where        €/h',
        '  Web                 2   own s1      2 cpu   4 GB   private   0.0200',
        '  Db                  1   own s1      2 cpu   4 GB   private   0.0100',
        '                                                               ──────',
        '                                                               0.0300',
        '',
        'utility 0.97087 (M.Utility), optimal: proven',
        '',
        'Web is on s1: it needs at least 1 core; the other that fits would break a constraint or a limit in its place. One instance less would break Enough.',
        'Db is on s1: it needs at least 4 GigaBytes of memory; the next best, own l1, would cost 0.0700 EUR/h more for each instance, with a utility of 0.90909.',
        '',
      ].join('\n'),
    );
  });

  it('counts in the singular too', () => {
    const { cwd } = shopFolder();
    expect(
      camelc(['candidates', 'shop.camel', '--candidates', 'one.json'], {
        cwd: folderWith({ 'shop.camel': shop(), 'one.json': candidates.replace(/,\s*\{\s*"id": "large"[^]*(?=\])/, '') }),
      }).stdout,
    ).toContain('Shop: 1 candidate (one.json)');
    expect(camelc(['check', 'shop.camel'], { cwd }).stdout).toContain('1 hint in 1 file.');
  });

  it('says "no other candidate fits" only where that is so', () => {
    expect(run('solve', { memory: 100 }).stdout).toMatch(/Db is on l1: .*; no other candidate fits\./);
  });
});

describe('no deployment', () => {
  it('is told as a table of what contradicts (place, name, what it says), and one of what would help', () => {
    const { stderr, stdout, status } = run('solve', { memory: 100, budget: 9 });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      [
        'error[solver/infeasible]: no deployment satisfies this model; these three contradict each other',
        '',
        '  shop.camel:12:155   DbMachine.ram   at least 100 GigaBytes of memory',
        '  shop.camel:23:25    Budget          M.Cents <= 9',
        '  shop.camel:24:25    Enough          M.Webs >= 2',
        '',
        '  any one of these would do (each was solved to make sure):',
        '    DbMachine.ram   100 → 4 GigaBytes   then utility 0.97087, 21.90 EUR/month',
        '    Budget          9 → 10              then utility 0.90909, 73.00 EUR/month',
        '',
      ].join('\n'),
    );
  });

  it('is told conflict by conflict where these have nothing in common, with the changes that help together', () => {
    const { stderr } = run('solve', { memory: 999, extra: 'variable constraint Few : M.Webs <= 1.0' });
    expect(stderr).toMatch(/none of the 2 candidates fits Db, because of DbMachine\.ram\n\n.*DbMachine\.ram/);
    expect(stderr).toMatch(/moreover, these two contradict each other\n\n.* Enough .*\n.* Few /);
    expect(stderr).toMatch(
      /these changes together would do \(they were solved to make sure\), then utility [\d.]+, [\d.]+ EUR\/month:\n {4}DbMachine\.ram +999 → 128 GigaBytes\n {4}Few +1 → 2\n/,
    );
  });

  it('names a metric of the conflict where its value is given', () => {
    const measured = shop({ scale: '[1, 4]', budget: 99, extra: 'variable constraint Fast : M.Spare >= 0.0' }).replace(
      'metric model M {',
      "metric model M { raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.ResponseTimeTemplate } variable Spare { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula 'Webs - Load' }",
    );
    const cwd = folderWith({ 'shop.camel': measured, 'machines.json': candidates, 'now.json': '{ "Load": 4.5 }' });
    const { stderr } = camelc(['solve', 'shop.camel', '--candidates', 'machines.json', '--metrics', 'now.json'], { cwd });
    expect(stderr).toMatch(/ {2}now\.json:1:11 +Load +given as 4\.5\n/);
    expect(stderr).toMatch(/ {4}Load +4\.5 → 3 +then/);
  });

  it('names the limit of a candidate with its place in the candidates file', () => {
    const { stderr } = run('solve', { scale: '[5, 6]', budget: 99 });
    expect(stderr).toMatch(/ {2}machines\.json:\d+:\d+ +(small +at most 3 hosts of this candidate|large +at most 1 host of this candidate)\n/);
  });

  it('names the requirements that no candidate meets', () => {
    const { stderr, status } = run('solve', { memory: 999 });
    expect(status).toBe(3);
    expect(stderr).toMatch(/solver\/no-candidate.*\n\n {2}shop\.camel:12:\d+ {3}DbMachine\.ram {3}at least 999 GigaBytes of memory\n/);
  });

  it('writes nothing', () => {
    const { cwd, args } = shopFolder({ memory: 999 });
    const json = camelc(['compile', ...args, '--format', 'json'], { cwd });
    expect(json.status).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'infeasible', files: [] });
    expect(existsSync(join(cwd, 'deploy'))).toBe(false);
  });
});

describe('JSON', () => {
  it('of solve has status, utility, bound, gap, cost, components, hosts and reasons', () => {
    const report = JSON.parse(run('solve', undefined, '--format', 'json').stdout);
    expect(report).toMatchObject({
      formatVersion: 1,
      status: 'optimal',
      utility: expect.closeTo(1 / 1.03, 9),
      bound: expect.closeTo(1 / 1.03, 9),
      gap: 0,
      cost: expect.closeTo(0.03, 9),
      currency: 'EUR',
      components: [
        { name: 'Web', cardinality: 2, candidate: { id: 'small', hardware: 's1' } },
        { name: 'Db', cardinality: 1, candidate: { id: 'small', hardware: 's1' } },
      ],
      hosts: [
        { candidate: 'small', number: 2, components: ['Web'] },
        { candidate: 'small', number: 1, components: ['Db'] },
      ],
      conflict: [],
      reasons: [{ component: 'Web' }, { component: 'Db' }],
    });
  });

  it.each([
    [
      { memory: 100, budget: 9 },
      { element: 'Budget', kind: 'constraint', file: 'shop.camel', range: { start: { line: 22, character: 24 } } },
    ],
    [{ memory: 999 }, { element: 'DbMachine.ram', kind: 'requirement', says: 'at least 999 GigaBytes of memory', file: 'shop.camel', range: { start: { line: 11 } } }],
    [
      { scale: '[5, 6]', budget: 99 },
      { kind: 'limit', file: 'machines.json' },
    ],
  ])('of solve without a solution has the conflict with file and range (%j)', (variation, element) => {
    const { stdout, status } = run('solve', variation, '--format', 'json');
    const report = JSON.parse(stdout);
    expect(status).toBe(3);
    expect(report).toMatchObject({ status: 'infeasible', components: [], hosts: [], reasons: [] });
    const { range } = element as { range?: { start: object } };
    expect(report.conflict).toContainEqual(
      expect.objectContaining({ ...element, ...(range && { range: expect.objectContaining({ start: expect.objectContaining(range.start) }) }) }),
    );
    expect(report).not.toHaveProperty('utility');
  });

  it('of solve without a solution has every conflict, and the changes that help with what the solution costs then', () => {
    const report = JSON.parse(run('solve', { memory: 100, budget: 9 }, '--format', 'json').stdout);
    expect(report.conflicts).toEqual([report.conflict]);
    expect(report.minimal).toBe(true);
    expect(report.suggestions).toEqual([
      {
        changes: [expect.objectContaining({ element: 'DbMachine.ram', from: '100 GigaBytes', to: '4 GigaBytes', file: 'shop.camel' })],
        then: { cost: expect.closeTo(0.03, 9), costPerMonth: expect.closeTo(21.9, 9), utility: expect.closeTo(1 / 1.03, 9) },
      },
      { changes: [expect.objectContaining({ element: 'Budget', from: '9', to: '10' })], then: expect.objectContaining({ costPerMonth: expect.closeTo(73, 9) }) },
    ]);
    expect(report.diagnostics.find((d: { code: string }) => d.code === 'solver/infeasible').related.map((r: { message: string }) => r.message)).toEqual([
      'DbMachine.ram: at least 100 GigaBytes of memory',
      'Budget: M.Cents <= 9',
      'Enough: M.Webs >= 2',
    ]);
  });

  it('of a run that ends before it solves is the diagnostics', () => {
    const { stdout, stderr, status } = run('solve', { extra: 'variable constraint Bad : M.Nothing > 1.0' }, '--format', 'json');
    expect([status, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      diagnostics: [{ code: 'reference/unresolved', file: 'shop.camel', severity: 'error', range: { start: { line: 24 } } }],
    });
  });

  it('of check has file, code, severity, message, range and related for each diagnostic', () => {
    const { cwd } = shopFolder({ scale: '[4, 2]' });
    const { stdout, status } = camelc(['check', 'shop.camel', '--format', 'json'], { cwd });
    expect(status).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ formatVersion: 1, files: 1 });
    const keys = ['code', 'file', 'message', 'range', 'related', 'severity'];
    for (const diagnostic of report.diagnostics) expect(Object.keys(diagnostic)).toEqual(expect.arrayContaining(keys));
    expect(report.diagnostics).toContainEqual(expect.objectContaining({ severity: 'error', range: expect.objectContaining({ start: expect.objectContaining({ line: 12 }) }) }));
  });

  it('of candidates has for each component what fits, what is excluded by which requirement, and where that stands', () => {
    const report = JSON.parse(run('candidates', { memory: 100 }, '--format', 'json').stdout);
    expect(report.components[1]).toMatchObject({
      name: 'Db',
      candidates: [{ id: 'large' }],
      excluded: [{ id: 'small', reasons: [{ requirement: 'DbMachine.ram' }] }],
      requirements: [{ id: 'DbMachine.ram', file: 'shop.camel', range: { start: { line: 11 } }, excludes: 1, alone: 1 }],
    });
  });

  it('is what a wrong command line gets too, where it asks for it', () => {
    const { stdout, status } = camelc(['solve', 'x.camel', '--format', 'json', '--metric', 'A']);
    expect(status).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, diagnostics: [{ code: 'usage/invalid' }] });
  });
});

describe('a narrow terminal', () => {
  const place = (line: number, start: number, end: number): NonNullable<Diagnostic['place']> => ({
    file: 'shop.camel',
    range: { start: { line, character: start }, end: { line, character: end } },
  });
  const text = `${'x'.repeat(100)} WebReq ${'y'.repeat(100)}\nvariable constraint Budget : Metrics.MonthlyCostOfTheShop <= 200.0 }`;
  const widest = (rendered: string): number => Math.max(...rendered.split('\n').map(displayWidth));

  it('gets quotes around the marked text, and what to do on a line of its own', () => {
    const d: Diagnostic = {
      code: 'reference/unresolved',
      severity: 'error',
      message: 'there is no requirement set `WebReq` in this model or any other',
      place: place(0, 101, 107),
      help: 'did you mean `WebReqs` (shop.camel:31)?',
    };
    const rendered = renderDiagnostics([d], new Map([['shop.camel', text]]), makeStyle(false, 50));
    expect(widest(rendered)).toBeLessThanOrEqual(50);
    const [quoted, marks] = rendered
      .split('\n')
      .filter((line) => line.includes('│'))
      .slice(1);
    expect(quoted!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1)).toBe('WebReq');
    expect(rendered).toContain('= did you mean `WebReqs` (shop.camel:31)?');
  });

  it('gets every part of a conflict on a line of its own, and nothing is cut off', () => {
    const d: Diagnostic = {
      code: 'solver/infeasible',
      severity: 'error',
      message: 'no deployment satisfies this model',
      place: place(1, 20, 26),
      related: [{ message: 'Budget', place: place(1, 20, 26) }],
    };
    const rendered = renderDiagnostics([d], new Map([['shop.camel', text]]), makeStyle(false, 50));
    expect(rendered).toContain('  shop.camel:2:21\n      Budget\n      Metrics.MonthlyCostOfTheShop <= 200.0\n');
  });

  it('gets sentences that break between words', () => {
    expect(wrap('one two three four', 9)).toBe('one two\nthree\nfour');
    expect(wrap('averylongword at', 5)).toBe('averylongword\nat');
  });
});
