/** The example of shared hosts, and each figure of its page. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { camelc, repository, type Run } from './camelc.js';
import { folderWith } from '../folders.js';

const folder = join(repository, 'examples/flex4apps');
const model = readFileSync(join(folder, 'flex4apps.camel'), 'utf8');
const page = readFileSync(join(folder, 'README.md'), 'utf8');

interface Report {
  status: string;
  cost: number;
  hosts: { number: number }[];
}
interface HostsFile {
  cost: number;
  hosts: { number: number; components: string[]; labels: Record<string, string> }[];
}

/** A folder with the model, some of its texts replaced; each of them is there. */
function variant(...edits: [from: RegExp, to: string][]): string {
  let text = model;
  for (const [from, to] of edits) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  return folderWith({ 'flex4apps.camel': text });
}

const numberOf = (hosts: readonly { number: number }[]): number => hosts.reduce((sum, h) => sum + h.number, 0);
const monthly = (cost: number): string => (cost * 730).toFixed(2);

/** The cells of the page's table row that begins with this one. */
const row = (first: string): string[] =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| ${first} |`))!
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

const cwd = folderWith({ 'flex4apps.camel': model });
let run: Run;
let leased: HostsFile;
beforeAll(() => {
  run = camelc(['compile', 'flex4apps.camel', '--target', 'swarm', '--out', 'deploy'], { cwd });
  expect(run.status, run.stderr).toBe(0);
  leased = JSON.parse(readFileSync(join(cwd, 'deploy/hosts.json'), 'utf8')) as HostsFile;
});

describe('the infrastructure on shared hosts', () => {
  it('stands on at least three hosts for less than 20 euros a month', () => {
    expect(run.stdout).toContain('optimal: proven');
    expect(numberOf(leased.hosts)).toBeGreaterThanOrEqual(3);
    expect(leased.cost * 730).toBeLessThan(20);
  });

  it('has the exporter on each host, and on different ones what is separated', () => {
    for (const { components } of leased.hosts) {
      expect(components).toContain('NodeExporter');
      for (const separated of [
        ['MariaDB', 'Elasticsearch'],
        ['Traefik', 'Prometheus'],
      ])
        expect(components.filter((name) => separated.includes(name)).length).toBeLessThan(2);
    }
    const standing = leased.hosts.flatMap(({ components }) => components);
    const components = [...model.matchAll(/^ {4}software (\w+)/gm)].map(([, name]) => name!);
    expect(components).toHaveLength(13);
    for (const name of components)
      expect(standing.filter((other) => other === name)).toHaveLength(name === 'Documentation' ? 2 : name === 'NodeExporter' ? numberOf(leased.hosts) : 1);
  });

  it('is a stack that docker takes, each service on the hosts of the solution', () => {
    const { services } = parse(readFileSync(join(cwd, 'deploy/stack.yml'), 'utf8')) as { services: Record<string, { deploy: { mode: string } }> };
    expect(Object.keys(services)).toHaveLength(13);
    expect(Object.entries(services).flatMap(([name, { deploy }]) => (deploy.mode === 'global' ? [name] : []))).toEqual(['nodeexporter']);
    for (const { components, labels } of leased.hosts) {
      const labelled = Object.keys(labels).flatMap((label) => /^camelc\.flex4apps\.(.+)$/.exec(label)?.[1] ?? []);
      expect(labelled.sort()).toEqual(components.map((name) => name.toLowerCase()).sort());
    }
    const docker = spawnSync('docker', ['stack', 'config', '--compose-file', 'deploy/stack.yml'], { cwd, encoding: 'utf8' });
    if (docker.error || /unknown|not a docker command/.test(docker.stderr)) return;
    expect([docker.status, docker.stderr]).toEqual([0, '']);
  });
});

describe('its page', () => {
  it('shows the solution as the tool does', () => {
    const [solution] = run.stdout.split('\n\nutility');
    expect(page).toContain(solution);
  });

  /** The cheapest deployment where the budget does not count. */
  function cheapest(...edits: [RegExp, string][]): Report {
    const { stdout } = camelc(['solve', 'flex4apps.camel', '--format', 'json'], { cwd: variant(...edits, [/MonthlyCost < 20\.0/, 'MonthlyCost < 1000.0']) });
    const report = JSON.parse(stdout) as Report;
    expect(report.status).toBe('optimal');
    return report;
  }
  const within = (cost: number, budget = 20): string => (cost * 730 < budget ? 'yes' : 'no');

  it('says what the same costs where every instance has a host of its own', () => {
    const dedicated = cheapest([/placement shared/, 'placement dedicated'], [/ {6}everywhere\n/, '']);
    expect(row('shared hosts, as it is')).toEqual([String(numberOf(leased.hosts)), monthly(leased.cost)]);
    expect(row('a host for each instance')).toEqual([String(numberOf(dedicated.hosts)), monthly(dedicated.cost)]);
  });

  it.each([
    ['Elasticsearch with 4 GB', [/(?<=resource requirement ElasticsearchSize [^}]*minMemory [^}]*: int )3072/, '4096']],
    ['Elasticsearch with 8 GB', [/(?<=resource requirement ElasticsearchSize [^}]*minMemory [^}]*: int )3072/, '8192']],
    ['six hosts', [/Hosts >= 3\.0/, 'Hosts >= 6.0']],
  ] satisfies [string, [RegExp, string]][])('says what the budget leaves of %s', (name, edit) => {
    const { cost } = cheapest(edit);
    expect(row(name)).toEqual([within(cost), monthly(cost)]);
  });

  it('says that a budget of 11 euros is too small', () => {
    expect(row('a budget of 11 euros')).toEqual([within(leased.cost, 11), monthly(leased.cost)]);
  });

  it.each([
    [
      'dedicated hosts',
      [
        [/placement shared/, 'placement dedicated'],
        [/ {6}everywhere\n/, ''],
      ],
    ],
    ['six hosts', [[/Hosts >= 3\.0/, 'Hosts >= 6.0']]],
  ] satisfies [string, [RegExp, string][]][])('shows the conflict of %s as the tool does', (_, edits) => {
    const { stderr, status } = camelc(['solve', 'flex4apps.camel'], { cwd: variant(...edits) });
    expect(status).toBe(3);
    expect(page).toContain(stderr.trimEnd());
  });
});
