import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offer, secretValue } from '../../packages/targets/cloudiator/test/fixtures.js';
import { hasDefinition } from '../../packages/targets/cloudiator/test/stand-in/definition.js';
import { account, StandIn } from '../../packages/targets/cloudiator/test/stand-in/server.js';
import { folderWith } from '../folders.js';
import { bin, type Run } from './camelc.js';

const model = (web: string, instances: number): string => `camel model Shop {
  deployment model D {
    software Web {
      requirements Some
      required communication Rows port 5432 mandatory
      provided communication Http port 80
      container configuration W { image 'shop/web:${web}' env feature E { attribute PASSWORD : string '$DB_PASSWORD' } }
    }
    software Database { provided communication Sql port 5432 script configuration S { install './install.sh' start './run.sh' } }
    communication WebToDatabase from Web.Rows to Database.Sql
    requirements Some { horizontal scale R.Some }
  }
  requirement model R { horizontal scale requirement Some [${instances}, ${instances}] }
}`;

const candidates = JSON.stringify({
  formatVersion: 1,
  currency: 'EUR',
  candidates: [
    { id: 'small', type: 'IAAS', hardware: 'm.small', cloud: { id: 'cloud', provider: 'example', type: 'public' }, cores: 2, memory: 4096, price: 0.1, location: { id: 'eu-1' } },
  ],
});

describe.runIf(hasDefinition)('camelc plan, apply, status, rollback and destroy on Cloudiator', () => {
  const server = new StandIn();
  const cwd = folderWith({ 'shop.camel': model('1', 1), 'more.camel': model('1', 2), 'broken.camel': model('2', 2), 'candidates.json': candidates });
  const printed: string[] = [];
  /** All that the secure store ever held. */
  const records: string[] = [];

  beforeAll(async () => {
    server.offers = [offer('small')];
    server.turns.observe = () => records.push(...[...server.store.values()].filter((content) => !records.includes(content)));
    await server.start();
  });
  afterAll(() => server.stop());

  /** The server is in this process, so this one may not wait for the other without doing anything. */
  const camelc = (...args: string[]): Promise<Run> => camelcIn(cwd, { DB_PASSWORD: secretValue }, ...args);

  function camelcIn(folder: string, variables: Record<string, string>, ...args: string[]): Promise<Run> {
    const env = {
      ...process.env,
      CLOUDIATOR_URL: server.url,
      CLOUDIATOR_EMAIL: account.email,
      CLOUDIATOR_TENANT: account.tenant,
      CLOUDIATOR_PASSWORD: account.password,
      ...variables,
    };
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.on('close', (status) => {
        printed.push(stdout, stderr);
        resolve({ status, stdout, stderr });
      });
    });
  }

  it('go their whole way, and no text of theirs holds a credential', { timeout: 120_000 }, async () => {
    const target = ['--target', 'cloudiator'];
    const planned = await camelc('plan', 'shop.camel', '--candidates', 'candidates.json', ...target, '--out', 'first.json');
    expect(planned.stderr).not.toContain('error');
    expect(planned.status).toBe(2);
    const applied = await camelc('apply', 'first.json', ...target);
    expect(applied.stderr).not.toContain('error');
    expect(applied.status).toBe(0);
    expect([...server.jobs.values()][0]!.tasks.find(({ name }) => name === 'Web')!.interfaces[0]).toMatchObject({ environment: { PASSWORD: secretValue } });
    expect((await camelc('plan', 'shop.camel', '--candidates', 'candidates.json', ...target)).status).toBe(0);

    await camelc('plan', 'more.camel', '--candidates', 'candidates.json', ...target, '--out', 'more.json', '--format', 'json');
    expect((await camelc('apply', 'more.json', ...target)).status).toBe(0);
    expect(server.processes.size).toBe(3);

    const imageOf = (schedule: string): string => JSON.stringify(server.jobs.get(server.schedules.get(schedule)!.job));
    server.turns.fail = (operation, body) => {
      const { schedule, task } = body as { schedule: string; task: string };
      return operation === 'createProcess' && task === 'Web' && imageOf(schedule).includes('web:2') ? `cannot start with ${secretValue}` : undefined;
    };
    await camelc('plan', 'broken.camel', '--candidates', 'candidates.json', ...target, '--out', 'broken.json');
    const failed = await camelc('apply', 'broken.json', ...target);
    expect(failed.status).toBe(4);
    server.turns.fail = undefined;
    expect((await camelc('apply', 'broken.json', ...target)).status).toBe(0);

    expect((await camelc('status', ...target)).status).toBeLessThanOrEqual(2);
    expect((await camelc('rollback', '--to', '1', ...target, '--auto-approve')).status).toBe(0);
    expect(server.processes.size).toBe(2);
    expect((await camelc('destroy', ...target, '--auto-approve')).status).toBe(0);
    expect(server.holdings).toEqual({ nodes: [], processes: [], schedules: 0, monitors: [] });
    expect(server.faults).toEqual([]);

    const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'utf8')] : []));
    const stored = records.map((content) => gunzipSync(Buffer.from(content, 'base64')).toString());
    expect(files.length).toBeGreaterThan(6);
    expect(stored.length).toBeGreaterThan(6);
    for (const text of [...printed, ...files, ...stored]) expect(text).not.toMatch(/canary/);
  });

  it('find the files of credentials from the folder of the settings and of the plan, wherever they run', { timeout: 120_000 }, async () => {
    const repository = folderWith({
      'shop/shop.camel': model('1', 1),
      'shop/candidates.json': candidates,
      'shop/camelc.config.json': '{ "secrets": { "DB_PASSWORD": "file:keys/db" } }',
      'shop/keys/db': `${secretValue}\n`,
      'plans/README': 'Plans for review.\n',
    });
    const planned = await camelcIn(repository, {}, 'plan', 'shop', '--candidates', 'shop/candidates.json', '--target', 'cloudiator', '--out', 'plans/shop.json');
    expect([planned.status, planned.stderr]).toEqual([2, expect.stringContaining('cloudiator/secret-in-job')]);
    expect(planned.stdout).toMatch(/DB_PASSWORD from file:\.\.\/shop\/keys\/db\s\(fingerprint [0-9a-f]{12}\)/);
    const elsewhere = folderWith({ empty: '' });
    const plan = join(repository, 'plans/shop.json');

    renameSync(join(repository, 'shop'), join(repository, 'moved'));
    const lost = await camelcIn(elsewhere, {}, 'apply', plan);
    expect(lost.status).toBe(5);
    expect(lost.stderr).toContain(`the file of the credential DB_PASSWORD, ${join('..', basename(repository), 'shop/keys/db')}, cannot be read: there is no such file`);
    expect(lost.stderr).toContain('--secret DB_PASSWORD=file:PATH');
    expect(server.nodes.size).toBe(0);

    renameSync(join(repository, 'moved'), join(repository, 'shop'));
    const applied = await camelcIn(elsewhere, {}, 'apply', plan);
    expect([applied.status, applied.stderr]).toEqual([0, '']);
    expect((await camelc('destroy', '--target', 'cloudiator', '--auto-approve')).status).toBe(0);
  });
});
