import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { camelc, repository } from './camelc.js';
import { folderWith } from '../folders.js';

const smartwe = join(repository, 'examples/smartwe');
const twoComponent = join(repository, 'examples/two-component');
const corpus = join(repository, '../shared/corpus');

interface SolveReport {
  status: string;
  utility: number;
  bound: number;
  gap: number;
  cost: number;
  components: { name: string; cardinality: number; candidate?: { id: string; hardware: string } }[];
  hosts: { candidate: string; number: number; components: string[] }[];
  conflict: { element: string; file?: string; range?: { start: { line: number } } }[];
  diagnostics: { code: string; severity: string }[];
}

function solve(...args: string[]): SolveReport {
  const run = camelc(['solve', '--format', 'json', ...args]);
  return JSON.parse(run.stdout);
}
const cardinalityOf = (report: SolveReport, name: string): number => report.components.find((c) => c.name === name)!.cardinality;

const modelsIn = (name: string): string[] => readdirSync(join(repository, 'examples', name)).filter((file) => file.endsWith('.camel'));
const examples = readdirSync(join(repository, 'examples'));

describe('every example', () => {
  // A folder of several applications is for a candidate list of its own: test/solvers/published.test.ts.
  it.each(examples.filter((name) => modelsIn(name).length > 1))('%s has no problem, and a page', (name) => {
    const folder = join(repository, 'examples', name);
    expect(JSON.parse(camelc(['check', folder, '--format', 'json']).stdout).diagnostics).toEqual([]);
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
  });

  it.each(examples.filter((name) => modelsIn(name).length === 1))('%s has no problem, solves to a proven optimum, and has a page', (name) => {
    const folder = join(repository, 'examples', name);
    expect(JSON.parse(camelc(['check', folder, '--format', 'json']).stdout).diagnostics).toEqual([]);
    const report = solve(folder);
    expect(report).toMatchObject({ status: 'optimal', gap: 0 });
    expect(report.bound).toBe(report.utility);
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
  });
});

describe('smartwe', () => {
  it('stands on public, private and own machines', () => {
    const report = solve(smartwe);
    const candidate = Object.fromEntries(report.components.map((c) => [c.name, c.candidate!.id]));
    expect(candidate).toMatchObject({ OpenServer: 'private/m1.large', MariaDB: 'private/m1.large', External: 'partner/node-17' });
    expect(candidate.SmartDesign).not.toMatch(/^private|^partner/);
    expect(cardinalityOf(report, 'SmartDesign')).toBe(2);
  });

  it('scales when the memory constraint asks for it', () => {
    const running = ['--current', 'SmartDesignActCardinality=2', '--current', 'SmartDesignActRAM=8192'];
    const at = (utilisation: number): number => cardinalityOf(solve(smartwe, '--metric', `AvgMemoryUtilisation=${utilisation}`, ...running), 'SmartDesign');
    expect([at(40), at(92.4), at(160)]).toEqual([2, 3, 5]);
  });

  it('has no solution when six instances are not enough, and says which constraint that is', () => {
    const run = camelc([
      'solve',
      smartwe,
      '--format',
      'json',
      '--metric',
      'AvgMemoryUtilisation=400',
      '--current',
      'SmartDesignActCardinality=2',
      '--current',
      'SmartDesignActRAM=8192',
    ]);
    expect(run.status).toBe(3);
    const report = JSON.parse(run.stdout) as SolveReport;
    expect(report.status).toBe('infeasible');
    expect(report.conflict.map((c) => c.element)).toContainEqual(expect.stringContaining('SmartDesignRAMConstraint'));
    expect(report.conflict[0]!.range!.start.line).toBeGreaterThan(0);
  });

  it('gives the same answer with either solver, and the same bytes each time', () => {
    expect(solve(smartwe, '--milp', 'highs')).toEqual(solve(smartwe, '--milp', 'glpk'));
    const [a, b] = ['a', 'b'].map((name) => {
      const cwd = folderWith({});
      expect(camelc(['compile', smartwe, '--out', name], { cwd }).status).toBe(0);
      return readdirSync(join(cwd, name)).map((file) => readFileSync(join(cwd, name, file), 'utf8'));
    });
    expect(a).toEqual(b);
  });

  it('shows no value of a credential in any output', () => {
    const cwd = folderWith({});
    const env = { DOCKER_USER: 'canary-user-1', DOCKER_PASSWORD: 'canary-password-2', DB_PASSWORD: 'canary-password-3' };
    for (const args of [
      ['compile', smartwe],
      ['compile', smartwe, '--format', 'json'],
      ['solve', smartwe, '--format', 'json'],
      ['problem', smartwe],
    ]) {
      const run = camelc(args, { cwd, env });
      expect(run.status).toBe(0);
      expect(run.stdout + run.stderr).not.toContain('canary');
    }
    for (const file of readdirSync(join(cwd, 'deploy'))) expect(readFileSync(join(cwd, 'deploy', file), 'utf8')).not.toContain('canary');
  });

  it('leases as many hosts as there are instances, and labels each group', () => {
    const cwd = folderWith({});
    camelc(['compile', smartwe], { cwd });
    const stack = parse(readFileSync(join(cwd, 'deploy/stack.yml'), 'utf8'));
    const { hosts } = JSON.parse(readFileSync(join(cwd, 'deploy/hosts.json'), 'utf8')) as { hosts: { number: number; group: string; labels: Record<string, string> }[] };
    expect(hosts.reduce((sum, h) => sum + h.number, 0)).toBe(6);
    for (const service of Object.values(stack.services) as {
      deploy: { placement: { constraints: string[]; max_replicas_per_node: number }; update_config: object; rollback_config: object };
    }[]) {
      const [, label, group] = /^node\.labels\.(\S+) == (\S+)$/.exec(service.deploy.placement.constraints[0]!)!;
      expect(hosts.some((h) => h.labels[label!] === group)).toBe(true);
      expect(service.deploy.placement.max_replicas_per_node).toBe(1);
      expect(service.deploy.update_config).toHaveProperty('parallelism', 1);
      expect(service.deploy.rollback_config).toHaveProperty('parallelism', 1);
    }
  });
});

