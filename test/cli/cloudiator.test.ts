import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '@camelc/target-cloudiator';
import { Definition, hasDefinition, jobExample } from '../../packages/targets/cloudiator/test/stand-in/definition.js';
import { folderWith } from '../folders.js';
import { camelc } from './camelc.js';

const repository = join(import.meta.dirname, '../..');
const corpus = join(repository, '../shared/corpus/camel-2.5/FCRwithDataLocality.camel');
const definition = hasDefinition ? new Definition() : undefined;

const machine = (id: string, cores: number, memory: number, more: object = {}): object => ({
  id,
  type: 'IAAS',
  hardware: `m.${id}`,
  cloud: { id: 'cloud', provider: 'openstack-nova', type: 'public' },
  cores,
  memory,
  price: cores / 10,
  location: { id: 'cloud/de', country: 'DE' },
  ...more,
});

interface Written {
  manifest: Manifest;
  /** The bodies of the requests to a path. */
  bodies<T = Record<string, unknown>>(path: string): T[];
  /** Codes of warnings and errors, sorted. */
  codes: string[];
}

/** Compiles, and checks every request against the definition. */
function compile(paths: readonly string[], files: Record<string, string> = {}, ...options: string[]): Written {
  const cwd = folderWith(files);
  const { status, stdout, stderr } = camelc(['compile', ...paths, '--target', 'cloudiator', '--out', 'out', '--format', 'json', ...options], { cwd });
  expect(stderr).toBe('');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; severity: string; message: string }[] };
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(status).toBe(0);
  const read = (name: string): unknown => JSON.parse(readFileSync(join(cwd, 'out', name), 'utf8'));
  const manifest = read('manifest.json') as Manifest;
  for (const { method, path, body } of definition ? manifest.requests : []) {
    const operation = definition!.operationOf(method, path);
    expect(operation, path).toBeDefined();
    expect(definition!.faultsOfRequest(operation!.id, [], read(body)), body).toEqual([]);
  }
  return {
    manifest,
    bodies: <T>(path: string) => manifest.requests.filter((request) => request.path === path).map(({ body }) => read(body) as T),
    codes: diagnostics.map(({ code }) => code).filter((code) => code.startsWith('cloudiator/')),
  };
}

const shop = (software: string, more = ''): string => `camel model Shop { deployment model D { ${software} } ${more} }`;
const one = { 'candidates.json': JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 2, 4096), machine('large', 8, 16384)] }) };
const withOne = ['--candidates', 'candidates.json'];

interface Task {
  name: string;
  interfaces: Record<string, unknown>[];
  ports: object[];
  behaviour: object;
}
const tasksOf = ({ bodies }: Written): Task[] => bodies<{ tasks: Task[] }>('/jobs')[0]!.tasks;

describe.runIf(hasDefinition)('the documents are of the definition', () => {
  it.each(['smartwe', 'two-component'])('for the example %s', (example) => {
    const { manifest } = compile([join(repository, 'examples', example)]);
    expect(manifest.requests.map(({ path }) => path)).toEqual(expect.arrayContaining(['/nodeCandidates', '/node', '/jobs', '/schedule', '/process']));
  });

  it.runIf(existsSync(corpus))('for a model of scripts', () => {
    const image = (id: string, name: string): object => ({ id, name, family: 'ubuntu' });
    const images = [image('i1', 'fcr-RC-3.0-ami-UBUNTU-16.04-AMD64-LINUX_20200114-1'), image('i2', 'ubuntu-1804')];
    const candidates = JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 1, 1024, { images }), machine('large', 2, 8192, { images })] });
    const written = compile([corpus], { 'candidates.json': candidates }, ...withOne, '--metric', 'AppResponseTime=900', '--metric', 'UtilityDataCentre=0.5');
    expect(tasksOf(written).map(({ name, interfaces }) => [name, Object.keys(interfaces[0]!)])).toEqual([
      ['Component_App', ['type', 'containerType', 'preInstall', 'postInstall', 'start']],
      ['Component_LB', ['type', 'containerType', 'preInstall', 'install', 'postInstall', 'updateAction', 'start']],
      ['Component_DB', ['type', 'containerType', 'preInstall', 'install', 'postInstall', 'start']],
    ]);
    expect(written.bodies('/monitors')).toEqual([
      {
        metric: 'AppResponseTime',
        targets: [{ type: 'PROCESS', identifier: '${PROCESS_COMPONENT_APP_COMPONENT_APP_1}' }],
        sensor: { type: 'PushSensor', port: 12345 },
        sinks: [],
        tags: { application: 'fcrwithdlmsapp' },
      },
    ]);
  });

  it('and takes the example of a job that lies beside it, but for a number in quotes', () => {
    expect(definition!.faultsOf('JobNew', jobExample())).toEqual(['/tasks/0/ports/1/isMandatory must be boolean {"type":"boolean"}']);
  });
});

