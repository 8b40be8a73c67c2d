/** What the reports of the verbs look like, as text, JSON and SARIF, and how runs end. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '@camelc/diagnostics';
import { displayWidth, wrap } from '@camelc/project';
import { makeStyle } from '../../packages/cli/src/report/style.js';
import { renderDiagnostics } from '../../packages/cli/src/report/text.js';
import { camelc, repository } from './camelc.js';
import { folderWith } from '../folders.js';

const candidates = JSON.stringify(
  {
    formatVersion: 1,
    currency: 'EUR',
    candidates: [
      { id: 'small', type: 'IAAS', hardware: 's1', cloud: { id: 'c', provider: 'own', type: 'private' }, cores: 2, memory: 4096, price: 0.01, limit: 3 },
      { id: 'large', type: 'IAAS', hardware: 'l1', cloud: { id: 'c', provider: 'own', type: 'private' }, cores: 16, memory: 131072, price: 0.08, limit: 1 },
    ],
  },
  undefined,
  1,
);

/** A web server with its database; the places to vary are named. */
const shop = ({ scale = '[2, 4]', memory = 4, budget = 10, extra = '' } = {}): string => `camel model Shop {
  application Shop { version '1.0' }
  deployment model D {
    software Web { requirements WebReqs required communication DbReq port 5432 mandatory container configuration C { image 'example.com/web:1' } }
    software Db { requirements DbReqs provided communication DbPort port 5432 container configuration C { image 'postgres:17' } }
    communication WebToDb from Web.DbReq to Db.DbPort
    requirements WebReqs { horizontal scale R.Scale resource R.WebMachine }
    requirements DbReqs { resource R.DbMachine }
  }
  requirement model R {
    resource requirement WebMachine { attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [int 1 }
    resource requirement DbMachine { attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int ${memory} UnitTemplateCamelModel.UnitTemplateModel.GigaBytes }
    horizontal scale requirement Scale ${scale}
    optimisation requirement Best { variable M.Utility }
  }
  metric model M {
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    variable Webs { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web }
    variable Cents { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '100 * Cost' }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 / (1 + Cost)' }
  }
  constraint model K {
    variable constraint Budget : M.Cents <= ${budget}.0
    variable constraint Enough : M.Webs >= 2.0
    ${extra}
  }
}
`;

/** A folder with the shop and its candidates, and the options that use them alone. */
function shopFolder(variation?: Parameters<typeof shop>[0]): { cwd: string; args: string[] } {
  return { cwd: folderWith({ 'shop.camel': shop(variation), 'machines.json': candidates }), args: ['shop.camel', '--candidates', 'machines.json'] };
}

function run(verb: string, variation?: Parameters<typeof shop>[0], ...more: string[]): ReturnType<typeof camelc> {
  const { cwd, args } = shopFolder(variation);
  return camelc([verb, ...args, ...more], { cwd });
}

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
    expect(report.conflict).toContainEqual(
      expect.objectContaining({ ...element, ...(element.range && { range: expect.objectContaining({ start: expect.objectContaining(element.range.start) }) }) }),
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

describe('SARIF', () => {
  it('has the tool with its rules, and results whose places count from 1 in files with escaped names', () => {
    const cwd = folderWith({ 'a #1 ü/shop.camel': shop({ scale: '[4, 2]' }) });
    const { stdout, status } = camelc(['check', 'a #1 ü', '--format', 'sarif'], { cwd });
    expect(status).toBe(1);
    const { version, runs } = JSON.parse(stdout);
    expect([version, runs.length, runs[0].tool.driver.name]).toEqual(['2.1.0', 1, 'camelc']);
    const rules = runs[0].tool.driver.rules.map((r: { id: string }) => r.id);
    for (const result of runs[0].results) {
      expect(rules).toContain(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20%231%20%C3%BC/shop.camel');
    }
    expect(runs[0].results).toContainEqual(
      expect.objectContaining({ level: 'error', locations: [{ physicalLocation: expect.objectContaining({ region: expect.objectContaining({ startLine: 13 }) }) }] }),
    );
  });
});

describe('what a model ignores, and what it must not show', () => {
  const sketch = `camel model Shop {
  deployment model D {
    // camelc-ignore component/no-configuration: a sketch
    software Web { requirements Set attribute dbPassword : string 'horse' attribute x : int 2.5 }
    requirements Set { os R.Linux }
  }
  requirement model R { os requirement Linux { os linux } }
}`;
  it('is neither told nor counted, but stands in SARIF with its reason, beside the fixes of the others', () => {
    const cwd = folderWith({ 'shop.camel': sketch });
    const text = camelc(['check', 'shop.camel'], { cwd });
    expect(text.stderr).not.toContain('no-configuration');
    expect(text.stdout).toContain('1 error, 1 warning in 1 file');
    const [run] = JSON.parse(camelc(['check', 'shop.camel', '--format', 'sarif'], { cwd }).stdout).runs;
    const of = (id: string): object => run.results.find((r: { ruleId: string }) => r.ruleId === id);
    expect(of('component/no-configuration')).toMatchObject({ suppressions: [{ kind: 'inSource', justification: 'a sketch' }] });
    expect(of('model/whole-number')).toMatchObject({ fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'double 2.5' } }] }] }] });
  });
  it('quotes no credential, not for another mistake in its line either', () => {
    const { stderr, stdout } = camelc(['check', 'shop.camel'], { cwd: folderWith({ 'shop.camel': sketch }) });
    expect(stderr).toContain('credential/in-clear');
    expect(stderr).toContain('string •••••••');
    expect(stderr + stdout).not.toContain('horse');
  });
});

