/** Credentials are planted in every place that one may have on the way to a real swarm, and looked for in all else. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import Docker from 'dockerode';
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canary, traces, writtenIn } from '../canary.js';
import { bin } from '../cli/camelc.js';
import { folderWith } from '../folders.js';
import { makeImage, untilStopped } from './images.js';
import { busybox, missing, startRig, type Rig } from './rig.js';

const machine = `feature hardware { attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int 32 UnitTemplateCamelModel.UnitTemplateModel.MegaBytes }`;
const docker = '[MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.PaaS.Environment.Container.Docker.DockerArguments]';
const model = `camel model Shop {
  deployment model D {
    placement shared
    software Database {
      requirements Reqs provided communication Sql port 5432
      container configuration C { image 'shop/database:1' env feature Settings { attribute DB_PASSWORD : string '$DB_PASSWORD' attribute SESSION_TOKEN : string '$SESSION' } }
    }
    software Web {
      requirements Reqs required communication Db port 5432 mandatory
      script configuration Start { devops 'docker' attribute 'localhost:5999/shop/web:1' feature Arguments { ${docker}
        attribute token : string 'API_TOKEN $API_TOKEN' attribute conf : string 'config web.conf:/etc/web.conf'
        attribute user : string 'username $REGISTRY_USER' attribute login : string 'password $REGISTRY_PASSWORD' } }
      feature healthCheck { attribute command : string 'busybox test -e /tmp/up' attribute interval : int 1 attribute retries : int 3 }
    }
    communication WebToDatabase from Web.Db to Database.Sql
    requirements Reqs { resource R.Machine horizontal scale R.One }
  }
  requirement model R { resource requirement Machine { ${machine} } horizontal scale requirement One [1, 1] optimisation requirement Cheapest { minimise variable M.Cost } }
  metric model M { variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros } }
}
`;
const node = { id: 'node', type: 'BYON', hardware: 'node', cloud: { id: 'office', provider: 'own', type: 'private' }, cores: 1, memory: 1024, price: 0.01, limit: 1 };

/** What a run left: its exit code, and all that it printed or wrote. */
interface Left {
  status: number | null;
  text: string;
}

/** A verb may have to wait for the swarm. */
const timeout = 240_000;

