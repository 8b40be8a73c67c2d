/** A small shop to be planned and applied on a real swarm: a database with a volume, what asks it, what the world sees, and something that merely runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parsePlan, type Plan } from '@camelc/plan';
import { camelc, type Run } from '../cli/camelc.js';
import { folderWith } from '../folders.js';
import { makeImage, untilStopped } from './images.js';
import { busybox, type Rig } from './rig.js';

/** What a test changes of it. */
export interface Shop {
  /** Instances of Web. */
  web: number;
  /** Tag of the image of Api: `1` and `2` are healthy, `ill` is not. */
  api: string;
  /** Cores that an instance of Api demands; the small nodes have one each, the large one two. */
  apiCores: number;
  worker: boolean;
  /** Content of Web's configuration file. */
  config: string;
  /** Hosts of the database: its candidate's limit. */
  databaseOnLarge: boolean;
}

const shop: Shop = { web: 2, api: '1', apiCores: 0.1, worker: true, config: 'colour = green', databaseOnLarge: false };

const machine = (cores: number): string => `feature hardware {
        attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [double ${cores.toFixed(2)}, double 64.0]
        attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int 32 UnitTemplateCamelModel.UnitTemplateModel.MegaBytes
      }`;

const healthy = `feature healthCheck {
        attribute command : string '/bin/health'
        attribute interval : int 1
        attribute timeout : int 5
        attribute retries : int 2
      }`;

/** The model, and what lies beside it. */
function shopFiles({ web, api, apiCores, worker, config, databaseOnLarge }: Shop): Record<string, string> {
  const node = (id: string, cores: number, price: number, limit: number): object => ({
    id,
    type: 'BYON',
    hardware: `${id} node`,
    cloud: { id: 'office', provider: 'own', type: 'private' },
    cores,
    memory: 2048,
    storage: 50,
    architecture: 'amd64',
    images: [{ family: 'debian', version: '13' }],
    price,
    limit,
  });
  return {
    'web.conf': `${config}\n`,
    'nodes.json': JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [node('small', 1, 0.01, 2), node('large', 2, 0.05, 1)] }),
    'shop.camel': `camel model Shop {
  application Shop { version '1.0' }
  deployment model Topology {
    placement shared
    software Database {
      requirements DatabaseReqs
      provided communication Rows port 3306
      container configuration C { image 'shop/database:1' env feature Settings { attribute ROOT_PASSWORD : string '$DB_PASSWORD' } }
      attribute volume : string 'rows:/rows'
      ${healthy}
    }
    software Api {
      requirements ApiReqs
      required communication AskRows port 3306 mandatory
      provided communication Answers port 8081
      container configuration C { image 'shop/api:${api}' }
      ${healthy}
    }
    software Web {
      requirements WebReqs
      required communication AskApi port 8081 mandatory
      provided communication Http port 8080
      container configuration C { image 'shop/web:1' }
      attribute config : string 'web.conf:/etc/web.conf'
      ${healthy}
    }
    ${worker ? `software Worker { requirements WorkerReqs container configuration C { image 'shop/worker:1' } }` : ''}
    communication ApiToDatabase from Api.AskRows to Database.Rows
    communication WebToApi from Web.AskApi to Api.Answers
    requirements DatabaseReqs { resource R.DatabaseMachine horizontal scale R.One }
    requirements ApiReqs { resource R.ApiMachine horizontal scale R.One }
    requirements WebReqs { resource R.WebMachine horizontal scale R.WebScale }
    ${worker ? 'requirements WorkerReqs { resource R.Any horizontal scale R.One }' : ''}
  }
  requirement model R {
    resource requirement DatabaseMachine { ${machine(databaseOnLarge ? 1.2 : 0.1)} }
    resource requirement ApiMachine { ${machine(apiCores)} }
    resource requirement WebMachine { ${machine(0.1)} }
    ${worker ? `resource requirement Any { ${machine(0.1)} }` : ''}
    horizontal scale requirement One [1, 1]
    horizontal scale requirement WebScale [${web}, ${web}]
    optimisation requirement Cheapest { minimise variable M.Cost }
  }
  metric model M { variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros } }
}
`,
  };
}

export const environmentOf = (rig: Rig, password = 'correct-horse'): Record<string, string> => ({ DOCKER_HOST: rig.hostOf('node1'), DB_PASSWORD: password });

/** Runs a verb in an empty folder of its own. */
export const runOn = (env: Record<string, string>, ...args: string[]): Run => camelc(args, { cwd: folderWith({}), env });

/** Plans the shop, and saves the plan where there is anything to do. */
export function planShop(env: Record<string, string>, changes: Partial<Shop>): { run: Run; plan: Plan; file: string } {
  const folder = folderWith(shopFiles({ ...shop, ...changes }));
  const file = join(folder, 'plan.json');
  // Without IPVS in the kernel there are neither ingress ports nor virtual addresses.
  const run = runOn(env, 'plan', folder, '--target', 'swarm', '--candidates', join(folder, 'nodes.json'), '--publish-mode', 'host', '--endpoint-mode', 'dnsrr', '--out', file);
  return { run, file, plan: run.status === 2 ? parsePlan(readFileSync(file, 'utf8'), file).plan! : (undefined as never) };
}

export const expectExit = (exit: number, { status, stdout, stderr }: Run): void => expect(status, stdout + stderr).toBe(exit);

/** Images of the shop on every node: busybox with what each does, and a health check that looks at it. */
export function importShopImages(rig: Rig, work: string): void {
  const image = (reference: string, command: string[], scripts: Record<string, string>): void => {
    const folder = join(work, reference.replace(/\W/g, '-'));
    makeImage(folder, busybox!, scripts);
    rig.importImage(reference, folder, command);
  };
  // The first start writes a row; whoever asks gets all rows.
  image('shop/database:1', ['/bin/start'], {
    'bin/start': `[ -s /rows/all ] || busybox date +%s >/rows/all\n${untilStopped('nc -ll -p 3306 -e /bin/answer')}`,
    'bin/answer': 'busybox cat /rows/all',
    'bin/health': 'busybox test -s /rows/all',
  });
  for (const tag of ['1', '2', 'ill']) {
    image(`shop/api:${tag}`, ['/bin/start'], {
      'bin/start': untilStopped('nc -ll -p 8081 -e /bin/answer'),
      'bin/answer': `printf 'api ${tag} '\nnc "$PUBLIC_AskRows" 3306 </dev/null`,
      'bin/health': tag === 'ill' ? 'echo cannot bind :8081\nexit 1' : 'exit 0',
    });
  }
  image('shop/web:1', ['/bin/start'], {
    'bin/start': untilStopped('httpd -f -p 8080 -h /www'),
    'www/cgi-bin/index.cgi': `printf 'Content-Type: text/plain\\r\\n\\r\\n'\nbusybox cat /etc/web.conf\nnc "$PUBLIC_AskApi" 8081 </dev/null`,
    'bin/health': 'exit 0',
  });
  image('shop/worker:1', ['/bin/start'], { 'bin/start': untilStopped('busybox sleep 1000000') });
}
