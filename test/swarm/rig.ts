import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('swarm-rig.sh', import.meta.url));

/** A running swarm; its nodes are `node1`, which is the manager, `node2`, and so on. */
export interface Rig {
  nodes: string[];
  /** Where the engine of a node listens, as `DOCKER_HOST` has it. */
  hostOf(node: string): string;
  /** Runs a command with the manager as its engine, and gives what it prints; a failure throws with what it says. */
  onManager(command: string, ...args: string[]): string;
  /** The same with another node's engine. */
  run(node: string, command: string, ...args: string[]): string;
  /** Makes a folder an image on every node; no registry is needed. */
  importImage(reference: string, folder: string, command: string[]): void;
  /** What a node answers to a request over HTTP, from outside the swarm. */
  get(node: string, port: number): string;
  /** Loses a node, as in a power cut, and brings it back. */
  kill(node: string): Promise<void>;
  start(node: string): Promise<void>;
  /** Ends every engine and removes everything. */
  stop(): Promise<void>;
}

/** A busybox that needs no libraries, so that it is an image by itself; undefined where there is none. */
export const busybox = findStaticBusybox();

/** What this machine lacks to run a rig; empty if nothing. */
export const missing = [
  ...['docker', 'dockerd', 'ip', 'iptables', 'nsenter', 'unshare', 'openssl', 'tar'].filter((program) => spawnSync('which', [program]).status !== 0),
  ...(busybox ? [] : ['busybox-static']),
  ...(process.getuid?.() === 0 ? [] : ['root']),
];
if (missing.length && process.env['CI']) throw new Error(`the swarm tests need ${missing.join(', ')}, and under CI nothing may be skipped`);

function findStaticBusybox(): string | undefined {
  const path = spawnSync('which', ['busybox'], { encoding: 'utf8' }).stdout?.trim();
  return path && spawnSync('ldd', [path]).status !== 0 ? path : undefined;
}

/** Starts a swarm of that many engines. It ends with this process, however that ends. */
export async function startRig(count: number): Promise<Rig> {
  const parent = mkdtempSync(join(tmpdir(), 'camelc-swarm-'));
  const folder = join(parent, 'rig');
  const rig = spawn(script, [folder, String(count)], { stdio: ['pipe', 'pipe', 'pipe'] });
  await saying(rig, 'ready\n');

  const nodes = Array.from({ length: count }, (_, index) => `node${index + 1}`);
  const hostOf = (node: string): string => `unix://${folder}/n${numberOf(node)}/docker.sock`;
  const tell = async (line: string): Promise<void> => {
    const done = saying(rig, 'done\n');
    rig.stdin!.write(`${line}\n`);
    await done;
  };
  return {
    nodes,
    hostOf,
    onManager: (command, ...args) => run(command, args, { DOCKER_HOST: hostOf('node1') }),
    run: (node, command, ...args) => run(command, args, { DOCKER_HOST: hostOf(node) }),
    importImage(reference, image, command) {
      const archive = `${folder}/image.tar`;
      run('tar', ['-C', image, '-cf', archive, '.']);
      for (const node of nodes) run('docker', ['-H', hostOf(node), 'import', '--change', `CMD ${JSON.stringify(command)}`, archive, reference]);
    },
    get(node, port) {
      const request = `fetch('http://10.99.0.${numberOf(node)}:${port}/').then((answer) => answer.text()).then((text) => process.stdout.write(text))`;
      return run('nsenter', [`--net=${folder}/net`, process.execPath, '--eval', request]);
    },
    kill: (node) => tell(`kill ${numberOf(node)}`),
    start: (node) => tell(`start ${numberOf(node)}`),
    async stop() {
      rig.stdin!.end();
      if (rig.exitCode === null) await once(rig, 'exit');
      if (rig.exitCode !== 0 || existsSync(folder)) throw new Error(`the rig ended with ${rig.exitCode}; look for what it left in ${folder}`);
      rmdirSync(parent);
    },
  };
}

const numberOf = (node: string): number => Number(node.replace('node', ''));

function run(command: string, args: string[], environment: Record<string, string> = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...environment }, timeout: 60_000 });
  if (error || status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Waits until the rig says this. */
async function saying(rig: ChildProcess, line: string): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (data: Buffer): void => {
      said += data.toString();
      if (said.endsWith(line)) settle(resolve);
    };
    const ended = (code: number | null): void => settle(() => reject(new Error(`the rig ended with ${code}: ${said}`)));
    const settle = (end: () => void): void => {
      for (const output of [rig.stdout!, rig.stderr!]) output.off('data', hear);
      rig.off('exit', ended);
      end();
    };
    for (const output of [rig.stdout!, rig.stderr!]) output.on('data', hear);
    rig.on('exit', ended);
  });
}

export interface Task {
  service: string;
  node: string;
}

/** The tasks of a stack, once as many as wanted run. */
export async function runningTasks(rig: Rig, stack: string, wanted: number): Promise<Task[]> {
  let seen = '';
  for (let attempt = 0; attempt < 120; attempt++) {
    seen = rig.onManager('docker', 'stack', 'ps', '--no-trunc', '--filter', 'desired-state=running', '--format', '{{.Name}}\t{{.Node}}\t{{.CurrentState}}\t{{.Error}}', stack);
    const lines = seen
      .trim()
      .split('\n')
      .map((line) => line.split('\t') as [string, string, string, string]);
    if (lines.length === wanted && lines.every(([, , state]) => state.startsWith('Running'))) {
      // Tasks are numbered; those of a global service are called after their node.
      return lines.map(([name, node]) => ({ service: name.replace(/\.\w+$/, ''), node }));
    }
    await sleep(500);
  }
  throw new Error(`the stack does not run:\n${seen}`);
}
