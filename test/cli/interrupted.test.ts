/** A search that would take very long ends when it is told to, with what it has found. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, camelc } from './camelc.js';
import { folderWith } from '../folders.js';

/** A utility that no bound says much about, over eight components. */
function endless(): string {
  const names = Array.from({ length: 8 }, (_, i) => `N${i}`);
  const templates = 'MetricTemplateCamelModel.MetricTemplateModel';
  const text = [
    'camel model Endless {',
    'deployment model D {',
    ...names.map((_, i) => `software S${i} { requirements R${i} } requirements R${i} { horizontal scale Reqs.Many }`),
    '}',
    'requirement model Reqs { horizontal scale requirement Many [1, 60] optimisation requirement Aim { variable M.Utility } }',
    'metric model M {',
    ...names.map((name, i) => `variable ${name} { template ${templates}.ComponentInstanceTemplate component D.S${i} }`),
    `variable Utility { template ${templates}.UtilityTemplate formula 'sin(${names.map((n, i) => `${17.37 + 6 * i} * ${n} * ${names[(i + 1) % 8]}`).join(' + ')})' }`,
    '}',
    '}',
  ].join('\n');
  return folderWith({ 'endless.camel': text });
}

test('a time limit ends it: feasible, with the bound, which --require-proof does not accept', () => {
  const model = endless();
  const { status, stdout } = camelc(['solve', model, '--time-limit', '1', '--format', 'json']);
  const report = JSON.parse(stdout) as { status: string; utility: number; bound: number; gap: number };
  expect(report.status).toBe('feasible');
  expect(report.bound).toBeGreaterThanOrEqual(report.utility);
  expect(report.gap).toBeCloseTo(report.bound - report.utility, 12);
  expect(status).toBe(0);
  const out = join(model, 'deploy');
  expect(camelc(['compile', model, '--time-limit', '1', '--require-proof', '--out', out])).toMatchObject({
    status: 6,
    stderr: expect.stringContaining(`nothing was written to ${out}`),
  });
  expect(existsSync(out)).toBe(false);
});

test('Ctrl-C ends it: the best found so far is reported, nothing is written', async () => {
  const run = spawn(process.execPath, [bin, 'compile', endless(), '--format', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  run.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  setTimeout(() => run.kill('SIGINT'), 4000);
  const status = await new Promise((resolve) => run.on('close', resolve));
  expect(status).toBe(130);
  expect(JSON.parse(output.join(''))).toMatchObject({ status: 'feasible', files: [] });
});