describe('what a component runs', () => {
  it('as a function: its code, how it is called, its parameters', () => {
    const model = shop(
      `software Resize {
        serverless configuration Lambda {
          binary code URL 'https://example.com/resize.zip'
          attribute timeout : int 30
          config param attribute SIZE : int 640
          config param attribute TOKEN : string '$RESIZE_TOKEN'
          event configuration E { method name 'resize.run' method type get schedule M.Often }
        }
      }`,
      'metric model M { schedule Often { interval 10 time unit UnitTemplateCamelModel.UnitTemplateModel.Minutes } }',
    );
    const written = compile(['shop.camel'], { ...one, 'shop.camel': model }, ...withOne);
    expect(tasksOf(written)[0]).toMatchObject({
      interfaces: [
        {
          type: 'FaasInterface',
          functionName: 'shop-resize',
          sourceCodeUrl: 'https://example.com/resize.zip',
          handler: 'resize.run',
          triggers: [{ type: 'HttpTrigger', httpPath: 'resize', httpMethod: 'GET' }],
          timeout: 30,
          functionEnvironment: { SIZE: '640', TOKEN: '${RESIZE_TOKEN}' },
        },
      ],
      behaviour: { type: 'PeriodicBehaviour', interval: { unit: 'MINUTES', period: 10 }, collisionHandling: 'PARALLEL' },
    });
    expect(written.manifest.secrets).toEqual(['RESIZE_TOKEN']);
    expect(written.codes).toEqual(['cloudiator/secret-in-job']);
  });

  it('on a cluster: one process on all of its nodes', () => {
    const model = shop(
      `software Count {
        requirements S
        cluster configuration Spark {
          download URL 'https://example.com/count.jar'
          attribute className : string 'com.example.Count'
          attribute arguments : string '--all  /data'
          feature sparkConfiguration { attribute memory : string '2g' }
        }
      }
      requirements S { horizontal scale R.Two }`,
      'requirement model R { horizontal scale requirement Two [2, 2] }',
    );
    const written = compile(['shop.camel'], { ...one, 'shop.camel': model }, ...withOne);
    expect(tasksOf(written)[0]!.interfaces).toEqual([
      {
        type: 'SparkInterface',
        file: 'https://example.com/count.jar',
        className: 'com.example.Count',
        arguments: ['--all', '/data'],
        sparkArguments: {},
        sparkConfiguration: { memory: '2g' },
        processMapping: 'CLUSTER',
      },
    ]);
    expect(written.bodies('/process')).toEqual([
      { processType: 'ClusterProcessNew', schedule: '${SCHEDULE}', task: 'Count', taskInterface: 'SparkInterface', nodes: ['${NODE_COUNT_1}', '${NODE_COUNT_2}'] },
    ]);
  });

  it('on a platform, and as scripts with all stages, an operating system and a container type', () => {
    const model = shop(
      `software Site { paas configuration P { download URL 'https://example.com/site.git' } }
       software Job {
         requirements U
         script configuration C { upload 'put' start 'run' stop 'halt' update 'tell' attribute stopDetection : string 'pgrep job' attribute containerType : string 'native' attribute restart : boolean false }
       }
       requirements U { os R.Ubuntu }`,
      "requirement model R { os requirement Ubuntu { os 'Ubuntu 18.04' 64os } }",
    );
    const images = [{ id: 'i', name: 'bionic', family: 'ubuntu 18.04', version: '18.04', architecture: 'amd64' }];
    const candidates = JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 2, 4096, { architecture: 'amd64', images })] });
    const tasks = tasksOf(compile(['shop.camel'], { 'candidates.json': candidates, 'shop.camel': model }, ...withOne));
    expect(tasks.map(({ interfaces, behaviour }) => ({ ...interfaces[0], behaviour }))).toEqual([
      { type: 'PlatformInterface', sourceRepository: 'https://example.com/site.git', behaviour: { type: 'ServiceBehaviour', restart: true } },
      {
        type: 'LanceInterface',
        containerType: 'NATIVE',
        operatingSystem: { operatingSystemFamily: 'UBUNTU', operatingSystemVersion: 1804 },
        init: 'put',
        start: 'run',
        stop: 'halt',
        stopDetection: 'pgrep job',
        updateAction: 'tell',
        behaviour: { type: 'ServiceBehaviour', restart: false },
      },
    ]);
  });

  it('as containers: ports, communications, and no addresses or files that Cloudiator gives otherwise', () => {
    const model = shop(`
      software Web {
        required communication Rows port 5432 mandatory
        provided communication Http port 80
        container configuration W { image 'shop/web:1' update './reload' env feature E { attribute LEVEL : string 'warn' attribute PASSWORD : string '$DB_PASSWORD' } }
      }
      software Database { provided communication Sql port 5432 container configuration D { image 'shop/db:1' } }
      communication WebToDatabase from Web.Rows to Database.Sql`);
    const written = compile(['shop.camel'], { ...one, 'shop.camel': model }, ...withOne);
    const [job] = written.bodies('/jobs');
    expect(job).toMatchObject({ communications: [{ portRequired: 'Rows', portProvided: 'Sql' }] });
    expect(tasksOf(written)[0]).toMatchObject({
      ports: [
        { type: 'PortProvided', name: 'Http', port: 80 },
        { type: 'PortRequired', name: 'Rows', isMandatory: true },
      ],
      interfaces: [{ type: 'DockerInterface', dockerImage: 'shop/web:1', environment: { LEVEL: 'warn', PASSWORD: '${DB_PASSWORD}' }, updateAction: './reload' }],
    });
    // Who provides what another must have comes first.
    expect(written.bodies('/process').map(({ task }) => task)).toEqual(['Database', 'Web']);
    expect(written.manifest.requests.map(({ gives }) => gives).filter(Boolean)).toEqual([
      'NODE_WEB_1',
      'NODE_DATABASE_1',
      'JOB',
      'SCHEDULE',
      'PROCESS_DATABASE_DATABASE_1',
      'PROCESS_WEB_WEB_1',
    ]);
  });
});
