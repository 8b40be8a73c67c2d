/** What `check` says for code scanning services. */
import { describe, expect, it } from 'vitest';
import { checkModels } from '@camelc/project';
import { toSarif } from '../../packages/cli/src/report/sarif.js';
import { ofTexts } from '../catalogue.js';
import { folderWith } from '../folders.js';
import { filesOf } from '../source-files.js';
import { camelc } from './camelc.js';
import { shop } from './shop.js';

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

/** What the format demands, and the services that take it: above all that each result has a place. */
describe('SARIF obeys the rules of code scanning', () => {
  interface Text {
    text: string;
  }
  interface Region {
    startLine: number;
    startColumn: number;
    endLine: number;
    endColumn: number;
  }
  interface Located {
    physicalLocation: { artifactLocation: { uri: string }; region: Region };
  }
  interface Rule {
    id: string;
    shortDescription: Text;
    fullDescription: Text;
    help: Text & { markdown: string };
    defaultConfiguration: { level: string };
  }
  interface Result {
    ruleId: string;
    level: string;
    message: Text;
    locations: Located[];
    relatedLocations?: (Located & { message: Text })[];
    fixes?: { artifactChanges: { replacements: { deletedRegion: Region }[] }[] }[];
  }
  interface Notification {
    descriptor: { id: string };
    level: string;
    message: Text;
  }
  interface Log {
    $schema: string;
    version: string;
    runs: {
      tool: { driver: { name: string; rules: Rule[]; notifications?: Rule[] } };
      invocations: { executionSuccessful: boolean; toolExecutionNotifications?: Notification[] }[];
      results: Result[];
    }[];
  }

  const levels = ['error', 'warning', 'note', 'none'];
  const expectText = ({ text }: Text): void => {
    expect(text.trim()).not.toBe('');
    expect(text.length).toBeLessThanOrEqual(1024);
  };
  const expectRegion = ({ startLine, startColumn, endLine, endColumn }: Region): void => {
    for (const n of [startLine, startColumn, endLine, endColumn]) expect(Number.isInteger(n) && n >= 1).toBe(true);
    expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
  };
  const expectPlace = ({ physicalLocation: { artifactLocation, region } }: Located): void => {
    expect(artifactLocation.uri).toMatch(/^([\w%.~-]+\/)*[\w%.~-]+$|^file:\/\/\//);
    expectRegion(region);
  };
  function expectObedient(log: Log): void {
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/);
    expect(log.runs.length).toBe(1);
    for (const { tool, results, invocations } of log.runs) {
      const { name, rules, notifications = [] } = tool.driver;
      expect(name).toBe('camelc');
      expect(new Set(rules.map((r) => r.id)).size).toBe(rules.length);
      for (const rule of [...rules, ...notifications]) {
        for (const text of [rule.shortDescription, rule.fullDescription]) expectText(text);
        expect(rule.help.text.trim()).not.toBe('');
        expect(levels).toContain(rule.defaultConfiguration.level);
      }
      for (const { ruleId, level, message, locations, relatedLocations = [], fixes = [] } of results) {
        expect(rules.map((r) => r.id)).toContain(ruleId);
        expect(levels).toContain(level);
        expect(message.text.trim()).not.toBe('');
        expect(locations.length).toBe(1);
        for (const place of [...locations, ...relatedLocations]) expectPlace(place);
        for (const { artifactChanges } of fixes) for (const { replacements } of artifactChanges) for (const { deletedRegion } of replacements) expectRegion(deletedRegion);
      }
      expect(invocations.length).toBe(1);
      for (const { descriptor, message, level } of invocations[0]!.toolExecutionNotifications ?? []) {
        expect(notifications.map((n) => n.id)).toContain(descriptor.id);
        expect(levels).toContain(level);
        expect(message.text.trim()).not.toBe('');
      }
    }
  }

  it.each(ofTexts)('for %s', async (code, { example }) => {
    const files = Object.entries(filesOf(example!)).map(([name, text]) => ({ path: `models/${name}`, text }));
    const log = toSarif(await checkModels({ files, diagnostics: [] }), '1.0.0') as Log;
    expectObedient(log);
    expect(log.runs[0]!.results.map((result) => result.ruleId)).toContain(code);
  });

  it('for what has no place in a file', () => {
    const { stdout, status } = camelc(['check', 'shop.camel', 'missing.camel', '--format', 'sarif'], { cwd: folderWith({ 'shop.camel': shop() }) });
    expect(status).toBe(5);
    const log = JSON.parse(stdout) as Log;
    expectObedient(log);
    expect(log.runs[0]!.invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ descriptor: { id: 'file/unreadable' }, level: 'error' }] }]);
  });
});
