// How long planning and applying take beside what they cannot do without, on a real swarm: npm run bench:plan
// Needs what test/swarm needs. BENCH_RUNS sets how often each is measured.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makePlan } from '@camelc/plan';
import { swarmTarget } from '@camelc/target-swarm/engine';
import { makeImage } from '../swarm/images.ts';
import { busybox, startRig } from '../swarm/rig.ts';
import { median } from './timing.mjs';

const camelc = resolve(import.meta.dirname, '../../packages/cli/bin/camelc.js');
const runs = Number(process.env.BENCH_RUNS ?? 11);
const work = mkdtempSync(join(tmpdir(), 'camelc-bench-plan-'));
const rig = await startRig(3);
process.env.DOCKER_HOST = rig.hostOf('node1');

/** Median times in milliseconds of actions taken in turn, after a turn that does not count. */
async function inTurn(...actions) {
  const times = actions.map(() => []);
  for (let run = 0; run <= runs; run++)
    for (const [k, action] of actions.entries()) {
      const start = performance.now();
      await action();
      if (run > 0) times[k].push(performance.now() - start);
    }
  return times.map(median);
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: work });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}

function report(what, [first, ...others], limit, name) {
  const within = first <= limit;
  if (!within) process.exitCode = 1;
  console.log(`${within ? 'ok  ' : 'MISS'} ${(first / limit).toFixed(2)} of ${name}  ${what}: ${[first, ...others].map((t) => t.toFixed(0)).join(' / ')} ms`);
}

try {
  await nothingToDo(50);
  await planning(500);
} finally {
  await rig.stop();
  rmSync(work, { recursive: true, force: true });
}

/** Applies a plan without change, beside the list of the same services by Docker's own client. */
async function nothingToDo(services) {
  makeImage(join(work, 'image'), busybox, {});
  rig.importImage('bench/idle:1', join(work, 'image'), ['busybox', 'sleep', '1000000']);
  const names = Array.from({ length: services }, (_, k) => `Worker${k + 1}`);
  mkdirSync(join(work, 'model'));
  const software = names.map((name) => `software ${name} { requirements Small container configuration C { image 'bench/idle:1' } }`);
  writeFileSync(
    join(work, 'model/bench.camel'),
    `camel model Bench {
  application Bench { version '1' }
  deployment model D {
    placement shared
    ${software.join('\n    ')}
    requirements Small { resource R.Machine horizontal scale R.One }
  }
  requirement model R {
    resource requirement Machine {
      feature hardware { attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [double 0.01, double 4.0] }
    }
    horizontal scale requirement One [1, 1]
  }
}
`,
  );
  const cloud = { id: 'office', provider: 'own', type: 'private' };
  const node = {
    id: 'node',
    type: 'BYON',
    hardware: 'node',
    cloud,
    cores: 1,
    memory: 2048,
    architecture: 'amd64',
    images: [{ family: 'debian', version: '13' }],
    price: 0.01,
    limit: 3,
  };
  writeFileSync(join(work, 'nodes.json'), JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [node] }));
  const options = ['--candidates', 'nodes.json', '--endpoint-mode', 'dnsrr', '--time-limit', '20'];
  run(process.execPath, camelc, 'apply', 'model', '--auto-approve', '--parallelism', '10', ...options);
  run(process.execPath, camelc, 'plan', 'model', '--out', 'plan.json', ...options);
  const [apply, list, node0] = await inTurn(
    () => run(process.execPath, camelc, 'apply', 'plan.json'),
    () => run('docker', 'stack', 'services', 'bench'),
    () => run(process.execPath, '-e', '0'),
  );
  report(`apply without change, ${services} services / docker stack services / node -e 0`, [apply, list, node0], list + 10 * node0, 'docker stack services + 10 × node -e 0');
  run(process.execPath, camelc, 'destroy', '--auto-approve', '--parallelism', '10');
}

/** Plans another image for each of many services, beside reading their state. */
async function planning(services) {
  const names = Array.from({ length: services }, (_, k) => `s${k + 1}`);
  const revision = (tag) => ({
    formatVersion: 1,
    application: 'Many',
    id: 'many',
    worth: { cost: 0, currency: 'EUR' },
    solution: {},
    resources: names.map((name) => resourceOf(name, tag)),
  });
  const target = await swarmTarget({});
  const { kind, name, id, conduct } = target;
  const planFor = (state, tag) => makePlan({ target: { kind, name, id }, wanted: { revision: revision(tag), hosts: { missing: [], surplus: [] } }, state, conduct, secrets: {} });
  for (const service of names)
    run(
      'docker',
      'service',
      'create',
      '--detach',
      '--quiet',
      '--no-resolve-image',
      '--replicas',
      '0',
      '--label',
      'com.docker.stack.namespace=many',
      '--label',
      'camelc.application=Many',
      '--name',
      `many_${service}`,
      'bench/idle:1',
    );
  const state = await target.read('many');
  const number = state.resources.filter(({ kind }) => kind === 'service').length;
  if (number !== services) throw new Error(`${number} of ${services} services were read`);
  const [plan, read] = await inTurn(
    () => planFor(state, 2),
    () => target.read('many'),
  );
  if (planFor(state, 2).steps.length !== services) throw new Error('the plan does not change each service');
  report(`a plan of ${services} services / reading their state`, [plan, read], read, 'reading their state');
  target.close();

  function resourceOf(service, tag) {
    const running = state?.resources.find((resource) => resource.name === service);
    const spec = { ...running?.spec, image: `bench/idle:${tag}` };
    return { key: `service/${service}`, kind: 'service', name: service, spec, needs: [], why: 'wanted', from: [] };
  }
}