describe.runIf(existsSync(corpus))('models of others', () => {
  const fcr = join(corpus, 'camel-2.5/FCRwithDataLocality.camel');
  const metrics = ['--metric', 'AvgResponseTime=40', '--metric', 'UtilityDataCentre=0.5'];

  it('FCR, untouched, compiles with its images from a file', () => {
    const cwd = folderWith({
      'images.json': JSON.stringify({ Component_App: 'example.com/fcr/app:1', Component_LB: { image: 'example.com/fcr/lb:1' }, Component_DB: 'mariadb:11' }),
    });
    const run = camelc(['compile', fcr, '--images', 'images.json', ...metrics], { cwd });
    expect(run.status, run.stderr).toBe(0);
    const stack = parse(readFileSync(join(cwd, 'deploy/stack.yml'), 'utf8'));
    expect(
      Object.values(stack.services)
        .map((s) => (s as { image: string }).image)
        .sort(),
    ).toEqual(['example.com/fcr/app:1', 'example.com/fcr/lb:1', 'mariadb:11']);
  });

  it('FCR without images says what to add, and writes nothing', () => {
    const cwd = folderWith({});
    const run = camelc(['compile', fcr, ...metrics], { cwd });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('--images');
    expect(run.stderr).toContain('ComponentAppConfiguration');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('FCR scales out when its response time asks for it', () => {
    const running = ['--current', 'AppActCardinality=2', '--current', 'AppActPrice=0.02'];
    const at = (responseTime: number): number =>
      cardinalityOf(solve(fcr, '--metric', `AvgResponseTime=${responseTime}`, '--metric', 'UtilityDataCentre=0.5', ...running), 'Component_App');
    expect(at(3000)).toBeGreaterThan(at(10));
  });

  it('FCR without its metrics names each that is missing', () => {
    const run = camelc(['solve', fcr]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/--metric AppResponseTime=VALUE/);
    expect(run.stderr).toMatch(/--metric UtilityDataCentre=VALUE/);
  });

  it('a model that is asked for the impossible names the requirement', () => {
    const run = camelc(['solve', join(corpus, 'camel-3.0/CRM.camel')]);
    expect(run.status).toBe(3);
    expect(run.stderr).toMatch(/CRM\.camel:\d+:\d+ +SmartDesignResourceReqs\.ram +at least 8192 GigaBytes of memory/);
  });

  it("the executor's own candidates are read, and its credentials shown nowhere", () => {
    const run = camelc(['candidates', twoComponent, '--candidates', join(corpus, 'upperware/nodeCandidates.json'), '--format', 'json']);
    expect(run.stdout + run.stderr).not.toContain('MySuperSecurePassword');
    expect(JSON.parse(run.stdout)).toBeTypeOf('object');
  });
});
