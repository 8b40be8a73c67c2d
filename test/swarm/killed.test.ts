/** `kill -9` of an apply, at every step of its plan: what comes next, from anywhere, reaches a clean state. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, type Run } from '../cli/camelc.js';
import { folderWith } from '../folders.js';
import { missing, startRig, type Rig } from './rig.js';
import { environmentOf, expectExit, importShopImages, planShop, runOn, type Shop } from './shop.js';

describe.skipIf(missing.length > 0)(`an apply that is killed${missing.length ? ` (skipped: needs ${missing.join(', ')})` : ''}`, () => {
  const work = folderWith({});
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig(3);
    importShopImages(rig, work);
  });
  afterAll(async () => {
    await rig?.stop();
  });

  const run = (...args: string[]): Run => runOn(environmentOf(rig), ...args);
  const planned = (changes: Partial<Shop>): ReturnType<typeof planShop> => planShop(environmentOf(rig), changes);

  /** What the swarm holds, whoever made it, but for what stays so that it can be rolled back to: the last revisions, and the configs that they name. */
  const inventory = (): string[] =>
    ['service', 'network', 'config', 'secret']
      .flatMap((what) => rig.onManager('docker', what, 'ls', '--format', `${what} {{.Name}}`).split('\n'))
      .filter((thing) => thing !== '' && !/^config (camelc\.shop\.revision-|shop_web\.conf-)/.test(thing))
      .sort();
  /** Without their slots, whose numbers only ever rise. */
  const tasks = (): string[] =>
    rig
      .onManager('docker', 'stack', 'ps', 'shop', '--filter', 'desired-state=running', '--format', '{{.Name}} {{.Image}} {{.CurrentState}}')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/\.\d+ (\S+) (\w+).*/, ' $1 $2'))
      .sort();
  /** Which host serves what. Which candidate it is, is a fact of the host and stays. */
  const labels = (): string[] =>
    rig.nodes.map((node) => {
      const labelled = JSON.parse(rig.onManager('docker', 'node', 'inspect', node, '--format', '{{json .Spec.Labels}}')) as Record<string, string>;
      return Object.entries(labelled)
        .filter(([name]) => name.startsWith('camelc.shop'))
        .map(([name, value]) => `${node} ${name}=${value}`)
        .join(' ');
    });

  /** Applies, and kills it when so many steps are done and the next has begun; gives whether it came so far. */
  async function killedAfter(steps: number, file: string): Promise<boolean> {
    const apply = spawn(process.execPath, [bin, 'apply', file, '--parallelism', '1'], {
      cwd: folderWith({}),
      env: { ...process.env, ...environmentOf(rig) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    apply.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      // The launcher has a child; both are the group.
      if (said.split('\n').filter((line) => line.startsWith('✔')).length >= steps) process.kill(-apply.pid!, 'SIGKILL');
    });
    await once(apply, 'exit');
    return apply.signalCode === 'SIGKILL';
  }

  it('is resumed or undone by whoever comes next', async () => {
    const former: Partial<Shop> = {};
    const wanted: Partial<Shop> = { web: 3, config: 'colour = red', worker: false };
    const first = planned(former);
    expectExit(2, first.run);
    expectExit(0, run('apply', first.file));
    const before = { inventory: inventory(), tasks: tasks(), labels: labels() };

    for (let steps = 0; ; steps++) {
      const { run: made, file, plan } = planned(wanted);
      expectExit(2, made);
      expect(plan.steps.length).toBeGreaterThanOrEqual(8);
      if (steps === plan.steps.length) break;
      expect(await killedAfter(steps, file), `after ${steps} steps`).toBe(true);
      if (steps % 2 === 0) {
        expectExit(0, run('apply', '--auto-approve'));
        expectExit(0, planned(wanted).run);
        expect(tasks().filter((task) => task.includes('web'))).toHaveLength(3);
        expect(tasks().some((task) => task.includes('worker'))).toBe(false);
      }
      expectExit(0, run('rollback', '--auto-approve'));
      expectExit(0, run('status'));
      expect({ inventory: inventory(), tasks: tasks(), labels: labels() }, `after ${steps} steps`).toEqual(before);
    }
    expectExit(0, planned(former).run);
  }, 900_000);
});