describe('--quiet', () => {
  it('leaves out hints, warnings and the summary of check, and keeps errors', () => {
    const { cwd } = shopFolder();
    expect(camelc(['check', 'shop.camel'], { cwd })).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('hint[scale/default]'),
      stdout: expect.stringContaining('1 hint in 1 file'),
    });
    expect(camelc(['check', 'shop.camel', '--quiet'], { cwd })).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(camelc(['check', 'nothing.camel', '--quiet'], { cwd })).toMatchObject({ status: 5, stderr: expect.stringContaining('file/unreadable') });
  });
});

describe('the command line', () => {
  it.each([
    [['solve', 'x', '--metric', 'A'], 'it takes NAME=VALUE', 'camelc solve --help'],
    [['solve', 'x', '--metric', 'A=b'], '`b` is no number', 'camelc solve --help'],
    [['solve', 'x', '--current', 'A='], 'is no number', 'camelc solve --help'],
    [['compile', 'x', '--var', '=b'], 'it takes NAME=VALUE', 'camelc compile --help'],
    [['solve', 'x', '--rate', 'XXX=2'], 'the currencies are EUR, USD, GBP, CHF', 'camelc solve --help'],
    [['solve', 'x', '--rate', 'USD=-1'], 'a rate is a number of euros above 0', 'camelc solve --help'],
    [['solv', 'x'], 'there is no verb `solv`; did you mean `solve`?', 'camelc --help'],
    [['shop.camel'], 'the verbs are check, candidates', 'camelc --help'],
    [[], 'name a verb: check, candidates', 'camelc --help'],
  ])('refuses %j with what is wrong and where the help is', (args, message, help) => {
    const { status, stdout, stderr } = camelc(args);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`see \`${help}\``);
  });
});

describe('files', () => {
  it('that lie beside the models and are read without being named are named in the report', () => {
    const cwd = folderWith({ 'm/shop.camel': shop(), 'm/candidates.json': candidates, 'm/metrics.json': '{}', 'm/images.json': '{ "Web": "example.com/other:2" }' });
    const { stdout } = camelc(['compile', 'm'], { cwd });
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/m\/candidates\.json\), metrics of m\/metrics\.json .* with images of m\/images\.json/);
    expect(JSON.parse(camelc(['solve', 'm', '--format', 'json'], { cwd }).stdout)).toMatchObject({
      candidates: expect.stringContaining('m/candidates.json'),
      metrics: ['m/metrics.json'],
    });
    expect(JSON.parse(camelc(['compile', 'm', '--format', 'json'], { cwd }).stdout)).toMatchObject({ images: 'm/images.json', files: ['deploy/stack.yml', 'deploy/hosts.json'] });
  });

  it('are read once, however they are named', () => {
    const { cwd } = shopFolder();
    expect(camelc(['check', 'shop.camel', './shop.camel', '.'], { cwd }).stdout).toContain('in 1 file.');
  });

  it('of an output folder are all written or none, and what was there stays', () => {
    const { cwd, args } = shopFolder();
    mkdirSync(join(cwd, 'deploy/hosts.json'), { recursive: true });
    const { status, stderr } = camelc(['compile', ...args], { cwd });
    expect([status, stderr]).toEqual([5, expect.stringContaining('cannot write deploy/hosts.json: it is a folder')]);
    expect(readdirSync(join(cwd, 'deploy'))).toEqual(['hosts.json']);
  });

  it('leave no new folder behind where they cannot be written', () => {
    const { cwd, args } = shopFolder();
    const { status, stderr } = camelc(['compile', ...args, '--out', 'shop.camel'], { cwd });
    expect([status, stderr]).toEqual([5, expect.stringContaining('there is a file of that name')]);
    expect(readdirSync(cwd).sort()).toEqual(['machines.json', 'shop.camel']);
  });

  it.skipIf(!existsSync('/dev/full'))('that take no report end the run with a message', () => {
    const { cwd, args } = shopFolder();
    const bin = join(repository, 'packages/cli/bin/camelc.js');
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$@" > /dev/full', process.execPath, bin, 'solve', ...args], { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([5, expect.stringContaining('error[file/report]: cannot print the report: no space is left on the device')]);
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
