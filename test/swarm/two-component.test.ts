/** The example runs: compiled, deployed on a real swarm of three engines, and asked. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../folders.js';
import { makeImage } from './images.js';
import { busybox, missing, runningTasks, startRig, type Rig, type Task } from './rig.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface HostsFile {
  stack: string;
  hosts: { group: string; number: number; components: string[]; command: string }[];
}

describe.skipIf(missing.length > 0)(`two-component on a real swarm${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  /** Where hosts.json puts each host group. */
  const nodesOf = new Map<string, string[]>();
  let rig: Rig;
  let hosts: HostsFile;
  let tasks: Task[];

  beforeAll(async () => {
    const out = compileExample(join(work, 'deploy'));
    hosts = JSON.parse(readFileSync(join(out, 'hosts.json'), 'utf8')) as HostsFile;
    rig = await startRig(3);
    labelNodes();

    makeImage(join(work, 'web'), busybox!, { 'www/cgi-bin/index.cgi': `printf 'Content-Type: text/plain\\r\\n\\r\\n'\nnc "$PUBLIC_DbReq" 3306 </dev/null` });
    rig.importImage('two-component/web:1.0', join(work, 'web'), ['httpd', '-f', '-p', '8080', '-h', '/www']);
    makeImage(join(work, 'database'), busybox!, { 'bin/answer': 'printf %s "$GREETING"' });
    rig.importImage('two-component/database:1.0', join(work, 'database'), ['nc', '-ll', '-p', '3306', '-e', '/bin/answer']);

    rig.onManager('docker', 'stack', 'deploy', '--resolve-image', 'never', '--compose-file', join(out, 'stack.yml'), hosts.stack);
    const wanted = hosts.hosts.reduce((sum, { number, components }) => sum + number * components.length, 0);
    tasks = await runningTasks(rig, hosts.stack, wanted);
  });

  afterAll(async () => {
    await rig?.stop();
  });

  it('answers on every web host with what the database component says', () => {
    const webNodes = nodesOf.get('Web')!;
    expect(webNodes).toHaveLength(2);
    for (const node of webNodes) expect(rig.get(node, 8080)).toBe('hello from the database');
  });

  it('has every replica on the node where the solution put it', () => {
    for (const { group, number, components } of hosts.hosts) {
      for (const component of components) {
        const nodes = tasks.filter(({ service }) => service === `${hosts.stack}_${component.toLowerCase()}`).map(({ node }) => node);
        expect(nodes.sort()).toEqual(nodesOf.get(group));
        expect(nodes).toHaveLength(number);
      }
    }
    expect(tasks).toHaveLength(3);
  });

  /** This machine's kernel may lack IPVS, so there are neither ingress ports nor virtual addresses. */
  function compileExample(out: string): string {
    const options = ['--target', 'swarm', '--publish-mode', 'host', '--endpoint-mode', 'dnsrr', '--out', out];
    const { status, stdout, stderr } = spawnSync(process.execPath, ['packages/cli/bin/camelc.js', 'compile', 'examples/two-component', ...options], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
    return out;
  }

  /** Gives each host group as many nodes as it asks for, with the very commands of hosts.json. */
  function labelNodes(): void {
    const free = [...rig.nodes];
    for (const { group, number, command } of hosts.hosts) {
      const nodes = free.splice(0, number);
      expect(nodes, `the rig has too few nodes for ${group}`).toHaveLength(number);
      for (const node of nodes) rig.onManager('sh', '-c', command.replace(/NODE$/, node));
      nodesOf.set(group, nodes);
    }
  }
});
