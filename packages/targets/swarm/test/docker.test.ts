import AjvDraft04 from 'ajv-draft-04';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '@camelc/deployment';
import { renderSwarm } from '../src/index.js';
import { shop, variable } from './fixtures.js';

/** Texts that YAML 1.1, which Docker reads, would take for something else, or that break a careless writer. */
const hostile = [
  'yes',
  'no',
  'on',
  '~',
  'null',
  '1e3',
  '0o17',
  '017',
  '1:30:00',
  '1_000',
  '2001-01-01',
  '=',
  '<<',
  '- a',
  'a: b',
  'a #b',
  '"',
  "'",
  '{x}',
  ' lead',
  'trail ',
  'two\nlines',
  '\ttab',
  '$HOME',
  '${TAG}',
  '$$',
  'ünï',
  '0x1F',
  '.inf',
  '!t',
  '&a',
  '*a',
  '%',
  '@',
  '`',
  '|',
  '>',
  '',
  '5e3',
  '0b11',
  '1_000.5',
  '2001-01-01T00:00:00Z',
  '+12',
  '190:20:30',
  '.5',
  '-1.5',
  'y',
  'N',
  'Off',
  'NaN',
  '.nan',
  '---',
  '...',
  '?',
  '? a',
  ',',
  '[',
  '#',
  '0x',
  '1.',
  '-',
];

const deployments: [string, Deployment][] = [
  ['a web service and its database', shop()],
  [
    'ports of the hosts without addresses',
    shop({ endpointMode: 'dnsrr', ports: [{ name: 'Http', target: 80, published: 80, mode: 'host', why: '', from: [] }] }, { endpointMode: 'dnsrr' }),
  ],
  [
    'configurations',
    shop(
      { configs: [{ config: 'haproxy.cfg', path: '/etc/haproxy.cfg', why: '', from: [] }] },
      {},
      { configs: [{ name: 'haproxy.cfg', file: 'haproxy.cfg', content: '', encoding: 'utf8', hash: 'a'.repeat(64), why: 'Web asks for it', from: [] }] },
    ),
  ],
  ['hostile texts', shop({ environment: hostile.map((text, index) => variable(`V${index}`, text)), command: hostile.filter(Boolean) })],
];
const stackOf = (deployment: Deployment): string => renderSwarm(deployment).files[0]!.text;

const schemaFile = new URL('../../../../../shared/schemas/docker-cli-config_schema_v3.13.json', import.meta.url);
describe.skipIf(!existsSync(schemaFile))("Docker's JSON schema", () => {
  it.each(deployments)('accepts %s', (_, deployment) => {
    const ajv = new AjvDraft04.default({ allErrors: true, strict: false, formats: { duration: true, ports: true, expose: true, subnet_ip_address: true } });
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    expect(validate(parse(stackOf(deployment))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...parse(stackOf(deployment)), name: 'not in a stack' })).toBe(false);
  });
});

const canValidate = spawnSync('docker', ['stack', 'config', '--help'], { encoding: 'utf8' }).stdout?.includes('stack config') ?? false;
if (!canValidate && process.env['CI']) throw new Error('docker with `stack config` (23 or later) is missing, and under CI nothing may be skipped');
describe.skipIf(!canValidate)(canValidate ? 'docker stack config' : 'docker stack config (skipped: no docker client of version 23 or later)', () => {
  it.each(deployments)('accepts %s, and reads the same texts in it', (_, deployment) => {
    const { status, stdout, stderr } = spawnSync('docker', ['stack', 'config', '--compose-file', '-'], { input: stackOf(deployment), encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { services, configs } = parse(stdout) as { configs?: object; services: Record<string, { environment?: Record<string, string>; command?: string[] }> };
    expect(Object.keys(configs ?? {})).toEqual(deployment.configs.map(({ name }) => name));
    for (const { name, environment, command } of deployment.services) {
      expect(services[name]!.environment ?? {}).toEqual(Object.fromEntries(environment.map((v) => [v.name, v.value])));
      if (Array.isArray(command)) expect(services[name]!.command).toEqual(command);
    }
  });
});