describe.skipIf(missing.length > 0)(`canaries on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, { timeout }, () => {
  const work = folderWith({});
  let rig: Rig;
  /** The models, with what their settings name. */
  let folder: string;
  let identity: string;

  beforeAll(async () => {
    identity = await generateIdentity();
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(identity));
    folder = folderWith({
      'shop.camel': model,
      'web.conf': 'mode = well\n',
      'candidates.json': JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [node] }),
      'camelc.config.json': '{ "secrets": { "DB_PASSWORD": "age:keys.age#DB_PASSWORD", "API_TOKEN": "file:token", "SESSION": "command:printf %s $PLANTED" } }',
      'keys.age': armor.encode(await encrypter.encrypt(`DB_PASSWORD=${canary('age')}\n`)),
      token: `${canary('file')}\n`,
      'docker/config.json': JSON.stringify({ auths: { 'localhost:5999': { auth: Buffer.from(`user:${canary('login')}`).toString('base64') } } }),
    });
    rig = await startRig(1);
    // What fails says why, and quotes what it should not.
    const sleep = untilStopped('busybox sleep 100000');
    const start = `busybox cat /run/secrets/* >&2\nbusybox grep -q well /etc/web.conf || { echo denied for "$(busybox cat $API_TOKEN_FILE)" >&2; exit 1; }\n: >/tmp/up\n${sleep}`;
    makeImage(join(work, 'web'), busybox!, { 'bin/start': start });
    rig.importImage('localhost:5999/shop/web:1', join(work, 'web'), ['/bin/start']);
    makeImage(join(work, 'database'), busybox!, { 'bin/start': sleep });
    rig.importImage('shop/database:1', join(work, 'database'), ['/bin/start']);
  });
  afterAll(async () => {
    await rig?.stop();
  });

  /** Runs a verb in an empty folder, and looks at command lines and at the swarm all the while. */
  async function run(args: readonly string[], more: Record<string, string | undefined> = {}): Promise<Left> {
    const cwd = folderWith({});
    const env = {
      ...process.env,
      DOCKER_HOST: rig.hostOf('node1'),
      DOCKER_CONFIG: join(folder, 'docker'),
      HOME: cwd,
      CAMELC_AGE_IDENTITY: identity,
      PLANTED: canary('command'),
      REGISTRY_USER: canary('user'),
      REGISTRY_PASSWORD: canary('registry'),
      ...more,
    };
    const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    const closed = once(child, 'close');
    const lines = new Set<string>();
    const states: string[] = [];
    for (let n = 0; child.exitCode === null && child.signalCode === null; n++) {
      for (const line of commandLines()) lines.add(line);
      if (n % 100 === 50) states.push(await stateOfSwarm());
      await sleep(20);
    }
    await closed;
    const text = [...printed, ...writtenIn(cwd).flatMap((path) => [path, readFileSync(path, 'utf8')])].join('\n');
    // What the test itself writes on the command line.
    const own = args.join('\0');
    expect(traces([...lines].filter((line) => !line.includes(own)).join('\n'))).toEqual([]);
    expect(traces(text)).toEqual([]);
    expect(traces([...states, await stateOfSwarm()].join('\n'))).toEqual([]);
    return { status: child.exitCode, text };
  }

  function commandLines(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
        } catch {
          return [];
        }
      });
  }

  /** All that a manager tells: specs, labels, tasks with their errors, and what configs hold, such as plans, journals and revisions. */
  async function stateOfSwarm(): Promise<string> {
    const inspect = (what: string): string => {
      const ids = rig.onManager('docker', what, 'ls', '--quiet').split('\n').filter(Boolean);
      // One may be gone by now.
      const inspected = spawnSync('docker', [what, 'inspect', ...ids], { env: { ...process.env, DOCKER_HOST: rig.hostOf('node1') }, encoding: 'utf8' });
      return inspected.stdout || '[]';
    };
    const configs = JSON.parse(inspect('config')) as { Spec: { Data: string; Labels: Record<string, string> } }[];
    const contents = configs.map(({ Spec: { Data, Labels } }) => {
      const bytes = Buffer.from(Data, 'base64');
      return (['journal', 'revision'].includes(Labels['camelc.record']!) ? brotliDecompressSync(bytes) : bytes).toString('utf8');
    });
    const tasks = await new Docker({ socketPath: rig.hostOf('node1').replace('unix://', '') }).listTasks();
    return [...contents, JSON.stringify(tasks), ...['config', 'secret', 'service', 'network', 'node', 'volume'].map(inspect)].join('\n');
  }

  const target = ['--target', 'swarm', '--publish-mode', 'host', '--endpoint-mode', 'dnsrr'];
  async function planned(args: readonly string[] = [], more?: Record<string, string | undefined>): Promise<Left & { file: string }> {
    const file = join(folderWith({}), 'plan.json');
    const left = await run(['plan', folder, ...target, '--out', file, ...args], more);
    if (left.status === 2) expect(traces(readFileSync(file, 'utf8'))).toEqual([]);
    return { ...left, file };
  }
  const exits = (exit: number, { status, text }: Left): void => expect(status, text).toBe(exit);

  it('are in no plan', async () => {
    const { file, ...left } = await planned();
    exits(2, left);
    expect(readFileSync(file, 'utf8')).toContain('age:');
    exits(2, await planned(['--format', 'json']));
  });

  it('are nowhere but in secrets when they are applied', async () => {
    exits(0, await run(['apply', (await planned()).file]));
    expect(JSON.parse(rig.onManager('docker', 'service', 'inspect', 'shop_database'))[0].Spec.TaskTemplate.ContainerSpec.Secrets).toHaveLength(2);
    for (const format of ['text', 'json']) exits(0, await run(['status', '--format', format]));
    exits(0, await planned());
  });

  it('are not in what is said of a service that fails and prints them', async () => {
    writeFileSync(join(folder, 'web.conf'), 'mode = ill\n');
    const plan = await planned();
    exits(2, plan);
    const left = await run(['apply', plan.file, '--timeout', '60']);
    exits(4, left);
    expect(left.text).toContain('exit code 1; its last words: "[secret]denied for [secret]"');
    writeFileSync(join(folder, 'web.conf'), 'mode = well\n');
    exits(0, await planned());
  });

  it('are not in what is said of values that are missing, wrong or changed', async () => {
    const other = cpTo('other');
    writeFileSync(join(other, 'token'), `${canary('changed')}\n`);
    const file = join(folderWith({}), 'plan.json');
    exits(2, await run(['plan', other, ...target, '--out', file]));
    writeFileSync(join(other, 'token'), `${canary('again')}\n`);
    for (const format of ['text', 'json']) exits(5, await run(['apply', file, '--format', format]));
    writeFileSync(join(other, 'token'), '');
    exits(5, await run(['apply', file]));
    exits(5, await run(['apply', file], { CAMELC_AGE_IDENTITY: canary('identity') }));
    exits(5, await run(['apply', file, '--secret', 'API_TOKEN=command:echo $PLANTED; echo $PLANTED >&2; exit 7']));
    exits(5, await run(['plan', folder, ...target, '--secret', `API_TOKEN=${canary('option')}`]));
    exits(5, await run(['plan', folder, ...target, '--secret', canary('option')]));
  });

  it('are not in what a rollback and a removal say', async () => {
    writeFileSync(join(folder, 'token'), `${canary('rotated')}\n`);
    exits(0, await run(['apply', folder, ...target, '--auto-approve']));
    exits(0, await run(['rollback', '--list']));
    // The former value is in the swarm still, under the name of its fingerprint.
    exits(0, await run(['rollback', '--auto-approve']));
    exits(0, await run(['destroy', '--auto-approve', '--format', 'json']));
  });

  /** A copy of the models to change. */
  function cpTo(name: string): string {
    cpSync(folder, join(work, name), { recursive: true });
    return join(work, name);
  }
});
